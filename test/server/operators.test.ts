/** What operators see of the server from outside: metrics, readiness, and lines that name who and why. */
import { once } from 'node:events'
import { request as rawRequest } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSES } from '#shared/access.ts'
import type { ApiError } from '#shared/api.ts'
import { describeTracker, readTitle } from '#shared/document/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

const TOKEN = 'a token for the one who watches'

let server: TestServer
const start = async (environment: Readonly<Record<string, string>> = {}): Promise<TestServer> =>
  (server = await startServer({ environment }))
afterEach(() => server.close())

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

type Samples = ReadonlyMap<string, number>
const LINE = /^([a-z_][a-z0-9_]*(?:\{[a-zA-Z0-9_="+.,/ -]*\})?) (-?[0-9.e+-]+|NaN)$/i

/** Every line must be of the text format; the name with its labels leads to the value. */
const samplesOf = (text: string): Samples =>
  new Map(
    text
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => {
        const [, name, value] = LINE.exec(line) ?? []
        if (name === undefined) throw new Error(`This is no sample: ${line}`)
        return [name, Number(value)] as const
      }),
  )
const metrics = async (): Promise<Samples> =>
  samplesOf((await server.ask<string>('GET', '/metrics', bearer(TOKEN))).body)

const lines = (event: string) =>
  server.logged.flatMap(([name, fields]) =>
    name === event ? [fields as Readonly<Record<string, unknown>>] : [],
  )

describe('the metrics', () => {
  test('are nowhere when nobody asked for them', async () => {
    await start()
    expect(server.parley.metricsUrl).toBeUndefined()
    const known = await server.ask('GET', '/metrics')
    const unknown = await server.ask('GET', '/nothing')
    expect([known.status, known.body]).toEqual([404, unknown.body])
  })

  test('want the token where people come in', async () => {
    await start({ METRICS_TOKEN: TOKEN })
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await server.ask('GET', '/metrics', { headers })).status
    expect(await status({})).toBe(401)
    for (const authorization of [TOKEN, `Bearer ${TOKEN}x`, 'Bearer ', `Basic ${TOKEN}`])
      expect(await status({ authorization })).toBe(401)
    const { status: found, headers } = await server.ask('GET', '/metrics', bearer(TOKEN))
    expect(found).toBe(200)
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4')
  })

  test('have a port of their own, which people do not reach, with health and readiness', async () => {
    await start({ METRICS_PORT: '0' })
    const url = server.parley.metricsUrl ?? ''
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    expect(samplesOf(await answer.text()).get('parley_peers')).toBe(0)
    expect((await server.ask('GET', '/metrics')).status).toBe(404)
    for (const path of ['/healthz', '/readyz'])
      expect((await fetch(new URL(path, url))).status).toBe(200)
    expect((await fetch(new URL('/api/session', url))).status).toBe(404)
  })

  test('want the token there too when there is one', async () => {
    await start({ METRICS_PORT: '0', METRICS_TOKEN: TOKEN })
    const url = server.parley.metricsUrl ?? ''
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, bearer(TOKEN))).status).toBe(200)
  })

  test('count what passes, and name nobody and nothing', async () => {
    await start({ METRICS_TOKEN: TOKEN })
    const { owner, trackerId } = await server.createFirstAccount('Ada')
    const before = await metrics()
    const writer = stockClient(server.url, owner.cookie, trackerId)
    const reader = stockClient(server.url, owner.cookie, trackerId)
    await Promise.all(
      [writer, reader].map(({ provider }) => new Promise(done => provider.once('sync', done))),
    )
    for (let nth = 1; nth <= 3; nth++) {
      describeTracker(writer.doc, { title: `Round ${nth}` })
      await until(reader.doc, () => readTitle(reader.doc) === `Round ${nth}`)
    }
    const after = await metrics()
    const more = (name: string) => (after.get(name) ?? NaN) - (before.get(name) ?? NaN)

    expect(after.get('parley_peers')).toBe(2)
    expect(more('parley_peers_joined_total')).toBe(2)
    expect(more('parley_frames_total{direction="in",kind="ask"}')).toBe(2)
    expect(more('parley_frames_total{direction="in",kind="update"}')).toBe(3)
    expect(more('parley_frames_total{direction="out",kind="update"}')).toBe(3)
    expect(more('parley_frames_bytes_total{direction="in"}')).toBeGreaterThan(0)
    for (const what of ['accepted', 'stored', 'delivered'])
      expect(more(`parley_edits_${what}_total`)).toBe(3)
    expect(more('parley_commit_seconds_count')).toBe(3)
    expect(more('parley_commit_edits_bucket{le="1"}')).toBe(3)
    expect(after.get('parley_commit_seconds_bucket{le="+Inf"}')).toBe(
      after.get('parley_commit_seconds_count'),
    )
    expect(after.get('parley_documents')).toBe(1)
    expect(after.get('parley_documents_bytes')).toBeGreaterThan(0)
    expect(after.get('parley_backlog_edits')).toBe(0)
    expect(after.get('parley_storing')).toBe(1)
    expect(after.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(0)

    const { body } = await server.ask<string>('GET', '/metrics', bearer(TOKEN))
    for (const secret of [trackerId, owner.id, owner.email, 'Ada', 'Round', TOKEN])
      expect(body).not.toContain(secret)
    const names = [...body.matchAll(/^([a-z_]+)/gm)].map(([name]) => name)
    expect(names.length).toBeLessThan(400)
    for (const { provider } of [writer, reader]) provider.destroy()
  })

  test('tell what waits while the disk refuses, and that it is over', async () => {
    await start({ METRICS_TOKEN: TOKEN })
    const { owner, trackerId } = await server.createFirstAccount()
    server.breakDisk(true)
    const { doc, provider } = stockClient(server.url, owner.cookie, trackerId)
    await new Promise(done => provider.once('sync', done))
    describeTracker(doc, { title: 'Waiting' })
    const waiting = await whenLogged('storage fails').then(metrics)
    expect(waiting.get('parley_storing')).toBe(0)
    expect(waiting.get('parley_backlog_edits')).toBe(1)
    expect(waiting.get('parley_backlog_documents')).toBe(1)
    expect(waiting.get('parley_backlog_bytes')).toBeGreaterThan(0)
    expect(waiting.get('parley_backlog_age_seconds')).toBeGreaterThanOrEqual(0)
    expect(waiting.get('parley_commits_failed_total')).toBeGreaterThan(0)
    server.breakDisk(false)
    const over = await whenLogged('storage is back').then(metrics)
    expect(over.get('parley_storing')).toBe(1)
    expect(over.get('parley_backlog_edits')).toBe(0)
    expect(over.get('parley_backlog_age_seconds')).toBe(0)
    provider.destroy()
  })
})

/** The log is what changes last; whoever waits looks again after each turn of the event loop. */
const whenLogged = async (event: string): Promise<void> => {
  const limit = Date.now() + 10_000
  while (lines(event).length === 0) {
    if (Date.now() > limit) throw new Error(`Nothing said "${event}"`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

describe('readiness', () => {
  const ready = async () => {
    const { status, body } = await server.ask<{ because?: string }>('GET', '/readyz')
    return [status, body.because]
  }

  test('is there once the server has started, and ends while the disk refuses', async () => {
    await start()
    const { owner, trackerId } = await server.createFirstAccount()
    expect(await ready()).toEqual([200, undefined])
    server.breakDisk(true)
    const { doc, provider } = stockClient(server.url, owner.cookie, trackerId)
    await new Promise(done => provider.once('sync', done))
    describeTracker(doc, { title: 'Waiting' })
    await whenLogged('storage fails')
    expect(await ready()).toEqual([503, 'not storing'])
    expect((await server.ask('GET', '/healthz')).status).toBe(503)
    server.breakDisk(false)
    await whenLogged('storage is back')
    expect(await ready()).toEqual([200, undefined])
    provider.destroy()
  })

  test('ends when the storage does not answer', async () => {
    await start()
    await server.closeDatabase()
    expect(await ready()).toEqual([503, 'storage is silent'])
  })

  test('ends at once when the server is told to stop', async () => {
    await start()
    const stopped = server.stop()
    const answer = await server.parley.app.request('/readyz')
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { ready: false, because: 'stopping' },
    ])
    await stopped
  })
})

test('a request that came before a stop and needs a tracker is told to come back', async () => {
  await start()
  const { owner, trackerId } = await server.createFirstAccount()
  const body = JSON.stringify({ label: 'Before the round' })
  const request = rawRequest(`${server.url}/api/trackers/${trackerId}/snapshots`, {
    method: 'POST',
    headers: {
      cookie: owner.cookie,
      'content-type': 'application/json',
      'content-length': body.length,
      expect: '100-continue',
    },
  })
  const answered = once(request, 'response')
  request.flushHeaders()
  await once(request, 'continue')
  const stopped = server.stop()
  request.end(body)
  const [response] = await answered
  const text = await response.toArray().then((chunks: Buffer[]) => Buffer.concat(chunks).toString())
  expect([response.statusCode, (JSON.parse(text) as ApiError).error.code]).toEqual([
    503,
    'unavailable',
  ])
  expect(text).toContain('Try again')
  await stopped
})

describe('the log', () => {
  test('names each request as its answer does, and believes nobody else’s name for it', async () => {
    await start()
    const theirs = 'my-own-request-id'
    const { headers } = await server.ask('GET', '/api/nothing', {
      headers: { 'x-request-id': theirs },
    })
    const id = headers.get('x-request-id')
    expect(id).toMatch(/^[\w-]{16}$/)
    expect(lines('request').at(-1)).toMatchObject({
      request: id,
      method: 'GET',
      path: '/api/nothing',
      status: 401,
    })
    expect(JSON.stringify(server.logged)).not.toContain(theirs)
  })

  test('finds a fault by the name in the answer', async () => {
    await start()
    await server.closeDatabase()
    const { status, headers } = await server.ask('GET', '/api/invitations/some-token')
    expect(status).toBe(500)
    const id = headers.get('x-request-id')
    expect(lines('fault')).toMatchObject([{ request: id, message: expect.any(String) }])
    expect(lines('request').at(-1)).toMatchObject({ request: id, status: 500 })
  })

  const socketOf = (path: string, headers: Readonly<Record<string, string>>): WebSocket => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${path}`, {
      headers: { origin: server.url, ...headers },
    })
    socket.on('error', () => undefined)
    return socket
  }
  const refusedOf = async (socket: WebSocket) => {
    await once(socket, 'close')
    return lines('refused').at(-1)
  }

  test('names connection, account, code and reason of whoever is refused', async () => {
    await start({ METRICS_TOKEN: TOKEN })
    const { owner, trackerId } = await server.createFirstAccount()
    const viewer: Person = await server.invite(owner, trackerId, 'viewer', 'Vera')

    expect(await refusedOf(socketOf(trackerId, {}))).toEqual({
      connection: expect.stringMatching(/^[\w-]{16}$/),
      document: trackerId,
      code: CLOSES.signedOut.code,
      because: 'may not come in',
    })
    const { doc, provider } = stockClient(server.url, viewer.cookie, trackerId)
    await new Promise(done => provider.once('sync', done))
    const closed = new Promise(done => provider.once('connection-close', done))
    describeTracker(doc, { title: 'Mine now' })
    await closed
    provider.destroy()
    const closes = `parley_closes_total{reason="notAllowed",code="${CLOSES.notAllowed.code}"}`
    expect((await metrics()).get(closes)).toBe(1)
    expect(lines('refused').at(-1)).toEqual({
      connection: expect.stringMatching(/^[\w-]{16}$/),
      account: viewer.id,
      document: trackerId,
      code: CLOSES.notAllowed.code,
      because: 'the role may not write',
    })
    const text = JSON.stringify(server.logged)
    for (const secret of ['Mine now', viewer.email, viewer.name]) expect(text).not.toContain(secret)
  })

  test('never repeats a name that a stranger made up', async () => {
    await start()
    const { owner } = await server.createFirstAccount()
    const line = await refusedOf(socketOf('%0a{"level":"error"}', { cookie: owner.cookie }))
    expect(line).toMatchObject({ document: undefined, code: CLOSES.notFound.code })
  })

  test('names whoever is refused at the door', async () => {
    await start({ METRICS_TOKEN: TOKEN })
    const { owner, trackerId } = await server.createFirstAccount()
    const socket = socketOf(trackerId, { cookie: owner.cookie, origin: 'https://evil.example' })
    await once(socket, 'unexpected-response')
    expect(lines('upgrade refused')).toMatchObject([{ status: '403 Forbidden' }])
    expect(JSON.stringify(server.logged)).not.toContain('evil.example')
    expect((await metrics()).get('parley_upgrades_refused_total{status="403 Forbidden"}')).toBe(1)
  })
})
