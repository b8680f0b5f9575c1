/** The shelf of snapshots: full states outside the live document, immutable but for what people say of them. */
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { and, desc, eq, inArray } from 'drizzle-orm'
import { snapshots, user } from '#drizzle/sqlite/schema.ts'
import { SignOffs, type SignOff } from '#server/history/sign-offs.ts'
import { FORMER, shownName } from '#server/accounts/shown-name.ts'
import type { Database } from '#server/store/database.ts'
import type { SnapshotEntry, SnapshotKind } from '#shared/api.ts'
import { readSummary, type Summary } from '#shared/compare/summary.ts'
import { docFrom, readTracker } from '#shared/document/tracker.ts'
import { newId, type AccountId, type SnapshotId, type TrackerId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'
import type { Tracker } from '#shared/tracker.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** A snapshot to be. */
export interface Moment {
  readonly seq: number
  readonly at: number
  readonly kind: SnapshotKind
  readonly label: string
  readonly note: string
  readonly by: AccountId | null
  readonly authors: readonly AccountId[]
  readonly summary: Summary
  /** The full state, a Yjs update V2. */
  readonly state: Uint8Array
  readonly pinned?: boolean
  readonly standsFor?: number
}

/** What people may say of a snapshot. */
export interface Words {
  readonly label?: string | undefined
  readonly note?: string | undefined
  readonly pinned?: boolean | undefined
}

/** Everything about a snapshot but its state, which is read on its own. */
const COLUMNS = {
  id: snapshots.id,
  seq: snapshots.seq,
  at: snapshots.at,
  kind: snapshots.kind,
  label: snapshots.label,
  note: snapshots.note,
  by: snapshots.by,
  authors: snapshots.authors,
  summary: snapshots.summary,
  pinned: snapshots.pinned,
  standsFor: snapshots.standsFor,
}

type Row = Pick<typeof snapshots.$inferSelect, keyof typeof COLUMNS>

export class Archive {
  readonly #db: Database
  readonly #signOffs: SignOffs

  constructor(db: Database) {
    this.#db = db
    this.#signOffs = new SignOffs(db)
  }

  async add(
    trackerId: TrackerId,
    { state, ...moment }: Moment,
    id = newId<SnapshotId>(),
  ): Promise<SnapshotEntry> {
    const row = { id, pinned: false, standsFor: 0, ...moment }
    await this.#db.insert(snapshots).values({ trackerId, ...row, state: await compress(state) })
    const [entry] = await this.#named([row], [])
    return entry as SnapshotEntry
  }

  /** Newest first. */
  async all(trackerId: TrackerId): Promise<SnapshotEntry[]> {
    const rows = await this.#db
      .select(COLUMNS)
      .from(snapshots)
      .where(eq(snapshots.trackerId, trackerId))
      .orderBy(...NEWEST_FIRST)
    return this.#named(rows, await this.#signOffs.of(trackerId))
  }

  async latest(trackerId: TrackerId): Promise<SnapshotEntry | undefined> {
    const [row] = await this.#db
      .select({ id: snapshots.id })
      .from(snapshots)
      .where(eq(snapshots.trackerId, trackerId))
      .orderBy(...NEWEST_FIRST)
      .limit(1)
    return row && this.find(trackerId, row.id as SnapshotId)
  }

  async find(trackerId: TrackerId, id: SnapshotId): Promise<SnapshotEntry | undefined> {
    const rows = await this.#db.select(COLUMNS).from(snapshots).where(isOf(trackerId, id))
    return (await this.#named(rows, await this.#signOffs.of(trackerId, id)))[0]
  }

  /** The state as it is stored: gzip over a Yjs update V2. */
  async packed(trackerId: TrackerId, id: SnapshotId): Promise<Uint8Array | undefined> {
    const [row] = await this.#db
      .select({ state: snapshots.state })
      .from(snapshots)
      .where(isOf(trackerId, id))
    return row && new Uint8Array(row.state)
  }

  /** The state as a Yjs update V2. */
  async state(trackerId: TrackerId, id: SnapshotId): Promise<Uint8Array | undefined> {
    const packed = await this.packed(trackerId, id)
    return packed && new Uint8Array(await decompress(packed))
  }

  /** The tracker as it was. */
  async tracker(trackerId: TrackerId, id: SnapshotId): Promise<Tracker | undefined> {
    const state = await this.state(trackerId, id)
    return state && readTracker(docFrom(state, 2))
  }

  /** Answers `undefined` where the tracker has no such snapshot. */
  async annotate(
    trackerId: TrackerId,
    id: SnapshotId,
    { label, note, pinned }: Words,
  ): Promise<SnapshotEntry | undefined> {
    const said = {
      ...(label !== undefined && { label }),
      ...(note !== undefined && { note }),
      ...(pinned !== undefined && { pinned }),
    }
    if (Object.keys(said).length > 0)
      await this.#db.update(snapshots).set(said).where(isOf(trackerId, id))
    return this.find(trackerId, id)
  }

  async sign(trackerId: TrackerId, signOff: SignOff): Promise<SnapshotEntry | undefined> {
    if (!(await this.find(trackerId, signOff.snapshotId))) return undefined
    await this.#signOffs.sign(signOff)
    return this.find(trackerId, signOff.snapshotId)
  }

  /** Takes the account's own sign-off back; where there is none, nothing happens. */
  async unsign(
    trackerId: TrackerId,
    id: SnapshotId,
    by: AccountId,
  ): Promise<SnapshotEntry | undefined> {
    if (!(await this.find(trackerId, id))) return undefined
    await this.#signOffs.takeBack(id, by)
    return this.find(trackerId, id)
  }

  /** The accounts with their names and colours, in the given order. */
  async authors(ids: readonly string[]): Promise<SnapshotEntry['authors']> {
    const names = await this.#names(ids)
    return ids.map(id => ({
      id,
      name: names.get(id) ?? FORMER,
      colour: colourOf(id as AccountId),
    }))
  }

  async #named(rows: readonly Row[], signOffs: readonly SignOff[]): Promise<SnapshotEntry[]> {
    const names = await this.#names([
      ...rows.flatMap(({ by, authors }) => [by ?? [], authors].flat()),
      ...signOffs.map(({ by }) => by),
    ])
    const named = (id: string) => ({ id, name: names.get(id) ?? FORMER })
    const signed = Map.groupBy<string, SignOff>(signOffs, ({ snapshotId }) => snapshotId)
    return rows.map(({ by, authors, summary, ...row }) => ({
      ...row,
      by: by === null ? null : named(by),
      authors: authors.map(id => ({ ...named(id), colour: colourOf(id as AccountId) })),
      summary: asApi(readSummary(summary)),
      signOffs: (signed.get(row.id) ?? []).map(({ at, by, note }) => ({
        by: named(by),
        at,
        note,
      })),
    }))
  }

  async #names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const distinct = [...new Set(ids)]
    if (distinct.length === 0) return new Map()
    const rows = await this.#db
      .select({ id: user.id, name: user.name, closedAt: user.closedAt, kind: user.kind })
      .from(user)
      .where(inArray(user.id, distinct))
    return new Map(rows.map(row => [row.id, shownName(row)]))
  }
}

/** Two snapshots of one state differ in their time alone, imported ones perhaps not even in that. */
export const NEWEST_FIRST = [desc(snapshots.seq), desc(snapshots.at), desc(snapshots.id)] as const

export const isOf = (trackerId: TrackerId, id: SnapshotId) =>
  and(eq(snapshots.trackerId, trackerId), eq(snapshots.id, id))

/** As the routes' schemas want it. */
export const asApi = (summary: Summary): SnapshotEntry['summary'] => ({
  ...summary,
  about: [...summary.about],
})
