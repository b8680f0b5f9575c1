/** What a change of a cell was: a party that moved is another thing than a team that learned more or judges anew. */
import type { IssueId, PartyId, ReasonId } from '#shared/ids.ts'

/** From the most to the least weighty. */
export const MOVEMENT_KINDS = ['moved', 'learned', 'judged', 'worded'] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]
export const MOVEMENT_KIND_LABELS: Readonly<Record<MovementKind, string>> = {
  moved: 'The party moved',
  learned: 'We learned more',
  judged: 'Our judgement changed',
  worded: 'Wording only',
}

/** The kind of several movements together: that of the weightiest; undefined for none. */
export const weightiest = (kinds: Iterable<MovementKind>): MovementKind | undefined => {
  const all = new Set(kinds)
  return MOVEMENT_KINDS.find(kind => all.has(kind))
}

/** Names a movement: its cell, and the number of the journal's entry with which it began. */
export type MovementKey = `${IssueId}/${PartyId}/${number}`
export const movementKey = (issueId: IssueId, partyId: PartyId, seq: number): MovementKey =>
  `${issueId}/${partyId}/${seq}`

/** What people have said of a movement afterwards. */
export interface MovementMark {
  /** Null where the proposed kind stands. */
  readonly kind: MovementKind | null
  readonly reasonId: ReasonId | null
}

export type MovementMarks = Readonly<Record<MovementKey, MovementMark>>

/** Why a group of changes was made, said after the fact. */
export interface Reason {
  readonly id: ReasonId
  readonly text: string
}
