import { createEffect, createRoot, on } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { connect, type Connection } from '#client/live/connection.ts'
import { CLOSES } from '#shared/access.ts'
import { sparseDoc } from '#shared/document/sparse.ts'
import { describeTracker, readTitle } from '#shared/document/tracker.ts'
import { FakeSocket } from '#test/client/fake-socket.ts'

const server = new Y.Doc()
let doc: Y.Doc
let connection: Connection

const greet = (socket: FakeSocket): void => socket.greet(server)
const saveAll = (socket: FakeSocket): void =>
  socket.receive({ kind: 'saved', upTo: socket.synced.length })
const edit = (title: string): void => describeTracker(doc, { title })
const leaving = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  doc = sparseDoc()
  connection = connect({
    url: 'ws://parley.test/live',
    name: 'talks',
    doc,
    awareness: new Awareness(doc),
    Socket: FakeSocket as unknown as typeof WebSocket,
    random: () => 0,
  })
})

afterEach(() => {
  connection.dispose()
  doc.destroy()
  vi.useRealTimers()
})

test('asks for the word on what is saved', () => {
  expect(new URL(FakeSocket.last.url).searchParams.get('saved')).toBe('1')
})

test('is joining until the server has answered, then live', () => {
  expect(connection.link().at).toBe('joining')
  greet(FakeSocket.last)
  expect(connection.link().at).toBe('live')
  expect(connection.loaded()).toBe(true)
  expect(connection.status()).toBe('saved')
})

test('an edit is saving until the server counts it, and the page asks before it is left', () => {
  greet(FakeSocket.last)
  saveAll(FakeSocket.last)
  expect(leaving()).toBe(false)
  edit('Talks')
  expect(connection.status()).toBe('saving')
  expect(leaving()).toBe(true)
  saveAll(FakeSocket.last)
  expect(connection.status()).toBe('saved')
  expect(leaving()).toBe(false)
})

test('a count that does not reach the edit does not save it', () => {
  greet(FakeSocket.last)
  edit('Talks')
  FakeSocket.last.receive({ kind: 'saved', upTo: FakeSocket.last.synced.length - 1 })
  expect(connection.status()).toBe('saving')
})

test('without a word on an edit for four seconds it is not saved', () => {
  greet(FakeSocket.last)
  edit('Talks')
  vi.advanceTimersByTime(3_900)
  expect(connection.status()).toBe('saving')
  vi.advanceTimersByTime(200)
  expect(connection.status()).toBe('not_saved')
  saveAll(FakeSocket.last)
  expect(connection.status()).toBe('saved')
})

test('a connection lost with nothing of mine waiting is reconnecting', () => {
  greet(FakeSocket.last)
  saveAll(FakeSocket.last)
  FakeSocket.last.drop()
  expect(connection.link().at).toBe('offline')
  expect(connection.status()).toBe('reconnecting')
})

test('an edit made offline is saved only when the answer that carries it is counted', () => {
  greet(FakeSocket.last)
  saveAll(FakeSocket.last)
  FakeSocket.last.drop()
  edit('Made offline')
  expect(connection.status()).toBe('not_saved')
  vi.advanceTimersByTime(1_000)
  const next = FakeSocket.last
  expect(FakeSocket.all).toHaveLength(2)
  next.open()
  next.receive({ kind: 'answer', update: Y.encodeStateAsUpdate(server) })
  // The ask that every connection begins with is counted, but holds nothing.
  saveAll(next)
  expect(connection.status()).toBe('saving')
  next.receive({ kind: 'ask', stateVector: Y.encodeStateVector(server) })
  const answer = next.synced.at(-1)
  if (answer?.kind !== 'answer') throw new Error('the ask was not answered')
  Y.applyUpdate(server, answer.update)
  expect(readTitle(server)).toBe('Made offline')
  expect(connection.status()).toBe('saving')
  saveAll(next)
  expect(connection.status()).toBe('saved')
})

test('an edit that was on its way when the connection broke is not taken for saved by the next count', async () => {
  greet(FakeSocket.last)
  saveAll(FakeSocket.last)
  edit('Lost on the way')
  let saved = false
  const promise = connection.whenSaved().then(() => (saved = true))
  FakeSocket.last.drop()
  vi.advanceTimersByTime(1_000)
  const next = FakeSocket.last
  next.open()
  next.receive({ kind: 'saved', upTo: 1 })
  await Promise.resolve()
  expect(saved).toBe(false)
  greet(next)
  saveAll(next)
  await promise
  expect(connection.status()).toBe('saved')
})

test('whenSaved waits for what was done until now, not for what comes later', async () => {
  greet(FakeSocket.last)
  saveAll(FakeSocket.last)
  edit('One')
  const one = connection.whenSaved()
  const upTo = FakeSocket.last.synced.length
  edit('Two')
  FakeSocket.last.receive({ kind: 'saved', upTo })
  await one
  expect(connection.status()).toBe('saving')
})

test('a refusal is final, tells why, and gives up what waits', async () => {
  greet(FakeSocket.last)
  edit('Too much')
  const waiting = connection.whenSaved()
  FakeSocket.last.drop(CLOSES.tooLarge.code, CLOSES.tooLarge.reason)
  await expect(waiting).rejects.toThrow(CLOSES.tooLarge.reason)
  expect(connection.link()).toEqual({ at: 'refused', ...CLOSES.tooLarge })
  vi.advanceTimersByTime(60_000)
  expect(FakeSocket.all).toHaveLength(1)
})

test('a server that restarts is come back to', () => {
  greet(FakeSocket.last)
  FakeSocket.last.drop(CLOSES.unavailable.code)
  vi.advanceTimersByTime(1_000)
  greet(FakeSocket.last)
  expect(FakeSocket.all).toHaveLength(2)
  expect(connection.link().at).toBe('live')
})

test('the network coming back is reason to try at once', () => {
  greet(FakeSocket.last)
  FakeSocket.last.drop()
  expect(FakeSocket.all).toHaveLength(1)
  dispatchEvent(new Event('online'))
  expect(FakeSocket.all).toHaveLength(2)
})

test('others hear of my presence again after a lost connection', () => {
  greet(FakeSocket.last)
  const clockOf = (socket: FakeSocket): number => {
    const frame = socket.frames.find(({ kind }) => kind === 'presence')
    return frame?.kind === 'presence' ? (frame.update.at(-'{}'.length - 2) ?? 0) : -1
  }
  const before = clockOf(FakeSocket.last)
  FakeSocket.last.drop()
  vi.advanceTimersByTime(1_000)
  FakeSocket.last.open()
  expect(clockOf(FakeSocket.last)).toBeGreaterThan(before)
})

test('who hears that the document is here finds all of it drawn', () => {
  const order: string[] = []
  doc.on('update', () => order.push('arrives'))
  createRoot(() => createEffect(on(connection.loaded, loaded => loaded && order.push('is loaded'))))
  describeTracker(server, { title: `Talks ${order.length}` })
  greet(FakeSocket.last)
  expect(order).toEqual(['arrives', 'is loaded'])
  expect(readTitle(doc)).toBe('Talks 0')
})
