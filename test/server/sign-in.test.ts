/** P34: only its owner gets into an account, and stays in no longer than they want. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { deviceOf } from '#server/accounts/devices.ts'
import { refuseWeak, WeakPassword } from '#server/accounts/passwords.ts'
import { LONGEST_SESSION } from '#server/accounts/sessions.ts'
import { systemClock } from '#server/live/clock.ts'
import type { ApiError, ApiSession, SignedInAt } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import {
  cookieOf,
  PASSWORD,
  personNamed,
  startServer,
  type Ask,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

// A password takes as long to check as it is hard to guess, also where other tests want the processor.
vi.setConfig({ testTimeout: 20_000 })

let server: TestServer
let owner: Person
let tracker: TrackerId
/** How far the server's clock is ahead. */
let ahead = 0
beforeAll(async () => {
  server = await startServer({ clock: { ...systemClock, now: () => systemClock.now() + ahead } })
  const first = await server.createFirstAccount('Olga')
  owner = first.owner
  tracker = first.trackerId
})
afterAll(() => server.close())

let made = 0
const somebody = () => server.invite(owner, tracker, 'editor', `Somebody ${++made}`)
const accountOf = async (cookie: string) =>
  (await server.ask<ApiSession>('GET', '/api/session', { cookie })).body.account
const sessionsOf = async (cookie: string) =>
  (await server.ask<SignedInAt[]>('GET', '/api/account/sessions', { cookie })).body
const refusal = async (method: string, path: string, ask: Ask) => {
  const { body, status } = await server.ask<ApiError>(method, path, ask)
  return [status, body.error?.code]
}

describe('a password that is set', () => {
  const ADA = { name: 'Ada Lovelace', email: 'ada@example.org' }
  const isWeak = (password: string) =>
    refuseWeak(password, ADA).then(
      () => false,
      (error: unknown) => error instanceof WeakPassword,
    )

  test.each([
    'administrator',
    'Administrator!',
    'football2026!!',
    '  letmein 12345',
    'aaaaaaaaaaaa',
    'hunter2hunter2hunter2',
    'abcdefghijklm',
    '210987654321',
    'ada@example.org',
    'Ada Lovelace 1815',
    'lovelace-ada-1',
    'parleyparley',
  ])('%s is refused', async password => {
    expect(await isWeak(password)).toBe(true)
  })

  test.each([PASSWORD, 'a long enough password', 'Tr0ub4dor&3 and more', 'گذرواژهٔ بسیار بلند'])(
    '%s is taken',
    async password => {
      expect(await isWeak(password)).toBe(false)
    },
  )

  test('has a length, wherever it is set, and the refusal names the way out', async () => {
    const person = await somebody()
    const change = (next: string) =>
      server.ask<ApiError>('POST', '/api/account/password', {
        cookie: person.cookie,
        body: { present: PASSWORD, next },
      })
    expect((await change('elevenchars')).status).toBe(400)
    expect((await change('x'.repeat(129))).status).toBe(400)
    const known = await change('administrator')
    expect([known.status, known.body.error.code]).toEqual([400, 'weak_password'])
    expect(known.body.error.message).toContain('Choose another one')
    const late = { ...personNamed('Late'), password: 'short' }
    expect((await server.ask('POST', '/api/setup', { body: late })).status).toBe(400)
    expect(await server.signIn(person.email)).not.toBe('')
  })
})

describe('changing a password', () => {
  const NEXT = 'quite another set of words'

  test('needs the present one, and guesses at it are counted with those at the door', async () => {
    const { cookie, email } = await somebody()
    const body = { present: 'not the password', next: NEXT }
    const guesses = await Promise.all(
      Array.from({ length: 11 }, () => refusal('POST', '/api/account/password', { cookie, body })),
    )
    expect(guesses.filter(([status]) => status === 403)).toHaveLength(10)
    expect(guesses.filter(([status]) => status === 429)).toHaveLength(1)
    const credentials = { email, password: PASSWORD }
    expect(await refusal('POST', '/api/auth/sign-in/email', { body: credentials })).toEqual([
      429,
      'too_many_attempts',
    ])
  })

  test('ends every other session, and the token of this one', async () => {
    const { cookie, email } = await somebody()
    const elsewhere = await server.signIn(email)
    const answer = await server.ask('POST', '/api/account/password', {
      cookie,
      body: { present: PASSWORD, next: NEXT },
    })
    expect(answer.status).toBe(204)
    expect(await accountOf(elsewhere)).toBeNull()
    expect(await accountOf(cookie)).toBeNull()
    expect((await accountOf(cookieOf(answer)))?.email).toBe(email)
    await expect(server.signIn(email)).rejects.toThrow('wrong_credentials')
    await server.signIn(email, NEXT)
  })
})

describe('sessions', () => {
  const SAFARI =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1'

  test('are listed with device, address and times, for nobody else', async () => {
    const { cookie, email } = await somebody()
    const phone = cookieOf(
      await server.ask('POST', '/api/auth/sign-in/email', {
        body: { email, password: PASSWORD },
        headers: { 'user-agent': SAFARI, 'x-parley-address': '203.0.113.9' },
      }),
    )
    const listed = await sessionsOf(phone)
    expect(listed).toHaveLength(2)
    expect(listed.find(({ isThis }) => isThis)).toMatchObject({
      device: 'Safari on iPhone',
      from: '127.0.0.1',
    })
    const other = listed.find(({ isThis }) => !isThis)
    expect((await sessionsOf(cookie)).find(({ isThis }) => isThis)?.id).toBe(other?.id)
    const path = `/api/account/sessions/${other?.id}`
    expect(await refusal('DELETE', path, { cookie: owner.cookie })).toEqual([404, 'no_session'])
    expect(await accountOf(cookie)).not.toBeNull()
  })

  test('one that was ended is over, whoever replays its token', async () => {
    const { cookie, email } = await somebody()
    const stolen = await server.signIn(email)
    const id = (await sessionsOf(cookie)).find(({ isThis }) => !isThis)?.id
    const ended = await server.ask('DELETE', `/api/account/sessions/${id}`, { cookie })
    expect(ended.status).toBe(204)
    expect(await accountOf(stolen)).toBeNull()
    expect(await refusal('GET', '/api/trackers', { cookie: stolen })).toEqual([401, 'signed_out'])
    expect(await accountOf(cookie)).not.toBeNull()
  })

  test('all others end at once', async () => {
    const { cookie, email } = await somebody()
    const others = [await server.signIn(email), await server.signIn(email)]
    await server.ask('DELETE', '/api/account/sessions', { cookie })
    expect(await Promise.all(others.map(accountOf))).toEqual([null, null])
    expect(await sessionsOf(cookie)).toMatchObject([{ isThis: true }])
  })

  test('whoever signs in gets a token of their own, whatever cookie they bring', async () => {
    const { email } = await somebody()
    const planted = await server.signIn(owner.email)
    const answer = await server.ask('POST', '/api/auth/sign-in/email', {
      cookie: planted,
      body: { email, password: PASSWORD },
    })
    expect(cookieOf(answer)).not.toBe(planted)
    expect((await accountOf(cookieOf(answer)))?.email).toBe(email)
    expect((await accountOf(planted))?.email).toBe(owner.email)
  })

  test('end after 90 days, however often they are used', async () => {
    const { cookie } = await somebody()
    ahead = LONGEST_SESSION - 60_000
    expect(await accountOf(cookie)).not.toBeNull()
    ahead = LONGEST_SESSION + 1_000
    expect(await accountOf(cookie)).toBeNull()
    ahead = 0
    expect(await accountOf(cookie)).toBeNull()
  })

  test.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/147.0.0.0 Safari/537.36 Edg/147',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Linux; Android 15) Chrome/147.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['curl/8', 'A program that does not say what it is'],
  ])('%s is told as %s', (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device)
  })
})

test('a name that is changed is the account’s, everywhere', async () => {
  const { cookie, id } = await somebody()
  const { body } = await server.ask<ApiSession>('PATCH', '/api/account', {
    cookie,
    body: { name: 'دکتر لیلا' },
  })
  expect(body.account?.name).toBe('دکتر لیلا')
  const members = await server.ask<readonly { accountId: string; name: string }[]>(
    'GET',
    `/api/trackers/${tracker}/members`,
    { cookie },
  )
  expect(members.body.find(({ accountId }) => accountId === id)?.name).toBe('دکتر لیلا')
})
