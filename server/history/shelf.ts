/** What the retention of snapshots reads and writes of their table. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { shareLinks, snapshots } from '#drizzle/sqlite/schema.ts'
import { isOf, NEWEST_FIRST } from '#server/history/archive.ts'
import type { Shelved } from '#server/history/retention.ts'
import { SignOffs } from '#server/history/sign-offs.ts'
import type { Database } from '#server/store/database.ts'
import type { Summary } from '#shared/compare/summary.ts'
import type { SnapshotId, TrackerId } from '#shared/ids.ts'

/** For whom, and for how many that are gone, a snapshot speaks. */
export interface Told {
  readonly authors: readonly string[]
  readonly standsFor: number
}

/** A snapshot that takes others up: what it says then, and which ones go. */
export interface Thinned extends Told {
  readonly into: SnapshotId
  readonly going: readonly SnapshotId[]
  readonly summary: Summary
}

export class Shelf {
  readonly #db: Database
  readonly #signOffs: SignOffs

  constructor(db: Database) {
    this.#db = db
    this.#signOffs = new SignOffs(db)
  }

  /** All snapshots of a tracker, newest first. */
  async read(trackerId: TrackerId): Promise<readonly Shelved[]> {
    const { at, id, kind, label, note, pinned } = snapshots
    const rows = await this.#db
      .select({ id, at, kind, pinned, words: sql<number>`length(${label}) + length(${note})` })
      .from(snapshots)
      .where(eq(snapshots.trackerId, trackerId))
      .orderBy(...NEWEST_FIRST)
    const used = new Set([
      ...(await this.#signOffs.of(trackerId)).map(it => it.snapshotId),
      ...(await this.#shared(trackerId)),
    ])
    return rows.map(({ pinned, words, ...row }) => {
      const id = row.id as SnapshotId
      return { ...row, id, isKept: pinned || words > 0 || used.has(id) }
    })
  }

  /** Those that a share link shows. */
  async #shared(trackerId: TrackerId): Promise<readonly SnapshotId[]> {
    const rows = await this.#db
      .select({ id: shareLinks.snapshotId })
      .from(shareLinks)
      .where(and(eq(shareLinks.trackerId, trackerId), isNull(shareLinks.revokedAt)))
    return rows.flatMap(({ id }) => (id === null ? [] : [id as SnapshotId]))
  }

  /** The trackers that have more snapshots than the two that always stay. */
  async crowded(): Promise<readonly TrackerId[]> {
    const rows = await this.#db
      .select({ trackerId: snapshots.trackerId })
      .from(snapshots)
      .groupBy(snapshots.trackerId)
      .having(sql`count(*) > 2`)
    return rows.map(({ trackerId }) => trackerId as TrackerId)
  }

  async told(ids: readonly SnapshotId[]): Promise<ReadonlyMap<SnapshotId, Told>> {
    const { authors, id, standsFor } = snapshots
    const rows = await this.#db
      .select({ id, authors, standsFor })
      .from(snapshots)
      .where(inArray(id, [...ids]))
    return new Map(rows.map(({ id, ...told }) => [id as SnapshotId, told]))
  }

  /** In one transaction: what goes is told by what stays, or nothing has gone. */
  async thin(trackerId: TrackerId, thinned: readonly Thinned[]): Promise<void> {
    const [first, ...others] = thinned.flatMap(({ going, into, ...told }) => [
      this.#db.update(snapshots).set(told).where(isOf(trackerId, into)),
      this.#db
        .delete(snapshots)
        .where(and(eq(snapshots.trackerId, trackerId), inArray(snapshots.id, [...going]))),
    ])
    if (first) await this.#db.batch([first, ...others])
  }
}
