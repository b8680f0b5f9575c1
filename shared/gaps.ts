/** Information gaps: open questions on which an assessment depends. */
import type { AccountId, GapId, IssueId, PartyId } from '#shared/ids.ts'

export const GAP_STATUSES = ['open', 'answered', 'dropped'] as const
export type GapStatus = (typeof GAP_STATUSES)[number]

export interface Gap {
  readonly id: GapId
  readonly question: string
  /** The row, the column or the cell that hangs on it. */
  readonly issueId: IssueId | null
  readonly partyId: PartyId | null
  readonly ownerId: AccountId | null
  /** ISO 8601, '' where there is no hurry. */
  readonly dueAt: string
  readonly status: GapStatus
  readonly answer: string
}
