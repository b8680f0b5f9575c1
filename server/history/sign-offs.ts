/** The table of sign-offs: who stands by which snapshot. An account signs a snapshot once; again replaces its words. */
import { and, eq } from 'drizzle-orm'
import { signOffs, snapshots } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import type { AccountId, SnapshotId, TrackerId } from '#shared/ids.ts'

export interface SignOff {
  readonly snapshotId: SnapshotId
  readonly by: AccountId
  readonly at: number
  readonly note: string
}

export class SignOffs {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** In the order in which they were signed; of one snapshot, or of all of the tracker. */
  async of(trackerId: TrackerId, snapshotId?: SnapshotId): Promise<readonly SignOff[]> {
    const rows = await this.#db
      .select({
        snapshotId: signOffs.snapshotId,
        by: signOffs.accountId,
        at: signOffs.at,
        note: signOffs.note,
      })
      .from(signOffs)
      .innerJoin(snapshots, eq(snapshots.id, signOffs.snapshotId))
      .where(
        and(eq(snapshots.trackerId, trackerId), snapshotId && eq(signOffs.snapshotId, snapshotId)),
      )
      .orderBy(signOffs.at, signOffs.accountId)
    return rows.map(({ by, snapshotId, ...row }) => ({
      ...row,
      by: by as AccountId,
      snapshotId: snapshotId as SnapshotId,
    }))
  }

  async sign({ at, by, note, snapshotId }: SignOff): Promise<void> {
    await this.#db
      .insert(signOffs)
      .values({ snapshotId, accountId: by, at, note })
      .onConflictDoUpdate({
        target: [signOffs.snapshotId, signOffs.accountId],
        set: { at, note },
      })
  }

  async takeBack(snapshotId: SnapshotId, by: AccountId): Promise<void> {
    await this.#db
      .delete(signOffs)
      .where(and(eq(signOffs.snapshotId, snapshotId), eq(signOffs.accountId, by)))
  }
}
