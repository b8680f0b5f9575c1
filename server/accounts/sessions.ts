/** Where somebody is signed in, and how that ends. */
import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { session as sessions } from '#drizzle/sqlite/schema.ts'
import { deviceOf } from '#server/accounts/devices.ts'
import type { Database } from '#server/store/database.ts'
import type { SignedInAt } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

const DAY = 24 * 60 * 60_000
/** However often it is used: then one signs in again. */
export const LONGEST_SESSION = 90 * DAY
/** Of one account; the next ends the one that was not used for longest. */
export const MOST_SESSIONS = 50
/** A session that is used all the time costs one row written in so many milliseconds. */
const SEEN_EVERY = 60_000

export class Sessions {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** The last used first. */
  async of(accountId: AccountId, present: string): Promise<SignedInAt[]> {
    const rows = await this.#db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, accountId), gt(sessions.expiresAt, new Date(this.#now()))))
      .orderBy(desc(sessions.updatedAt), desc(sessions.id))
    return rows.map(({ createdAt, id, ipAddress, updatedAt, userAgent }) => ({
      id,
      device: deviceOf(userAgent ?? ''),
      from: ipAddress ?? '',
      since: createdAt.getTime(),
      seen: updatedAt.getTime(),
      isThis: id === present,
    }))
  }

  /** Notes that a session was used, now and then. */
  async seen(id: string, before: Date): Promise<void> {
    const now = this.#now()
    if (now - before.getTime() < SEEN_EVERY) return
    await this.#db
      .update(sessions)
      .set({ updatedAt: new Date(now) })
      .where(eq(sessions.id, id))
  }

  /** Answers whether the account had such a session. */
  async end(accountId: AccountId, id: string): Promise<boolean> {
    const ended = await this.#db
      .delete(sessions)
      .where(and(eq(sessions.userId, accountId), eq(sessions.id, id)))
      .returning({ id: sessions.id })
    return ended.length > 0
  }

  /** Ends all of an account but one, or all; answers their ids. */
  async endOthers(accountId: AccountId, spared?: string): Promise<readonly string[]> {
    const ended = await this.#db
      .delete(sessions)
      .where(
        and(
          eq(sessions.userId, accountId),
          spared === undefined ? undefined : ne(sessions.id, spared),
        ),
      )
      .returning({ id: sessions.id })
    return ended.map(({ id }) => id)
  }
}
