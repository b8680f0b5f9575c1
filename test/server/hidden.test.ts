/** P9: whoever has no access to a tracker cannot tell whether there is one: same answers, same headers, same work. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { systemClock, type Clock } from '#server/live/clock.ts'
import type { Database } from '#server/store/database.ts'
import { CLOSES } from '#shared/access.ts'
import type { ApiGroup, TrackerEntry } from '#shared/api.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import { newId, type TrackerId } from '#shared/ids.ts'
import { encodeFrame } from '#shared/wire.ts'
import { startServer, type Answer, type Person, type TestServer } from '#test/server/harness.ts'

let server: TestServer
let owner: Person
let outsider: Person
let closed: Person
let tracker: TrackerId
/** Statements that were begun. */
let statements = 0

const counted = (db: Database): Database =>
  new Proxy(db, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name, of)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        statements++
        return Reflect.apply(value, of, given)
      }
    },
  })

/** The time while it stands still, or a session that has become a minute old would cost a statement in between. */
let stopped: number | undefined

/** What the server does by itself after a while would be counted as well. */
const impatient: Clock = {
  ...systemClock,
  now: () => stopped ?? systemClock.now(),
  after: (ms, task) => (ms < 1_000 ? systemClock.after(ms, task) : () => undefined),
}

beforeAll(async () => {
  server = await startServer({ database: counted, clock: impatient })
  ;({ owner, trackerId: tracker } = await server.createFirstAccount('Olga Owner'))
  const elsewhere = await server.ask<TrackerEntry>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Elsewhere' },
  })
  const id = elsewhere.body.id as TrackerId
  outsider = await server.invite(owner, id, 'editor', 'Otto Outsider')
  closed = await server.invite(owner, tracker, 'editor', 'Clara Closed')
  const { cookie } = owner
  await server.ask('POST', `/api/people/${closed.id}/close`, { cookie, body: {} })
})
afterAll(() => server.close())

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Every path of the description that names a tracker. */
const paths = async (): Promise<readonly string[]> => {
  const { body } = await server.ask<{ paths: object }>('GET', '/api/openapi.json')
  return Object.keys(body.paths).filter(path => path.startsWith('/api/trackers/{id}'))
}
const pathOf = (template: string, id: string): string =>
  template.replace('{id}', id).replaceAll(/\{\w+\}/g, 'any')

const ask = async (method: string, path: string): Promise<Answer & { work: number }> => {
  const before = statements
  const answer = await server.ask(method, path, {
    cookie: outsider.cookie,
    ...(!['GET', 'HEAD', 'OPTIONS'].includes(method) && { body: {} }),
  })
  return { ...answer, work: statements - before }
}
const shown = ({ body, headers, status, work }: Awaited<ReturnType<typeof ask>>) => ({
  status,
  body,
  work,
  headers: [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
})

describe('a tracker without access and none at all', () => {
  beforeAll(() => void (stopped = systemClock.now()))
  afterAll(() => void (stopped = undefined))

  test('are the same over HTTP, by every method on every path', async () => {
    const templates = await paths()
    expect(templates.length).toBeGreaterThan(20)
    const refused: number[] = []
    for (const template of templates)
      for (const method of METHODS) {
        const there = shown(await ask(method, pathOf(template, tracker)))
        const missing = shown(await ask(method, pathOf(template, newId())))
        expect(there, `${method} ${template}`).toEqual(missing)
        refused.push(there.status)
      }
    expect(new Set(refused)).toEqual(new Set([404]))
  }, 30_000)

  test('take the same time, as far as a clock can tell', async () => {
    const times = { there: [] as number[], missing: [] as number[] }
    const missing = newId()
    for (let round = 0; round < 100; round++)
      for (const [which, id] of [['there', tracker] as const, ['missing', missing] as const]) {
        const start = performance.now()
        await ask('GET', `/api/trackers/${id}`)
        times[which].push(performance.now() - start)
      }
    const median = (of: readonly number[]): number =>
      of.toSorted((a, b) => a - b)[of.length >> 1] ?? 0
    const [a, b] = [median(times.there), median(times.missing)]
    expect(Math.max(a, b)).toBeLessThan(3 * Math.min(a, b))
  }, 30_000)

  test('are the same on the socket, of which nothing is heard that was said before', async () => {
    for (const part of ['', '.discussion', '.compartment']) {
      const [there, missing] = [
        await knock(outsider, tracker + part),
        await knock(outsider, newId() + part),
      ]
      expect(there).toEqual(missing)
      expect(there).toMatchObject({ code: CLOSES.notFound.code, heard: 0 })
    }
  })
})

/** Writes as soon as the socket is open, and hears how it ends. */
const knock = async (person: Pick<Person, 'cookie'> | undefined, name: string) => {
  const before = statements
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${name}`, {
    headers: { origin: server.url, ...(person && { cookie: person.cookie }) },
  })
  let heard = 0
  socket.on('message', () => heard++)
  socket.on('error', () => undefined)
  socket.on('open', () => {
    const doc = new Y.Doc()
    describeTracker(doc, { title: 'Taken over' })
    socket.send(encodeFrame({ kind: 'update', update: Y.encodeStateAsUpdate(doc) }))
  })
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
  return { code, reason: reason.toString(), heard, work: statements - before }
}

describe('nothing is applied of what comes through the door', () => {
  const seq = async (): Promise<number> => {
    const { body } = await server.ask<{ seq: number }>('GET', `/api/trackers/${tracker}`, {
      cookie: owner.cookie,
    })
    return body.seq
  }

  test.each<[string, () => Pick<Person, 'cookie'> | undefined, number]>([
    ['a stranger', () => undefined, CLOSES.signedOut.code],
    [
      'somebody with a made-up cookie',
      () => ({ cookie: 'parley.session_token=a.b' }),
      CLOSES.signedOut.code,
    ],
    ['an outsider', () => outsider, CLOSES.notFound.code],
    ['a closed account', () => closed, CLOSES.signedOut.code],
  ])('from %s', async (_, who, code) => {
    const before = await seq()
    expect(await knock(who(), tracker)).toMatchObject({ code, heard: 0 })
    expect(await seq()).toBe(before)
  })

  test('from somebody who is in through a group alone, beyond the role of the group', async () => {
    const { cookie } = owner
    const { body: group } = await server.ask<ApiGroup>('POST', '/api/groups', {
      cookie,
      body: { name: 'Desk' },
    })
    await server.ask('PUT', `/api/groups/${group.id}/people/${outsider.id}`, { cookie })
    const grant = (role: string) =>
      server.ask('PUT', `/api/trackers/${tracker}/groups/${group.id}`, { cookie, body: { role } })
    await grant('viewer')
    const before = await seq()
    expect(await knock(outsider, tracker)).toMatchObject({ code: CLOSES.notAllowed.code })
    expect(await seq()).toBe(before)
    await server.ask('DELETE', `/api/groups/${group.id}`, { cookie })
    expect(await knock(outsider, tracker)).toMatchObject({ code: CLOSES.notFound.code, heard: 0 })
  })
})
