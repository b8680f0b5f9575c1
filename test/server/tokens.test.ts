/** P39: programs sign in with tokens, which do what they say, where they say, for as long as they say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '#server/live/clock.ts'
import { LIMITS } from '#server/live/limits.ts'
import type { Action } from '#shared/access.ts'
import type { ApiError, TrackerEntry } from '#shared/api.ts'
import { describeTracker, readTitle } from '#shared/document/tracker.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { ApiToken, NewToken, ServiceAccount, TokenMade } from '#shared/tokens-api.ts'
import { PASSWORD, startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

const DAY = 24 * 3_600_000

let server: TestServer
let owner: Person
let tracker: TrackerId
let other: TrackerId
let skew = 0
const pings: (() => void)[] = []

beforeAll(async () => {
  const clock = {
    ...systemClock,
    now: () => systemClock.now() + skew,
    // The beat at which the edge looks after its sockets is the test's to give.
    after: (milliseconds: number, run: () => void) => {
      if (milliseconds !== LIMITS.ping) return systemClock.after(milliseconds, run)
      pings.push(run)
      return () => undefined
    },
  }
  server = await startServer({ clock, environment: { TRUSTED_PROXY: '127.0.0.1' } })
  const first = await server.createFirstAccount('Olga Owner')
  owner = first.owner
  tracker = first.trackerId
  other = (
    await server.ask<TrackerEntry>('POST', '/api/trackers', {
      cookie: owner.cookie,
      body: { title: 'Other talks' },
    })
  ).body.id as TrackerId
})
afterAll(() => server.close())

const make = async (
  actions: readonly Action[] = ['read'],
  wanted: Partial<NewToken> = {},
  { cookie }: Pick<Person, 'cookie'> = owner,
): Promise<TokenMade> => {
  const { body, status } = await server.ask<TokenMade>('POST', '/api/account/tokens', {
    cookie,
    body: {
      name: 'Import',
      actions,
      trackerIds: null,
      expiresAt: systemClock.now() + skew + DAY,
      password: PASSWORD,
      ...wanted,
    },
  })
  expect(status).toBe(201)
  return body
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const ask = <Body = ApiError>(token: string, method: string, path: string, body?: unknown) =>
  server.ask<Body>(method, path, { headers: bearer(token), ...(body !== undefined && { body }) })
const revoke = (id: string) =>
  server.ask('DELETE', `/api/account/tokens/${id}`, { cookie: owner.cookie })

/** With what the connection ends. */
const closed = (token: string, id: string = tracker): Promise<number> =>
  new Promise(resolve => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${id}`, {
      headers: bearer(token),
    })
    socket.on('close', resolve)
  })
/** Resolves with the code when the server ends the stock client's connection. */
const ending = ({ provider }: ReturnType<typeof stockClient>): Promise<number> =>
  new Promise(resolve => provider.once('connection-close', event => resolve(event?.code ?? 0)))

describe('P39 over HTTP', () => {
  test('does what it says and the account may, in the trackers that it names', async () => {
    const { token } = await make(['read', 'edit'], { trackerIds: [tracker] })
    expect((await ask(token, 'GET', `/api/trackers/${tracker}`)).status).toBe(200)
    const saved = await ask(token, 'POST', `/api/trackers/${tracker}/snapshots`, {})
    expect([saved.status, saved.body.error.code]).toEqual([403, 'token_not_allowed'])
    expect((await ask(token, 'GET', `/api/trackers/${tracker}/share-links`)).status).toBe(403)
    expect((await ask(token, 'GET', `/api/trackers/${other}`)).status).toBe(404)
    const list = await ask<TrackerEntry[]>(token, 'GET', '/api/trackers')
    expect(list.body.map(({ id, role }) => [id, role])).toEqual([[tracker, 'viewer']])
    const all = await make(['read', 'discuss', 'edit', 'snapshot'])
    const role = (await ask<TrackerEntry>(all.token, 'GET', `/api/trackers/${other}`)).body.role
    expect(role).toBe('editor')
  })

  test('never does more than the account may', async () => {
    const viewer = await server.invite(owner, tracker, 'viewer', 'Vera Viewer')
    const { token } = await make(['edit', 'snapshot', 'manage'], {}, viewer)
    expect((await ask(token, 'GET', `/api/trackers/${tracker}`)).status).toBe(200)
    expect((await ask(token, 'POST', `/api/trackers/${tracker}/snapshots`, {})).status).toBe(403)
    expect((await ask(token, 'GET', `/api/trackers/${other}`)).status).toBe(404)
  })

  test('reads where it may read: it does not leave, nor review in the account’s name', async () => {
    const { token } = await make(['read'])
    const me = `/api/trackers/${tracker}/members/${owner.id}`
    expect((await ask(token, 'DELETE', me)).body.error.code).toBe('token_not_allowed')
    expect((await ask(token, 'PUT', `/api/trackers/${tracker}/visit`, {})).status).toBe(403)
  })

  test('whatever it may, it reaches no account, no session, no token and no administration', async () => {
    const { token } = await make(['read', 'discuss', 'edit', 'snapshot', 'manage'])
    const description = await server.ask<{ paths: Record<string, Record<string, unknown>> }>(
      'GET',
      '/api/openapi.json',
    )
    const outside = Object.entries(description.body.paths).flatMap(([path, item]) =>
      path.startsWith('/api/trackers/{id}') || !path.startsWith('/api/')
        ? []
        : Object.keys(item).map(method => [method.toUpperCase(), path] as const),
    )
    expect(outside.length).toBeGreaterThan(20)
    const open = /^\/api\/(session|setup|auth|invitations|reset|ways-in)/
    for (const [method, path] of outside) {
      if (open.test(path) || (method === 'GET' && path === '/api/trackers')) continue
      const { status } = await ask(token, method, path, method === 'GET' ? undefined : {})
      expect([method, path, status]).toEqual([method, path, 403])
    }
    const who = await ask<{ account: unknown }>(token, 'GET', '/api/session')
    expect(who.body.account).toBeNull()
  })

  test('a cookie beside it counts for nothing, and no origin is asked for', async () => {
    const { token } = await make(['read'])
    const both = { cookie: owner.cookie, headers: bearer(token) }
    const saved = await server.ask('POST', `/api/trackers/${tracker}/snapshots`, {
      ...both,
      body: {},
    })
    expect(saved.status).toBe(403)
    const wrong = await server.ask('GET', '/api/trackers', {
      cookie: owner.cookie,
      headers: bearer('parley_wrong'),
    })
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('www-authenticate')).toMatch(/^Bearer .*invalid_token/)
    const writer = await make(['snapshot'])
    const elsewhere = await server.ask('POST', `/api/trackers/${tracker}/snapshots`, {
      headers: { ...bearer(writer.token), origin: 'https://evil.example' },
      body: {},
    })
    expect(elsewhere.status).toBe(201)
    const proxied = await server.ask('GET', '/api/trackers', {
      cookie: owner.cookie,
      headers: { authorization: 'Basic cHJveHk6cHJveHk=' },
    })
    expect(proxied.status).toBe(200)
  })

  test('is told once, kept as a hash, listed with its last use, and gone when it is revoked', async () => {
    const made = await make(['read'], { name: 'Nightly' })
    const mine = async () => {
      const { body } = await server.ask<ApiToken[]>('GET', '/api/account/tokens', {
        cookie: owner.cookie,
      })
      return body.find(({ id }) => id === made.id)
    }
    expect(await mine()).toMatchObject({ name: 'Nightly', actions: ['read'], lastUsedAt: null })
    const from = { ...bearer(made.token), 'x-forwarded-for': '198.51.100.7' }
    await server.ask('GET', '/api/trackers', { headers: from })
    expect(await mine()).toMatchObject({ lastUsedFrom: '198.51.100.7' })
    expect(JSON.stringify(await mine())).not.toContain(made.token)
    expect((await revoke(made.id)).status).toBe(204)
    expect(await mine()).toBeUndefined()
    expect((await ask(made.token, 'GET', '/api/trackers')).status).toBe(401)
    expect((await revoke(made.id)).status).toBe(404)
    expect(JSON.stringify(server.logged)).not.toContain(made.token)
  })

  test('ends when it says, which is within a year', async () => {
    const { token } = await make(['read'])
    expect((await ask(token, 'GET', '/api/trackers')).status).toBe(200)
    skew += DAY
    expect((await ask(token, 'GET', '/api/trackers')).status).toBe(401)
    for (const expiresAt of [1, systemClock.now() + skew + 400 * DAY]) {
      const refused = await server.ask('POST', '/api/account/tokens', {
        cookie: owner.cookie,
        body: { name: 'x', actions: [], trackerIds: null, expiresAt, password: PASSWORD },
      })
      expect(refused.status).toBe(400)
    }
  })

  test('one address may not try many', async () => {
    const from = { 'x-forwarded-for': '203.0.113.77' }
    const guess = () =>
      server.ask('GET', '/api/trackers', { headers: { ...bearer('parley_guess'), ...from } })
    for (let n = 0; n < 20; n++) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
    const { token } = await make(['read'])
    const right = { ...bearer(token), ...from }
    expect((await server.ask('GET', '/api/trackers', { headers: right })).status).toBe(200)
  })
})

describe('P39 on the socket', () => {
  test('a stock client reads and writes with it, and is seen by others', async () => {
    const { token } = await make(['read', 'edit'])
    const program = stockClient(server.url, bearer(token), other)
    const person = stockClient(server.url, owner.cookie, other)
    await until(program.doc, () => readTitle(program.doc) === 'Other talks')
    describeTracker(program.doc, { title: 'Written by a program' })
    await until(person.doc, () => readTitle(person.doc) === 'Written by a program')
    program.provider.destroy()
    person.provider.destroy()
  })

  test('one that may only read cannot write, also when the account’s role rises meanwhile', async () => {
    const editor = await server.invite(owner, other, 'viewer', 'Edda Editor')
    const { token } = await make(['read'], {}, editor)
    const program = stockClient(server.url, bearer(token), other)
    await until(program.doc, () => readTitle(program.doc) !== '')
    const raised = await server.ask('PATCH', `/api/trackers/${other}/members/${editor.id}`, {
      cookie: owner.cookie,
      body: { role: 'editor' },
    })
    expect(raised.status).toBe(200)
    const ended = ending(program)
    describeTracker(program.doc, { title: 'Smuggled in' })
    expect(await ended).toBe(4403)
    const { body } = await server.ask<{ tracker: { title: string } }>(
      'GET',
      `/api/trackers/${other}`,
      { cookie: owner.cookie },
    )
    expect(body.tracker.title).not.toBe('Smuggled in')
    program.provider.destroy()
  })

  test('is cut at once when it is revoked, and soon after it has ended by itself', async () => {
    const made = await make(['read'])
    const program = stockClient(server.url, bearer(made.token), tracker)
    await until(program.doc, () => readTitle(program.doc) !== '')
    const cut = ending(program)
    await revoke(made.id)
    expect(await cut).toBe(4401)

    const old = stockClient(server.url, bearer((await make(['read'])).token), tracker)
    await until(old.doc, () => readTitle(old.doc) !== '')
    const ended = ending(old)
    skew += DAY
    for (const ping of pings.splice(0)) ping()
    expect(await ended).toBe(4401)
    program.provider.destroy()
    old.provider.destroy()
  })

  test('leads nowhere else, and a wrong one nowhere', async () => {
    const { token } = await make(['read'], { trackerIds: [tracker] })
    expect(await closed(token, other)).toBe(4404)
    expect(await closed('parley_wrong')).toBe(4401)
  })
})

describe('P39 service accounts', () => {
  const admin = <Body>(method: string, path: string, body?: unknown) =>
    server.ask<Body>(method, `/api/service-accounts${path}`, {
      cookie: owner.cookie,
      ...(body !== undefined && { body }),
    })

  test('get roles like people, and are named as programs in history; closing one ends it', async () => {
    const { accountId } = (await admin<{ accountId: string }>('POST', '', { name: 'Importer' }))
      .body
    const made = await admin<TokenMade>('POST', `/${accountId}/tokens`, {
      name: 'Night',
      actions: ['edit'],
      trackerIds: null,
      expiresAt: systemClock.now() + skew + DAY,
    })
    const { token } = made.body
    expect((await ask(token, 'GET', `/api/trackers/${other}`)).status).toBe(404)
    const given = await server.ask('PUT', `/api/trackers/${other}/members/${accountId}`, {
      cookie: owner.cookie,
      body: { role: 'editor' },
    })
    expect(given.status).toBe(200)

    const program = stockClient(server.url, bearer(token), other)
    await until(program.doc, () => readTitle(program.doc) !== '')
    describeTracker(program.doc, { title: 'Imported' })
    const person = stockClient(server.url, owner.cookie, other)
    await until(person.doc, () => readTitle(person.doc) === 'Imported')
    const authors = await server.ask<{ name: string }[]>('GET', `/api/trackers/${other}/authors`, {
      cookie: owner.cookie,
    })
    expect(JSON.stringify(authors.body)).toContain('Importer (service)')
    expect((await admin<ServiceAccount[]>('GET', '')).body).toMatchObject([
      { accountId, name: 'Importer', trackers: 1, tokens: [{ name: 'Night' }] },
    ])

    const cut = ending(program)
    expect((await admin('DELETE', `/${accountId}`)).status).toBe(204)
    expect(await cut).toBe(4401)
    expect((await ask(token, 'GET', '/api/trackers')).status).toBe(401)
    expect((await admin<ServiceAccount[]>('GET', '')).body).toEqual([])
    expect((await admin('DELETE', `/${accountId}`)).status).toBe(404)
    program.provider.destroy()
    person.provider.destroy()
  })

  test('a person is none, whatever route says so', async () => {
    expect((await admin('DELETE', `/${owner.id}`)).status).toBe(404)
    const stolen = await admin('POST', `/${owner.id}/tokens`, {
      name: 'x',
      actions: [],
      trackerIds: null,
      expiresAt: systemClock.now() + skew + DAY,
    })
    expect(stolen.status).toBe(404)
  })
})

test('P39 the use of a token is noted once for each address and day', async () => {
  const made = await make(['read'])
  for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.1'])
    await server.ask('GET', '/api/trackers', {
      headers: { ...bearer(made.token), 'x-forwarded-for': address },
    })
  const { body } = await server.ask<{ entries: { subject: { id: string } | string }[] }>(
    'GET',
    `/api/audit?what=${encodeURIComponent('token used')}`,
    { cookie: owner.cookie },
  )
  expect(JSON.stringify(body.entries).split(made.id)).toHaveLength(3)
})
