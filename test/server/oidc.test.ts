/** Signing in at the organisation: against a real OpenID Connect provider, and against those who tamper on the way. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  ApiError,
  ApiPerson,
  ApiSession,
  ApiWaysIn,
  Elsewhere,
  InvitationLink,
} from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { OrganisationFailure } from '#shared/sign-in.ts'
import { onFreePort } from '#test/contract/postgres-server.ts'
import {
  cookieOf,
  personNamed,
  startServer,
  type Answer,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'
import { CLIENT, startProvider, type TestProvider } from '#test/server/provider.ts'

let provider: TestProvider
let server: TestServer
let ada: Person
let demo: TrackerId

/** A server of the organisation with these settings beside those that it needs. */
const start = async (settings: Readonly<Record<string, string>>): Promise<void> => {
  server = await onFreePort(async port => {
    const publicUrl = `http://localhost:${port}`
    const callback = `${publicUrl}/api/auth/callback/organisation`
    provider = await onFreePort(theirs => startProvider(theirs, callback))
    const environment = {
      HOST: 'localhost',
      PUBLIC_URL: publicUrl,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'the Ministry',
      ...settings,
    }
    try {
      return await startServer({ port, environment })
    } catch (error) {
      await provider.close()
      throw error
    }
  })
  const first = await server.createFirstAccount('Ada')
  ada = first.owner
  demo = first.trackerId
}
const stop = async (): Promise<void> => {
  await server.close()
  await provider.close()
}

const begin = async (wanted = '/') => {
  const begun = await server.ask<Elsewhere>('POST', '/api/auth/sign-in/organisation', {
    body: { return: wanted },
  })
  expect(begun.status).toBe(200)
  return { url: begun.body.url, cookie: cookieOf(begun) }
}
const comeBack = (back: URL, cookie: string): Promise<Answer> =>
  server.ask('GET', `${back.pathname}${back.search}`, { cookie })
const signIn = async (login: string, wanted?: string): Promise<Answer> => {
  const { cookie, url } = await begin(wanted)
  return comeBack(await provider.visit(url, login), cookie)
}
const whoIs = async (answer: Answer) =>
  (await server.ask<ApiSession>('GET', '/api/session', { cookie: cookieOf(answer) })).body.account
const failure = ({ headers, status }: Answer): string => {
  expect(status).toBe(302)
  const to = new URL(headers.get('location') ?? '', server.url)
  expect([to.origin, to.pathname]).toEqual([new URL(server.url).origin, '/sign-in'])
  return to.searchParams.get('failed') ?? ''
}
const expectFailure = async (answer: Answer, why: OrganisationFailure): Promise<void> => {
  expect(failure(answer)).toBe(why)
  expect(await whoIs(answer)).toBeNull()
}
const add = (name: string, email: string) =>
  server.ask('POST', '/api/people', {
    cookie: ada.cookie,
    body: { name, email, serverRole: 'member' },
  })

describe('where only those come in who are known', () => {
  beforeAll(() => start({}))
  afterAll(stop)

  test('an account that an administrator added is signed in, and lands where it wanted to go', async () => {
    await add('Ben', 'ben@ministry.example')
    provider.people.set('ben', { email: 'Ben@ministry.example', email_verified: true, name: 'B.' })
    const back = await signIn('ben', '/account?view=sessions')
    expect(back.headers.get('location')).toBe('/account?view=sessions')
    expect(await whoIs(back)).toMatchObject({ name: 'Ben', email: 'ben@ministry.example' })
    expect(await whoIs(await signIn('ben'))).toMatchObject({ name: 'Ben' })
    const { body } = await server.ask<ApiPerson[]>('GET', '/api/people', { cookie: ada.cookie })
    expect(body.find(({ name }) => name === 'Ben')?.waysIn).toEqual(['organisation'])
  })

  test('an address that says of an error is one to go to like any other', async () => {
    const back = await signIn('ben', '/account?error=1')
    expect(back.headers.get('location')).toBe('/account?error=1')
    expect(await whoIs(back)).toMatchObject({ name: 'Ben' })
  })

  test('an address alone opens no administrator’s account that has a password', async () => {
    provider.people.set('ada', { email: ada.email, email_verified: true, name: 'Ada' })
    const back = await signIn('ada')
    await expectFailure(back, 'guarded')
    expect(back.headers.getSetCookie()).toEqual([])
  })

  test('somebody without an account gets clear words and none', async () => {
    provider.people.set('cyd', { email: 'cyd@ministry.example', email_verified: true, name: 'Cyd' })
    await expectFailure(await signIn('cyd'), 'no account')
  })

  test('an address that the provider does not vouch for opens nothing', async () => {
    await add('Dee', 'dee@ministry.example')
    for (const email_verified of [false, undefined]) {
      provider.people.set('mallory', {
        email: 'dee@ministry.example',
        ...(email_verified !== undefined && { email_verified }),
      })
      const why = failure(await signIn('mallory'))
      expect(['not linked', 'not verified']).toContain(why)
    }
    provider.people.set('nobody', { name: 'No Address' })
    await expectFailure(await signIn('nobody'), 'not verified')
  })

  test('an account that somebody made under an address that nobody vouched for is not handed over', async () => {
    const { cookie } = ada
    await server.ask('PATCH', '/api/settings', { cookie, body: { registration: 'member' } })
    const early = { ...personNamed('Early'), email: 'victim@ministry.example' }
    expect((await server.ask('POST', '/api/auth/sign-up/email', { body: early })).status).toBe(200)
    provider.people.set('victim', { email: early.email, email_verified: true, name: 'Victim' })
    await expectFailure(await signIn('victim'), 'not linked')
  })

  test('a closed account is refused', async () => {
    await add('Eve', 'eve@ministry.example')
    provider.people.set('eve', { email: 'eve@ministry.example', email_verified: true })
    const eve = await whoIs(await signIn('eve'))
    const closed = await server.ask('POST', `/api/people/${eve?.id}/close`, {
      cookie: ada.cookie,
      body: {},
    })
    expect(closed.status).toBe(200)
    await expectFailure(await signIn('eve'), 'closed')
  })

  test('nobody is sent to another site, whatever is asked for', async () => {
    for (const wanted of ['https://evil.example/', '//evil.example', '/\\evil.example', 'evil']) {
      const back = await signIn('ben', wanted)
      expect(back.headers.get('location')).toBe('/')
    }
  })

  test('what comes back counts once, and in the browser that asked alone', async () => {
    const mine = await begin()
    const back = await provider.visit(mine.url, 'ben')
    const other = await begin()
    for (const cookie of ['', other.cookie, `${mine.cookie}x`])
      await expectFailure(await comeBack(back, cookie), 'too late')
    // What was tampered with has not used it up, or has: either way nobody comes in a second time.
    const fresh = await begin()
    const good = await provider.visit(fresh.url, 'ben')
    expect(await whoIs(await comeBack(good, fresh.cookie))).toMatchObject({ name: 'Ben' })
    await expectFailure(await comeBack(good, fresh.cookie), 'too late')
  })

  test('a state that was made up, none, and an error of the provider are told in our words', async () => {
    const { cookie, url } = await begin()
    const state = new URL(url).searchParams.get('state') ?? ''
    const callback = `/api/auth/callback/organisation`
    const back = async (query: string) => server.ask('GET', `${callback}?${query}`, { cookie })
    await expectFailure(await back('code=abc&state=made-up'), 'too late')
    await expectFailure(await back('code=abc'), 'too late')
    await expectFailure(await back(''), 'too late')
    await expectFailure(await back(`error=access_denied&state=${state}`), 'called off')
    const injected = await back(
      `error=${encodeURIComponent('<script>alert(1)</script>')}&state=${new URL((await begin()).url).searchParams.get('state')}`,
    )
    expect(failure(injected)).toBe('too late')
  })

  test('a code of another sign-in, another nonce and another challenge do not count', async () => {
    const swapped = async (name: string, value: string): Promise<Answer> => {
      const { cookie, url } = await begin()
      const tampered = new URL(url)
      tampered.searchParams.set(name, value)
      return comeBack(await provider.visit(tampered.href, 'ben'), cookie)
    }
    await expectFailure(await swapped('nonce', 'of-the-attacker'), 'unclear')
    await expectFailure(await swapped('code_challenge', 'x'.repeat(43)), 'too late')

    const [attacker, victim] = [await begin(), await begin()]
    const theirs = await provider.visit(attacker.url, 'ben')
    const mine = await provider.visit(victim.url, 'ben')
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '')
    await expectFailure(await comeBack(mine, victim.cookie), 'too late')
  })

  test('nothing else of the accounts library is reached', async () => {
    const paths = ['callback/github', 'sign-in/social', 'error', 'get-session', 'ok']
    for (const path of paths)
      for (const method of ['GET', 'POST']) {
        const { status } = await server.ask(method, `/api/auth/${path}`, {
          ...(method === 'POST' && { body: {} }),
        })
        expect([401, 404], `${method} ${path}`).toContain(status)
      }
  })

  test('sign-ins and failures are in the audit log, without codes', async () => {
    const { body } = await server.ask('GET', '/api/audit', { cookie: ada.cookie })
    const told = JSON.stringify(body)
    expect(told).toContain('at the organisation: no account')
    expect(told).not.toContain('code=')
  })
})

describe('where the organisation decides', () => {
  beforeAll(() => start({ OIDC_JOIN: 'guest', OIDC_ONLY: 'true' }))
  afterAll(stop)

  test('whoever it vouches for gets an account, and others none', async () => {
    provider.people.set('fay', { email: 'fay@ministry.example', email_verified: true, name: 'Fay' })
    const back = await signIn('fay')
    expect(await whoIs(back)).toMatchObject({ name: 'Fay', serverRole: 'guest' })
    provider.people.set('gil', { email: 'gil@ministry.example', email_verified: false })
    await expectFailure(await signIn('gil'), 'not verified')
  })

  test('a password opens nothing, and the sign-in page says so', async () => {
    const { email, password } = personNamed('Ada')
    const refused = await server.ask<ApiError>('POST', '/api/auth/sign-in/email', {
      body: { email, password },
    })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'organisation_only'])
    const link = await server.ask<InvitationLink>('POST', `/api/trackers/${demo}/invitations`, {
      cookie: ada.cookie,
      body: { role: 'viewer' },
    })
    const joined = await server.ask<ApiError>(
      'POST',
      `/api/invitations/${link.body.token}/accept`,
      {
        body: { account: personNamed('Hal') },
      },
    )
    expect([joined.status, joined.body.error.code]).toEqual([403, 'organisation_only'])
    const { body } = await server.ask<ApiWaysIn>('GET', '/api/ways-in')
    expect(body).toEqual({
      registration: false,
      mail: false,
      password: false,
      organisation: 'the Ministry',
    })
  })

  test('whoever set the server up comes in by it', async () => {
    provider.people.set('ada', { email: ada.email, email_verified: true, name: 'Ada' })
    expect(await whoIs(await signIn('ada'))).toMatchObject({ id: ada.id })
  })

  test('no token of the provider is kept', async () => {
    await server.stop()
    const database = new DatabaseSync(join(server.folder, 'parley.db'), { readOnly: true })
    const rows = database
      .prepare(
        `select access_token, refresh_token, id_token from account where provider_id = 'organisation'`,
      )
      .all()
    database.close()
    await server.startAgain()
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(Object.values(row)).toEqual([null, null, null])
  })

  test('a provider that is away is a matter of waiting', async () => {
    await provider.close()
    const away = await server.ask('POST', '/api/auth/sign-in/organisation', { body: {} })
    expect([200, 503]).toContain(away.status)
    await server.restart()
    const still = await server.ask('POST', '/api/auth/sign-in/organisation', { body: {} })
    expect(still.status).toBe(503)
  })
})
