/** The unmodified client of y-websocket against the real edge. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { CLOSES, type DocumentName } from '#shared/access.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { createTracker, describeTracker, readTitle, readTracker } from '#shared/document/tracker.ts'
import { newId, type PartyId } from '#shared/ids.ts'
import { LIMITS } from '#server/live/limits.ts'
import { socketAs, startLive, type LiveServer } from '#test/server/live-server.ts'

let live: LiveServer
let providers: WebsocketProvider[]

beforeEach(async () => {
  live = await startLive()
  providers = []
})
afterEach(async () => {
  for (const provider of providers) provider.destroy()
  await live.close()
})

const join = (who: string, doc = new Y.Doc()): WebsocketProvider => {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${live.port}/live`, 't1', doc, {
    WebSocketPolyfill: socketAs(who),
    disableBc: true,
    maxBackoffTime: 100,
  })
  providers.push(provider)
  return provider
}

const synced = (provider: WebsocketProvider): Promise<void> =>
  new Promise(resolve => {
    if (provider.synced) resolve()
    else provider.once('sync', () => resolve())
  })

/** Resolves at the first change of the document after which the condition holds. */
const until = (doc: Y.Doc, holds: () => boolean): Promise<void> =>
  new Promise(resolve => {
    const look = (): void => {
      if (!holds()) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
    look()
  })

test('two stock clients edit one tracker together', async () => {
  const [a, b] = [join('ada:owner'), join('bo:editor')]
  await Promise.all([synced(a), synced(b)])
  createTracker(a.doc, 'Ceasefire')
  await until(b.doc, () => readTitle(b.doc) === 'Ceasefire')
  const party = newId<PartyId>()
  addParty(b.doc, party, { name: 'North' })
  await until(a.doc, () => partyRecords.has(a.doc, party))
  expect(readTracker(a.doc)).toEqual(readTracker(b.doc))
  const { entries } = await live.store.load('t1' as DocumentName)
  expect(entries.map(({ account }) => account)).toEqual(['ada', 'bo'])
})

test('what a stock client did offline arrives when it connects', async () => {
  const offline = new Y.Doc()
  createTracker(offline, 'Written on the plane')
  const [a, b] = [join('ada:editor', offline), join('bo:editor')]
  await Promise.all([synced(a), synced(b)])
  await until(b.doc, () => readTitle(b.doc) === 'Written on the plane')
})

test('a stock client that loses its connection comes back and hands in what it missed to send', async () => {
  const [a, b] = [join('ada:editor'), join('bo:editor')]
  await Promise.all([synced(a), synced(b)])
  a.disconnect()
  createTracker(a.doc, 'While away')
  a.connect()
  await until(b.doc, () => readTitle(b.doc) === 'While away')
})

test('a stock viewer reads, and is told for good that it may not write', async () => {
  const [a, viewer] = [join('ada:editor'), join('bo:viewer')]
  await Promise.all([synced(a), synced(viewer)])
  createTracker(a.doc, 'Ceasefire')
  await until(viewer.doc, () => readTitle(viewer.doc) === 'Ceasefire')
  const closed = new Promise<{ code: number }>(resolve => viewer.once('closed', resolve))
  describeTracker(viewer.doc, { title: 'Mine' })
  expect((await closed).code).toBe(CLOSES.notAllowed.code)
  expect(readTitle(a.doc)).toBe('Ceasefire')
})

test('a stranger is told so, and the stock client stays away', async () => {
  const closed = new Promise<{ code: number }>(resolve => join('nobody').once('closed', resolve))
  expect((await closed).code).toBe(CLOSES.signedOut.code)
})

test('stock clients see each other under their true names', async () => {
  const [a, b] = [join('ada:editor'), join('bo:editor')]
  await Promise.all([synced(a), synced(b)])
  const seen = new Promise<unknown>(resolve => {
    const look = (): void => {
      const state = b.awareness.getStates().get(a.doc.clientID)
      if (state?.['place'] === 'here') resolve(state)
    }
    b.awareness.on('change', look)
  })
  a.awareness.setLocalState({ place: 'here', account: { id: 'bo', name: 'bo', colour: 0 } })
  expect(await seen).toEqual({ place: 'here', account: { id: 'ada', name: 'ada', colour: 1 } })
})

test('a stock client whose change is larger than anything the server takes does not send it for ever', async () => {
  const a = join('ada:editor')
  await synced(a)
  createTracker(a.doc, 'Ceasefire')
  const closed = new Promise<{ code: number }>(resolve => a.once('closed', resolve))
  a.doc.getText('text/i/p/position').insert(0, 'x'.repeat(LIMITS.answer + 1))
  expect((await closed).code).toBe(CLOSES.tooLarge.code)
})
