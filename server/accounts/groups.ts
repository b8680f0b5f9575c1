/** Groups of people, whom trackers let in together. Administrators make and fill them. */
import { and, asc, count, eq, exists, isNull, or, sql } from 'drizzle-orm'
import {
  account as credentials,
  groupMembers,
  groupRoles,
  groups,
  user,
} from '#drizzle/sqlite/schema.ts'
import { keepsOwner } from '#server/accounts/grants.ts'
import type { Database } from '#server/store/database.ts'
import type { Role } from '#shared/access.ts'
import type { ApiGroup, ApiGroupRole, DirectoryEntry } from '#shared/api.ts'
import { newId, type AccountId, type GroupId, type TrackerId } from '#shared/ids.ts'

/** `last owner`: a tracker would be left without anybody who owns it. */
export type GroupChange = 'done' | 'not there' | 'last owner'

export class Groups {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** All of them, with how many people whose accounts are open. */
  async all(): Promise<ApiGroup[]> {
    return this.#db
      .select({ id: groups.id, name: groups.name, people: count(user.id) })
      .from(groups)
      .leftJoin(groupMembers, eq(groupMembers.groupId, groups.id))
      .leftJoin(user, and(eq(user.id, groupMembers.accountId), isNull(user.closedAt)))
      .groupBy(groups.id, groups.name)
      .orderBy(asc(groups.name), asc(groups.id))
  }

  async find(groupId: GroupId): Promise<{ readonly name: string } | undefined> {
    const [found] = await this.#db
      .select({ name: groups.name })
      .from(groups)
      .where(eq(groups.id, groupId))
    return found
  }

  async make(name: string, createdBy: AccountId): Promise<ApiGroup> {
    const id = newId<GroupId>()
    await this.#db.insert(groups).values({ id, name, createdBy, createdAt: this.#now() })
    return { id, name, people: 0 }
  }

  async rename(groupId: GroupId, name: string): Promise<GroupChange> {
    const renamed = await this.#db
      .update(groups)
      .set({ name })
      .where(eq(groups.id, groupId))
      .returning({ id: groups.id })
    return renamed.length > 0 ? 'done' : 'not there'
  }

  async remove(groupId: GroupId): Promise<GroupChange> {
    const removed = await this.#db
      .delete(groups)
      .where(and(eq(groups.id, groupId), leavesNoOrphan(groupId, { group: groupId })))
      .returning({ id: groups.id })
    if (removed.length > 0) return 'done'
    return (await this.find(groupId)) ? 'last owner' : 'not there'
  }

  /** Whose accounts are open, by name. */
  async people(groupId: GroupId): Promise<DirectoryEntry[]> {
    return this.#db
      .select(ENTRY)
      .from(groupMembers)
      .innerJoin(user, and(eq(user.id, groupMembers.accountId), isNull(user.closedAt)))
      .where(eq(groupMembers.groupId, groupId))
      .orderBy(asc(user.name), asc(user.id))
  }

  /** Everybody on the server who can get in: by a password, with a key, or as a program. */
  async everybody(): Promise<DirectoryEntry[]> {
    const credential = this.#db
      .select({ id: credentials.id })
      .from(credentials)
      .where(eq(credentials.userId, user.id))
    return this.#db
      .select(ENTRY)
      .from(user)
      .where(and(isNull(user.closedAt), or(eq(user.kind, 'service'), exists(credential))))
      .orderBy(asc(user.name), asc(user.id))
  }

  async isOpen(accountId: AccountId): Promise<boolean> {
    const [found] = await this.#db
      .select({ id: user.id })
      .from(user)
      .where(and(eq(user.id, accountId), isNull(user.closedAt)))
    return found !== undefined
  }

  async addPerson(groupId: GroupId, accountId: AccountId): Promise<GroupChange> {
    if (!(await this.find(groupId)) || !(await this.isOpen(accountId))) return 'not there'
    await this.#db
      .insert(groupMembers)
      .values({ groupId, accountId, joinedAt: this.#now() })
      .onConflictDoNothing()
    return 'done'
  }

  async removePerson(groupId: GroupId, accountId: AccountId): Promise<GroupChange> {
    const isIn = and(eq(groupMembers.groupId, groupId), eq(groupMembers.accountId, accountId))
    const removed = await this.#db
      .delete(groupMembers)
      .where(and(isIn, leavesNoOrphan(groupId, { person: { groupId, accountId } })))
      .returning({ accountId: groupMembers.accountId })
    if (removed.length > 0) return 'done'
    const [is] = await this.#db
      .select({ accountId: groupMembers.accountId })
      .from(groupMembers)
      .where(isIn)
    return is ? 'last owner' : 'not there'
  }

  /** The trackers that it opens. */
  async trackersOf(groupId: GroupId): Promise<TrackerId[]> {
    const rows = await this.#db
      .select({ trackerId: groupRoles.trackerId })
      .from(groupRoles)
      .where(eq(groupRoles.groupId, groupId))
    return rows.map(({ trackerId }) => trackerId as TrackerId)
  }

  /** The groups that have a role in a tracker, the oldest first. */
  async rolesIn(trackerId: TrackerId): Promise<ApiGroupRole[]> {
    return this.#db
      .select({
        id: groups.id,
        name: groups.name,
        role: groupRoles.role,
        people: count(user.id),
      })
      .from(groupRoles)
      .innerJoin(groups, eq(groups.id, groupRoles.groupId))
      .leftJoin(groupMembers, eq(groupMembers.groupId, groups.id))
      .leftJoin(user, and(eq(user.id, groupMembers.accountId), isNull(user.closedAt)))
      .where(eq(groupRoles.trackerId, trackerId))
      .groupBy(groups.id, groups.name, groupRoles.role, groupRoles.grantedAt)
      .orderBy(asc(groupRoles.grantedAt), asc(groups.name))
  }

  /** Gives a group a role in a tracker, or another one. */
  async grant(trackerId: TrackerId, groupId: GroupId, role: Role): Promise<GroupChange> {
    if (!(await this.find(groupId))) return 'not there'
    const granted = await this.#db
      .insert(groupRoles)
      .values({ trackerId, groupId, role, grantedAt: this.#now() })
      .onConflictDoUpdate({
        target: [groupRoles.trackerId, groupRoles.groupId],
        set: { role },
        ...(role !== 'owner' && { setWhere: mayGo(trackerId, groupId) }),
      })
      .returning({ groupId: groupRoles.groupId })
    return granted.length > 0 ? 'done' : 'last owner'
  }

  async withdraw(trackerId: TrackerId, groupId: GroupId): Promise<GroupChange> {
    const isThis = and(eq(groupRoles.trackerId, trackerId), eq(groupRoles.groupId, groupId))
    const withdrawn = await this.#db
      .delete(groupRoles)
      .where(and(isThis, mayGo(trackerId, groupId)))
      .returning({ groupId: groupRoles.groupId })
    if (withdrawn.length > 0) return 'done'
    const [is] = await this.#db.select({ id: groupRoles.groupId }).from(groupRoles).where(isThis)
    return is ? 'last owner' : 'not there'
  }
}

const ENTRY = { accountId: user.id, name: user.name, email: user.email, kind: user.kind }

const mayGo = (trackerId: TrackerId, groupId: GroupId) =>
  sql`(${groupRoles.role} <> 'owner' or ${keepsOwner(trackerId, { group: groupId })})`

/** A condition: each tracker that the group owns has somebody who owns it also without what is going. */
const leavesNoOrphan = (groupId: GroupId, going: Parameters<typeof keepsOwner>[1]) =>
  sql`not exists (select 1 from ${groupRoles} as owned
    where owned.group_id = ${groupId} and owned.role = 'owner'
      and not ${keepsOwner(sql`owned.tracker_id`, going)})`
