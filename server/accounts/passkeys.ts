/** Passkeys: keys that a device keeps for this server, in the place of a password and a code. */
import { and, asc, eq } from 'drizzle-orm'
import { passkey } from '#drizzle/sqlite/schema.ts'
import { APIError } from 'better-auth/api'
import { toAccount, type SignedIn } from '#server/accounts/accounts.ts'
import { toldBy, toldWith, type Asking, type Auth } from '#server/accounts/auth.ts'
import type { Database } from '#server/store/database.ts'
import type { ApiPasskey, MadeKey, PasskeyAnswer } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

/** What the browser is asked, and the cookie by which the answer is known. */
export interface Ceremony {
  readonly options: Readonly<Record<string, unknown>>
  readonly cookies: readonly string[]
}

/** Origins whose passkeys are known at once where no address of the server is set. */
const MOST_ORIGINS = 8

/** A passkey is for one name of the server: the library for each origin of its pages. */
export const authsByOrigin = (make: (origin: string) => Auth): ((origin: string) => Auth) => {
  const made = new Map<string, Auth>()
  return origin => {
    const auth = made.get(origin) ?? make(origin)
    made.delete(origin)
    made.set(origin, auth)
    const oldest = made.keys().next()
    if (made.size > MOST_ORIGINS && !oldest.done) made.delete(oldest.value)
    return auth
  }
}

export class Passkeys {
  readonly #authAt: (origin: string) => Auth
  readonly #db: Database

  constructor(authAt: (origin: string) => Auth, db: Database) {
    this.#authAt = authAt
    this.#db = db
  }

  async of(accountId: AccountId): Promise<ApiPasskey[]> {
    const rows = await this.#db
      .select({ id: passkey.id, name: passkey.name, createdAt: passkey.createdAt })
      .from(passkey)
      .where(eq(passkey.userId, accountId))
      .orderBy(asc(passkey.createdAt), asc(passkey.id))
    return rows.map(({ createdAt, id, name }) => ({
      id,
      name: name ?? '',
      createdAt: createdAt?.getTime() ?? 0,
    }))
  }

  async beginAdding(origin: string, asking: Asking): Promise<Ceremony> {
    const { headers, response } = await this.#authAt(origin).api.generatePasskeyRegistrationOptions(
      { headers: toldBy(asking), returnHeaders: true },
    )
    return { options: { ...response }, cookies: headers.getSetCookie() }
  }

  /** Answers whether the browser's answer was taken. */
  async add(origin: string, asking: Asking, response: MadeKey, name: string): Promise<boolean> {
    const added = await taken(() =>
      this.#authAt(origin).api.verifyPasskeyRegistration({
        body: { response, name },
        headers: toldBy(asking),
      }),
    )
    return added !== undefined
  }

  async rename(accountId: AccountId, id: string, name: string): Promise<boolean> {
    const renamed = await this.#db
      .update(passkey)
      .set({ name })
      .where(isOf(accountId, id))
      .returning({ id: passkey.id })
    return renamed.length > 0
  }

  async remove(accountId: AccountId, id: string): Promise<boolean> {
    const removed = await this.#db
      .delete(passkey)
      .where(isOf(accountId, id))
      .returning({ id: passkey.id })
    return removed.length > 0
  }

  async beginSignIn(origin: string, asking: Asking): Promise<Ceremony> {
    const { headers, response } = await this.#authAt(
      origin,
    ).api.generatePasskeyAuthenticationOptions({
      headers: toldWith('passkey', asking),
      returnHeaders: true,
    })
    const options = { ...response, userVerification: 'required' }
    return { options, cookies: headers.getSetCookie() }
  }

  async signIn(
    origin: string,
    asking: Asking,
    response: PasskeyAnswer,
  ): Promise<SignedIn | undefined> {
    const entered = await taken(() =>
      this.#authAt(origin).api.verifyPasskeyAuthentication({
        body: { response },
        headers: toldWith('passkey', asking),
        returnHeaders: true,
      }),
    )
    return (
      entered && {
        account: toAccount(entered.response.user),
        cookies: entered.headers.getSetCookie(),
      }
    )
  }
}

/** The library refuses by throwing, whatever is wrong with what a browser answered. */
const taken = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof APIError) return undefined
    throw error
  }
}

const isOf = (accountId: AccountId, id: string) =>
  and(eq(passkey.userId, accountId), eq(passkey.id, id))
