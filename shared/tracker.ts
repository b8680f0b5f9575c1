/** The whole tracker as plain data: the export, the input of compare and analysis, the oracle of every view. */
import { blankCell, cellKey, type Cell, type CellKey } from '#shared/cells.ts'
import type {
  Assessment,
  Attachment,
  Citation,
  Claim,
  ClaimEvent,
  Conflict,
} from '#shared/claims.ts'
import type { Effect, Event } from '#shared/events.ts'
import type { Gap } from '#shared/gaps.ts'
import type { IssueId, PartyId, RestoreId, SnapshotId } from '#shared/ids.ts'
import type { Basket, Issue } from '#shared/issues.ts'
import type { AgendaItem, Attendance, Meeting, Note } from '#shared/meetings.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { MovementMarks, Reason } from '#shared/movements.ts'
import type { Party } from '#shared/parties.ts'
import type { Bloc, Faction, Membership, Person } from '#shared/people.ts'
import type { Question } from '#shared/questions.ts'
import type { Redaction } from '#shared/redactions.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Indicator, LikelihoodRow, Scenario } from '#shared/scenarios.ts'
import type { Excerpt, Judgement, Source, Tension } from '#shared/sources.ts'

/** A note in the document that somebody brought something back from the past. */
export interface Restore {
  readonly id: RestoreId
  readonly from: MomentRef
  readonly fromLabel: string
  /** The number of that moment in the journal; 0 where it is older than that, as an imported snapshot. */
  readonly moment: number
  /** The safety snapshot that was taken first: restoring the same addresses from it undoes this. */
  readonly safety: SnapshotId
  readonly by: string
  /** Milliseconds since 1970, by the restoring machine's clock. */
  readonly at: number
  readonly changes: number
}

export interface Tracker {
  /** The version of the document's layout. */
  readonly layout: number
  readonly title: string
  readonly description: string
  /** The words in which this tracker speaks of likelihoods. */
  readonly likelihoodRow: LikelihoodRow
  /** In order, left to right. */
  readonly parties: readonly Party[]
  /** In order, top to bottom. */
  readonly baskets: readonly Basket[]
  /** In order: by basket, then by rank; issues without a basket come last. */
  readonly issues: readonly Issue[]
  /** Only cells of existing issues and parties that hold something. */
  readonly cells: Readonly<Record<CellKey, Cell>>
  readonly sources: readonly Source[]
  readonly excerpts: readonly Excerpt[]
  readonly tensions: readonly Tension[]
  readonly judgements: readonly Judgement[]
  readonly claims: readonly Claim[]
  readonly citations: readonly Citation[]
  readonly attachments: readonly Attachment[]
  readonly claimEvents: readonly ClaimEvent[]
  readonly assessments: readonly Assessment[]
  readonly conflicts: readonly Conflict[]
  readonly redLines: readonly RedLine[]
  readonly restores: readonly Restore[]
  /** What people have said of movements afterwards, by the numbers of this tracker's own journal. */
  readonly movements: MovementMarks
  readonly reasons: readonly Reason[]
  readonly people: readonly Person[]
  readonly blocs: readonly Bloc[]
  readonly memberships: readonly Membership[]
  readonly factions: readonly Faction[]
  readonly events: readonly Event[]
  readonly effects: readonly Effect[]
  readonly meetings: readonly Meeting[]
  readonly attendances: readonly Attendance[]
  /** In order, of all meetings. */
  readonly agendaItems: readonly AgendaItem[]
  readonly notes: readonly Note[]
  readonly gaps: readonly Gap[]
  /** In order. */
  readonly scenarios: readonly Scenario[]
  readonly indicators: readonly Indicator[]
  readonly redactions: readonly Redaction[]
  readonly questions: readonly Question[]
}

export const cellOf = (tracker: Tracker, issueId: IssueId, partyId: PartyId): Cell =>
  tracker.cells[cellKey(issueId, partyId)] ?? blankCell(issueId, partyId)

/** A tracker in which there is nothing. */
export const EMPTY_TRACKER: Tracker = {
  layout: 1,
  title: '',
  description: '',
  likelihoodRow: 'likely',
  parties: [],
  baskets: [],
  issues: [],
  cells: {},
  sources: [],
  excerpts: [],
  tensions: [],
  judgements: [],
  claims: [],
  citations: [],
  attachments: [],
  claimEvents: [],
  assessments: [],
  conflicts: [],
  redLines: [],
  restores: [],
  movements: {},
  reasons: [],
  people: [],
  blocs: [],
  memberships: [],
  factions: [],
  events: [],
  effects: [],
  meetings: [],
  attendances: [],
  agendaItems: [],
  notes: [],
  gaps: [],
  scenarios: [],
  indicators: [],
  redactions: [],
  questions: [],
}
