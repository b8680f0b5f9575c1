/** What a team holds about one party's position on one issue. */
import type { ClaimId, IssueId, PartyId, PointId } from '#shared/ids.ts'

/**
 * What is known at all. `agenda_only`: named as a subject, with no position.
 * Unknown is never zero and never neutral.
 */
export const KNOWLEDGE = ['unknown', 'not_applicable', 'agenda_only', 'reported', 'agreed'] as const
export type Knowledge = (typeof KNOWLEDGE)[number]
export const KNOWLEDGE_LABELS: Readonly<Record<Knowledge, string>> = {
  unknown: 'Unknown',
  not_applicable: 'Not applicable',
  agenda_only: 'On the agenda',
  reported: 'Reported',
  agreed: 'Agreed',
}

/** Whether the party lets the issue be negotiated at all: "refuses to discuss" is another thing than "opposes". */
export const SCOPES = ['on_table', 'off_table', 'only_after', 'denies_exists'] as const
export type Scope = (typeof SCOPES)[number]
export const SCOPE_LABELS: Readonly<Record<Scope, string>> = {
  on_table: 'On the table',
  off_table: 'Off the table',
  only_after: 'Only after …',
  denies_exists: 'Denies it exists',
}

/** How far the party could move, as the team judges it. */
export const FLEXIBILITIES = ['none', 'low', 'some', 'high'] as const
export type Flexibility = (typeof FLEXIBILITIES)[number]
export const FLEXIBILITY_LABELS: Readonly<Record<Flexibility, string>> = {
  none: 'Will not move',
  low: 'Little room',
  some: 'Some room',
  high: 'Much room',
}

/** Three steps, for confidence (quality of the basis) and for salience (weight that the party gives the issue). */
export const LEVELS = ['low', 'moderate', 'high'] as const
export type Level = (typeof LEVELS)[number]
export const LEVEL_LABELS: Readonly<Record<Level, string>> = {
  low: 'Low',
  moderate: 'Moderate',
  high: 'High',
}

export interface Cell {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly knowledge: Knowledge
  /** Null where nobody has said. */
  readonly scope: Scope | null
  /** What must come first, where the scope is `only_after`; else free words on the scope. */
  readonly scopeNote: string
  /** The position in words. */
  readonly position: string
  /** A point of the issue's own scale. */
  readonly stance: PointId | null
  /** The best outcome the party hopes for, a point of the issue's scale. */
  readonly aspiration: PointId | null
  /** The worst outcome it would still take (reservation value), a point of the issue's scale. */
  readonly walkAway: PointId | null
  readonly flexibility: Flexibility | null
  readonly salience: Level | null
  readonly confidence: Level | null
  /** Claims on which the cell rests, in the order of their ids. */
  readonly claimIds: readonly ClaimId[]
}

/** The names under which a cell's scalars are stored. */
export const CELL_FIELDS = [
  'knowledge',
  'scope',
  'scopeNote',
  'stance',
  'aspiration',
  'walkAway',
  'flexibility',
  'salience',
  'confidence',
] as const
export type CellField = (typeof CELL_FIELDS)[number]

export type CellKey = `${IssueId}/${PartyId}`
export const cellKey = (issueId: IssueId, partyId: PartyId): CellKey => `${issueId}/${partyId}`

export const blankCell = (issueId: IssueId, partyId: PartyId): Cell => ({
  issueId,
  partyId,
  knowledge: 'unknown',
  scope: null,
  scopeNote: '',
  position: '',
  stance: null,
  aspiration: null,
  walkAway: null,
  flexibility: null,
  salience: null,
  confidence: null,
  claimIds: [],
})

/** Whether nobody has put anything into the cell. */
export const isBlank = (cell: Cell): boolean =>
  cell.knowledge === 'unknown' &&
  cell.position === '' &&
  cell.claimIds.length === 0 &&
  CELL_FIELDS.every(field => field === 'knowledge' || cell[field] === null || cell[field] === '')
