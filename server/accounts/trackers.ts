/** Which trackers there are: the rows beside the documents, with a copy of each title for the list. */
import { eq, inArray, sql } from 'drizzle-orm'
import { groupMembers, groupRoles, members, trackers, user } from '#drizzle/sqlite/schema.ts'
import { grantsOf, highestEach } from '#server/accounts/grants.ts'
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

  /** Those that the account is in, by itself or through a group; the last edited first. */
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
    const grants = await grantsOf(this.#db, { accountId, ...(id && { trackerId: id }) })
    const roles = highestEach(grants, 'trackerId')
    const ids = [...roles.keys()]
    const portions = Array.from({ length: Math.ceil(ids.length / PORTION) }, (_, nth) =>
      ids.slice(nth * PORTION, (nth + 1) * PORTION),
    )
    const rows = await Promise.all(portions.map(portion => this.#read(portion)))
    return rows
      .flat()
      .flatMap(({ archivedAt, ...row }) => {
        const role = roles.get(row.id)
        return role ? [{ ...row, role, archived: archivedAt !== null }] : []
      })
      .toSorted((a, b) => b.editedAt - a.editedAt || (a.id < b.id ? 1 : -1))
  }

  #read(ids: readonly string[]) {
    return this.#db
      .select({
        id: trackers.id,
        title: trackers.title,
        archivedAt: trackers.archivedAt,
        classification: trackers.classification,
        createdAt: trackers.createdAt,
        editedAt: trackers.editedAt,
        people: sql<number>`(select count(*) from (
          select m.account_id from ${members} as m where m.tracker_id = trackers.id
          union select g.account_id from ${groupRoles} as r
            inner join ${groupMembers} as g on g.group_id = r.group_id where r.tracker_id = trackers.id
          ) as someone inner join ${user} as u on u.id = someone.account_id where u.closed_at is null)`.mapWith(
          Number,
        ),
      })
      .from(trackers)
      .where(inArray(trackers.id, ids))
  }
}

/** Trackers of one statement. */
const PORTION = 500
