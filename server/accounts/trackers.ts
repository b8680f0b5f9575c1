/** Which trackers there are: the rows beside the documents, with a copy of each title for the list. */
import { and, desc, eq, sql } from 'drizzle-orm'
import { members, trackers } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import type { TrackerEntry } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

/** The list shows no more than this of a title. */
export const LONGEST_TITLE = 200

export interface Edited {
  readonly title: string
  readonly at: number
}

export class Trackers {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** Enters a tracker whose document is stored, with its first owner. */
  async enter(id: TrackerId, title: string, owner: AccountId): Promise<void> {
    const now = this.#now()
    await this.#db.batch([
      this.#db.insert(trackers).values({ id, title, createdAt: now, editedAt: now }),
      this.#db
        .insert(members)
        .values({ trackerId: id, accountId: owner, role: 'owner', joinedAt: now }),
    ])
  }

  /** Those that the account is a member of, the last edited first. */
  async of(accountId: AccountId): Promise<TrackerEntry[]> {
    return this.#entries(accountId)
  }

  async entry(id: TrackerId, accountId: AccountId): Promise<TrackerEntry | undefined> {
    const [found] = await this.#entries(accountId, id)
    return found
  }

  async setArchived(id: TrackerId, archived: boolean): Promise<void> {
    await this.#db
      .update(trackers)
      .set({ archivedAt: archived ? this.#now() : null })
      .where(eq(trackers.id, id))
  }

  async classify(id: TrackerId, classification: string): Promise<void> {
    await this.#db.update(trackers).set({ classification }).where(eq(trackers.id, id))
  }

  async classificationOf(id: TrackerId): Promise<string> {
    const [found] = await this.#db
      .select({ classification: trackers.classification })
      .from(trackers)
      .where(eq(trackers.id, id))
    return found?.classification ?? ''
  }

  async edited(id: TrackerId, title: string): Promise<void> {
    await this.#edited(id, { title, at: this.#now() })
  }

  /** The same for many, in one transaction: each would wait for the disk by itself. */
  async allEdited(edits: readonly (readonly [TrackerId, Edited])[]): Promise<void> {
    const [first, ...others] = edits.map(([id, edited]) => this.#edited(id, edited))
    if (first) await this.#db.batch([first, ...others])
  }

  #edited(id: TrackerId, { at, title }: Edited) {
    return this.#db
      .update(trackers)
      .set({ title: title.slice(0, LONGEST_TITLE), editedAt: at })
      .where(eq(trackers.id, id))
  }

  async #entries(accountId: AccountId, id?: TrackerId): Promise<TrackerEntry[]> {
    const rows = await this.#db
      .select({
        id: trackers.id,
        title: trackers.title,
        role: members.role,
        archivedAt: trackers.archivedAt,
        classification: trackers.classification,
        createdAt: trackers.createdAt,
        editedAt: trackers.editedAt,
        people: sql<number>`(select count(*) from members as people where people.tracker_id = ${trackers.id})`,
      })
      .from(members)
      .innerJoin(trackers, eq(trackers.id, members.trackerId))
      .where(and(eq(members.accountId, accountId), id && eq(trackers.id, id)))
      .orderBy(desc(trackers.editedAt), desc(trackers.id))
    return rows.map(({ archivedAt, ...row }) => ({ ...row, archived: archivedAt !== null }))
  }
}
