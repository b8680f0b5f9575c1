/** Who somebody is: making accounts, signing in and out, and the session behind a request. */
import { APIError } from 'better-auth/api'
import { and, eq } from 'drizzle-orm'
import { account as credentials, session as sessions, user } from '#drizzle/sqlite/schema.ts'
import type { Auth } from '#server/accounts/auth.ts'
import type { Database } from '#server/store/database.ts'
import { SERVER_ROLES, type ServerRole } from '#shared/access.ts'
import type { NewAccount } from '#shared/api.ts'
import { newId, type AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'

export interface Account {
  readonly id: AccountId
  readonly name: string
  readonly email: string
  /** 0 to 11. */
  readonly colour: number
  readonly serverRole: ServerRole
}

export interface Session {
  readonly id: string
  readonly account: Account
}

/** Signed in: the account, and the `Set-Cookie` headers that make its browser remember. */
export interface SignedIn {
  readonly account: Account
  readonly cookies: readonly string[]
}

export class Accounts {
  readonly #auth: Auth
  readonly #db: Database
  #setup: Promise<unknown> = Promise.resolve()

  constructor(auth: Auth, db: Database) {
    this.#auth = auth
    this.#db = db
  }

  /** Whether nobody can sign in yet. Accounts without a password, the demo's authors, do not count. */
  async isEmpty(): Promise<boolean> {
    const [first] = await this.#db
      .select({ id: credentials.id })
      .from(credentials)
      .where(eq(credentials.providerId, 'credential'))
      .limit(1)
    return first === undefined
  }

  async session(headers: Headers): Promise<Session | null> {
    if (!headers.has('cookie')) return null
    const found = await this.#auth.api.getSession({ headers })
    if (!found || typeof found.user.closedAt === 'number') return null
    return { id: found.session.id, account: toAccount(found.user) }
  }

  /** One at a time: of two first visitors only one makes the first account; the other gets `undefined`. */
  createFirst(newAccount: NewAccount): Promise<SignedIn | undefined> {
    const attempt = this.#setup.then(async () =>
      (await this.isEmpty()) ? this.#createAdministrator(newAccount) : undefined,
    )
    this.#setup = attempt.catch(() => undefined)
    return attempt
  }

  async #createAdministrator(newAccount: NewAccount): Promise<SignedIn | undefined> {
    const made = await this.create(newAccount)
    if (!made) return undefined
    await this.setServerRole(made.account.id, 'administrator')
    return { ...made, account: { ...made.account, serverRole: 'administrator' } }
  }

  async setServerRole(id: AccountId, serverRole: ServerRole): Promise<void> {
    await this.#db.update(user).set({ serverRole }).where(eq(user.id, id))
  }

  /** Answers `undefined` when the e-mail address is taken. */
  async create({ name, email, password }: NewAccount): Promise<SignedIn | undefined> {
    try {
      const { headers, response } = await this.#auth.api.signUpEmail({
        body: { name, email, password },
        returnHeaders: true,
      })
      return { account: toAccount(response.user), cookies: headers.getSetCookie() }
    } catch (error) {
      if (hasCode(error, 'USER_ALREADY_EXISTS')) return undefined
      throw error
    }
  }

  /** Answers `undefined`, and takes the same time, for a wrong password and for an unknown e-mail address. */
  async signIn(email: string, password: string): Promise<SignedIn | undefined> {
    try {
      const { headers, response } = await this.#auth.api.signInEmail({
        body: { email, password },
        returnHeaders: true,
      })
      return { account: toAccount(response.user), cookies: headers.getSetCookie() }
    } catch (error) {
      if (hasCode(error, 'INVALID_EMAIL_OR_PASSWORD')) return undefined
      // Of a closed account; the same answer.
      if (hasCode(error, 'FAILED_TO_CREATE_SESSION')) return undefined
      throw error
    }
  }

  /** Ends the session of this request; answers the headers that make the browser forget it. */
  async signOut(headers: Headers): Promise<readonly string[]> {
    const answer = await this.#auth.api.signOut({ headers, returnHeaders: true })
    return answer.headers.getSetCookie()
  }

  async isPasswordOf(id: AccountId, password: string): Promise<boolean> {
    const { password: keeper } = await this.#auth.$context
    const [found] = await this.#db.select().from(credentials).where(hasPassword(id))
    return found?.password ? keeper.verify({ hash: found.password, password }) : false
  }

  /** Also the first one of an account; whoever is in with the old one is out. */
  async setPassword(id: AccountId, password: string): Promise<void> {
    const context = await this.#auth.$context
    const hash = await context.password.hash(password)
    const at = new Date()
    const changed = await this.#db
      .update(credentials)
      .set({ password: hash, updatedAt: at })
      .where(hasPassword(id))
      .returning({ id: credentials.id })
    if (changed.length === 0)
      await this.#db.insert(credentials).values({
        id: newId(),
        accountId: id,
        providerId: 'credential',
        userId: id,
        password: hash,
        createdAt: at,
        updatedAt: at,
      })
    await this.endSessions(id)
  }

  /** Ends every session of an account. */
  async endSessions(id: AccountId): Promise<void> {
    await this.#db.delete(sessions).where(eq(sessions.userId, id))
  }
}

const hasPassword = (id: AccountId) =>
  and(eq(credentials.userId, id), eq(credentials.providerId, 'credential'))

const toAccount = (found: {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly serverRole?: string | null | undefined
}): Account => {
  const id = found.id as AccountId
  const { email, name } = found
  const serverRole = SERVER_ROLES.find(role => role === found.serverRole) ?? 'guest'
  return { id, name, email, colour: colourOf(id), serverRole }
}

const hasCode = (error: unknown, start: string): boolean =>
  error instanceof APIError && String(error.body?.code ?? '').startsWith(start)
