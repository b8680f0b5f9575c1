/** P34: with a second factor, a password alone lets nobody in. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type {
  AccountSecurity,
  ApiError,
  ApiSession,
  BegunSecondFactor,
  ResetLink,
  SignInAnswer,
} from '#shared/api.ts'
import {
  cookieOf,
  PASSWORD,
  startServer,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'
import { totp } from '#test/server/totp.ts'

// A password takes as long to check as it is hard to guess, also where other tests want the processor.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let server: TestServer
let join: (name: string) => Promise<Person>
let owner: Person
let made = 0
beforeAll(async () => {
  server = await startServer()
  const first = await server.createFirstAccount('Olga')
  owner = first.owner
  join = name => server.invite(owner, first.trackerId, 'viewer', name)
})
afterAll(() => server.close())

interface Guarded {
  readonly person: Person
  readonly secret: string
  readonly codes: readonly string[]
  /** The code with which it was turned on. */
  readonly shown: string
}

/** Of the codes that count at a moment, the one that does so longest: not the one that turned it on. */
const codeOf = ({ secret }: Guarded) => totp(secret, 1)

const path = '/api/account/second-factor'
const guarded = async (): Promise<Guarded> => {
  const person = await join(`Guarded ${++made}`)
  const begun = await server.ask<BegunSecondFactor>('POST', path, {
    cookie: person.cookie,
    body: { password: PASSWORD },
  })
  const { recoveryCodes, secret } = begun.body
  const shown = totp(secret)
  const on = await server.ask('POST', `${path}/confirm`, {
    cookie: person.cookie,
    body: { code: shown },
  })
  expect(on.status).toBe(204)
  return { person: { ...person, cookie: cookieOf(on) }, secret, codes: recoveryCodes, shown }
}

const half = async ({ email }: Person) => {
  const answer = await server.ask<SignInAnswer>('POST', '/api/auth/sign-in/email', {
    body: { email, password: PASSWORD },
  })
  return { cookie: cookieOf(answer), body: answer.body }
}
const enter = async (cookie: string, code: string) => {
  const answer = await server.ask<ApiSession & ApiError>(
    'POST',
    '/api/auth/sign-in/second-factor',
    { cookie, body: { code } },
  )
  return { ...answer, cookie: cookieOf(answer), code: answer.body.error?.code }
}
const accountOf = async (cookie: string) =>
  (await server.ask<ApiSession>('GET', '/api/session', { cookie })).body.account

describe('signing in with a second factor', () => {
  let her: Guarded
  beforeEach(async () => {
    her = await guarded()
  })

  test('a right password opens nothing by itself', async () => {
    const { body, cookie } = await half(her.person)
    expect(body).toEqual({ account: null, firstVisit: false, needs: 'second factor' })
    expect(await accountOf(cookie)).toBeNull()
    expect((await server.ask('GET', '/api/trackers', { cookie })).status).toBe(401)
    expect((await server.ask('GET', '/api/account/security', { cookie })).status).toBe(401)
  })

  test('a code of the app lets in, once: the same one again is refused', async () => {
    const code = codeOf(her)
    const [first, second] = [await half(her.person), await half(her.person)]
    const entered = await enter(first.cookie, code)
    expect(entered.body.account?.id).toBe(her.person.id)
    expect((await accountOf(entered.cookie))?.id).toBe(her.person.id)
    expect((await enter(second.cookie, code)).code).toBe('wrong_code')
    expect((await enter(first.cookie, codeOf(her))).code).toBe('start_again')
  })

  test('the code that turned it on does not let in', async () => {
    const { cookie } = await half(her.person)
    expect((await enter(cookie, her.shown)).code).toBe('wrong_code')
  })

  test('a recovery code lets in once, and one fewer is left', async () => {
    const [code = ''] = her.codes
    const { cookie } = await enter((await half(her.person)).cookie, code)
    const { body } = await server.ask<AccountSecurity>('GET', '/api/account/security', { cookie })
    expect(body).toEqual({ hasPassword: true, secondFactor: true, recoveryCodesLeft: 9 })
    expect((await enter((await half(her.person)).cookie, code)).code).toBe('wrong_code')
  })

  test('after five wrong codes the password is asked for again; after ten, time', async () => {
    const wrong = ['00000', '11111', '22222', '33333', '44444'].map(start => `${start}-wrong`)
    const { cookie } = await half(her.person)
    for (const code of wrong) expect((await enter(cookie, code)).code).toBe('wrong_code')
    expect((await enter(cookie, codeOf(her))).code).toBe('start_again')
    const again = await half(her.person)
    for (const code of wrong.slice(1)) await enter(again.cookie, code)
    expect((await enter(again.cookie, codeOf(her))).status).toBe(429)
  })

  test('a recovery code that is shown twice at once lets in once', async () => {
    const [code = ''] = her.codes
    const halves = [await half(her.person), await half(her.person)]
    const both = await Promise.all(halves.map(({ cookie }) => enter(cookie, code)))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401])
    expect(both.find(({ status }) => status === 401)?.code).toBe('wrong_code')
  })

  test('who was half in with a password that was reset is out', async () => {
    const { cookie } = await half(her.person)
    const { body: link } = await server.ask<ResetLink>(
      'POST',
      `/api/people/${her.person.id}/reset-link`,
      { cookie: owner.cookie },
    )
    const body = { password: 'another long password of hers' }
    expect((await server.ask('POST', `/api/reset-links/${link.token}`, { body })).status).toBe(204)
    expect((await enter(cookie, codeOf(her))).code).toBe('start_again')
  })

  test('a session of somebody else that the browser has is not taken for it', async () => {
    const other = await join(`Other ${++made}`)
    const { cookie } = await half(her.person)
    const entered = await enter(`${other.cookie}; ${cookie}`, codeOf(her))
    expect((await accountOf(entered.cookie))?.id).toBe(her.person.id)
  })

  test('a cookie that is forged or of nobody leads back to the password', async () => {
    expect((await enter('', '123456')).code).toBe('start_again')
    const forged = 'parley.two_factor=2fa-aaaaaaaaaaaaaaaaaaaa.AAAA'
    expect((await enter(forged, '123456')).code).toBe('start_again')
    const { cookie } = await half(her.person)
    const cut = cookie.replace(/(two_factor=[^;]*)../, '$1')
    expect((await enter(cut, codeOf(her))).code).toBe('start_again')
    expect((await enter('parley.two_factor=%E0%A4%A', '123456')).code).toBe('start_again')
  })
})

describe('the second factor of an account', () => {
  test('is not turned on by a wrong code, nor asked for before one was seen', async () => {
    const person = await join(`Guarded ${++made}`)
    const ask = { cookie: person.cookie, body: { password: PASSWORD } }
    await server.ask('POST', path, ask)
    const wrong = await server.ask<ApiError>('POST', `${path}/confirm`, {
      cookie: person.cookie,
      body: { code: 'no code' },
    })
    expect([wrong.status, wrong.body.error.code]).toEqual([403, 'wrong_code'])
    expect((await half(person)).body.account?.id).toBe(person.id)
  })

  test('needs the password, for each change; off, the password is enough again', async () => {
    const { person, codes } = await guarded()
    const { cookie } = person
    for (const rest of ['/recovery-codes', '/off']) {
      const body = { password: 'not the password' }
      expect((await server.ask('POST', `${path}${rest}`, { cookie, body })).status).toBe(403)
      expect((await server.ask('POST', `${path}${rest}`, { cookie, body: {} })).status).toBe(403)
    }
    const body = { password: PASSWORD }
    expect((await server.ask('POST', path, { cookie, body })).status).toBe(409)
    await server.ask('POST', `${path}/recovery-codes`, { cookie, body })
    expect((await enter((await half(person)).cookie, codes[0] ?? '')).code).toBe('wrong_code')
    const off = await server.ask('POST', `${path}/off`, { cookie, body })
    expect(off.status).toBe(204)
    expect(await accountOf(cookie)).toBeNull()
    expect((await accountOf(cookieOf(off)))?.id).toBe(person.id)
    expect((await half(person)).body.account?.id).toBe(person.id)
  })
})
