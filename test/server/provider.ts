/** A real OpenID Connect provider, and somebody who signs in at it without a browser. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Provider } from 'oidc-provider'

/** What the provider says of a person. */
export interface Claims {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

export interface TestProvider {
  readonly issuer: string
  readonly people: Map<string, Claims>
  /** Goes through the provider's pages as this person; answers where it sends them, without going there. */
  readonly visit: (url: string, login: string) => Promise<URL>
  readonly close: () => Promise<void>
}

export const CLIENT = { id: 'parley', secret: 'a secret of the provider' }

export const startProvider = async (port: number, redirectUri: string): Promise<TestProvider> => {
  const issuer = `http://localhost:${port}`
  const people = new Map<string, Claims>()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
    cookies: { keys: ['a key of the test'] },
  })
  const server: Server = createServer(provider.callback())
  await once(server.listen(port, 'localhost'), 'listening')

  const visit = async (url: string, login: string): Promise<URL> => {
    const jar = new Map<string, string>()
    const go = async (to: string, form?: Record<string, string>): Promise<Response> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(to, {
        redirect: 'manual',
        headers: { cookie },
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      })
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        jar.set(name, value)
      }
      return response
    }
    let at = url
    for (let step = 0; step < 12; step++) {
      let answer = await go(at)
      if (answer.status === 200) {
        const page = await answer.text()
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
        answer = await go(at, { prompt, login, password: 'any' })
      }
      const next = new URL(answer.headers.get('location') ?? '', at)
      if (next.origin !== issuer) return next
      at = next.href
    }
    throw new Error('The provider sends people in circles')
  }

  return {
    issuer,
    people,
    visit,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
