/** Each limit: its setting, its line on the operators' page, and what happens above it where no other test says so. */
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSES, parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { setPosition } from '#shared/document/cells.ts'
import { createTracker, describeTracker } from '#shared/document/tracker.ts'
import { recordsMap } from '#shared/document/layout.ts'
import { parseConfig } from '#server/config.ts'
import type { LimitRow } from '#server/live/limit-table.ts'
import { LIMIT_ORDER, LIMIT_ROWS, LIMITS, type Limits } from '#server/live/limits.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory } from '#server/store/memory.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { issue, party, trackerState } from '#test/server/guard-world.ts'
import { ada, Tab } from '#test/server/live-peers.ts'
import { startLive } from '#test/server/live-server.ts'
import { startServer } from '#test/server/harness.ts'

const KIB = 1024
const MIB = 1024 * KIB

const shown = ({ setting, standard }: LimitRow): string => {
  if (setting.endsWith('_BYTES')) {
    if (standard >= 1024 * MIB) return `${standard / 1024 / MIB} GiB`
    return standard >= MIB ? `${standard / MIB} MiB` : `${standard / KIB} KiB`
  }
  if (setting.endsWith('_MS')) return standard < 1_000 ? `${standard} ms` : `${standard / 1_000} s`
  return standard.toLocaleString('en')
}

const table = [
  '| Setting | Default | What | Above it |',
  '| --- | --- | --- | --- |',
  ...LIMIT_ROWS.map(
    ([, row]) => `| \`${row.setting}\` | ${shown(row)} | ${row.what} | ${row.above} |`,
  ),
].join('\n')

describe('the settings', () => {
  test('stand in the README as they are', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
    expect(readme.split('<!-- limits -->')[1]?.trim()).toBe(table)
  })

  test.each(LIMIT_ROWS)('%s can be set within its bounds', (name, { least, most, setting }) => {
    for (const value of [least, most]) {
      const { config } = parseConfig({ [setting]: String(value) })
      expect(config.limits[name]).toBe(value)
    }
    for (const value of [least - 1, most + 1, 'many']) {
      const { config, faults } = parseConfig({ [setting]: String(value) })
      expect(faults.join()).toContain(`${setting} must be a whole number from ${least} to ${most}`)
      expect(config.limits[name]).toBe(LIMITS[name])
    }
  })

  test('have names of their own, and defaults that fit together', () => {
    expect(new Set(LIMIT_ROWS.map(([, { setting }]) => setting)).size).toBe(LIMIT_ROWS.length)
    expect(parseConfig({})).toMatchObject({ faults: [], config: { limits: LIMITS } })
    for (const [lower, upper] of LIMIT_ORDER)
      expect(LIMITS[lower]).toBeLessThanOrEqual(LIMITS[upper])
  })

  test('that contradict each other are refused at the start', () => {
    const { faults } = parseConfig({ LIMIT_PING_MS: '60000', LIMIT_SLOW_BYTES: String(16 * MIB) })
    expect(faults).toEqual([
      `LIMIT_SLOW_BYTES must not be above LIMIT_TOO_SLOW_BYTES (${16 * MIB} > ${8 * MIB})`,
      'LIMIT_PING_MS must not be above LIMIT_DEAD_MS (60000 > 45000)',
    ])
  })
})

describe('above', () => {
  const open = async (limits: Partial<Limits>) => {
    const clock = new ManualClock()
    const rooms = new Rooms({ store: openMemory(), clock, limits: { ...LIMITS, ...limits } })
    const ref = parseDocumentName('t1') as DocumentRef
    const tab = async (): Promise<Tab> => new Tab(await rooms.open(ref), ada)
    /** A tab that has joined: what it sends from here on is no answer. */
    const joined = async (): Promise<Tab> => {
      const one = await tab()
      await clock.settle()
      one.read()
      one.ask()
      await clock.settle()
      one.read()
      await clock.settle()
      return one
    }
    return { clock, tab, joined }
  }
  /** An update of so many records, each of them several structs. */
  const records = (many: number): Uint8Array => {
    const doc = new Y.Doc()
    createTracker(doc, 'Many')
    for (let nth = 0; nth < many; nth++)
      recordsMap(doc, 'sources').set(`s${nth}`, new Y.Map([['title', 'x']]))
    return Y.encodeStateAsUpdate(doc)
  }
  /** An update of a client id of its own each. */
  const byOthers = (many: number): Uint8Array =>
    Y.mergeUpdates(
      Array.from({ length: many }, (_, nth) => {
        const doc = new Y.Doc()
        describeTracker(doc, { title: `${nth}` })
        return Y.encodeStateAsUpdate(doc)
      }),
    )

  test('the pieces of an update; an answer may hold more, and has its own limit', async () => {
    const { clock, tab, joined } = await open({ structs: 100, answerStructs: 300 })
    const [writing, returning, bomb] = [await joined(), await tab(), await tab()]
    writing.send({ kind: 'update', update: records(60) })
    returning.send({ kind: 'answer', update: records(60) })
    bomb.send({ kind: 'answer', update: records(200) })
    await clock.settle()
    expect(writing.peer.closed).toBe(CLOSES.tooLarge)
    expect(returning.peer.closed).toBeUndefined()
    expect(bomb.peer.closed).toBe(CLOSES.tooLarge)
  })

  test('the client ids of a connection, and of an account in a day', async () => {
    const { clock, tab, joined } = await open({ clientIds: 3, clientIdsADay: 8 })
    const writing = await joined()
    for (let nth = 0; nth < 4; nth++) {
      writing.send({ kind: 'update', update: byOthers(1) })
      await clock.settle()
      expect(writing.peer.closed).toBe(nth < 3 ? undefined : CLOSES.tooFast)
    }
    // When everybody has gone the room leaves memory, and remembers all the same.
    await clock.advance(60 * 60_000)
    const returning = await tab()
    returning.send({ kind: 'answer', update: byOthers(6) })
    await clock.settle()
    expect(returning.peer.closed).toBe(CLOSES.tooFast)
    await clock.advance(24 * 3600 * 1_000)
    const tomorrow = await tab()
    tomorrow.send({ kind: 'answer', update: byOthers(5) })
    await clock.settle()
    expect(tomorrow.peer.closed).toBeUndefined()
  })

  test('the state of a document', async () => {
    const { clock, joined } = await open({ document: MIB })
    const [one, reader] = [await joined(), await joined()]
    const doc = new Y.Doc()
    Y.applyUpdate(doc, trackerState())
    one.send({ kind: 'update', update: Y.encodeStateAsUpdate(doc) })
    const before = Y.encodeStateVector(doc)
    setPosition(doc, issue, party, 'x'.repeat(MIB - 300))
    one.send({ kind: 'update', update: Y.encodeStateAsUpdate(doc, before) })
    await clock.settle()
    expect(one.peer.closed).toBe(CLOSES.tooLarge)
    reader.ask()
    await clock.settle()
    expect(reader.peer.closed).toBeUndefined()
  })

  test('a state vector', async () => {
    const { clock, tab } = await open({ stateVector: 1_024 })
    const one = await tab()
    one.send({ kind: 'ask', stateVector: new Uint8Array(1_025) })
    await clock.settle()
    expect(one.peer.closed).toBe(CLOSES.malformed)
  })

  test('what is held for a base that has not come', async () => {
    const { clock, tab } = await open({ held: 1_024 })
    const one = await tab()
    const doc = new Y.Doc()
    createTracker(doc, 'Base')
    for (const words of [10, 2_000]) {
      const before = Y.encodeStateVector(doc)
      describeTracker(doc, { description: 'x'.repeat(words) })
      one.send({ kind: 'update', update: Y.encodeStateAsUpdate(doc, before) })
      await clock.settle()
      expect(one.peer.closed).toBe(words === 10 ? undefined : CLOSES.outOfStep)
    }
  })

  test.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\n'],
    [
      'a body',
      'POST /api/setup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])('the time for %s of a request to come in, it is answered 408', async (_name, half) => {
    const limits = { LIMIT_HEADERS_MS: '500', LIMIT_REQUEST_MS: '1000' }
    const server = await startServer({ environment: limits })
    try {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      socket.write(half)
      let answer = ''
      for await (const chunk of socket) answer += String(chunk)
      expect(answer).toMatch(/^HTTP\/1.1 408/)
    } finally {
      await server.close()
    }
  })

  test('what headers may hold, a request is answered 431', async () => {
    const server = await startServer()
    try {
      const { status } = await fetch(server.url, { headers: { 'x-long': 'x'.repeat(17_000) } })
      expect(status).toBe(431)
    } finally {
      await server.close()
    }
  })

  test('the time that a goodbye may take, the connection is cut', async () => {
    const live = await startLive({ limits: { ...LIMITS, goodbye: 100 } })
    try {
      const socket = connect(live.port, '127.0.0.1')
      socket.write(
        'GET /live/t1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'a'.repeat(22)}==\r\nCookie: who=ada:editor\r\n\r\n`,
      )
      const closed = new Promise(resolve => socket.on('close', resolve))
      // It never answers the goodbye.
      socket.once('data', () => socket.write(Uint8Array.of(0x81, 0x81, 0, 0, 0, 0, 0x68)))
      socket.resume()
      await closed
    } finally {
      await live.close()
    }
  })
})
