/**
 * Signing in with the organisation's OpenID Connect provider: discovery, PKCE, state, nonce and the checks of what the
 * provider signed are better-auth's; here is who gets in by it.
 */
import { toldBy, type Asking, type Auth } from '#server/accounts/auth.ts'
import { GUARDED } from '#server/accounts/linking.ts'
import { ORGANISATION, type OrganisationSettings } from '#server/accounts/openid.ts'
import type { OrganisationFailure } from '#shared/sign-in.ts'

export interface Begun {
  /** At the provider. */
  readonly url: string
  /** `Set-Cookie` headers that tie what comes back to this browser. */
  readonly cookies: readonly string[]
}

export interface Returned {
  readonly cookies: readonly string[]
  /** Why nobody is signed in, or where they wanted to go. */
  readonly failed: OrganisationFailure | undefined
  readonly path: string
  readonly isNew: boolean
}

/** In the address after the provider: an account was made. */
const NEW = '#new'

export class Organisation {
  readonly settings: OrganisationSettings
  readonly #auth: Auth
  readonly #publicUrl: string

  constructor(auth: Auth, settings: OrganisationSettings, publicUrl: string) {
    this.settings = settings
    this.#auth = auth
    this.#publicUrl = publicUrl
  }

  /** `undefined`: the provider cannot be asked. */
  async begin(asking: Asking, wanted: string): Promise<Begun | undefined> {
    const path = this.#ownPath(wanted)
    const answer = await this.#auth.api.signInSocial({
      body: {
        provider: ORGANISATION as never,
        callbackURL: path,
        newUserCallbackURL: `${path}${NEW}`,
        // Not where they want to go, of which the address may say anything.
        errorCallbackURL: '/sign-in',
        disableRedirect: true,
      },
      headers: toldBy(asking),
      asResponse: true,
    })
    if (!answer.ok) return undefined
    const { url } = (await answer.json()) as { readonly url?: string }
    return url === undefined ? undefined : { url, cookies: answer.headers.getSetCookie() }
  }

  async finish(
    asking: Asking,
    query: Readonly<Record<string, string | undefined>>,
  ): Promise<Returned> {
    const answer = await this.#auth.api.callbackOAuth({
      method: 'GET',
      params: { id: ORGANISATION },
      query,
      headers: toldBy(asking),
      asResponse: true,
    })
    const cookies = answer.headers.getSetCookie()
    const to = URL.parse(answer.headers.get('location') ?? '', this.#publicUrl)
    const isSignedIn = cookies.some(cookie => /^[^=]*session_token=[^;]/.test(cookie))
    if (isSignedIn && to)
      return {
        cookies,
        failed: undefined,
        path: this.#ownPath(`${to.pathname}${to.search}`),
        isNew: to.hash === NEW,
      }
    const error = to?.searchParams.get('error') ?? 'unclear'
    return { cookies: [], failed: failureOf(error), path: '/', isNew: false }
  }

  /** A path on this server, whatever is asked for. */
  #ownPath(wanted: string): string {
    const url = wanted.startsWith('/') ? URL.parse(wanted, this.#publicUrl) : null
    return url?.origin === this.#publicUrl ? `${url.pathname}${url.search}` : '/'
  }
}

const FAILURES: Readonly<Record<string, OrganisationFailure>> = {
  signup_disabled: 'no account',
  account_not_linked: 'not linked',
  [GUARDED]: 'guarded',
  email_not_verified: 'not verified',
  email_not_found: 'not verified',
  unable_to_create_session: 'closed',
  access_denied: 'called off',
  state_mismatch: 'too late',
  state_not_found: 'too late',
  invalid_code: 'too late',
}

const failureOf = (error: string): OrganisationFailure =>
  (Object.hasOwn(FAILURES, error) ? FAILURES[error] : undefined) ?? 'unclear'
