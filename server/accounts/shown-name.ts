/** How an account is named to others: a program as one, and whoever has left keeps what they wrote. */

import { FORMER_MARK, SERVICE_MARK } from '#shared/person-names.ts'

/** Of an account that is not even a row any more. */
export const FORMER = 'Former member'

export const shownName = (account: {
  readonly name: string
  readonly closedAt: number | null
  readonly kind: 'person' | 'service'
}): string =>
  [
    account.name,
    account.kind === 'service' && SERVICE_MARK,
    account.closedAt !== null && FORMER_MARK,
  ]
    .filter(Boolean)
    .join(' ')
