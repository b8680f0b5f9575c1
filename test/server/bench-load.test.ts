/** The light client and the typist of the load commands: what they send is what stock clients would, or their figures mean nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, expect, test } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import * as Y from 'yjs'
import { guard } from '#server/live/guard.ts'
import { LIMITS } from '#server/live/limits.ts'
import type { AccountId } from '#shared/ids.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { LoadClient, type Closed } from '#test/bench/load/client.ts'
import { seededMatrix } from '#test/bench/load/matrix.ts'
import { Typist } from '#test/bench/load/typist.ts'
import { Book, median, type Result } from '#test/bench/peers/book.ts'
import { Ledger } from '#test/bench/peers/ledger.ts'
import { tableOf } from '#test/bench/peers/table.ts'
import { seededDice } from '#test/simulation/dice.ts'

const SIZE = { issues: 3, parties: 2, words: 40 }

test('every keystroke passes the guard, whoever else types', () => {
  const { client, state, texts } = seededMatrix(SIZE)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const clients = new Map([[client, 'seed' as AccountId]])
  const dice = seededDice(7)
  const typists = [11, 12, 13].map(id => new Typist(id, texts, dice))
  let erased = 0
  for (let times = 0; times < 3_000; times++) {
    const typist = typists[times % 3] as Typist
    const { kind, update } = typist.next()
    if (kind === 'erased') erased++
    const account = `person ${typist.client}` as AccountId
    const verdict = guard({ doc, kind: 'matrix', clients, limits: LIMITS }, account, update)
    expect(verdict).toMatchObject({ is: 'accepted' })
    clients.set(typist.client, account)
    Y.applyUpdate(doc, update)
  }
  expect(erased).toBeGreaterThan(0)
  expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull()
  const { cells } = readTracker(doc)
  const words = Object.values(cells).reduce((sum, { position }) => sum + position.length, 0)
  expect(words).toBe(6 * SIZE.words + 3_000 - 2 * erased)
})

/** A server of the library that Parley uses, and the client against it. */
const connected = async (
  onSocket: (socket: WebSocket) => void,
  options: { readonly onFrame?: (payload: Uint8Array) => void } = {},
) => {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', onSocket)
  const closed = Promise.withResolvers<Closed>()
  const opened = Promise.withResolvers<LoadClient>()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = new LoadClient(`ws://127.0.0.1:${port}/any`, {
    ...options,
    onOpen: opened.resolve,
    onClose: closed.resolve,
  })
  onTestFinished(() => {
    client.cut()
    sockets.close()
    server.close()
  })
  await opened.promise
  return { client, closed: closed.promise }
}

test('frames of every length come and go as they are, many in one read or one in many', async () => {
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 700_000, 3]
  const wanted = lengths.map(length => new Uint8Array(length).fill(length % 251))
  const echoed: Uint8Array[] = []
  const all = Promise.withResolvers<void>()
  const { client } = await connected(
    socket => socket.on('message', (data: Buffer) => socket.send(data)),
    {
      onFrame: payload => {
        echoed.push(Uint8Array.from(payload))
        if (echoed.length === lengths.length) all.resolve()
      },
    },
  )
  for (const payload of wanted) client.send(payload)
  await all.promise
  expect(echoed).toEqual(wanted)
  expect(client.frames).toBe(lengths.length)
})

test('pings are answered, frames are counted unseen, and a close tells its code', async () => {
  const ponged = Promise.withResolvers<void>()
  const { client, closed } = await connected(socket => {
    socket.on('pong', () => {
      ponged.resolve()
      socket.close(4403, 'no')
    })
    socket.send(new Uint8Array(200_000))
    socket.ping('are you there')
  })
  await ponged.promise
  expect(await closed).toEqual({ code: 4403, reason: 'no' })
  expect(client.frames).toBe(1)
})

test('a keystroke counts once for each who sees it, merged with others or not', () => {
  const { state, texts } = seededMatrix(SIZE)
  const typist = new Typist(5, texts, seededDice(3))
  const ledger = new Ledger()
  ledger.open(0)
  const updates = Array.from({ length: 60 }, (_, index) => {
    const keystroke = typist.next()
    ledger.wrote({ client: 5, keystroke, at: index })
    return keystroke.update
  })
  ledger.heard(state, 90)
  ledger.heard(Y.mergeUpdates(updates.slice(0, 50)), 100)
  for (const update of updates.slice(50)) ledger.heard(update, 100)
  expect(ledger).toMatchObject({ sent: 60, seen: 60, arrivals: 60 })
  expect(ledger.latency).toMatchObject({ p50: 71, worst: 100 })
})

const result = (server: Result['server'], figures: Result['figures']): Result => ({
  plan: 'typing-200',
  server,
  figures,
  notes: [],
})

test('what is wanted is judged against the better peer that kept up', () => {
  const book = new Book([
    result('parley', { cpuPerMillion: 3, p99: 17 }),
    result('y-websocket', { cpuPerMillion: 2, missing: 0.5 }),
    result('hocuspocus', { cpuPerMillion: 10, missing: 0 }),
    result('relay-coalesced', { cpuPerMillion: 2.5 }),
  ])
  const judged = book.verdicts.filter(({ got }) => got !== undefined)
  expect(judged.map(({ got, reached }) => [got, reached])).toEqual([
    [0.3, true],
    [1.2, true],
    [17, false],
  ])
  expect(tableOf(book)).toContain('p99 in ms at most 16: 17, **not reached**')
  expect(tableOf(book)).toContain('2 (*)')
})

test('of several runs the middle counts, figure by figure', () => {
  const runs = [5, 1, 3].map((p99, index) => result('parley', { p99, cpuPerMillion: index }))
  expect(median(runs).figures).toEqual({ p99: 3, cpuPerMillion: 1 })
})
