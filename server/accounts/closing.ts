/** What closing an account does to the tables: one transaction, of which nothing happens where it is not allowed. */
import { and, eq, isNull, notExists, sql, type SQL } from 'drizzle-orm'
import {
  account as credentials,
  apiTokens,
  compartmentMembers,
  groupMembers,
  members,
  passkey,
  resetLinks,
  session as sessions,
  trackers,
  twoFactor,
  user,
  verification,
} from '#drizzle/sqlite/schema.ts'
import { hasAnother } from '#server/accounts/compartments.ts'
import type { Database } from '#server/store/database.ts'
import type { AccountId } from '#shared/ids.ts'

export interface Closing {
  readonly id: AccountId
  readonly at: number
  readonly isAllowed: SQL | undefined
  /** Who owns what nobody else does; without one, nothing may be left without an owner. */
  readonly successor: AccountId | undefined
}

/** The first answers a row where the account was closed by this, the second the trackers that went to the successor. */
export const closing = (db: Database, { at, id, isAllowed, successor }: Closing) => {
  const leavesNone = successor === undefined ? notExists(ownerlessWithout(db, id)) : undefined
  return [
    db
      .update(user)
      .set({ closedAt: at, twoFactorEnabled: false })
      .where(and(isAllowed, leavesNone))
      .returning({ id: user.id }),
    succession(db, id, successor ?? ''),
    db.delete(members).where(and(eq(members.accountId, id), isClosed(id))),
    db.delete(groupMembers).where(and(eq(groupMembers.accountId, id), isClosed(id))),
    db
      .delete(compartmentMembers)
      .where(and(eq(compartmentMembers.accountId, id), isClosed(id), hasAnother)),
    ...waysInEnd(db, id, at),
  ] as const
}

/** Every way into an account that is closed by now. */
export const waysInEnd = (db: Database, id: AccountId, at: number) => [
  db.delete(sessions).where(and(eq(sessions.userId, id), isClosed(id))),
  db.delete(verification).where(and(eq(verification.value, id), isClosed(id))),
  db.delete(credentials).where(and(eq(credentials.userId, id), isClosed(id))),
  db.delete(passkey).where(and(eq(passkey.userId, id), isClosed(id))),
  db.delete(twoFactor).where(and(eq(twoFactor.userId, id), isClosed(id))),
  db.delete(resetLinks).where(and(eq(resetLinks.accountId, id), isClosed(id))),
  db
    .update(apiTokens)
    .set({ revokedAt: at })
    .where(and(eq(apiTokens.accountId, id), isNull(apiTokens.revokedAt), isClosed(id))),
]

const isClosed = (id: AccountId) => sql`exists (select 1 from "user" as closed
  where closed.id = ${id} and closed.closed_at is not null)`

/** The trackers that this account owns, by itself or through a group, and no other person who can sign in. */
export const ownerlessWithout = (db: Database, id: AccountId) =>
  db.select({ id: trackers.id }).from(trackers).where(isOwnerlessWithout(id))

const OWNERS = sql`select m.account_id from members as m where m.tracker_id = "trackers"."id" and m.role = 'owner'
  union select g.account_id from group_members as g join group_roles as r on r.group_id = g.group_id
  where r.tracker_id = "trackers"."id" and r.role = 'owner'`

const isOwnerlessWithout = (id: AccountId) =>
  sql`${id} in (${OWNERS}) and not exists (select 1 from "user" as other
    where other.id <> ${id} and other.closed_at is null and other.kind = 'person' and other.id in (${OWNERS}))`

/** Once the account is closed, and before its roles are gone. */
const succession = (db: Database, id: AccountId, successor: string) =>
  db
    .insert(members)
    .select(
      sql`select "trackers"."id", next.id, 'owner', closed.closed_at
        from "trackers", "user" as next, "user" as closed
        where next.id = ${successor} and closed.id = ${id} and closed.closed_at is not null
        and ${isOwnerlessWithout(id)}`,
    )
    .onConflictDoUpdate({
      target: [members.trackerId, members.accountId],
      set: { role: 'owner' },
    })
    .returning({ trackerId: members.trackerId })
