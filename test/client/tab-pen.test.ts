/** Under which client id a tab writes: a lent one from its first edit on, and after giving it back never again. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { connect, type Connection } from '#client/live/connection.ts'
import { CLOSES } from '#shared/access.ts'
import { describeTracker, readTitle } from '#shared/document/tracker.ts'
import type { Frame } from '#shared/wire.ts'
import { FakeSocket } from '#test/client/fake-socket.ts'

const EARLIER = 7

let server: Y.Doc
let doc: Y.Doc
let awareness: Awareness
let connection: Connection

/** What an earlier tab left behind: one edit under the id 7. */
const earlierTab = (): void => {
  const tab = new Y.Doc()
  tab.clientID = EARLIER
  describeTracker(tab, { title: 'From an earlier tab' })
  Y.applyUpdate(server, Y.encodeStateAsUpdate(tab))
}
const clockOf = (of: Y.Doc, client: number): number => Y.getState(of.store, client)
const params = (): Record<string, string> =>
  Object.fromEntries(new URL(FakeSocket.last.url).searchParams)
const saveAll = (socket = FakeSocket.last): void =>
  socket.receive({ kind: 'saved', upTo: socket.synced.length })
const join = (socket = FakeSocket.last): void => {
  socket.greet(server)
  saveAll(socket)
}
const lend = (clock = clockOf(server, EARLIER)): void =>
  FakeSocket.last.receive({ kind: 'lend', client: EARLIER, clock })
const edit = (title: string): void => describeTracker(doc, { title })
const givenBack = (socket = FakeSocket.last): readonly Frame[] =>
  socket.frames.filter(({ kind }) => kind === 'giveBack')
const leavePage = (): boolean => dispatchEvent(new PageTransitionEvent('pagehide'))
const comeBack = (): boolean =>
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
/** What the tab has sent reaches the server. */
const deliver = (socket = FakeSocket.last): void => {
  for (const frame of socket.frames)
    if (frame.kind === 'update' || frame.kind === 'answer') Y.applyUpdate(server, frame.update)
  saveAll(socket)
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  server = new Y.Doc()
  earlierTab()
  doc = new Y.Doc()
  awareness = new Awareness(doc)
  awareness.setLocalState({ place: 'here' })
  connection = connect({
    url: 'ws://parley.test/live',
    name: 'talks',
    doc,
    awareness,
    Socket: FakeSocket as unknown as typeof WebSocket,
    random: () => 0,
  })
})

afterEach(() => {
  connection.dispose()
  doc.destroy()
  vi.useRealTimers()
})

describe('being lent an id', () => {
  test('a tab asks for one, under a name that stays the same on all its connections', () => {
    expect(params()).toMatchObject({ pen: '1', tab: expect.stringMatching(/^[\w-]{16}$/) })
    const { tab } = params()
    join()
    FakeSocket.last.drop()
    vi.advanceTimersByTime(1_000)
    expect(params()).toMatchObject({ pen: '1', tab })
  })

  test('goes on writing where the earlier tab ended', () => {
    join()
    lend()
    edit('Mine')
    deliver()
    expect([...server.store.clients.keys()]).toEqual([EARLIER])
    expect(readTitle(server)).toBe('Mine')
    expect(givenBack()).toEqual([])
  })

  test('my presence moves along, and survives a lost connection', () => {
    join()
    const before = awareness.clientID
    lend()
    expect(awareness.clientID).toBe(EARLIER)
    expect([...awareness.getStates()]).toEqual([[EARLIER, { place: 'here' }]])
    expect(before).not.toBe(EARLIER)
    FakeSocket.last.drop()
    vi.advanceTimersByTime(1_000)
    join()
    expect(connection.link().at).toBe('live')
  })

  test('too late: what is written already stays as it is, and the id goes straight back', () => {
    join()
    const own = doc.clientID
    edit('Quick')
    lend()
    expect(doc.clientID).toBe(own)
    expect(givenBack()).toEqual([
      { kind: 'giveBack', client: EARLIER, clock: clockOf(server, EARLIER) },
    ])
  })

  test('an id whose end I do not have is of no use, and goes straight back', () => {
    join()
    const own = doc.clientID
    lend(clockOf(server, EARLIER) + 1)
    expect(doc.clientID).toBe(own)
    expect(givenBack()).toHaveLength(1)
  })

  test('a tab that has an id asks for none', () => {
    join()
    lend()
    FakeSocket.last.drop()
    vi.advanceTimersByTime(1_000)
    expect(params()).toMatchObject({ pen: '0' })
  })

  test('undo takes back what was written before and after', () => {
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['me']) })
    join()
    lend()
    doc.transact(() => edit('Mine'), 'me')
    undo.undo()
    expect(readTitle(doc)).toBe('From an earlier tab')
    undo.redo()
    expect(readTitle(doc)).toBe('Mine')
  })
})

describe('giving an id back', () => {
  test('says where my edits end, and writes under another id from then on', () => {
    join()
    lend()
    edit('Mine')
    deliver()
    leavePage()
    const clock = clockOf(doc, EARLIER)
    expect(givenBack()).toEqual([{ kind: 'giveBack', client: EARLIER, clock }])
    edit('From the grave')
    expect(clockOf(doc, EARLIER)).toBe(clock)
    expect(doc.clientID).not.toBe(EARLIER)
  })

  test('one of my own, too, and only if anything was written under it', () => {
    join()
    leavePage()
    expect(givenBack()).toEqual([])
    comeBack()
    join()
    const own = doc.clientID
    edit('Mine')
    deliver()
    leavePage()
    expect(givenBack()).toEqual([{ kind: 'giveBack', client: own, clock: clockOf(doc, own) }])
  })

  test('not while anything of mine is not known to be saved', () => {
    join()
    lend()
    edit('On its way')
    leavePage()
    expect(givenBack()).toEqual([])
    expect(doc.clientID).toBe(EARLIER)
  })

  test('not before the server has counted what this tab held when the connection began', () => {
    join()
    lend()
    edit('Mine')
    deliver()
    FakeSocket.last.drop()
    vi.advanceTimersByTime(1_000)
    FakeSocket.last.greet(server)
    leavePage()
    expect(givenBack()).toEqual([])
    expect(doc.clientID).toBe(EARLIER)
  })

  test('not offline, and not after a refusal', () => {
    join()
    lend()
    edit('Mine')
    deliver()
    const socket = FakeSocket.last
    socket.drop()
    leavePage()
    expect(doc.clientID).toBe(EARLIER)
    comeBack()
    join()
    edit('Too much')
    FakeSocket.last.drop(CLOSES.tooLarge.code)
    leavePage()
    connection.dispose()
    expect([...givenBack(socket), ...givenBack()]).toEqual([])
    expect(doc.clientID).toBe(EARLIER)
  })

  test('a page that comes back from memory joins anew and may be lent another', () => {
    join()
    lend()
    const { tab } = params()
    leavePage()
    comeBack()
    expect(FakeSocket.all).toHaveLength(2)
    expect(params()).toMatchObject({ pen: '1', tab })
    join()
    lend()
    edit('Again')
    deliver()
    expect([...server.store.clients.keys()]).toEqual([EARLIER])
  })

  test('also when another page of the same tab takes its place', () => {
    join()
    lend()
    connection.dispose()
    expect(givenBack()).toHaveLength(1)
  })
})

test('when Yjs changes my id by itself, presence follows, and the next connection works', () => {
  join()
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const stranger = new Y.Doc()
  stranger.clientID = doc.clientID
  describeTracker(stranger, { title: 'Under my name' })
  FakeSocket.last.receive({ kind: 'update', update: Y.encodeStateAsUpdate(stranger) })
  expect(doc.clientID).not.toBe(stranger.clientID)
  expect(awareness.clientID).toBe(doc.clientID)
  FakeSocket.last.drop()
  vi.advanceTimersByTime(1_000)
  join()
  expect(connection.link().at).toBe('live')
})
