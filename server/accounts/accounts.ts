/** Who somebody is: making accounts, signing in and out, and the session behind a request. */
import { APIError } from 'better-auth/api'
import { and, eq, isNull, notExists, type SQL } from 'drizzle-orm'
import {
  account as credentials,
  session as sessions,
  user,
  verification,
} from '#drizzle/sqlite/schema.ts'
import { toldBy, type Asking, type Auth } from '#server/accounts/auth.ts'
import { refuseWeak } from '#server/accounts/passwords.ts'
import { LONGEST_SESSION, Sessions } from '#server/accounts/sessions.ts'
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
  /** When it began. */
  readonly since: number
  /** When it ends unless it is used before. */
  readonly until: number
  /** `Set-Cookie` headers: now and then, so that the browser keeps it as long as it is used. */
  readonly cookies: readonly string[]
}

/** Signed in: the account, and the `Set-Cookie` headers that make its browser remember. */
export interface SignedIn {
  readonly account: Account
  readonly cookies: readonly string[]
}

const NOBODY: Asking = { headers: new Headers(), address: '' }

/** The password was right; now a code is asked for, of whoever comes with these cookies. */
export interface HalfSignedIn {
  readonly needs: 'second factor'
  readonly cookies: readonly string[]
}

/** A session that goes on under another id and token. */
export interface Renewed {
  readonly session: string
  readonly cookies: readonly string[]
  /** The other sessions that ended with it. */
  readonly ended: readonly string[]
}

export class Accounts {
  readonly sessions: Sessions
  readonly #auth: Auth
  readonly #db: Database
  readonly #now: () => number
  #setup: Promise<unknown> = Promise.resolve()

  constructor(auth: Auth, db: Database, now: () => number = Date.now) {
    this.sessions = new Sessions(db, now)
    this.#auth = auth
    this.#db = db
    this.#now = now
  }

  /**
   * Whether nobody has set the server up yet. From then on there is always an administrator, if one whose account is
   * closed; ways to sign in come and go.
   */
  async isEmpty(): Promise<boolean> {
    const [first] = await this.#db
      .select({ id: user.id })
      .from(user)
      .where(eq(user.serverRole, 'administrator'))
      .limit(1)
    return first === undefined
  }

  async session(headers: Headers): Promise<Session | null> {
    if (!headers.has('cookie')) return null
    const answer = await this.#auth.api.getSession({ headers, returnHeaders: true })
    if (!answer.response) return null
    const { session, user } = answer.response
    if (typeof user.closedAt === 'number') return null
    const since = new Date(session.createdAt).getTime()
    if (this.#now() - since >= LONGEST_SESSION) {
      await this.sessions.end(user.id as AccountId, session.id)
      return null
    }
    await this.sessions.seen(session.id, new Date(session.updatedAt))
    const cookies = answer.headers.getSetCookie()
    const until = Math.min(new Date(session.expiresAt).getTime(), since + LONGEST_SESSION)
    return { id: session.id, account: toAccount(user), since, until, cookies }
  }

  /** One at a time: of two first visitors only one makes the first account; the other gets `undefined`. */
  createFirst(newAccount: NewAccount, asking?: Asking): Promise<SignedIn | undefined> {
    const attempt = this.#setup.then(async () =>
      (await this.isEmpty()) ? this.create(newAccount, 'administrator', asking) : undefined,
    )
    this.#setup = attempt.catch(() => undefined)
    return attempt
  }

  /** Answers `undefined` when the e-mail address is taken; throws `WeakPassword`. */
  async create(
    { name, email, password }: NewAccount,
    serverRole: ServerRole,
    asking: Asking = NOBODY,
  ): Promise<SignedIn | undefined> {
    await refuseWeak(password, { name, email })
    try {
      const { headers, response } = await this.#auth.api.signUpEmail({
        body: { name, email, password },
        headers: toldBy(asking, serverRole),
        returnHeaders: true,
      })
      return { account: toAccount(response.user), cookies: headers.getSetCookie() }
    } catch (error) {
      if (hasCode(error, 'USER_ALREADY_EXISTS')) return undefined
      throw error
    }
  }

  /** Answers `undefined`, and takes the same time, for a wrong password and for an unknown e-mail address. */
  async signIn(
    email: string,
    password: string,
    asking: Asking = NOBODY,
  ): Promise<SignedIn | HalfSignedIn | undefined> {
    const whose = eq(user.email, email.toLowerCase())
    try {
      const proven = await this.unlessReset(whose, async () => {
        const made = await this.#auth.api.signInEmail({
          body: { email, password },
          headers: toldBy(asking),
          returnHeaders: true,
        })
        return { ...made, token: 'token' in made.response ? made.response.token : undefined }
      })
      if (!proven) return undefined
      const { headers, response } = proven
      const cookies = headers.getSetCookie()
      // What the plugin answers in the place of an account; the library's types do not know of it.
      if ('twoFactorRedirect' in response) return { needs: 'second factor', cookies }
      return { account: toAccount(response.user), cookies }
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

  async hasPassword(id: AccountId): Promise<boolean> {
    return (await this.#db.select().from(credentials).where(hasPassword(id))).length > 0
  }

  /**
   * Also the first one of an account; whoever is in with the old one, or half in, is out. Answers whether the account is
   * open: a closed one gets none. `isMeant` is asked when nothing but the disk can fail any more.
   */
  async setPassword(
    id: AccountId,
    password: string,
    isMeant: () => Promise<boolean> = async () => true,
  ): Promise<boolean> {
    const context = await this.#auth.$context
    const hash = await context.password.hash(password)
    if (!(await isMeant())) return false
    const at = new Date()
    const [changed] = await this.#db.batch([
      this.#db
        .update(credentials)
        .set({ password: hash, updatedAt: at })
        .where(hasPassword(id))
        .returning({ id: credentials.id }),
      this.#db.delete(sessions).where(eq(sessions.userId, id)),
      this.#db.delete(verification).where(eq(verification.value, id)),
    ])
    if (changed.length > 0) return true
    const first = { id: newId(), accountId: id, providerId: 'credential', userId: id }
    await this.#db
      .insert(credentials)
      .values({ ...first, password: hash, createdAt: at, updatedAt: at })
    // Afterwards: closing that came before has not seen it, and closing that comes later takes it away.
    const isOpen = this.#db
      .select({ id: user.id })
      .from(user)
      .where(and(eq(user.id, id), isNull(user.closedAt)))
    const refused = await this.#db
      .delete(credentials)
      .where(and(eq(credentials.id, first.id), notExists(isOpen)))
      .returning({ id: credentials.id })
    return refused.length === 0
  }

  /**
   * Does what lets somebody in by their password, and takes it back where the password became another meanwhile, or the
   * account was closed: what ended all sessions then has not seen this one.
   */
  async unlessReset<Made extends { readonly token: string | null | undefined }>(
    whose: SQL,
    letIn: () => Promise<Made>,
  ): Promise<Made | undefined> {
    const before = await this.#kept(whose)
    const made = await letIn()
    const after = await this.#kept(whose)
    if (before?.hash === after?.hash) return made
    if (made.token) await this.#db.delete(sessions).where(eq(sessions.token, made.token))
    const id = (before ?? after)?.id
    if (id) await this.#db.delete(verification).where(eq(verification.value, id))
    return undefined
  }

  async #kept(
    whose: SQL,
  ): Promise<{ readonly id: string; readonly hash: string | null } | undefined> {
    const [kept] = await this.#db
      .select({ id: user.id, hash: credentials.password })
      .from(user)
      .innerJoin(
        credentials,
        and(eq(credentials.userId, user.id), eq(credentials.providerId, 'credential')),
      )
      .where(and(whose, isNull(user.closedAt)))
    return kept
  }

  /** The e-mail address is theirs: the organisation's account of that address may come in as them. */
  async setVerified(id: AccountId): Promise<void> {
    await this.#db.update(user).set({ emailVerified: true }).where(eq(user.id, id))
  }

  /** How others see the account, from the next time that it is looked up. */
  async rename(id: AccountId, name: string): Promise<void> {
    await this.#db
      .update(user)
      .set({ name, updatedAt: new Date(this.#now()) })
      .where(eq(user.id, id))
  }

  /**
   * Ends all sessions but the one that asks, which goes on under a new token; answers what ended. `undefined`: the
   * present password is another. Throws `WeakPassword`.
   */
  async changePassword(
    asking: Asking,
    { account, id }: Session,
    present: string,
    next: string,
  ): Promise<Renewed | undefined> {
    await refuseWeak(next, account)
    const before = await this.sessions.of(account.id, id)
    try {
      const { headers } = await this.#auth.api.changePassword({
        body: { currentPassword: present, newPassword: next, revokeOtherSessions: true },
        headers: toldBy(asking),
        returnHeaders: true,
      })
      const cookies = headers.getSetCookie()
      const ended = before.filter(({ isThis }) => !isThis).map(one => one.id)
      return { session: await this.sessionIn(cookies), cookies, ended }
    } catch (error) {
      if (hasCode(error, 'INVALID_PASSWORD') || hasCode(error, 'CREDENTIAL_ACCOUNT_NOT_FOUND'))
        return undefined
      throw error
    }
  }

  /** The session that these `Set-Cookie` headers are for. */
  async sessionIn(cookies: readonly string[]): Promise<string> {
    const cookie = cookies.map(cookie => cookie.split(';', 1)[0]).join('; ')
    const session = await this.session(new Headers({ cookie }))
    if (!session) throw new Error('The session that was just made is not there')
    return session.id
  }
}

const hasPassword = (id: AccountId) =>
  and(eq(credentials.userId, id), eq(credentials.providerId, 'credential'))

export const toAccount = (found: {
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

/** Whether the library refused, for this reason. */
export const hasCode = (error: unknown, start: string): boolean =>
  error instanceof APIError && String(error.body?.code ?? '').startsWith(start)
