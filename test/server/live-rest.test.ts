/** How documents leave memory while their connections stay, and how they come back. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { createTracker, describeTracker, readTitle } from '#shared/document/tracker.ts'
import { LIMITS } from '#server/live/limits.ts'
import { Rooms, type RoomsDeps } from '#server/live/rooms.ts'
import type { Room } from '#server/live/room.ts'
import { openMemory } from '#server/store/memory.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { ada, awareness, bo, cy, FakePeer, Tab } from '#test/server/live-peers.ts'

const refOf = (name: string) => parseDocumentName(name) as DocumentRef
const ref = refOf('t1')

const setUp = (deps: Partial<RoomsDeps> = {}) => {
  const clock = new ManualClock()
  let loads = 0
  const store = openMemory()
  const rooms = new Rooms({
    clock,
    lingerMs: 1_000,
    restMs: 5_000,
    store: { ...store, load: name => (loads++, store.load(name)) },
    ...deps,
  })
  return { clock, rooms, store, loads: () => loads }
}
type Started = ReturnType<typeof setUp>

const joined = async ({ clock, rooms }: Started): Promise<readonly [Room, Tab, Tab]> => {
  const room = await rooms.open(ref)
  const tabs = [new Tab(room, ada), new Tab(room, bo)] as const
  createTracker(tabs[0].doc, 'First')
  for (const tab of tabs) tab.ask()
  for (let round = 0; round < 3; round++) {
    await clock.settle()
    for (const tab of tabs) tab.read()
  }
  return [room, ...tabs]
}

test('where nobody edits the document leaves memory, and the next edit finds it there again', async () => {
  const world = setUp()
  const [room, first, second] = await joined(world)
  await world.clock.advance(10_000)
  expect(room.isResting).toBe(true)
  expect(() => room.doc).toThrow('not in memory')
  expect([first.peer.closed, second.peer.closed]).toEqual([undefined, undefined])

  describeTracker(first.doc, { title: 'Second' })
  const saved = first.peer.saved
  await world.clock.settle()
  second.read()
  expect(room.isResting).toBe(false)
  expect(first.peer.saved).toBe(saved + 1)
  expect(readTitle(second.doc)).toBe('Second')
  expect((await world.store.load(ref.name)).head).toBe(room.head)
})

test('who edits keeps it in memory', async () => {
  const world = setUp()
  const [room, first] = await joined(world)
  for (let nth = 0; nth < 10; nth++) {
    describeTracker(first.doc, { title: `Title ${nth}` })
    await world.clock.advance(3_000)
    expect(room.isResting).toBe(false)
  }
})

test('what several send while it is being read is taken in order, once it is there', async () => {
  const gate = Promise.withResolvers<void>()
  let isHeld = false
  const store = openMemory()
  const world = setUp({
    store: { ...store, load: async name => (isHeld && (await gate.promise), store.load(name)) },
  })
  const [room, first, second] = await joined(world)
  await world.clock.advance(10_000)
  isHeld = true
  for (const title of ['Second', 'Third', 'Fourth']) describeTracker(first.doc, { title })
  await world.clock.settle()
  expect(room.isResting).toBe(true)
  const edited = room.edit(cy, doc => describeTracker(doc, { description: 'By the server' }))
  gate.resolve()
  await world.clock.settle()
  await edited
  await world.clock.settle()
  second.read()
  expect(readTitle(second.doc)).toBe('Fourth')
  expect(readTitle(room.doc)).toBe('Fourth')
  const entries = await store.readSince(ref.name, 0)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
})

test('while the document rests people see each other, and who joins gets all of it', async () => {
  const world = setUp()
  const [room, first, second] = await joined(world)
  await world.clock.advance(10_000)
  const before = second.peer.of('presence').length
  first.send({ kind: 'presence', update: awareness([first.doc.clientID, 1, { at: 'here' }]) })
  await world.clock.advance(100)
  expect(second.peer.of('presence').length).toBeGreaterThan(before)
  expect(room.isResting).toBe(true)

  const third = new Tab(await world.rooms.open(ref), cy)
  third.ask()
  await world.clock.settle()
  third.read()
  expect(readTitle(third.doc)).toBe('First')
})

test('somebody else cannot be present under an id that has edited, while the document rests', async () => {
  const world = setUp()
  const [room, first, second] = await joined(world)
  await world.clock.advance(10_000)
  const stranger = new FakePeer(cy)
  room.join(stranger)
  await world.clock.settle()
  await world.clock.advance(10_000)
  const before = second.peer.of('presence').length
  const lie = awareness([first.doc.clientID, 99, { at: 'there' }])
  new Tab(room, cy).send({ kind: 'presence', update: lie })
  await world.clock.advance(100)
  expect(second.peer.of('presence')).toHaveLength(before)
})

test('a document that cannot be read again sends its people away to come back', async () => {
  let isDamaged = false
  const store = openMemory()
  const troubles: string[] = []
  const world = setUp({
    store: {
      ...store,
      load: name => (isDamaged ? Promise.reject(new Error('damaged')) : store.load(name)),
    },
    onTrouble: (_document, what) => troubles.push(what),
  })
  const [room, first] = await joined(world)
  await world.clock.advance(10_000)
  isDamaged = true
  describeTracker(first.doc, { title: 'Second' })
  await world.clock.settle()
  expect(first.peer.closed?.code).toBe(4503)
  expect(troubles).toContain('the document broke')
  isDamaged = false
  expect(await world.rooms.open(ref)).not.toBe(room)
})

test('above its share of memory the documents that nobody used for longest rest first', async () => {
  const big = 'x'.repeat(10_000)
  const world = setUp({ limits: { ...LIMITS, memory: 3.5 * 10_000 * 15 } })
  const rooms: Room[] = []
  for (const name of ['a', 'b', 'c', 'd']) {
    const room = await world.rooms.open(refOf(name))
    rooms.push(room)
    const tab = new Tab(room, ada)
    createTracker(tab.doc, name)
    describeTracker(tab.doc, { description: big })
    await world.clock.advance(100)
  }
  expect(rooms.map(room => room.isResting)).toEqual([false, false, false, false])
  await world.rooms.open(refOf('e'))
  await world.clock.settle()
  expect(rooms.map(room => room.isResting)).toEqual([true, false, false, false])
})

test('while all documents are in use there is no memory for another one', async () => {
  const disk = Promise.withResolvers<void>()
  const world = setUp({
    limits: { ...LIMITS, memory: 10_000 * 15 },
    store: openMemory({ beforeAppend: () => disk.promise }),
  })
  const room = await world.rooms.open(ref)
  const tab = new Tab(room, ada)
  createTracker(tab.doc, 'First')
  describeTracker(tab.doc, { description: 'x'.repeat(20_000) })
  await world.clock.settle()
  await expect(world.rooms.open(refOf('t2'))).rejects.toThrow('memory')
  disk.resolve()
  await world.clock.settle()
  expect((await world.rooms.open(refOf('t2'))).head).toBe(0)
})

test('an edit is refused while too much waits for the disk, and comes in when there is room', async () => {
  let isFull = true
  const world = setUp({
    limits: { ...LIMITS, waitingDocument: 1_000 },
    store: openMemory({
      beforeAppend: () => {
        if (isFull) throw new Error('The disk is full')
      },
    }),
  })
  const room = await world.rooms.open(ref)
  const tab = new Tab(room, ada)
  createTracker(tab.doc, 'First')
  for (let nth = 0; nth < 10; nth++) {
    describeTracker(tab.doc, { title: `Title ${nth}` })
    await world.clock.settle()
  }
  expect(tab.peer.closed?.code).toBe(4503)
  expect(tab.peer.saved).toBe(0)

  isFull = false
  await world.clock.advance(5_000)
  const again = await world.rooms.open(ref)
  const back = new Tab(again, ada)
  Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(tab.doc), back)
  await world.clock.settle()
  back.read()
  await world.clock.settle()
  expect(readTitle(again.doc)).toBe('Title 9')
})

test('a reader that is behind keeps the document in memory until it has caught up', async () => {
  const world = setUp()
  const [room, first, second] = await joined(world)
  second.peer.waiting = 2 ** 21
  describeTracker(first.doc, { title: 'Second' })
  await world.clock.advance(8_000)
  expect(room.isResting).toBe(false)
  second.peer.waiting = 0
  await world.clock.advance(8_000)
  second.read()
  expect(readTitle(second.doc)).toBe('Second')
  expect(room.isResting).toBe(true)
})
