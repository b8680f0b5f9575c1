/** Who may do what in which tracker. */
import { and, asc, eq, sql } from 'drizzle-orm'
import { members, user } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import type { Role } from '#shared/access.ts'
import type { ApiMember } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

/** A tracker without an owner could never be managed again. */
export type MemberChange = 'done' | 'no such member' | 'last owner'

export class Members {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  async roleOf(trackerId: TrackerId, accountId: AccountId): Promise<Role | undefined> {
    const [found] = await this.#db
      .select({ role: members.role })
      .from(members)
      .where(isMember(trackerId, accountId))
    return found?.role
  }

  async of(trackerId: TrackerId): Promise<ApiMember[]> {
    return this.#db
      .select({ accountId: user.id, name: user.name, email: user.email, role: members.role })
      .from(members)
      .innerJoin(user, eq(user.id, members.accountId))
      .where(eq(members.trackerId, trackerId))
      .orderBy(asc(members.joinedAt), asc(user.name))
  }

  /** Adds a member; one who is there already gets the role. */
  async add(trackerId: TrackerId, accountId: AccountId, role: Role): Promise<void> {
    await this.#db
      .insert(members)
      .values({ trackerId, accountId, role, joinedAt: this.#now() })
      .onConflictDoUpdate({ target: [members.trackerId, members.accountId], set: { role } })
  }

  async setRole(trackerId: TrackerId, accountId: AccountId, role: Role): Promise<MemberChange> {
    const changed = await this.#db
      .update(members)
      .set({ role })
      .where(
        role === 'owner'
          ? isMember(trackerId, accountId)
          : and(isMember(trackerId, accountId), isNotLastOwner(trackerId)),
      )
      .returning({ accountId: members.accountId })
    return changed.length > 0 ? 'done' : this.#whyNot(trackerId, accountId)
  }

  async remove(trackerId: TrackerId, accountId: AccountId): Promise<MemberChange> {
    const removed = await this.#db
      .delete(members)
      .where(and(isMember(trackerId, accountId), isNotLastOwner(trackerId)))
      .returning({ accountId: members.accountId })
    return removed.length > 0 ? 'done' : this.#whyNot(trackerId, accountId)
  }

  async #whyNot(trackerId: TrackerId, accountId: AccountId): Promise<MemberChange> {
    return (await this.roleOf(trackerId, accountId)) ? 'last owner' : 'no such member'
  }
}

const isMember = (trackerId: TrackerId, accountId: AccountId) =>
  and(eq(members.trackerId, trackerId), eq(members.accountId, accountId))

/** Part of the statement that changes the row, so that two owners cannot step down at once. */
const isNotLastOwner = (trackerId: TrackerId) =>
  sql`(${members.role} <> 'owner' or (select count(*) from members as others
    where others.tracker_id = ${trackerId} and others.role = 'owner') > 1)`
