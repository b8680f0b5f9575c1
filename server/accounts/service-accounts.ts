/** Accounts of programs: they have no password and no address, sign in with tokens alone, and are named as what they are. */
import { and, asc, count, eq, isNull } from 'drizzle-orm'
import { members, user } from '#drizzle/sqlite/schema.ts'
import { newAccountId } from '#server/accounts/account-id.ts'
import { closing } from '#server/accounts/closing.ts'
import type { Tokens } from '#server/accounts/tokens.ts'
import type { Database } from '#server/store/database.ts'
import type { AccountId } from '#shared/ids.ts'
import type { ServiceAccount } from '#shared/tokens-api.ts'

export class ServiceAccounts {
  readonly #db: Database
  readonly #now: () => number
  readonly #tokens: Pick<Tokens, 'of'>

  constructor(db: Database, now: () => number, tokens: Pick<Tokens, 'of'>) {
    this.#db = db
    this.#now = now
    this.#tokens = tokens
  }

  /** Those that are not closed, by name. */
  async all(): Promise<ServiceAccount[]> {
    const rows = await this.#db
      .select({ accountId: user.id, name: user.name, createdAt: user.createdAt })
      .from(user)
      .where(isOpenService)
      .orderBy(asc(user.name), asc(user.id))
    if (rows.length === 0) return []
    const [tokens, roles] = await Promise.all([
      this.#tokens.of(rows.map(({ accountId }) => accountId as AccountId)),
      this.#db
        .select({ id: members.accountId, many: count() })
        .from(members)
        .groupBy(members.accountId),
    ])
    const many = new Map(roles.map(({ id, many }) => [id, many]))
    return rows.map(({ createdAt, ...row }) => ({
      ...row,
      createdAt: createdAt.getTime(),
      trackers: many.get(row.accountId) ?? 0,
      tokens: tokens.filter(({ accountId }) => accountId === row.accountId),
    }))
  }

  async create(name: string): Promise<AccountId> {
    const id = await newAccountId(this.#db)
    const at = new Date(this.#now())
    await this.#db.insert(user).values({
      id,
      name,
      // A domain that is nobody's: nothing can be sent there, and nobody can sign in with it.
      email: `${id.toLowerCase()}.${at.getTime()}@service.invalid`,
      kind: 'service',
      serverRole: 'guest',
      createdAt: at,
      updatedAt: at,
    })
    return id
  }

  /** Its name; undefined where there is no such service account, or not any more. */
  async nameOf(id: AccountId): Promise<string | undefined> {
    const [found] = await this.#db
      .select({ name: user.name })
      .from(user)
      .where(and(eq(user.id, id), isOpenService))
    return found?.name
  }

  /** Ends its tokens and roles; what it wrote stays its own. */
  async close(id: AccountId): Promise<boolean> {
    const isAllowed = and(eq(user.id, id), isOpenService)
    const [closed] = await this.#db.batch([
      ...closing(this.#db, { id, at: this.#now(), isAllowed, successor: undefined }),
    ])
    return closed.length > 0
  }
}

const isOpenService = and(eq(user.kind, 'service'), isNull(user.closedAt))
