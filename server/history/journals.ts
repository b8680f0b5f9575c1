/** The journals of trackers, for whoever looks at any moment of their past. */
import { eq } from 'drizzle-orm'
import { changes, clients, groupMembers, groupRoles, members } from '#drizzle/sqlite/schema.ts'
import type { Archive } from '#server/history/archive.ts'
import type { Database } from '#server/store/database.ts'
import type { Store } from '#server/store/store.ts'
import type { ApiAuthor } from '#shared/api.ts'
import { encodeChapters } from '#shared/history/chapter.ts'
import type { TrackerId } from '#shared/ids.ts'

export class Journals {
  readonly #db: Database
  readonly #store: Pick<Store, 'chapters'>
  readonly #named: Archive['authors']

  constructor(deps: {
    readonly db: Database
    readonly store: Pick<Store, 'chapters'>
    readonly named: Archive['authors']
  }) {
    this.#db = deps.db
    this.#store = deps.store
    this.#named = deps.named
  }

  /** The entries after `seq` as shared/history/chapter.ts writes them; the first may be earlier ones. */
  async read(trackerId: TrackerId, seq: number): Promise<Uint8Array> {
    return encodeChapters(await this.#store.chapters(trackerId, seq))
  }

  /** Everybody who may be named in it: who has ever written, who is a member now, and who only deleted. */
  async authors(trackerId: TrackerId): Promise<readonly ApiAuthor[]> {
    const ids = await Promise.all([
      this.#db
        .selectDistinct({ id: clients.account })
        .from(clients)
        .where(eq(clients.document, trackerId)),
      this.#db
        .select({ id: members.accountId })
        .from(members)
        .where(eq(members.trackerId, trackerId)),
      this.#db
        .selectDistinct({ id: groupMembers.accountId })
        .from(groupMembers)
        .innerJoin(groupRoles, eq(groupRoles.groupId, groupMembers.groupId))
        .where(eq(groupRoles.trackerId, trackerId)),
      this.#db
        .selectDistinct({ id: changes.account })
        .from(changes)
        .where(eq(changes.document, trackerId)),
    ])
    return this.#named([...new Set(ids.flat().map(({ id }) => id))])
  }
}
