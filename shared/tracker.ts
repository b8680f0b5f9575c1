/** The whole tracker as plain data: the export, the input of compare and analysis, the oracle of every view. */
import { blankCell, cellKey, type Cell, type CellKey } from '#shared/cells.ts'
import type { Claim, Source } from '#shared/claims.ts'
import type { IssueId, PartyId, RestoreId, SnapshotId } from '#shared/ids.ts'
import type { Basket, Issue } from '#shared/issues.ts'
import type { Meeting } from '#shared/meetings.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { MovementMarks, Reason } from '#shared/movements.ts'
import type { Party } from '#shared/parties.ts'
import type { Question } from '#shared/questions.ts'
import type { Redaction } from '#shared/redactions.ts'
import type { RedLine } from '#shared/redlines.ts'

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
  /** In order, left to right. */
  readonly parties: readonly Party[]
  /** In order, top to bottom. */
  readonly baskets: readonly Basket[]
  /** In order: by basket, then by rank; issues without a basket come last. */
  readonly issues: readonly Issue[]
  /** Only cells of existing issues and parties that hold something. */
  readonly cells: Readonly<Record<CellKey, Cell>>
  readonly sources: readonly Source[]
  readonly claims: readonly Claim[]
  readonly redLines: readonly RedLine[]
  readonly restores: readonly Restore[]
  /** What people have said of movements afterwards, by the numbers of this tracker's own journal. */
  readonly movements: MovementMarks
  readonly reasons: readonly Reason[]
  readonly meetings: readonly Meeting[]
  readonly redactions: readonly Redaction[]
  readonly questions: readonly Question[]
}

export const cellOf = (tracker: Tracker, issueId: IssueId, partyId: PartyId): Cell =>
  tracker.cells[cellKey(issueId, partyId)] ?? blankCell(issueId, partyId)
