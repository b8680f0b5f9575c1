/**
 * What people have been granted in trackers: roles of their own, and those of the groups that they are in. A closed
 * account has none of them.
 */
import { and, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/sqlite-core'
import { groupMembers, groupRoles, groups, members, user } from '#drizzle/sqlite/schema.ts'
import { isNotOfDemo } from '#server/accounts/demo-accounts.ts'
import type { Database } from '#server/store/database.ts'
import { highestRole, type Role } from '#shared/access.ts'
import type { AccountId, GroupId, TrackerId } from '#shared/ids.ts'

export interface Whose {
  readonly trackerId?: TrackerId
  readonly accountId?: AccountId
}

/** One row for each grant, oldest first; always one statement, whether there is such a tracker or not. */
export const grantsOf = (db: Database, { accountId, trackerId }: Whose) =>
  unionAll(
    db
      .select({
        ...WHO,
        trackerId: members.trackerId,
        role: members.role,
        groupId: sql<string | null>`null`.as('group_id'),
        groupName: sql<string | null>`null`.as('group_name'),
        at: sql<number>`${members.joinedAt}`.mapWith(Number).as('at'),
      })
      .from(members)
      .innerJoin(user, eq(user.id, members.accountId))
      .where(
        and(
          isNull(user.closedAt),
          accountId && eq(members.accountId, accountId),
          trackerId && eq(members.trackerId, trackerId),
        ),
      ),
    db
      .select({
        ...WHO,
        trackerId: groupRoles.trackerId,
        role: groupRoles.role,
        groupId: sql<string | null>`${groups.id}`.as('group_id'),
        groupName: sql<string | null>`${groups.name}`.as('group_name'),
        at: sql<number>`${groupRoles.grantedAt}`.mapWith(Number).as('at'),
      })
      .from(groupRoles)
      .innerJoin(groups, eq(groups.id, groupRoles.groupId))
      .innerJoin(groupMembers, eq(groupMembers.groupId, groupRoles.groupId))
      .innerJoin(user, eq(user.id, groupMembers.accountId))
      .where(
        and(
          isNull(user.closedAt),
          accountId && eq(groupMembers.accountId, accountId),
          trackerId && eq(groupRoles.trackerId, trackerId),
        ),
      ),
  ).orderBy(sql`at`, sql`name`)

const WHO = { accountId: user.id, name: user.name, email: user.email, kind: user.kind }

export type Grant = Awaited<ReturnType<typeof grantsOf>>[number]

/** The highest role for each account, or for each tracker. */
export const highestEach = (
  grants: readonly Grant[],
  by: 'accountId' | 'trackerId',
): ReadonlyMap<string, Role> => {
  const highest = new Map<string, Role>()
  for (const { [by]: key, role } of grants) {
    const known = highest.get(key)
    highest.set(key, (known && highestRole([known, role])) ?? role)
  }
  return highest
}

/** Grants that are about to go, and so do not count. */
export interface Going {
  readonly own?: AccountId
  readonly group?: GroupId
  readonly person?: { readonly groupId: GroupId; readonly accountId: AccountId }
}

/** A condition on an account `u`: a person. A program cannot answer for a tracker. */
export const canAnswer = sql`u.closed_at is null and u.kind = 'person' and ${isNotOfDemo(sql`u.email`)}`

/**
 * A condition: somebody who can answer for it owns the tracker also without what is going, by themselves or through a
 * group. Being part of the statement that takes something away, it holds when several step down at once.
 */
export const keepsOwner = (trackerId: SQLWrapper | TrackerId, going: Going) => sql`(
  exists (select 1 from ${members} as m inner join ${user} as u on u.id = m.account_id
    where m.tracker_id = ${trackerId} and m.role = 'owner' and ${canAnswer}
      and m.account_id <> ${going.own ?? ''})
  or exists (select 1 from ${groupRoles} as r
    inner join ${groupMembers} as g on g.group_id = r.group_id inner join ${user} as u on u.id = g.account_id
    where r.tracker_id = ${trackerId} and r.role = 'owner' and ${canAnswer}
      and r.group_id <> ${going.group ?? ''}
      and not (g.group_id = ${going.person?.groupId ?? ''} and g.account_id = ${going.person?.accountId ?? ''})))`
