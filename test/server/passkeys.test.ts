/** P34: what a browser answers about a passkey is nobody's word before it is proven. The real thing: e2e/sign-in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authsByOrigin } from '#server/accounts/passkeys.ts'
import type { Auth } from '#server/accounts/auth.ts'
import type { ApiError, ApiPasskey } from '#shared/api.ts'
import {
  cookieOf,
  PASSWORD,
  startServer,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

let server: TestServer
let owner: Person
let page: Readonly<Record<string, string>>
beforeAll(async () => {
  server = await startServer({ environment: { TRUSTED_PROXY: '127.0.0.1' } })
  ;({ owner } = await server.createFirstAccount('Olga'))
  page = { origin: server.url }
})
afterAll(() => server.close())

const ANSWER = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
}
const MADE = { ...ANSWER, response: { clientDataJSON: 'e30', attestationObject: 'oA' } }

describe('signing in with a passkey', () => {
  const enter = async (cookie: string, response: unknown, from = '192.0.2.1') => {
    const { body, status } = await server.ask<ApiError>('POST', '/api/auth/passkey', {
      cookie,
      headers: { ...page, 'x-forwarded-for': from },
      body: { response },
    })
    return [status, body.error?.code]
  }
  const question = async () => {
    const asked = await server.ask<{ challenge: string; userVerification: string }>(
      'POST',
      '/api/auth/passkey/options',
      { headers: page },
    )
    return { ...asked.body, cookie: cookieOf(asked) }
  }

  test('asks each time for something else, and for who holds the device', async () => {
    const [one, other] = [await question(), await question()]
    expect(one.challenge).not.toBe(other.challenge)
    expect(one.userVerification).toBe('required')
    expect(one).not.toHaveProperty('allowCredentials')
  })

  test.each([
    ['one that nobody has', ANSWER],
    ['one with signs for lists', { ...ANSWER, response: { ...ANSWER.response, userHandle: [[]] } }],
  ])('%s is refused, with a question and without', async (_, answer) => {
    const { cookie } = await question()
    expect(await enter(cookie, answer)).toEqual([401, 'passkey_refused'])
    expect(await enter(cookie, answer)).toEqual([401, 'passkey_refused'])
    expect(await enter('', answer)).toEqual([401, 'passkey_refused'])
    expect(await enter('parley.passkey=forged.AAAA', answer)).toEqual([401, 'passkey_refused'])
  })

  test('what is no answer of a browser, or comes from none, is told so', async () => {
    const { cookie } = await question()
    const { status } = await server.ask('POST', '/api/auth/passkey/options')
    expect(status).toBe(400)
    expect(await enter(cookie, { ...ANSWER, id: { $ne: '' } })).toEqual([400, 'invalid'])
    expect(await enter(cookie, null)).toEqual([400, 'invalid'])
  })

  test('guessing ends after fifty tries from one address', async () => {
    const guess = (from = '198.51.100.50') => enter('', ANSWER, from)
    const fifty = await Promise.all(Array.from({ length: 50 }, () => guess()))
    expect(new Set(fifty.map(String))).toEqual(new Set(['401,passkey_refused']))
    expect(await guess()).toEqual([429, 'too_many_attempts'])
    expect(await guess('198.51.100.51')).toEqual([401, 'passkey_refused'])
  })
})

describe('a passkey of an account', () => {
  const path = '/api/account/passkeys'

  test('is asked for with the password alone, and taken only when it is proven', async () => {
    const { cookie } = owner
    const begin = (password: string) =>
      server.ask('POST', `${path}/options`, { cookie, headers: page, body: { password } })
    expect((await begin('not the password')).status).toBe(403)
    const asked = await begin(PASSWORD)
    expect(asked.status).toBe(200)
    const added = await server.ask<ApiError>('POST', path, {
      cookie: `${cookie}; ${cookieOf(asked)}`,
      headers: page,
      body: { name: 'Forged', response: MADE },
    })
    expect([added.status, added.body.error.code]).toEqual([400, 'passkey_refused'])
    expect((await server.ask<ApiPasskey[]>('GET', path, { cookie })).body).toEqual([])
  })

  test('of somebody else is not there', async () => {
    const { cookie } = owner
    const renamed = await server.ask('PATCH', `${path}/other`, { cookie, body: { name: 'Mine' } })
    expect(renamed.status).toBe(404)
  })
})

test('of the origins that ask, the last few are remembered', () => {
  const made: string[] = []
  const authAt = authsByOrigin(origin => {
    made.push(origin)
    return { origin } as unknown as Auth
  })
  for (let n = 0; n < 100; n++) authAt(`https://host-${n}.example`)
  authAt('https://host-99.example')
  expect(made).toHaveLength(100)
  authAt('https://host-0.example')
  expect(made).toHaveLength(101)
})
