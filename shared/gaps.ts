/** Information gaps: open questions on which an assessment depends. */
import { latest } from '#shared/dates.ts'
import type { AccountId, GapId, IssueId, PartyId } from '#shared/ids.ts'

export const GAP_STATUSES = ['open', 'answered', 'dropped'] as const
export type GapStatus = (typeof GAP_STATUSES)[number]

export const GAP_STATUS_LABELS: Readonly<Record<GapStatus, string>> = {
  open: 'Open',
  answered: 'Answered',
  dropped: 'Dropped',
}

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

/** Whether the last moment at which it was due is over. */
export const isOverdue = ({ dueAt, status }: Gap, now: number): boolean => {
  const due = latest(dueAt)
  return status === 'open' && due !== undefined && due <= now
}

/** What is open before what is not; among the open what is due first, and last what has no date. */
export const byUrgency = (a: Gap, b: Gap): number =>
  Number(a.status !== 'open') - Number(b.status !== 'open') ||
  compared(latest(a.dueAt) ?? Infinity, latest(b.dueAt) ?? Infinity) ||
  compared(a.id, b.id)

const compared = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
