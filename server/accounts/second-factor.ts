/** The second factor: codes of an app beside the password, and recovery codes for when the app is lost. */
import { APIError } from 'better-auth/api'
import { and, eq, lt } from 'drizzle-orm'
import { user, verification } from '#drizzle/sqlite/schema.ts'
import {
  hasCode,
  toAccount,
  type Account,
  type Accounts,
  type Renewed,
  type SignedIn,
} from '#server/accounts/accounts.ts'
import { cookieIn, toldBy, toldWith, type Asking, type Auth } from '#server/accounts/auth.ts'
import type { Database } from '#server/store/database.ts'
import type { BegunSecondFactor } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

/** Longer than a code counts: its half minute, and one before and after it. */
const REMEMBERED = 2 * 60_000
/** Under which codes that were shown are remembered, beside what the library keeps in the same table. */
const SHOWN = 'code shown'

/** `over`: too many tries, or too long ago; the password is asked for again. */
export type Refused = 'wrong' | 'over' | 'locked'

export class SecondFactors {
  readonly #auth: Auth
  readonly #db: Database
  readonly #accounts: Accounts

  constructor(auth: Auth, db: Database, accounts: Accounts) {
    this.#auth = auth
    this.#db = db
    this.#accounts = accounts
  }

  async isOn(id: AccountId): Promise<boolean> {
    const [found] = await this.#db
      .select({ isOn: user.twoFactorEnabled })
      .from(user)
      .where(eq(user.id, id))
    return found?.isOn ?? false
  }

  /** How many recovery codes are left. */
  async codesLeft(id: AccountId): Promise<number> {
    if (!(await this.isOn(id))) return 0
    const { backupCodes } = await this.#auth.api.viewBackupCodes({ body: { userId: id } })
    return backupCodes.length
  }

  /** What an app is to be told. It is asked for only once `confirm` has seen a code of it. */
  async begin(asking: Asking, password?: string): Promise<BegunSecondFactor | undefined> {
    try {
      const begun = await this.#auth.api.enableTwoFactor({
        body: { method: 'totp', ...(password !== undefined && { password }) },
        headers: toldBy(asking),
      })
      if (begun.method !== 'totp') return undefined
      const secret = new URL(begun.totpURI).searchParams.get('secret') ?? ''
      return { uri: begun.totpURI, secret, recoveryCodes: begun.backupCodes }
    } catch (error) {
      if (hasCode(error, 'TOTP_ALREADY_ENABLED')) return undefined
      throw error
    }
  }

  /** From now on a code is asked for. The session goes on under another token. */
  async confirm(asking: Asking, account: Account, code: string): Promise<Renewed | undefined> {
    if (!(await this.#showFirst(account.id, code))) return undefined
    try {
      const proven = await this.#accounts.unlessReset(eq(user.id, account.id), async () => {
        const { headers, response } = await this.#auth.api.verifyTOTP({
          body: { code },
          headers: toldBy(asking),
          returnHeaders: true,
        })
        return { headers, token: response.token }
      })
      if (!proven) return undefined
      const cookies = proven.headers.getSetCookie()
      return { session: await this.#accounts.sessionIn(cookies), cookies, ended: [] }
    } catch (error) {
      if (hasCode(error, 'INVALID_CODE') || hasCode(error, 'TOTP_NOT_ENABLED')) return undefined
      throw error
    }
  }

  async newCodes(asking: Asking, password?: string): Promise<readonly string[]> {
    const { backupCodes } = await this.#auth.api.generateBackupCodes({
      body: { ...(password !== undefined && { password }) },
      headers: toldBy(asking),
    })
    return backupCodes
  }

  async turnOff(asking: Asking, password?: string): Promise<Renewed> {
    const { headers } = await this.#auth.api.disableTwoFactor({
      body: { ...(password !== undefined && { password }) },
      headers: toldBy(asking),
      returnHeaders: true,
    })
    const cookies = headers.getSetCookie()
    return { session: await this.#accounts.sessionIn(cookies), cookies, ended: [] }
  }

  /** Whose password was right, in a request that comes with the cookie of `HalfSignedIn`. */
  async pending(headers: Headers): Promise<Account | undefined> {
    const [, value = ''] = cookieIn('two_factor', headers)?.split('=', 2) ?? []
    const identifier = decoded(value).split('.', 1)[0] ?? ''
    if (!identifier.startsWith('2fa-')) return undefined
    const [found] = await this.#db
      .select({ user })
      .from(verification)
      .innerJoin(user, eq(user.id, verification.value))
      .where(eq(verification.identifier, identifier))
    return found && toAccount(found.user)
  }

  /** The rest of signing in: with a code of the app, or a recovery code, each of which counts once. */
  async signIn(asking: Asking, account: Account, code: string): Promise<SignedIn | Refused> {
    const isOfApp = /^\d{6}$/.test(code)
    if (isOfApp && !(await this.#showFirst(account.id, code))) return 'wrong'
    const ask = {
      body: { code },
      headers: toldWith('two_factor', asking),
      returnHeaders: true,
    } as const
    try {
      const proven = await this.#accounts.unlessReset(eq(user.id, account.id), async () => {
        const made = await (isOfApp
          ? this.#auth.api.verifyTOTP(ask)
          : this.#auth.api.verifyBackupCode(ask))
        return { headers: made.headers, token: made.response.token }
      })
      return proven ? { account, cookies: proven.headers.getSetCookie() } : 'over'
    } catch (error) {
      if (hasCode(error, 'INVALID_CODE') || hasCode(error, 'INVALID_BACKUP_CODE')) return 'wrong'
      // The same recovery code twice at once: it has let the other one in.
      if (error instanceof APIError && error.status === 'CONFLICT') return 'wrong'
      if (hasCode(error, 'ACCOUNT_TEMPORARILY_LOCKED')) return 'locked'
      if (OVER.some(code => hasCode(error, code))) return 'over'
      throw error
    }
  }

  /** Whether nobody has shown this code before, while it may count: who looks over a shoulder comes too late. */
  async #showFirst(id: AccountId, code: string): Promise<boolean> {
    // By this machine's clock, as the library that checks the code.
    const now = new Date()
    await this.#db
      .delete(verification)
      .where(and(eq(verification.identifier, SHOWN), lt(verification.expiresAt, now)))
    const shown = await this.#db
      .insert(verification)
      .values({
        id: `${id} ${code}`,
        identifier: SHOWN,
        value: '',
        expiresAt: new Date(now.getTime() + REMEMBERED),
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: verification.id })
    return shown.length > 0
  }
}

/** The library's words for a sign-in that has to begin anew. */
const OVER = [
  'INVALID_TWO_FACTOR_COOKIE',
  'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE',
  'TOTP_NOT_ENABLED',
  'BACKUP_CODES_NOT_ENABLED',
  'FAILED_TO_CREATE_SESSION',
]

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
