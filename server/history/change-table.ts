/** The table of changes: its rows, and for each document how far they are written. */
import { and, desc, eq, gt, gte, inArray, lt, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import { changeMarks, changes } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import { CHANGES_VERSION, type Change } from '#shared/history/changes.ts'
import type { Value } from '#shared/history/fields.ts'
import type { AccountId, IssueId, PartyId, RestoreId, TrackerId } from '#shared/ids.ts'

/** Which changes to read: newest first, those that ended where they had begun left out. */
export interface ChangeQuery {
  readonly issue?: string | undefined
  readonly party?: string | undefined
  readonly field?: string | undefined
  readonly account?: string | undefined
  /** Only runs that went on after this entry of the journal. */
  readonly since?: number | undefined
  /** Only runs that come after this one in the list. */
  readonly before?: Place | undefined
  readonly limit: number
}

/** What was changed last in a cell. */
export interface Newest {
  /** Whichever of its fields it was. */
  readonly lastAt: number
  /** Who changed one of the fields that were asked after; undefined where nobody has. */
  readonly by: AccountId | undefined
}

/** Where a run stands in the list. */
export interface Place {
  readonly lastSeq: number
  readonly address: string
}

/** The rows are written up to the entry `seq`, and the document as of the entry `stateSeq` is kept. */
export interface Mark {
  readonly seq: number
  readonly stateSeq: number
}

/** Rows in one transaction: everybody's edits wait for it. */
const ROWS_AT_ONCE = 200

export class ChangeTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async read(trackerId: TrackerId, query: ChangeQuery): Promise<readonly Change[]> {
    const rows = await this.#db
      .select()
      .from(changes)
      .where(
        and(eq(changes.document, trackerId), ne(changes.before, changes.after), ...limits(query)),
      )
      .orderBy(desc(changes.lastSeq), desc(changes.address))
      .limit(query.limit)
    return rows.map(asChange)
  }

  /** Undefined of a cell in which nothing was ever changed. */
  async newest(
    trackerId: TrackerId,
    issue: string,
    party: string,
    fields: readonly string[],
  ): Promise<Newest | undefined> {
    const newestOf = (condition?: SQL) =>
      this.#db
        .select({ account: changes.account, lastAt: changes.lastAt })
        .from(changes)
        .where(
          and(
            eq(changes.document, trackerId),
            ne(changes.before, changes.after),
            ...limits({ issue, party }),
            condition,
          ),
        )
        .orderBy(desc(changes.lastSeq), desc(changes.address))
        .limit(1)
    const [[any], [ofThese]] = await Promise.all([
      newestOf(),
      newestOf(inArray(changes.field, [...fields])),
    ])
    return any && { lastAt: any.lastAt, by: ofThese?.account as AccountId | undefined }
  }

  /**
   * What went on after an entry of the journal, oldest first. Also runs that ended as they had begun, where they began
   * before it: after it they did something.
   */
  async since(trackerId: TrackerId, seq: number): Promise<readonly Change[]> {
    const rows = await this.#db
      .select()
      .from(changes)
      .where(differsSince(trackerId, seq))
      .orderBy(changes.firstSeq, changes.address)
    return rows.map(asChange)
  }

  /** Every row, oldest first. */
  async all(trackerId: TrackerId): Promise<readonly Change[]> {
    const rows = await this.#db
      .select()
      .from(changes)
      .where(eq(changes.document, trackerId))
      .orderBy(changes.firstSeq, changes.address)
    return rows.map(asChange)
  }

  /** Null where nothing is written, or by other rules than today's. */
  async mark(trackerId: TrackerId): Promise<Mark | null> {
    const { seq, stateSeq, version } = changeMarks
    const [row] = await this.#db
      .select({ seq, stateSeq, version })
      .from(changeMarks)
      .where(eq(changeMarks.document, trackerId))
    return row?.version === CHANGES_VERSION ? row : null
  }

  /** Forgets everything of a document, to begin anew. */
  async clear(trackerId: TrackerId): Promise<void> {
    await this.#db.batch([
      this.#db.delete(changes).where(eq(changes.document, trackerId)),
      this.#db.delete(changeMarks).where(eq(changeMarks.document, trackerId)),
    ])
  }

  /** The document as of the mark's `stateSeq`; null for the empty one. */
  async state(trackerId: TrackerId): Promise<Uint8Array | null> {
    const [row] = await this.#db
      .select({ state: changeMarks.state })
      .from(changeMarks)
      .where(eq(changeMarks.document, trackerId))
    return row?.state ? new Uint8Array(row.state) : null
  }

  /**
   * The runs up to the entry `seq` with a change at or after the time `at`. What a write that was cut off has left
   * beyond comes again: runs that began there are left out.
   */
  async openRuns(trackerId: TrackerId, seq: number, at: number): Promise<readonly Change[]> {
    const rows = await this.#db
      .select()
      .from(changes)
      .where(
        and(eq(changes.document, trackerId), gte(changes.lastAt, at), lte(changes.firstSeq, seq)),
      )
    return rows.map(asChange)
  }

  /**
   * Writes rows and the mark up to which they go; `state` where the document is kept anew. In several transactions,
   * the mark in the last: what is written once more is the same.
   */
  async write(
    trackerId: TrackerId,
    derived: readonly Change[],
    mark: Mark,
    state: Uint8Array | null,
  ): Promise<void> {
    const rows = derived.map(change => asRow(trackerId, change))
    while (rows.length > ROWS_AT_ONCE) await this.#upsert(rows.splice(0, ROWS_AT_ONCE))
    const values = {
      version: CHANGES_VERSION,
      seq: mark.seq,
      ...(state && { stateSeq: mark.stateSeq, state: Buffer.from(state) }),
    }
    const markUp = this.#db
      .insert(changeMarks)
      .values({ document: trackerId, stateSeq: 0, ...values })
      .onConflictDoUpdate({ target: changeMarks.document, set: values })
    await (rows.length > 0 ? this.#db.batch([this.#upsert(rows), markUp]) : markUp)
  }

  #upsert(rows: readonly Row[]) {
    return this.#db
      .insert(changes)
      .values([...rows])
      .onConflictDoUpdate({
        target: [changes.document, changes.firstSeq, changes.address],
        set: {
          lastSeq: sql`excluded.last_seq`,
          lastAt: sql`excluded.last_at`,
          issue: sql`excluded.issue`,
          party: sql`excluded.party`,
          after: sql`excluded.after`,
        },
      })
  }
}

type Row = typeof changes.$inferSelect

const asRow = (
  document: TrackerId,
  { after, before, issueId, partyId, ...change }: Change,
): Row => ({
  ...change,
  document,
  issue: issueId,
  party: partyId,
  before: JSON.stringify(before),
  after: JSON.stringify(after),
})

export const asChange = (row: Row): Change => {
  const { document: _, issue, party, ...change } = row
  return {
    ...change,
    account: row.account as AccountId,
    issueId: issue as IssueId | null,
    partyId: party as PartyId | null,
    before: JSON.parse(row.before) as Value,
    after: JSON.parse(row.after) as Value,
    restore: row.restore as RestoreId | null,
  }
}

/** Which rows tell what differs from how it was after an entry. */
export const differsSince = (trackerId: TrackerId, seq: number): SQL | undefined =>
  and(
    eq(changes.document, trackerId),
    gt(changes.lastSeq, seq),
    or(ne(changes.before, changes.after), lte(changes.firstSeq, seq)),
  )

/** What narrows a list of changes down. */
export const limits = ({
  account,
  before,
  field,
  issue,
  party,
  since,
}: Omit<ChangeQuery, 'limit'>): (SQL | undefined)[] => [
  issue === undefined ? undefined : eq(changes.issue, issue),
  party === undefined ? undefined : eq(changes.party, party),
  field === undefined ? undefined : eq(changes.field, field),
  account === undefined ? undefined : eq(changes.account, account),
  since === undefined ? undefined : gt(changes.lastSeq, since),
  before &&
    or(
      lt(changes.lastSeq, before.lastSeq),
      and(eq(changes.lastSeq, before.lastSeq), lt(changes.address, before.address)),
    ),
]
