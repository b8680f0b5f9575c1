/** How rooms open, are forgotten, break and close. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSES, parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { createTracker, describeTracker, readTitle, readTracker } from '#shared/document/tracker.ts'
import { foldHere } from '#server/live/folding.ts'
import { LIMITS } from '#server/live/limits.ts'
import { Rooms, type RoomsDeps } from '#server/live/rooms.ts'
import { openMemory, type MemoryDisk } from '#server/store/memory.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { ada, bo, Tab } from '#test/server/live-peers.ts'

const ref = parseDocumentName('t1') as DocumentRef
const other = parseDocumentName('t2') as DocumentRef

const setUp = (deps: Partial<RoomsDeps> = {}, disk: MemoryDisk = new Map()) => {
  const clock = new ManualClock()
  const store = deps.store ?? openMemory({}, disk)
  const rooms = new Rooms({ clock, lingerMs: 1_000, ...deps, store })
  return { clock, rooms, store }
}

const titled = async (
  { clock, rooms }: { readonly clock: ManualClock; readonly rooms: Rooms },
  title: string,
  many = 1,
): Promise<void> => {
  const room = await rooms.open(ref)
  for (let nth = 1; nth <= many; nth++) {
    const edited = room.edit(ada, doc => describeTracker(doc, { title: `${title} ${nth}` }))
    await clock.settle()
    await edited
  }
}

test('everybody who comes at once gets the same room, loaded once', async () => {
  let loads = 0
  const store = openMemory()
  const { rooms } = setUp({ store: { ...store, load: name => (loads++, store.load(name)) } })
  const [first, second] = await Promise.all([rooms.open(ref), rooms.open(ref)])
  expect(second).toBe(first)
  expect(await rooms.open(ref)).toBe(first)
  expect(loads).toBe(1)
})

test('a load that fails is an error, not an empty document, and the next one tries again', async () => {
  let isDown = true
  const store = openMemory()
  const { rooms } = setUp({
    store: {
      ...store,
      load: name => (isDown ? Promise.reject(new Error('damaged')) : store.load(name)),
    },
  })
  await expect(rooms.open(ref)).rejects.toThrow('damaged')
  isDown = false
  expect((await rooms.open(ref)).head).toBe(0)
})

test('a document with a gap in its journal does not open', async () => {
  const source = new Y.Doc()
  createTracker(source, 'One')
  const before = Y.encodeStateVector(source)
  describeTracker(source, { title: 'Two' })
  const store = openMemory()
  const update = Y.encodeStateAsUpdate(source, before)
  await store.append([{ document: ref.name, drafts: [{ account: ada, at: 1, update }] }])
  await expect(setUp({ store }).rooms.open(ref)).rejects.toThrow('gap')
})

test('an empty room is forgotten after a while, with a checkpoint, and comes back the same', async () => {
  const forgotten: number[] = []
  const world = setUp({ onEvict: async (_ref, _doc, head) => void forgotten.push(head) })
  await titled(world, 'Kept')
  const first = await world.rooms.open(ref)
  await world.clock.advance(900)
  expect(forgotten).toEqual([])
  await world.clock.advance(1_000)
  expect(forgotten).toEqual([1])
  expect((await world.store.load(ref.name)).checkpoint?.upTo).toBe(1)
  const again = await world.rooms.open(ref)
  expect(again).not.toBe(first)
  await expect(first.edit(ada, doc => createTracker(doc, 'To nowhere'))).rejects.toThrow('memory')
  expect(readTitle(again.doc)).toBe('Kept 1')
  await titled(world, 'And on')
  expect((await world.store.load(ref.name)).head).toBe(2)
})

test('a room with people in it stays', async () => {
  const world = setUp()
  const room = await world.rooms.open(ref)
  const tab = new Tab(room, ada)
  await world.clock.advance(60_000)
  expect(await world.rooms.open(ref)).toBe(room)
  tab.leave()
  await world.clock.advance(60_000)
  expect(await world.rooms.open(ref)).not.toBe(room)
})

test('a room with edits that are not on disk stays until they are', async () => {
  let isBroken = true
  const world = setUp({
    store: openMemory({
      beforeAppend: () => {
        if (isBroken) throw new Error('The disk is full')
      },
    }),
  })
  const room = await world.rooms.open(ref)
  const edited = room.edit(ada, doc => createTracker(doc, 'Not yet on disk'))
  await world.clock.advance(60_000)
  expect(await world.rooms.open(ref)).toBe(room)
  isBroken = false
  await world.clock.advance(10_000)
  expect(await edited).toBe(1)
  expect(await world.rooms.open(ref)).not.toBe(room)
})

test('a room to which somebody comes back while it says goodbye stays', async () => {
  const goodbye = Promise.withResolvers<void>()
  const world = setUp({ onEvict: () => goodbye.promise })
  const room = await world.rooms.open(ref)
  await world.clock.advance(1_500)
  expect(await world.rooms.open(ref)).toBe(room)
  goodbye.resolve()
  await world.clock.settle()
  const tab = new Tab(room, ada)
  createTracker(tab.doc, 'Still here')
  await world.clock.settle()
  expect(await world.rooms.open(ref)).toBe(room)
  expect((await world.store.load(ref.name)).head).toBe(1)
})

test('every 1,000 entries a checkpoint holds exactly the state after its entry', async () => {
  const world = setUp()
  await titled(world, 'Title', 1_012)
  const { checkpoint, entries, head } = await world.store.load(ref.name)
  expect(head).toBe(1_012)
  expect(checkpoint?.upTo).toBeGreaterThanOrEqual(1_000)
  expect(entries).toHaveLength(1_012 - (checkpoint?.upTo ?? 0))
  const all = await world.store.readSince(ref.name, 0)
  const rebuilt = new Y.Doc()
  for (const { seq, update } of all)
    if (seq <= (checkpoint?.upTo ?? 0)) Y.applyUpdate(rebuilt, update)
  const stored = new Y.Doc()
  Y.applyUpdate(stored, checkpoint?.state ?? new Uint8Array())
  expect(readTracker(stored)).toEqual(readTracker(rebuilt))
})

test('a large document is folded more seldom: each time costs as much as all of it', async () => {
  const world = setUp({ checkpointEvery: 10 })
  const room = await world.rooms.open(ref)
  const described = room.edit(ada, doc => describeTracker(doc, { description: 'x'.repeat(6_400) }))
  await world.clock.settle()
  await described
  const upTo = async () => (await world.store.load(ref.name)).checkpoint?.upTo ?? 0
  await titled(world, 'Title', 20)
  expect(await upTo()).toBe(10)
  await titled(world, 'Title', 80)
  expect(await upTo()).toBe(10)
  await titled(world, 'Title', 80)
  expect(await upTo()).toBeGreaterThan(100)
})

test('edits that reach the disk together still have their own numbers', async () => {
  const disk = Promise.withResolvers<void>()
  const { clock, rooms } = setUp({ store: openMemory({ beforeAppend: () => disk.promise }) })
  const room = await rooms.open(ref)
  const edits = ['One', 'Two', 'Three'].map(title =>
    room.edit(ada, doc => createTracker(doc, title)),
  )
  const nothing = room.edit(bo, () => undefined)
  disk.resolve()
  await clock.settle()
  expect(await Promise.all(edits)).toEqual([1, 2, 3])
  expect(await nothing).toBe(3)
})

test('an error in one room ends that room, opens it anew, and touches no other', async () => {
  const troubles: string[] = []
  const { clock, rooms, store } = setUp({
    onTrouble: (document, what) => troubles.push(`${document}: ${what}`),
  })
  const [broken, sound] = [await rooms.open(ref), await rooms.open(other)]
  const [a, b] = [new Tab(broken, ada), new Tab(sound, bo)]
  createTracker(a.doc, 'On disk')
  await clock.settle()
  broken.doc.on('afterTransaction', () => {
    throw new Error('Yjs lost its way')
  })
  describeTracker(a.doc, { title: 'Half applied' })
  createTracker(b.doc, 'Undisturbed')
  await clock.settle()
  expect(a.peer.closed).toBe(CLOSES.unavailable)
  expect(b.peer.closed).toBeUndefined()
  expect(troubles).toEqual(['t1: the document broke'])
  expect((await store.load(other.name)).head).toBe(1)
  const anew = await rooms.open(ref)
  expect(anew).not.toBe(broken)
  expect(readTitle(anew.doc)).toBe('On disk')
  const late = new Tab(broken, ada)
  expect(late.peer.closed).toBe(CLOSES.unavailable)
})

test('what the store will never take ends that room, and everything in it is read from disk again', async () => {
  const troubles: string[] = []
  const disk = { held: Promise.resolve() }
  const { clock, rooms, store } = setUp({
    store: openMemory({ beforeAppend: () => disk.held }),
    onTrouble: (document, what) => troubles.push(`${document}: ${what}`),
  })
  const [room, sound] = [await rooms.open(ref), await rooms.open(other)]
  const [a, b] = [new Tab(room, ada), new Tab(sound, bo)]
  createTracker(a.doc, 'On disk')
  await clock.settle()
  // Another process has met the same client id in the meantime, in other hands.
  const late = new Tab(room, ada)
  await store.append([
    { document: ref.name, drafts: [], clients: new Map([[late.doc.clientID, bo]]) },
  ])
  late.ask()
  await clock.settle()
  late.read()
  const before = late.peer.saved
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  disk.held = held
  describeTracker(late.doc, { title: 'Never stored' })
  createTracker(b.doc, 'Undisturbed')
  await clock.settle()
  const byServer = room.edit(ada, doc => describeTracker(doc, { title: 'Nor this' }))
  release()
  await expect(byServer).rejects.toThrow('another account')
  await clock.settle()
  expect([a.peer.closed, late.peer.closed]).toEqual([CLOSES.unavailable, CLOSES.unavailable])
  expect(late.peer.saved).toBe(before)
  a.read()
  expect(readTitle(a.doc)).toBe('On disk')
  expect(b.peer.closed).toBeUndefined()
  expect((await store.load(other.name)).head).toBe(1)
  const anew = await rooms.open(ref)
  expect(readTitle(anew.doc)).toBe('On disk')
  expect(troubles).toEqual(['t1: the document broke'])
})

test('when too much waits for the disk, more is refused until there is room, and nothing is lost', async () => {
  const disk = { isBroken: false }
  const limits = { ...LIMITS, waiting: 4_000, waitingDocument: 4_000 }
  const world = setUp({
    limits,
    store: openMemory({
      beforeAppend: () => {
        if (disk.isBroken) throw new Error('The disk is full')
      },
    }),
  })
  const tab = new Tab(await world.rooms.open(ref), ada)
  createTracker(tab.doc, 'Before')
  await world.clock.settle()
  disk.isBroken = true
  for (let nth = 1; tab.peer.closed === undefined && nth < 100; nth++) {
    describeTracker(tab.doc, { title: `Title ${nth}` })
    await world.clock.settle()
  }
  expect(tab.peer.closed).toBe(CLOSES.unavailable)
  expect(tab.peer.saved).toBe(1)
  const again = new Tab(await world.rooms.open(ref), ada)
  again.send({ kind: 'answer', update: Y.encodeStateAsUpdate(tab.doc) })
  await world.clock.settle()
  expect(again.peer.closed).toBe(CLOSES.unavailable)
  disk.isBroken = false
  await world.clock.advance(5_000)
  const last = new Tab(await world.rooms.open(ref), ada)
  last.send({ kind: 'answer', update: Y.encodeStateAsUpdate(tab.doc) })
  await world.clock.settle()
  expect(last.peer.closed).toBeUndefined()
  const stored = new Y.Doc()
  for (const { update } of await world.store.readSince(ref.name, 0)) Y.applyUpdate(stored, update)
  expect(readTracker(stored)).toEqual(readTracker(tab.doc))
})

test('a listener that throws is only logged', async () => {
  const troubles: string[] = []
  const world = setUp({
    onSaved: () => {
      throw new Error('The index is away')
    },
    onTrouble: (_document, what) => troubles.push(what),
  })
  await titled(world, 'Title', 2)
  expect(troubles).toEqual(['after saving', 'after saving'])
  expect((await world.store.load(ref.name)).head).toBe(2)
})

test('closing takes in what has arrived, tells everybody to come back, and leaves with all on disk', async () => {
  const disk = Promise.withResolvers<void>()
  const { clock, rooms, store } = setUp({ store: openMemory({ beforeAppend: () => disk.promise }) })
  const tab = new Tab(await rooms.open(ref), ada)
  createTracker(tab.doc, 'In the last moment')
  const closed = rooms.closeAll()
  expect(tab.peer.closed).toBeUndefined()
  await clock.settle()
  expect(tab.peer.closed).toBe(CLOSES.unavailable)
  await expect(rooms.open(ref)).rejects.toThrow('stopping')
  disk.resolve()
  await closed
  expect((await store.load(ref.name)).head).toBe(1)
  expect((await store.load(ref.name)).checkpoint?.upTo).toBe(1)
})

test('whoever comes while the server closes is sent away, and nothing of theirs is called saved', async () => {
  const goodbye = Promise.withResolvers<void>()
  const { clock, rooms, store } = setUp({ onEvict: () => goodbye.promise })
  const room = await rooms.open(ref)
  const early = new Tab(room, ada)
  createTracker(early.doc, 'In time')
  const closed = rooms.closeAll()
  await clock.settle()
  const late = new Tab(room, bo)
  createTracker(late.doc, 'Too late')
  late.send({ kind: 'answer', update: Y.encodeStateAsUpdate(late.doc) })
  goodbye.resolve()
  await clock.settle()
  await closed
  await clock.settle()
  expect([early.peer.closed, late.peer.closed]).toEqual([CLOSES.unavailable, CLOSES.unavailable])
  expect(late.peer.saved).toBe(0)
  expect((await store.load(ref.name)).head).toBe(1)
})

test('a room that was forgotten takes nothing in, and calls nothing saved', async () => {
  const { clock, rooms, store } = setUp()
  const room = await rooms.open(ref)
  const tab = new Tab(room, ada)
  createTracker(tab.doc, 'First')
  await clock.settle()
  const saved = tab.peer.saved
  room.retire()
  describeTracker(tab.doc, { title: 'Second' })
  await clock.settle()
  expect(tab.peer.closed).toBe(CLOSES.unavailable)
  expect(tab.peer.saved).toBe(saved)
  expect((await store.load(ref.name)).head).toBe(1)
})

test('alone with a document: everything is on disk, everybody is away, and whoever asks waits for what becomes of it', async () => {
  const loading = Promise.withResolvers<void>()
  const folding = Promise.withResolvers<void>()
  let isSlow = false
  const memory = openMemory()
  const world = setUp({
    store: {
      ...memory,
      load: async name => {
        const stored = await memory.load(name)
        if (isSlow && name === other.name) await loading.promise
        return stored
      },
    },
    checkpointEvery: 2,
    fold: async (state, updates) => {
      await folding.promise
      return foldHere(state, updates)
    },
  })
  await titled(world, 'Old', 3)
  const tab = new Tab(await world.rooms.open(ref), ada)
  tab.ask()
  await world.clock.settle()
  tab.read()
  expect(readTitle(tab.doc)).toBe('Old 3')
  describeTracker(tab.doc, { title: 'On its way' })
  // Somebody is just reading the other one.
  isSlow = true
  const opening = world.rooms.open(other)
  let worked = false
  const alone = world.rooms.alone([ref, other], async () => {
    const { checkpoint, head } = await memory.load(ref.name)
    expect([head, checkpoint?.upTo]).toEqual([4, 2])
    const doc = new Y.Doc()
    createTracker(doc, 'Made meanwhile')
    const update = Y.encodeStateAsUpdate(doc)
    await memory.append([{ document: other.name, drafts: [{ account: bo, at: 1, update }] }])
    worked = true
  })
  const again = world.rooms.open(ref)
  await world.clock.settle()
  expect(tab.peer.closed).toBe(CLOSES.unavailable)
  // A checkpoint of before that would come later would bring back what was changed.
  expect(worked).toBe(false)
  folding.resolve()
  await alone
  loading.resolve()
  expect(readTitle((await opening).doc)).toBe('Made meanwhile')
  expect(readTitle((await again).doc)).toBe('On its way')
})

test('work that fails leaves nobody waiting', async () => {
  const world = setUp()
  const failing = world.rooms.alone([ref], () => Promise.reject(new Error('no')))
  const opening = world.rooms.open(ref)
  await expect(failing).rejects.toThrow('no')
  expect((await opening).head).toBe(0)
})
