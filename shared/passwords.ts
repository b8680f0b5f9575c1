/** How long a password is; which ones are refused besides, server/accounts/passwords.ts knows. */

export const SHORTEST_PASSWORD = 12
/** The accounts library's own limit. */
export const LONGEST_PASSWORD = 128
