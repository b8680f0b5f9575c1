/** The table of redactions, and the words of a tracker that stand in tables beside its documents. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import { redactions, signOffs, snapshots, trackers } from '#drizzle/sqlite/schema.ts'
import { LONGEST_TITLE } from '#server/accounts/trackers.ts'
import { isOf } from '#server/history/archive.ts'
import { SignOffs } from '#server/history/sign-offs.ts'
import { TextTable, type TextRow } from '#server/texts/text-table.ts'
import type { Database } from '#server/store/database.ts'
import type { DocumentName } from '#shared/access.ts'
import type { Subject } from '#shared/compartments.ts'
import type {
  AccountId,
  CompartmentId,
  RedactionId,
  SnapshotId,
  TextHash,
  TrackerId,
} from '#shared/ids.ts'
import { blankValue, type Blanks, type Cut } from '#shared/history/redact/blanks.ts'
import { cutsIn, isWholeWord } from '#shared/history/redact/find.ts'

/** Everything that a redaction takes out, by where it stands and never by what it says. */
export interface Plan {
  /** In words, for the tombstone. */
  readonly where: string
  readonly documents: readonly { readonly name: DocumentName; readonly blanks: Blanks }[]
  /** What the journal does not know of, as in imported snapshots. */
  readonly snapshots: readonly { readonly id: SnapshotId; readonly blanks: Blanks }[]
  readonly beside: readonly Beside[]
  /** Where it is not gone but put into a compartment. */
  readonly moved?: Moved
}

export interface Moved {
  /** Whether nobody else may know of it. */
  readonly isSilent: boolean
  /** What is written into the compartment, and taken out of the matrix. */
  readonly edits: readonly {
    readonly document: DocumentName
    readonly client: number
    /** In base64. */
    readonly update: string
  }[]
  readonly into: CompartmentId
  readonly subject: Subject
  /** Texts of sources that no other source names. */
  readonly texts: readonly TextHash[]
}

/** What to blank in a row of a table. */
export interface Beside {
  readonly in: Column
  readonly id: string
  /** Whose sign-off. */
  readonly account?: string
  readonly cuts: readonly Cut[]
}

type Column = 'label' | 'note' | 'summary' | 'sign-off' | 'reason' | 'where' | 'text' | 'file'

export interface RedactionRow {
  readonly id: RedactionId
  readonly trackerId: TrackerId
  readonly by: AccountId
  readonly at: number
  readonly reason: string
  readonly plan: Plan
  /** Null while the work is not done. */
  readonly doneAt: number | null
}

interface Words extends Omit<Beside, 'cuts'> {
  readonly value: unknown
}

export class RedactionTable {
  readonly #db: Database
  readonly #texts: TextTable

  constructor(db: Database) {
    this.#db = db
    this.#texts = new TextTable(db)
  }

  /** In the order in which they were made. */
  async of(trackerId: TrackerId): Promise<readonly RedactionRow[]> {
    return (await this.#rows().where(eq(redactions.trackerId, trackerId))).map(asRow)
  }

  /** Those of any tracker that were begun and are not done. */
  async unfinished(): Promise<readonly RedactionRow[]> {
    return (await this.#rows().where(isNull(redactions.doneAt))).map(asRow)
  }

  async begin({ plan, ...row }: Omit<RedactionRow, 'doneAt'>): Promise<void> {
    await this.#db.insert(redactions).values({ ...row, places: plan, doneAt: null })
  }

  /** Of the plan only the words are of use any more. */
  async done({ id, plan: { moved, where } }: RedactionRow, at: number): Promise<void> {
    const places: Plan = {
      where,
      documents: [],
      snapshots: [],
      beside: [],
      ...(moved && { moved: { ...moved, edits: [], texts: [] } }),
    }
    await this.#db.update(redactions).set({ doneAt: at, places }).where(eq(redactions.id, id))
  }

  async retitle(trackerId: TrackerId, title: string): Promise<void> {
    await this.#db
      .update(trackers)
      .set({ title: title.slice(0, LONGEST_TITLE) })
      .where(eq(trackers.id, trackerId))
  }

  /** The tracker's snapshots, newest first. */
  async snapshots(trackerId: TrackerId): Promise<readonly SnapshotId[]> {
    const rows = await this.#db
      .select({ id: snapshots.id })
      .from(snapshots)
      .where(eq(snapshots.trackerId, trackerId))
    return rows.map(({ id }) => id as SnapshotId)
  }

  async putState(trackerId: TrackerId, id: SnapshotId, state: Uint8Array): Promise<void> {
    await this.#db
      .update(snapshots)
      .set({ state: Buffer.from(state) })
      .where(isOf(trackerId, id))
  }

  /** Where one of the texts stands as a whole word in what people said beside the documents. */
  async findSaid(trackerId: TrackerId, texts: readonly string[]): Promise<readonly Beside[]> {
    return (await this.#words(trackerId)).flatMap(({ value, ...place }) => {
      const cuts = texts.flatMap(text => cutsIn(value, text, isWholeWord))
      return cuts.length > 0 ? [{ ...place, cuts }] : []
    })
  }

  async find(trackerId: TrackerId, text: string): Promise<readonly Beside[]> {
    const words = (await this.#words(trackerId)).flatMap(({ value, ...place }) => {
      const cuts = cutsIn(value, text)
      return cuts.length > 0 ? [{ ...place, cuts }] : []
    })
    // A text may be long: one at a time.
    for (const id of await this.#texts.hashes(trackerId)) {
      const row = await this.#texts.row(trackerId, id)
      const inText = cutsIn(row?.text, text)
      const inName = cutsIn(row?.name, text)
      if (inText.length > 0) words.push({ in: 'text', id, cuts: inText })
      if (inName.length > 0) words.push({ in: 'file', id, cuts: inName })
    }
    return words
  }

  text(trackerId: TrackerId, hash: TextHash): Promise<TextRow | undefined> {
    return this.#texts.row(trackerId, hash)
  }

  /** Each may be there already. */
  async moveTexts(trackerId: TrackerId, { into, texts }: Moved): Promise<void> {
    for (const hash of texts) await this.#texts.move(trackerId, hash, into)
  }

  async blank(trackerId: TrackerId, beside: readonly Beside[], at: number): Promise<void> {
    if (beside.length === 0) return
    const words = await this.#words(trackerId)
    for (const { cuts, ...place } of beside) {
      if (place.in === 'text' || place.in === 'file') {
        const part = place.in === 'text' ? 'text' : 'name'
        await this.#texts.change(trackerId, place.id as TextHash, row => ({
          ...row,
          [part]: blankValue(row[part], cuts),
          redactedAt: at,
        }))
        continue
      }
      const found = words.find(
        it => it.in === place.in && it.id === place.id && it.account === place.account,
      )
      if (found) await this.#put(trackerId, place, blankValue(found.value, cuts))
    }
  }

  #rows() {
    return this.#db
      .select()
      .from(redactions)
      .orderBy(asc(redactions.at), asc(redactions.id))
      .$dynamic()
  }

  async #words(trackerId: TrackerId): Promise<readonly Words[]> {
    const shots = await this.#db
      .select({
        id: snapshots.id,
        label: snapshots.label,
        note: snapshots.note,
        summary: snapshots.summary,
      })
      .from(snapshots)
      .where(eq(snapshots.trackerId, trackerId))
    const signed = await new SignOffs(this.#db).of(trackerId)
    const earlier = await this.of(trackerId)
    return [
      ...shots.flatMap(({ id, ...words }) =>
        (['label', 'note', 'summary'] as const).map(column => ({
          in: column,
          id,
          value: words[column],
        })),
      ),
      ...signed.map(({ by, note, snapshotId }) => ({
        in: 'sign-off' as const,
        id: snapshotId,
        account: by,
        value: note,
      })),
      ...earlier.flatMap(({ id, plan, reason }) => [
        { in: 'reason' as const, id, value: reason },
        { in: 'where' as const, id, value: plan.where },
      ]),
    ]
  }

  async #put(
    trackerId: TrackerId,
    { account = '', id, in: column }: Omit<Beside, 'cuts'>,
    value: unknown,
  ): Promise<void> {
    switch (column) {
      case 'sign-off':
        await this.#db
          .update(signOffs)
          .set({ note: String(value) })
          .where(and(eq(signOffs.snapshotId, id), eq(signOffs.accountId, account)))
        return
      case 'reason':
        await this.#db
          .update(redactions)
          .set({ reason: String(value) })
          .where(eq(redactions.id, id))
        return
      case 'where': {
        const row = (await this.of(trackerId)).find(it => it.id === id)
        const places = { ...row?.plan, where: value }
        await this.#db.update(redactions).set({ places }).where(eq(redactions.id, id))
        return
      }
      default:
        await this.#db
          .update(snapshots)
          .set({ [column]: value })
          .where(isOf(trackerId, id as SnapshotId))
    }
  }
}

const asRow = (row: typeof redactions.$inferSelect): RedactionRow => ({
  id: row.id as RedactionId,
  trackerId: row.trackerId as TrackerId,
  by: row.by as AccountId,
  at: row.at,
  reason: row.reason,
  plan: row.places as Plan,
  doneAt: row.doneAt,
})
