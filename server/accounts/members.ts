/** Who may do what in which tracker: by themselves, and through groups. */
import { and, eq, or, sql } from 'drizzle-orm'
import { groupMembers, groupRoles, members, user } from '#drizzle/sqlite/schema.ts'
import { canAnswer, grantsOf, highestEach, keepsOwner } from '#server/accounts/grants.ts'
import type { Database } from '#server/store/database.ts'
import { highestRole, type Role } from '#shared/access.ts'
import type { ApiMember } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

/** A tracker without an owner could never be managed again. */
export type MemberChange = 'done' | 'no such member' | 'through a group' | 'last owner'
export type Transfer = 'done' | 'no such member' | 'not yours'

export class Members {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** The highest of what they have themselves and through groups. */
  async roleOf(trackerId: TrackerId, accountId: AccountId): Promise<Role | undefined> {
    const grants = await grantsOf(this.#db, { trackerId, accountId })
    return highestRole(grants.map(({ role }) => role))
  }

  /** Of everybody who is in. */
  async rolesIn(trackerId: TrackerId): Promise<ReadonlyMap<string, Role>> {
    return highestEach(await grantsOf(this.#db, { trackerId }), 'accountId')
  }

  async of(trackerId: TrackerId): Promise<ApiMember[]> {
    const grants = await grantsOf(this.#db, { trackerId })
    const people = Map.groupBy(grants, ({ accountId }) => accountId)
    return [...people.values()].flatMap(all => {
      const [first] = all
      const role = highestRole(all.map(grant => grant.role))
      if (!first || !role) return []
      const { accountId, name, email, kind } = first
      const own = all.find(({ groupId }) => groupId === null)?.role ?? null
      const through = all.flatMap(({ groupId, groupName, role }) =>
        groupId === null ? [] : [{ groupId, name: groupName ?? '', role }],
      )
      return [{ accountId, name, email, kind, role, own, through }]
    })
  }

  /** Adds a member; one who is there already gets the role. */
  async add(trackerId: TrackerId, accountId: AccountId, role: Role): Promise<void> {
    await this.#db
      .insert(members)
      .values({ trackerId, accountId, role, joinedAt: this.#now() })
      .onConflictDoUpdate({ target: [members.trackerId, members.accountId], set: { role } })
  }

  /** Changes the role that somebody has of their own. */
  async setRole(trackerId: TrackerId, accountId: AccountId, role: Role): Promise<MemberChange> {
    const changed = await this.#db
      .update(members)
      .set({ role })
      .where(
        role === 'owner'
          ? isMember(trackerId, accountId)
          : and(isMember(trackerId, accountId), isNotLastOwner(trackerId, accountId)),
      )
      .returning({ accountId: members.accountId })
    return changed.length > 0 ? 'done' : this.#whyNot(trackerId, accountId)
  }

  /** Takes away what somebody has of their own; what they have through groups stays. */
  async remove(trackerId: TrackerId, accountId: AccountId): Promise<MemberChange> {
    const removed = await this.#db
      .delete(members)
      .where(and(isMember(trackerId, accountId), isNotLastOwner(trackerId, accountId)))
      .returning({ accountId: members.accountId })
    return removed.length > 0 ? 'done' : this.#whyNot(trackerId, accountId)
  }

  /** One owner gives the tracker to somebody who is in it, and is an editor from then on: both or neither. */
  async transfer(trackerId: TrackerId, from: AccountId, to: AccountId): Promise<Transfer> {
    if (to === from || !(await this.roleOf(trackerId, to))) return 'no such member'
    const isOwner = (accountId: AccountId) =>
      sql`exists (select 1 from ${members} as m inner join ${user} as u on u.id = m.account_id
        where m.tracker_id = ${trackerId} and m.account_id = ${accountId} and m.role = 'owner' and u.closed_at is null)`
    const [, made, steppedDown] = await this.#db.batch([
      // Who is in through a group alone gets a role of their own to be raised.
      this.#db
        .insert(members)
        .select(
          this.#db
            .selectDistinct({
              trackerId: groupRoles.trackerId,
              accountId: groupMembers.accountId,
              role: sql<Role>`'viewer'`.as('role'),
              joinedAt: sql<number>`cast(${this.#now()} as bigint)`.as('joined_at'),
            })
            .from(groupRoles)
            .innerJoin(groupMembers, eq(groupMembers.groupId, groupRoles.groupId))
            .where(
              and(
                eq(groupRoles.trackerId, trackerId),
                eq(groupMembers.accountId, to),
                isOwner(from),
              ),
            ),
        )
        .onConflictDoNothing(),
      this.#db
        .update(members)
        .set({ role: 'owner' })
        .where(and(isMember(trackerId, to), isOwner(from), isOpen(to)))
        .returning({ accountId: members.accountId }),
      this.#db
        .update(members)
        .set({ role: 'editor' })
        .where(and(isMember(trackerId, from), eq(members.role, 'owner'), isOwner(to)))
        .returning({ accountId: members.accountId }),
    ])
    return made.length > 0 && steppedDown.length > 0 ? 'done' : 'not yours'
  }

  async #whyNot(trackerId: TrackerId, accountId: AccountId): Promise<MemberChange> {
    const [own] = await this.#db
      .select({ role: members.role })
      .from(members)
      .where(isMember(trackerId, accountId))
    if (own) return 'last owner'
    return (await this.roleOf(trackerId, accountId)) ? 'through a group' : 'no such member'
  }
}

const isMember = (trackerId: TrackerId, accountId: AccountId) =>
  and(eq(members.trackerId, trackerId), eq(members.accountId, accountId))

const isOpen = (accountId: AccountId) =>
  sql`exists (select 1 from ${user} as u where u.id = ${accountId} and ${canAnswer})`

const isNotLastOwner = (trackerId: TrackerId, accountId: AccountId) =>
  or(sql`${members.role} <> 'owner'`, keepsOwner(trackerId, { own: accountId }))
