/** The movements of every tracker, from the record of changes and with what has been said of them in the document. */
import type { Place } from '#server/history/change-table.ts'
import type { Changes } from '#server/history/changes.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { MovementTable, type Step, type Walk } from '#server/history/movement-table.ts'
import type { Database } from '#server/store/database.ts'
import { cellKey, type CellKey } from '#shared/cells.ts'
import type { KindsSaid } from '#shared/compare/summary.ts'
import { marksOf, reasonRecords } from '#shared/document/movements.ts'
import { storedIn } from '#shared/document/stored.ts'
import {
  isUnexplained,
  kindOf,
  movementsIn,
  newestIn,
  saidBetween,
  type Movement,
} from '#shared/history/movements.ts'
import type { IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import type { MovementKind, MovementMarks, Reason } from '#shared/movements.ts'

export interface MovementsDeps {
  readonly db: Database
  readonly changes: Pick<Changes, 'catchUp'>
  readonly matrices: Pick<Matrices, 'read'>
  /** Rows of the record that are looked at in one go. */
  readonly atOnce?: number
  /** The same for one page: where little of them is wanted, it stays short. */
  readonly most?: number
}

/** Which movements to read, newest first. */
export interface MovementQuery extends Walk {
  readonly kind?: MovementKind | undefined
  readonly isUnexplained?: boolean | undefined
}

/** A movement with what has been said of it. */
export interface Told extends Movement {
  readonly kind: MovementKind
  readonly reason: Reason | null
  readonly unexplained: boolean
}

export interface MovementPage {
  readonly movements: readonly Told[]
  /** Where to read on; undefined at the end. */
  readonly next: Place | undefined
}

/** What was said between any two entries of the journal. */
export type SaidAt = (after: number, upTo: number) => KindsSaid

const NOTHING_SAID: KindsSaid = new Map()

export class Movements {
  readonly #table: MovementTable
  readonly #changes: Pick<Changes, 'catchUp'>
  readonly #matrices: Pick<Matrices, 'read'>
  readonly #atOnce: number
  readonly #most: number

  constructor({ atOnce = 200, changes, db, matrices, most = 2_000 }: MovementsDeps) {
    this.#table = new MovementTable(db)
    this.#changes = changes
    this.#matrices = matrices
    this.#atOnce = atOnce
    this.#most = most
  }

  async read(
    trackerId: TrackerId,
    { before, isUnexplained: wantsUnexplained, kind, limit, ...filters }: MovementQuery,
  ): Promise<MovementPage> {
    const { marks, reasons } = await this.#said(trackerId)
    await this.#changes.catchUp(trackerId)
    const found: Told[] = []
    let next = before
    for (let seen = 0; seen < this.#most; seen += this.#atOnce) {
      const walk = { ...filters, stands: wantsUnexplained, before: next, limit: this.#atOnce }
      const steps = await this.#table.walk(trackerId, walk)
      for (const [movement, place] of await this.#endingIn(trackerId, steps)) {
        const told = tell(movement, marks, reasons)
        if (kind !== undefined && told.kind !== kind) continue
        if (wantsUnexplained && !told.unexplained) continue
        found.push(told)
        if (found.length === limit) return { movements: found, next: place }
      }
      if (steps.length < this.#atOnce) return { movements: found, next: undefined }
      next = steps.at(-1)
    }
    return { movements: found, next }
  }

  /** The kinds that people have given to cells' changes; costs next to nothing where nobody has. */
  async saidSince(trackerId: TrackerId, since: number): Promise<SaidAt> {
    const { marks } = await this.#said(trackerId)
    const cells = cellsMarked(marks)
    if (cells.length === 0) return () => NOTHING_SAID
    await this.#changes.catchUp(trackerId)
    const steps = await this.#table.inCells(trackerId, cells, since)
    const movements = movementsIn(await this.#table.whole(trackerId, steps))
    return (after, upTo) => saidBetween(movements, marks, after, upTo)
  }

  /** The movements whose last change is among the steps: of the others an earlier page has told. */
  async #endingIn(
    trackerId: TrackerId,
    steps: readonly Step[],
  ): Promise<readonly (readonly [Movement, Place])[]> {
    const rows = await this.#table.whole(trackerId, steps)
    const last = newestIn(rows)
    const ending = new Set(
      steps
        .filter(({ address, key, lastSeq }) => {
          const row = last.get(key)
          return row?.lastSeq === lastSeq && row.address === address
        })
        .map(({ key }) => key),
    )
    return movementsIn(rows).flatMap(movement => {
      const place = last.get(movement.key)
      return place && ending.has(movement.key) ? [[movement, place] as const] : []
    })
  }

  async #said(trackerId: TrackerId) {
    const { value } = await this.#matrices.read(trackerId, doc => {
      const stored = storedIn(doc)
      const reasons = reasonRecords.allOf(stored).map(reason => [reason.id, reason] as const)
      return { marks: marksOf(stored), reasons: new Map<string, Reason>(reasons) }
    })
    return value
  }
}

const tell = (
  movement: Movement,
  marks: MovementMarks,
  reasons: ReadonlyMap<string, Reason>,
): Told => ({
  ...movement,
  kind: kindOf(movement, marks),
  reason: reasons.get(marks[movement.key]?.reasonId ?? '') ?? null,
  unexplained: isUnexplained(movement, marks),
})

const cellsMarked = (marks: MovementMarks): readonly CellKey[] => {
  const cells = new Set<CellKey>()
  for (const [key, { kind }] of Object.entries(marks)) {
    const [issueId = '', partyId = ''] = key.split('/')
    if (kind !== null) cells.add(cellKey(issueId as IssueId, partyId as PartyId))
  }
  return [...cells]
}
