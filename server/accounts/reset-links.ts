/** Links with which somebody sets a password: used once, for a while. Only a hash of the secret is stored. */
import { and, eq, gt, isNull, lte } from 'drizzle-orm'
import { resetLinks, user } from '#drizzle/sqlite/schema.ts'
import { hashOf, newSecret } from '#server/accounts/secrets.ts'
import type { Database } from '#server/store/database.ts'
import type { ResetLink } from '#shared/api.ts'
import { newId, type AccountId } from '#shared/ids.ts'

const HOUR = 60 * 60_000
/** Handed over by an administrator, who may not meet them today; or sent to whoever waits for it. */
const VALID_FOR = { issued: 72 * HOUR, mailed: HOUR }

export interface Resetting {
  readonly accountId: AccountId
  readonly name: string
  readonly email: string
  /** It came by mail: whoever has it reads what is sent to the address. */
  readonly isMailed: boolean
}

export class ResetLinks {
  readonly #db: Database
  readonly #now: () => number

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** `issuedBy`: null where its owner asked for it by mail. */
  async create(accountId: AccountId, issuedBy: AccountId | null): Promise<ResetLink> {
    const token = newSecret()
    const createdAt = this.#now()
    const expiresAt = createdAt + (issuedBy === null ? VALID_FOR.mailed : VALID_FOR.issued)
    const row = { id: newId(), tokenHash: hashOf(token), accountId, issuedBy, createdAt, expiresAt }
    await this.#db.batch([
      this.#db.delete(resetLinks).where(lte(resetLinks.expiresAt, createdAt)),
      this.#db.insert(resetLinks).values(row),
    ])
    return { token, expiresAt }
  }

  /** Whose password a link sets, while it does. */
  async find(token: string): Promise<Resetting | undefined> {
    const [found] = await this.#db
      .select({
        accountId: user.id,
        name: user.name,
        email: user.email,
        issuedBy: resetLinks.issuedBy,
      })
      .from(resetLinks)
      .innerJoin(user, eq(user.id, resetLinks.accountId))
      .where(and(this.#isOpen(token), isNull(user.closedAt)))
    if (!found) return undefined
    const { accountId, email, issuedBy, name } = found
    return { accountId: accountId as AccountId, name, email, isMailed: issuedBy === null }
  }

  /** Uses a link up; of several at once one gets `true`. The account's other links are void with it. */
  async claim(token: string, accountId: AccountId): Promise<boolean> {
    const claimed = await this.#db
      .update(resetLinks)
      .set({ usedAt: this.#now() })
      .where(this.#isOpen(token))
      .returning({ id: resetLinks.id })
    if (claimed.length === 0) return false
    await this.#db.delete(resetLinks).where(eq(resetLinks.accountId, accountId))
    return true
  }

  #isOpen(token: string) {
    return and(
      eq(resetLinks.tokenHash, hashOf(token)),
      isNull(resetLinks.usedAt),
      gt(resetLinks.expiresAt, this.#now()),
    )
  }
}
