/** Who is on the server: the accounts of people, as its administrators see and change them. */
import { and, asc, eq, isNotNull, isNull, max, sql, type SQL } from 'drizzle-orm'
import {
  account as credentials,
  groupMembers,
  groupRoles,
  members,
  passkey,
  session as sessions,
  twoFactor,
  user,
  visits,
} from '#drizzle/sqlite/schema.ts'
import { newAccountId } from '#server/accounts/account-id.ts'
import { isNotOfDemo } from '#server/accounts/demo-accounts.ts'
import { closing, ownerlessWithout, waysInEnd } from '#server/accounts/closing.ts'
import { isTaken, type Database } from '#server/store/database.ts'
import type { ServerRole } from '#shared/access.ts'
import type { ApiPerson, NewPerson } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export type PersonChange = 'done' | 'no such person' | 'last administrator'
/** A number: of the trackers that would be without an owner. Closed where it is a list: of those that went to the successor. */
export type Closed =
  | Exclude<PersonChange, 'done'>
  | 'no such successor'
  | number
  | readonly TrackerId[]

export class People {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** By name, those whose accounts are closed last. */
  async all(): Promise<readonly ApiPerson[]> {
    const db = this.#db
    const [people, ways, keys, seen, visited, memberships] = await Promise.all([
      db.select().from(user).where(isPerson).orderBy(asc(user.name)),
      db.select({ id: credentials.userId, way: credentials.providerId }).from(credentials),
      db.selectDistinct({ id: passkey.userId }).from(passkey),
      db
        .select({ id: sessions.userId, at: max(sessions.updatedAt) })
        .from(sessions)
        .groupBy(sessions.userId),
      db
        .select({ id: visits.accountId, at: max(visits.seenAt) })
        .from(visits)
        .groupBy(visits.accountId),
      db
        .select({ id: members.accountId, tracker: members.trackerId })
        .from(members)
        .union(
          db
            .select({ id: groupMembers.accountId, tracker: groupRoles.trackerId })
            .from(groupRoles)
            .innerJoin(groupMembers, eq(groupMembers.groupId, groupRoles.groupId)),
        ),
    ])
    const waysOf = Map.groupBy(ways, ({ id }) => id)
    const haveKeys = new Set(keys.map(({ id }) => id))
    const lastSeen = new Map<string, number>()
    for (const { at, id } of [...seen, ...visited])
      if (at !== null) lastSeen.set(id, Math.max(Number(at), lastSeen.get(id) ?? 0))
    const trackers = Map.groupBy(memberships, ({ id }) => id)
    const listed = people.map(({ closedAt, email, id, name, serverRole, twoFactorEnabled }) => {
      const theirs = (waysOf.get(id) ?? []).map(({ way }) => way)
      return {
        accountId: id,
        name,
        email,
        serverRole,
        closedAt,
        waysIn: [
          ...(theirs.includes('credential') ? (['password'] as const) : []),
          ...(twoFactorEnabled ? (['second factor'] as const) : []),
          ...(haveKeys.has(id) ? (['passkey'] as const) : []),
          ...(theirs.some(way => way !== 'credential') ? (['organisation'] as const) : []),
        ],
        lastSeenAt: lastSeen.get(id) ?? null,
        trackers: trackers.get(id)?.length ?? 0,
      }
    })
    return listed.sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null))
  }

  async find(id: AccountId): Promise<typeof user.$inferSelect | undefined> {
    const [found] = await this.#db
      .select()
      .from(user)
      .where(and(eq(user.id, id), isPerson))
    return found
  }

  /** An account without any way to sign in yet; `undefined` when the e-mail address is taken. */
  async add({ email, name, serverRole }: NewPerson): Promise<AccountId | undefined> {
    const id = await newAccountId(this.#db)
    const at = new Date(this.#now())
    try {
      await this.#db.insert(user).values({
        id,
        name,
        email: email.toLowerCase(),
        // The administrator vouches for it: whoever the organisation says has it is this person.
        emailVerified: true,
        serverRole,
        createdAt: at,
        updatedAt: at,
      })
    } catch (error) {
      if (isTaken(error)) return undefined
      throw error
    }
    return id
  }

  async setServerRole(id: AccountId, serverRole: ServerRole): Promise<PersonChange> {
    const changed = await this.#db
      .update(user)
      .set({ serverRole })
      .where(and(isOpen(id), serverRole === 'administrator' ? undefined : isNotLastAdministrator))
      .returning({ id: user.id })
    return changed.length > 0 ? 'done' : this.#whyNot(id)
  }

  /**
   * Ends every way in and every right, in one transaction; the account stays as an author. Its trackers go to the
   * successor where nobody else owns them; without one, none may be left behind.
   */
  async close(id: AccountId, successor?: AccountId): Promise<Closed> {
    if (successor !== undefined && (successor === id || !(await this.#isOpen(successor))))
      return 'no such successor'
    const at = this.#now()
    const isAllowed = and(isOpen(id), isNotLastAdministrator)
    const [closed, inherited] = await this.#db.batch(
      closing(this.#db, { id, at, isAllowed, successor }),
    )
    if (closed.length > 0) return inherited.map(({ trackerId }) => trackerId as TrackerId)
    const why = await this.#whyNot(id)
    if (why === 'no such person' || successor !== undefined) return why
    return (await ownerlessWithout(this.#db, id)).length || why
  }

  /** For who has lost the app and the recovery codes; answers whether there was one. */
  async dropSecondFactor(id: AccountId): Promise<boolean> {
    const [dropped] = await this.#db.batch([
      this.#db
        .update(user)
        .set({ twoFactorEnabled: false })
        .where(and(isOpen(id), eq(user.twoFactorEnabled, true)))
        .returning({ id: user.id }),
      this.#db.delete(twoFactor).where(eq(twoFactor.userId, id)),
    ])
    return dropped.length > 0
  }

  /** Nothing comes back but the account: no tracker, no password, nor what somebody got in with while it was closed. */
  async reopen(id: AccountId): Promise<boolean> {
    const isClosed = and(eq(user.id, id), isPerson, isNotNull(user.closedAt))
    if ((await this.#db.select({ id: user.id }).from(user).where(isClosed)).length === 0)
      return false
    await this.#db.batch([
      this.#db.update(user).set({ twoFactorEnabled: false }).where(isClosed),
      ...waysInEnd(this.#db, id, this.#now()),
      this.#db.update(user).set({ closedAt: null }).where(isClosed),
    ])
    return true
  }

  async #isOpen(id: AccountId): Promise<boolean> {
    return (await this.#db.select({ id: user.id }).from(user).where(isOpen(id))).length > 0
  }

  async #whyNot(id: AccountId): Promise<Exclude<PersonChange, 'done'>> {
    return (await this.#isOpen(id)) ? 'last administrator' : 'no such person'
  }
}

const isPerson: SQL | undefined = and(eq(user.kind, 'person'), isNotOfDemo(user.email))
const isOpen = (id: AccountId) => and(eq(user.id, id), isPerson, isNull(user.closedAt))

/**
 * Somebody else administrates, and can come in: whose account was made for them has to have set a password. Part of the
 * statement that changes the row, so that two administrators cannot step down at once.
 */
const isNotLastAdministrator = sql`(${user.serverRole} <> 'administrator' or exists (select 1 from "user" as other
  where other.id <> ${user.id} and other.server_role = 'administrator' and other.closed_at is null
  and other.kind = 'person' and (exists (select 1 from account as way where way.user_id = other.id)
    or exists (select 1 from passkey as way where way.user_id = other.id))))`
