/** Client ids that a room lends: to one tab at a time, of the account whose they are, and never by guess. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseDocumentName, type DocumentRef, type Role } from '#shared/access.ts'
import { createTracker, describeTracker, readTitle } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Pen } from '#shared/wire.ts'
import { LIMITS } from '#server/live/limits.ts'
import { PenDrawers, Pens } from '#server/live/pens.ts'
import type { Room } from '#server/live/room.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory, type Faults, type MemoryDisk } from '#server/store/memory.ts'
import { ada, awareness, bo, Tab } from '#test/server/live-peers.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const ref = parseDocumentName('t1') as DocumentRef

const setUp = async (
  faults: Faults = {},
  disk: MemoryDisk = new Map(),
  lingerMs = 1_000,
  limits = LIMITS,
) => {
  const clock = new ManualClock()
  const store = openMemory(faults, disk)
  const rooms = new Rooms({ store, clock, lingerMs, limits })
  return { clock, store, rooms, room: await rooms.open(ref) }
}
type World = Awaited<ReturnType<typeof setUp>>

interface Arrival {
  readonly name?: string
  readonly wantsPen?: boolean
  readonly role?: Role
}

/** A page of our own client has joined, been given the document and, perhaps, an id; it has not looked at it yet. */
const arrives = async (
  { clock }: World,
  room: Room,
  id: AccountId,
  { name = `${id}'s tab`, wantsPen = true, role = 'editor' }: Arrival = {},
): Promise<Tab> => {
  const tab = new Tab(room, id, { role, tab: { name, wantsPen } })
  tab.ask()
  await quiet(clock, tab)
  return tab
}
const quiet = async (clock: ManualClock, ...tabs: readonly Tab[]): Promise<void> => {
  for (let round = 0; round < 3; round++) {
    await clock.settle()
    for (const tab of tabs) tab.read()
  }
}
const penOf = (doc: Y.Doc): Pen => ({
  client: doc.clientID,
  clock: Y.getState(doc.store, doc.clientID),
})
const lentTo = ({ peer }: Tab): readonly Pen[] =>
  peer.of('lend').map(({ client, clock }) => ({ client, clock }))
/** The page goes. */
const goes = (tab: Tab, pen = penOf(tab.doc)): void => {
  tab.send({ kind: 'giveBack', ...pen })
  tab.leave()
}
/** A page writes a title, and goes. */
const writesAndGoes = async (world: World, room: Room, id: AccountId): Promise<Pen> => {
  const tab = await arrives(world, room, id)
  const [lent] = lentTo(tab)
  if (lent) tab.doc.clientID = lent.client
  createTracker(tab.doc, `By ${id}`)
  await quiet(world.clock, tab)
  goes(tab)
  return penOf(tab.doc)
}

describe('what a tab gave back', () => {
  test('is lent to the next tab of its account, once', async () => {
    const world = await setUp()
    const pen = await writesAndGoes(world, world.room, ada)
    const [first, second] = [
      await arrives(world, world.room, ada, { name: 'first' }),
      await arrives(world, world.room, ada, { name: 'second' }),
    ]
    expect(lentTo(first)).toEqual([pen])
    expect(lentTo(second)).toEqual([])
  })

  test('goes from tab to tab for ever: the document has seen one id', async () => {
    const world = await setUp()
    const { client } = await writesAndGoes(world, world.room, ada)
    for (let load = 0; load < 5; load++) await writesAndGoes(world, world.room, ada)
    expect([...world.room.doc.store.clients.keys()]).toEqual([client])
    expect((await world.store.load(ref.name)).clients).toEqual(new Map([[client, ada]]))
  })

  test('counts as no new id of its account', async () => {
    const world = await setUp({}, new Map(), 1_000, { ...LIMITS, clientIdsADay: 1 })
    for (let load = 0; load < 3; load++) {
      await writesAndGoes(world, world.room, ada)
      expect(readTitle(world.room.doc)).toBe('By ada')
    }
    const stock = new Tab(world.room, ada)
    stock.ask()
    await quiet(world.clock, stock)
    describeTracker(stock.doc, { title: 'Under a new one' })
    await quiet(world.clock, stock)
    expect(stock.peer.closed?.code).toBe(4529)
  })

  test('is lent to nobody else, nor to who may not write, nor to who does not ask', async () => {
    const world = await setUp()
    await writesAndGoes(world, world.room, ada)
    expect(lentTo(await arrives(world, world.room, bo))).toEqual([])
    expect(lentTo(await arrives(world, world.room, ada, { role: 'viewer' }))).toEqual([])
    expect(lentTo(await arrives(world, world.room, ada, { wantsPen: false }))).toEqual([])
    const stock = new Tab(world.room, ada)
    stock.ask()
    await quiet(world.clock, stock)
    expect(lentTo(stock)).toEqual([])
  })

  test('comes after the document, so that its end is known', async () => {
    const world = await setUp()
    await writesAndGoes(world, world.room, ada)
    const { peer } = await arrives(world, world.room, ada)
    const kinds = peer.frames.map(({ kind }) => kind)
    expect(kinds.indexOf('lend')).toBeGreaterThan(kinds.indexOf('answer'))
  })

  test('waits for the disk as the document does', async () => {
    let disk = Promise.resolve()
    const world = await setUp({ beforeAppend: () => disk })
    await writesAndGoes(world, world.room, ada)
    const { promise, resolve } = Promise.withResolvers<void>()
    disk = promise
    const busy = new Tab(world.room, bo)
    createTracker(busy.doc, 'Not on disk yet')
    await world.clock.settle()
    const tab = await arrives(world, world.room, ada)
    expect(tab.peer.of('answer')).toEqual([])
    expect(lentTo(tab)).toEqual([])
    resolve()
    await quiet(world.clock, tab)
    expect(lentTo(tab)).toHaveLength(1)
  })

  test('is there again when the tab left before the word reached it', async () => {
    let disk = Promise.resolve()
    const world = await setUp({ beforeAppend: () => disk })
    const pen = await writesAndGoes(world, world.room, ada)
    const { promise, resolve } = Promise.withResolvers<void>()
    disk = promise
    const busy = new Tab(world.room, bo)
    createTracker(busy.doc, 'Not on disk yet')
    await world.clock.settle()
    const hasty = await arrives(world, world.room, ada, { name: 'hasty' })
    hasty.leave()
    resolve()
    await quiet(world.clock)
    expect(lentTo(await arrives(world, world.room, ada, { name: 'next' }))).toEqual([pen])
  })

  test('outlives the room, but not the process', async () => {
    const disk: MemoryDisk = new Map()
    const world = await setUp({}, disk)
    const pen = await writesAndGoes(world, world.room, ada)
    await world.clock.advance(5_000)
    const room = await world.rooms.open(ref)
    expect(room).not.toBe(world.room)
    const tab = await arrives(world, room, ada)
    expect(lentTo(tab)).toEqual([pen])
    goes(tab, pen)
    await world.rooms.closeAll()
    const next = await setUp({}, disk)
    expect(lentTo(await arrives(next, next.room, ada))).toEqual([])
  })

  test('is lent again when an open tab gives it back to a later process', async () => {
    const disk: MemoryDisk = new Map()
    const before = await setUp({}, disk)
    const tab = await arrives(before, before.room, ada)
    createTracker(tab.doc, 'Before')
    await quiet(before.clock, tab)
    await before.rooms.closeAll()
    const after = await setUp({}, disk)
    const again = await arrives(after, after.room, ada, { wantsPen: false })
    goes(again, penOf(tab.doc))
    expect(lentTo(await arrives(after, after.room, ada))).toEqual([penOf(tab.doc)])
  })
})

describe('never lent is', () => {
  test('what a tab did not give back: cut off, crashed, or unsure', async () => {
    const world = await setUp()
    const tab = await arrives(world, world.room, ada)
    createTracker(tab.doc, 'Title')
    await quiet(world.clock, tab)
    tab.leave()
    expect(lentTo(await arrives(world, world.room, ada))).toEqual([])
  })

  test('what ends elsewhere than its tab said', async () => {
    const world = await setUp()
    const tab = await arrives(world, world.room, ada)
    createTracker(tab.doc, 'Title')
    await quiet(world.clock, tab)
    const { client, clock } = penOf(tab.doc)
    tab.send({ kind: 'giveBack', client, clock: clock + 1 })
    expect(lentTo(await arrives(world, world.room, ada, { name: 'b' }))).toEqual([])
    tab.send({ kind: 'giveBack', client, clock })
    describeTracker(tab.doc, { title: 'Against its word' })
    await quiet(world.clock, tab)
    expect(lentTo(await arrives(world, world.room, ada, { name: 'c' }))).toEqual([])
  })

  test("somebody else's, or what nobody has written under", async () => {
    const world = await setUp()
    const { client, clock } = await writesAndGoes(world, world.room, ada)
    const first = await arrives(world, world.room, ada)
    expect(lentTo(first)).toEqual([{ client, clock }])
    const thief = await arrives(world, world.room, bo)
    thief.send({ kind: 'giveBack', client, clock })
    thief.send({ kind: 'giveBack', client: 12_345, clock: 0 })
    expect(lentTo(await arrives(world, world.room, bo, { name: 'b' }))).toEqual([])
    expect(lentTo(await arrives(world, world.room, ada, { name: 'c' }))).toEqual([])
  })

  test('what a second tab claims to give back for the one that holds it', async () => {
    const world = await setUp()
    const pen = await writesAndGoes(world, world.room, ada)
    await arrives(world, world.room, ada, { name: 'holder' })
    const other = await arrives(world, world.room, ada, { name: 'other' })
    other.send({ kind: 'giveBack', ...pen })
    expect(lentTo(await arrives(world, world.room, ada, { name: 'third' }))).toEqual([])
  })
})

describe('an id in the hands of one tab', () => {
  test('is refused to every other, also to the one that had it', async () => {
    const world = await setUp()
    const earlier = await arrives(world, world.room, ada, { name: 'earlier' })
    createTracker(earlier.doc, 'Title')
    await quiet(world.clock, earlier)
    earlier.send({ kind: 'giveBack', ...penOf(earlier.doc) })
    const holder = await arrives(world, world.room, ada, { name: 'holder' })
    expect(lentTo(holder)).toHaveLength(1)
    describeTracker(earlier.doc, { title: 'From the grave' })
    await quiet(world.clock, earlier, holder)
    expect(earlier.peer.closed?.code).toBe(4400)
    holder.doc.clientID = earlier.doc.clientID
    describeTracker(holder.doc, { title: 'Rightly' })
    await quiet(world.clock, holder)
    expect(holder.peer.closed).toBeUndefined()
    expect(readTitle(world.room.doc)).toBe('Rightly')
  })

  test('stays with it when it comes back on another connection', async () => {
    const world = await setUp()
    const pen = await writesAndGoes(world, world.room, ada)
    await arrives(world, world.room, ada, { name: 'holder' })
    // The server does not know yet that the first connection is dead.
    const again = await arrives(world, world.room, ada, { name: 'holder', wantsPen: false })
    again.doc.clientID = pen.client
    describeTracker(again.doc, { title: 'Still mine' })
    await quiet(world.clock, again)
    expect(again.peer.closed).toBeUndefined()
    expect(readTitle(world.room.doc)).toBe('Still mine')
  })

  test('a client that was lent nothing cannot give anything back', async () => {
    const world = await setUp()
    const stock = new Tab(world.room, ada)
    stock.send({ kind: 'giveBack', client: 1, clock: 0 })
    expect(stock.peer.closed?.code).toBe(4400)
  })
})

describe('presence', () => {
  test('goes over to the lent id as one change for everybody else, and ends with the connection', async () => {
    const world = await setUp()
    await writesAndGoes(world, world.room, ada)
    const [other, tab] = [
      await arrives(world, world.room, bo),
      await arrives(world, world.room, ada),
    ]
    /** How many entries each frame had that the other was told. */
    const seen = (): readonly number[] =>
      other.peer.of('presence').map(({ update }) => update[0] ?? 0)
    const [lent] = lentTo(tab)
    if (!lent) throw new Error('nothing was lent')
    tab.send({ kind: 'presence', update: awareness([99, 1, { place: null }]) })
    await world.clock.advance(100)
    const before = seen().length
    tab.send({ kind: 'presence', update: awareness([lent.client, 1, { place: null }]) })
    await world.clock.advance(100)
    tab.send({ kind: 'presence', update: awareness([99, 2, null]) })
    await world.clock.advance(100)
    expect(seen().slice(before)).toEqual([2])
    tab.leave()
    await world.clock.advance(100)
    expect(seen().slice(before)).toEqual([2, 1])
  })

  test('goes over to no other id', async () => {
    const world = await setUp()
    await writesAndGoes(world, world.room, ada)
    const [other, tab] = [
      await arrives(world, world.room, bo),
      await arrives(world, world.room, ada),
    ]
    tab.send({ kind: 'presence', update: awareness([99, 1, { place: null }]) })
    await world.clock.advance(100)
    const before = other.peer.of('presence').length
    tab.send({ kind: 'presence', update: awareness([98, 1, { place: null }]) })
    await world.clock.advance(100)
    expect(other.peer.of('presence').length).toBe(before)
  })
})

describe("the server's own edits", () => {
  test('are under one id an account, as long as the process lives', async () => {
    const world = await setUp()
    await world.room.edit(ada, doc => createTracker(doc, 'One'))
    await world.room.edit(bo, doc => describeTracker(doc, { title: 'Two' }))
    await world.clock.advance(5_000)
    const room = await world.rooms.open(ref)
    expect(room).not.toBe(world.room)
    await room.edit(ada, doc => describeTracker(doc, { title: 'Three' }))
    expect(readTitle(room.doc)).toBe('Three')
    expect((await world.store.load(ref.name)).clients.size).toBe(2)
  })

  test('are nobody else’s: a tab cannot write under their id', async () => {
    const world = await setUp()
    await world.room.edit(ada, doc => createTracker(doc, 'By the server'))
    const [client] = [...world.room.doc.store.clients.keys()]
    const tab = await arrives(world, world.room, ada)
    tab.send({
      kind: 'giveBack',
      client: client ?? 0,
      clock: Y.getState(world.room.doc.store, client ?? 0),
    })
    expect(lentTo(await arrives(world, world.room, ada, { name: 'b' }))).toEqual([])
    tab.doc.clientID = client ?? 0
    describeTracker(tab.doc, { title: 'By a tab' })
    await quiet(world.clock, tab)
    expect(tab.peer.closed?.code).toBe(4400)
  })
})

describe('what is remembered', () => {
  test('is bounded, and forgetting lends nothing twice', () => {
    const pens = new Pens()
    for (let client = 1; client <= 100; client++) pens.giveBack(ada, 'a', { client, clock: 1 })
    const lent: number[] = []
    for (;;) {
      const pen = pens.lend(ada, `tab ${lent.length}`, () => 1)
      if (!pen) break
      lent.push(pen.client)
    }
    expect(new Set(lent).size).toBe(lent.length)
    expect(lent.length).toBe(32)

    const drawers = new PenDrawers()
    const first = drawers.of(ref.name)
    expect(drawers.of(ref.name)).toBe(first)
    for (let nth = 0; nth < 10_000; nth++)
      drawers.of((parseDocumentName(`d${nth}`) as DocumentRef).name)
    expect(drawers.of(ref.name)).not.toBe(first)
  })
})
