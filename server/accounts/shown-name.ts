/** How an account is named in history: closing it takes nothing from what it wrote. */

/** Of an account that is not even a row any more. */
export const FORMER = 'Former member'

export const shownName = (account: {
  readonly name: string
  readonly closedAt: number | null
}): string => (account.closedAt === null ? account.name : `${account.name} (former member)`)
