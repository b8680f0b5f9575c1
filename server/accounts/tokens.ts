/** Tokens, with which programs sign in for an account. Only a hash of each is stored, and it does no more than it says. */
import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { apiTokens, user } from '#drizzle/sqlite/schema.ts'
import { toAccount, type Account } from '#server/accounts/accounts.ts'
import type { Attempts, Limit } from '#server/accounts/attempts.ts'
import { hashOf, newSecret } from '#server/accounts/secrets.ts'
import { shownName } from '#server/accounts/shown-name.ts'
import type { AuditLog } from '#server/audit/audit-log.ts'
import type { Database } from '#server/store/database.ts'
import { ACTIONS, may, ROLES, type Action, type Role } from '#shared/access.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import type { ApiToken, NewToken, TokenMade } from '#shared/tokens-api.ts'

/** A program that has shown a token which holds. */
export interface Bearer {
  readonly id: string
  readonly account: Account
  readonly actions: readonly Action[]
  /** Null: all of the account's. */
  readonly trackerIds: readonly string[] | null
  readonly expiresAt: number
}

const PREFIX = 'parley_'
/** Wrong ones from one address. */
const WRONG: Limit = { most: 20, withinMs: 15 * 60_000 }
/** The last use is written no more often: it costs a commit. */
const USE_IS_WRITTEN_EVERY = 60_000
const DAY = 24 * 3_600_000

export interface TokensDeps {
  readonly db: Database
  readonly now: () => number
  readonly attempts: Attempts
  readonly auditLog: AuditLog
}

/** Uses that are remembered, so that each is noted once. */
const MOST_NOTED = 10_000

export class Tokens {
  readonly #deps: TokensDeps
  readonly #written = new Map<string, number>()
  /** Of this day: by which token from which address. */
  #noted = new Set<string>()
  #day = 0

  constructor(deps: TokensDeps) {
    this.#deps = deps
  }

  async create(
    accountId: AccountId,
    { actions, expiresAt, name, trackerIds }: NewToken,
    createdBy: AccountId,
  ): Promise<TokenMade> {
    const { db, now } = this.#deps
    const id = newId()
    const token = PREFIX + newSecret()
    const asked = new Set<Action>(['read', ...actions])
    await db.insert(apiTokens).values({
      id,
      name,
      tokenHash: hashOf(token),
      accountId,
      createdBy,
      createdAt: now(),
      expiresAt,
      actions: ACTIONS.filter(action => asked.has(action)),
      trackerIds: trackerIds && [...new Set(trackerIds)],
    })
    return { id, token }
  }

  /** Those that somebody could still use, newest first. */
  async of(
    accountIds: readonly AccountId[],
  ): Promise<(ApiToken & { readonly accountId: string })[]> {
    const { db, now } = this.#deps
    const rows = await db
      .select()
      .from(apiTokens)
      .where(
        and(
          inArray(apiTokens.accountId, [...accountIds]),
          isNull(apiTokens.revokedAt),
          gt(apiTokens.expiresAt, now()),
        ),
      )
      .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))
    return rows.map(row => ({
      id: row.id,
      accountId: row.accountId,
      name: row.name,
      actions: ACTIONS.filter(action => row.actions.includes(action)),
      trackerIds: row.trackerIds && [...row.trackerIds],
      createdAt: row.createdAt,
      expiresAt: row.expiresAt,
      lastUsedAt: row.lastUsedAt,
      lastUsedFrom: row.lastUsedFrom,
    }))
  }

  /** Answers whether the account had such a token. */
  async revoke(accountId: AccountId, id: string): Promise<boolean> {
    const { db, now } = this.#deps
    const revoked = await db
      .update(apiTokens)
      .set({ revokedAt: now() })
      .where(
        and(eq(apiTokens.id, id), eq(apiTokens.accountId, accountId), isNull(apiTokens.revokedAt)),
      )
      .returning({ id: apiTokens.id })
    return revoked.length > 0
  }

  /** Whoever made them may have been somebody else: all go with the password. Answers their ids. */
  async revokeAll(accountId: AccountId): Promise<readonly string[]> {
    const { db, now } = this.#deps
    const revoked = await db
      .update(apiTokens)
      .set({ revokedAt: now() })
      .where(and(eq(apiTokens.accountId, accountId), isNull(apiTokens.revokedAt)))
      .returning({ id: apiTokens.id })
    return revoked.map(({ id }) => id)
  }

  /** Who shows this token from this address; after too many wrong ones, how many milliseconds to wait. */
  async present(token: string, address: string): Promise<Bearer | 'wrong' | number> {
    const { attempts, auditLog } = this.#deps
    const bearer = await this.#find(token)
    if (!bearer) {
      // Nobody guesses a token: what is limited is what wrong ones cost, and they cost the right ones nothing.
      const name = `token ${address}`
      const wait = attempts.waitFor(name, WRONG)
      if (wait > 0) return wait
      attempts.begin(name, WRONG)
      await auditLog.add({ what: 'token refused', by: null, from: address })
      return 'wrong'
    }
    await this.#used(bearer, address)
    return bearer
  }

  async #find(token: string): Promise<Bearer | undefined> {
    const { db, now } = this.#deps
    const [found] = await db
      .select({ token: apiTokens, account: user })
      .from(apiTokens)
      .innerJoin(user, eq(user.id, apiTokens.accountId))
      .where(
        and(
          eq(apiTokens.tokenHash, hashOf(token)),
          isNull(apiTokens.revokedAt),
          gt(apiTokens.expiresAt, now()),
          isNull(user.closedAt),
        ),
      )
    if (!found) return undefined
    const { actions, expiresAt, id, trackerIds } = found.token
    return {
      id,
      account: { ...toAccount(found.account), name: shownName(found.account) },
      actions: ACTIONS.filter(action => actions.includes(action)),
      trackerIds,
      expiresAt,
    }
  }

  async #used({ account, id }: Bearer, address: string): Promise<void> {
    const { auditLog, db, now } = this.#deps
    const at = now()
    if (Math.floor(at / DAY) !== this.#day) {
      this.#day = Math.floor(at / DAY)
      this.#noted = new Set()
      this.#written.clear()
    }
    const use = `${id} ${address}`
    if (!this.#noted.has(use)) {
      if (this.#noted.size >= MOST_NOTED) this.#noted.clear()
      this.#noted.add(use)
      try {
        await auditLog.add({ what: 'token used', by: account, from: address, subject: id })
      } catch (error) {
        this.#noted.delete(use)
        throw error
      }
    }
    if (at - (this.#written.get(use) ?? 0) < USE_IS_WRITTEN_EVERY) return
    this.#written.set(use, at)
    await db
      .update(apiTokens)
      .set({ lastUsedAt: at, lastUsedFrom: address })
      .where(eq(apiTokens.id, id))
  }
}

/** The token of a request that shows one; cookies count for nothing then. Other schemes may be a proxy's. */
export const tokenIn = (headers: Headers): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]

/** Under which live connections of a token are known. */
export const sessionOfToken = (id: string): string => `token:${id}`

export const isFor = ({ trackerIds }: Pick<Bearer, 'trackerIds'>, id: TrackerId): boolean =>
  trackerIds === null || trackerIds.includes(id)

/** The highest role, at most the account's own, that may do nothing which the token may not. */
export const roleWithin = (role: Role, { actions }: Pick<Bearer, 'actions'>): Role =>
  ROLES.slice(ROLES.indexOf(role)).find(lower =>
    ACTIONS.every(action => actions.includes(action) || !may(lower, action)),
  ) ?? 'viewer'
