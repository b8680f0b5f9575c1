/** What is wrong with a request is said in words, with the status that fits, and nothing is lost by it. */
import { createHash } from 'node:crypto'
import { request as rawRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiError, InvitationLink, OpenInvitation } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import {
  PASSWORD,
  personNamed,
  startServer,
  type Ask,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

let server: TestServer
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount())
})
afterAll(() => server.close())

const refused = async (method: string, path: string, ask: Ask = {}) => {
  const { status, body, headers } = await server.ask<ApiError>(method, path, {
    cookie: owner.cookie,
    ...ask,
  })
  return { status, code: body.error.code, message: body.error.message, headers }
}

describe('bodies', () => {
  test('that are no JSON are refused as such', async () => {
    expect(await refused('POST', '/api/trackers', { body: '{"title":' })).toMatchObject({
      status: 400,
      code: 'bad_request',
    })
  })

  test('of another type are refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
      expect(
        await refused('POST', '/api/trackers', {
          body: '{"title":"T"}',
          headers: { 'content-type': type },
        }),
      ).toMatchObject({ status: 415, code: 'wrong_type' })
  })

  test('that are too large are refused, whether or not they say so', async () => {
    const body = JSON.stringify({ title: 'T', filling: 'x'.repeat(70_000) })
    expect(await refused('POST', '/api/trackers', { body })).toMatchObject({
      status: 413,
      code: 'too_large',
      message: expect.stringContaining('64 KiB'),
    })
    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const request = rawRequest(`${server.url}/api/trackers`, {
        method: 'POST',
        headers: {
          cookie: owner.cookie,
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
        },
      })
      request.on('response', response => resolve(response.statusCode)).on('error', reject)
      request.end(body)
    })
    expect(chunked).toBe(413)
  })

  test('that miss something are refused with the name of it', async () => {
    const { status, message } = await refused('POST', '/api/trackers', { body: { title: '  ' } })
    expect(status).toBe(400)
    expect(message).toContain('title: must not be empty')
  })

  test('that are compressed are refused: nothing is unpacked', async () => {
    const { status } = await refused('POST', '/api/trackers', {
      body: '{"title":"T"}',
      headers: { 'content-encoding': 'gzip' },
    })
    expect(status).toBe(415)
  })

  test('cannot reach into prototypes', async () => {
    const { status } = await server.ask('PATCH', `/api/trackers/${tracker}`, {
      cookie: owner.cookie,
      body: '{"__proto__":{"archived":true},"constructor":{"prototype":{"archived":true}}}',
    })
    expect(status).toBe(200)
    expect(({} as { archived?: boolean }).archived).toBeUndefined()
  })
})

describe('other sites', () => {
  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin to speak of', { origin: 'null' }],
    ['a neighbour on the same site', { 'sec-fetch-site': 'same-site' }],
    ['a page that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ])('%s may not act in my name', async (_, headers) => {
    expect(await refused('POST', '/api/auth/sign-out', { headers })).toMatchObject({
      status: 403,
      code: 'other_origin',
    })
  })

  test('our own pages may, and so may scripts', async () => {
    for (const headers of [{ origin: server.url }, { 'sec-fetch-site': 'same-origin' }, {}])
      expect(
        (
          await server.ask('POST', '/api/trackers', {
            cookie: owner.cookie,
            body: { title: 'T' },
            headers,
          })
        ).status,
      ).toBe(201)
  })
})

describe('paths', () => {
  test.each([
    '/api/nothing',
    '/api/auth/sign-up/email',
    '/api/auth/get-session',
    '/api/auth/ok',
    '/api/trackers/..%2f..',
    '/api/trackers/__proto__',
    '/api/trackers/%00',
    '/api//trackers',
  ])('%s is nowhere', async path => {
    const { status, message } = await refused('GET', path)
    expect(status).toBe(404)
    expect(message).not.toBe('')
  })

  test('an endless one is nowhere', async () => {
    expect((await refused('GET', `/api/trackers/${'x'.repeat(5_000)}`)).status).toBe(404)
  })

  test('nobody signs up by themselves', async () => {
    const body = personNamed('Mallory')
    expect(await refused('POST', '/api/auth/sign-up/email', { body })).toMatchObject({
      status: 403,
      code: 'registration_closed',
    })
    expect((await refused('POST', '/api/auth/sign-up', { body })).status).toBe(404)
    expect(await refused('POST', '/api/setup', { body: personNamed('Mallory') })).toMatchObject({
      status: 409,
      code: 'set_up',
    })
  })

  test('a stranger learns nothing, not even what there is', async () => {
    for (const path of ['/api/nothing', `/api/trackers/${tracker}`, '/api/trackers/nothing']) {
      const { status } = await server.ask('GET', path)
      expect(status).toBe(401)
    }
  })
})

describe('signing in', () => {
  const signIn = (email: string, password: string) =>
    refused('POST', '/api/auth/sign-in/email', { body: { email, password } })

  test('a wrong password and an unknown address have the same answer', async () => {
    const wrong = await signIn(owner.email, 'not the password')
    const unknown = await signIn('nobody@example.org', 'not the password')
    const author = await signIn('desk@demo.invalid', 'not the password')
    expect(wrong).toMatchObject({ status: 401, code: 'wrong_credentials' })
    for (const other of [unknown, author])
      expect([other.status, other.code, other.message]).toEqual([
        wrong.status,
        wrong.code,
        wrong.message,
      ])
  })

  test('after ten wrong guesses, also at once, even the right password has to wait', async () => {
    const guessed = await startServer()
    try {
      const { owner: victim } = await guessed.createFirstAccount('Vic')
      const guess = (password: string) =>
        guessed.ask<ApiError>('POST', '/api/auth/sign-in/email', {
          body: { email: victim.email, password },
        })
      const guesses = await Promise.all(
        Array.from({ length: 15 }, (_, n) => guess(`guess number ${n}`)),
      )
      expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10)
      const waiting = await guess(PASSWORD)
      expect(waiting.status).toBe(429)
      expect(waiting.body.error.message).toContain('15 minutes')
      expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(800)
    } finally {
      await guessed.close()
    }
  })
})

describe('invitations', () => {
  const invite = async () => {
    const { body } = await server.ask<InvitationLink>(
      'POST',
      `/api/trackers/${tracker}/invitations`,
      { cookie: owner.cookie, body: { role: 'editor' } },
    )
    return body
  }
  const join = (token: string, ask: Ask) =>
    server.ask<ApiError>('POST', `/api/invitations/${token}/accept`, ask)

  test('a used one says so, to whoever looks and whoever tries', async () => {
    const { token } = await invite()
    expect((await join(token, { body: { account: personNamed('First') } })).status).toBe(200)
    expect(await refused('GET', `/api/invitations/${token}`)).toMatchObject({
      status: 410,
      code: 'invitation_used',
    })
    const late = await join(token, { body: { account: personNamed('Late') } })
    expect([late.status, late.body.error.code]).toEqual([410, 'invitation_used'])
  })

  test('two at once: one joins', async () => {
    const { token } = await invite()
    const answers = await Promise.all(
      ['Twin One', 'Twin Two'].map(name => join(token, { body: { account: personNamed(name) } })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410])
  })

  test('an address that has an account is told to sign in, and the link stays open', async () => {
    const { token } = await invite()
    const taken = await join(token, { body: { account: personNamed(owner.name) } })
    expect([taken.status, taken.body.error.code]).toEqual([409, 'account_exists'])
    expect((await server.ask('GET', `/api/invitations/${token}`)).status).toBe(200)
  })

  test('a member who opens a link leaves it to somebody else', async () => {
    const { token } = await invite()
    expect((await join(token, { cookie: owner.cookie, body: {} })).status).toBe(200)
    expect((await server.ask('GET', `/api/invitations/${token}`)).status).toBe(200)
  })

  test('a stranger without an account to make is asked to sign in', async () => {
    const { token } = await invite()
    expect((await join(token, { body: {} })).status).toBe(401)
  })

  test('one that was taken back leads nowhere, and is not listed', async () => {
    const { id, token } = await invite()
    const path = `/api/trackers/${tracker}/invitations`
    await server.ask('DELETE', `${path}/${id}`, { cookie: owner.cookie })
    expect((await refused('GET', `/api/invitations/${token}`)).code).toBe('invitation_revoked')
    const { body } = await server.ask<OpenInvitation[]>('GET', path, { cookie: owner.cookie })
    expect(body.map(open => open.id)).not.toContain(id)
  })
})

describe('answers', () => {
  test('tell a visitor nothing of a fault; the log has it, without secrets', async () => {
    const broken = await startServer()
    const { owner: somebody } = await broken.createFirstAccount()
    const token = 'a'.repeat(43)
    await broken.closeDatabase()
    const { status, body } = await broken.ask<ApiError>('GET', `/api/invitations/${token}`)
    expect([status, body.error.code]).toEqual([500, 'fault'])
    expect(JSON.stringify(body)).not.toMatch(/sql|at |\.ts/i)
    await broken.ask('GET', '/api/session', { cookie: somebody.cookie })
    await broken.ask('POST', '/api/auth/sign-in/email', {
      body: { email: somebody.email, password: PASSWORD },
    })
    const faults = broken.logged.filter(([event]) => event === 'fault')
    expect(faults).toHaveLength(3)
    const sessionToken = /=([^.%]+)/.exec(somebody.cookie)?.[1] ?? ''
    const tokenHash = createHash('sha256').update(token).digest('hex')
    for (const secret of [token, tokenHash, sessionToken, somebody.email, PASSWORD])
      expect(JSON.stringify(faults)).not.toContain(secret)
    await broken.close()
  })
})
