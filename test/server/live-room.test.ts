/** What a room promises the people in it. */
import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSES, parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { LAYOUT, recordsMap, trackerMap } from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import { createTracker, describeTracker, readTitle, readTracker } from '#shared/document/tracker.ts'
import { newId, type IssueId, type PartyId } from '#shared/ids.ts'
import { LIMITS } from '#server/live/limits.ts'
import type { Room, SavedEdits } from '#server/live/room.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory, type Faults, type MemoryDisk } from '#server/store/memory.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { ada, awareness, bo, cy, Tab, type AwarenessEntry } from '#test/server/live-peers.ts'

const ref = parseDocumentName('t1') as DocumentRef

const setUp = async (faults: Faults = {}, disk: MemoryDisk = new Map()) => {
  const clock = new ManualClock()
  const store = openMemory(faults, disk)
  const events: SavedEdits[] = []
  const troubles: string[] = []
  const rooms = new Rooms({
    store,
    clock,
    onSaved: edits => events.push(edits),
    onTrouble: (_document, what) => troubles.push(what),
  })
  const room = await rooms.open(ref)
  return { clock, store, events, troubles, rooms, room }
}

const synced = async (clock: ManualClock, ...tabs: readonly Tab[]): Promise<void> => {
  for (const tab of tabs) tab.ask()
  for (let round = 0; round < 3; round++) {
    await clock.settle()
    for (const tab of tabs) tab.read()
  }
}

const exchange = async (clock: ManualClock, ...tabs: readonly Tab[]): Promise<void> => {
  await clock.settle()
  for (const tab of tabs) tab.read()
  await clock.settle()
}

describe('a room', () => {
  test("brings one tab's edits to the other, and to disk under its account", async () => {
    const { clock, events, room, store } = await setUp()
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, b)
    createTracker(a.doc, 'Ceasefire')
    await exchange(clock, a, b)
    expect(readTitle(b.doc)).toBe('Ceasefire')
    const { entries, head } = await store.load(ref.name)
    expect(entries.map(({ account }) => account)).toEqual([ada])
    expect(room.head).toBe(head)
    expect(events).toMatchObject([
      { head: 1, accounts: new Set([ada]), addresses: new Set(['tracker']) },
    ])
  })

  test('spreads nothing, answers nothing and calls nothing saved before it is on disk', async () => {
    const disk = Promise.withResolvers<void>()
    const { clock, room } = await setUp({ beforeAppend: () => disk.promise })
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, b)
    const before = a.peer.saved
    createTracker(a.doc, 'Ceasefire')
    await clock.settle()
    const late = new Tab(room, cy)
    late.ask()
    await clock.settle()
    expect(b.peer.of('update')).toEqual([])
    expect(late.peer.of('answer')).toEqual([])
    expect(a.peer.saved).toBe(before)
    disk.resolve()
    await exchange(clock, a, b, late)
    expect(readTitle(b.doc)).toBe('Ceasefire')
    expect(readTitle(late.doc)).toBe('Ceasefire')
    expect(a.peer.saved).toBe(before + 1)
  })

  test('keeps the order of edits while the disk fails, and writes each once it works again', async () => {
    let isBroken = true
    const { clock, room, store } = await setUp({
      beforeAppend: () => {
        if (isBroken) throw new Error('disk full')
      },
    })
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, b)
    createTracker(a.doc, 'One')
    await clock.settle()
    describeTracker(a.doc, { title: 'Two' })
    await clock.advance(10_000)
    describeTracker(a.doc, { title: 'Three' })
    await clock.settle()
    expect(b.peer.of('update')).toEqual([])
    expect((await store.load(ref.name)).head).toBe(0)
    isBroken = false
    await clock.advance(2_000)
    await exchange(clock, a, b)
    expect(readTitle(b.doc)).toBe('Three')
    const { entries } = await store.load(ref.name)
    const rebuilt = new Y.Doc()
    const titles = entries.map(({ update }) => {
      Y.applyUpdate(rebuilt, update)
      return readTitle(rebuilt)
    })
    expect(titles).toEqual(['One', 'Two', 'Three'])
  })

  test('still lets people read what is on disk while the disk takes nothing', async () => {
    let isBroken = false
    const { clock, room } = await setUp({
      beforeAppend: () => {
        if (isBroken) throw new Error('disk full')
      },
    })
    const a = new Tab(room, ada)
    await synced(clock, a)
    createTracker(a.doc, 'On disk')
    await exchange(clock, a)
    isBroken = true
    const early = new Tab(room, bo)
    await synced(clock, early)
    expect(readTitle(early.doc)).toBe('On disk')
    describeTracker(a.doc, { title: 'Not on disk' })
    await clock.settle()
    const late = new Tab(room, cy)
    await synced(clock, late)
    expect(readTitle(late.doc)).toBe('On disk')
    isBroken = false
    await clock.advance(10_000)
    await exchange(clock, early, late)
    expect(readTitle(early.doc)).toBe('Not on disk')
    expect(readTitle(late.doc)).toBe('Not on disk')
  })

  test("does not echo a tab's own edits", async () => {
    const { clock, room } = await setUp()
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, b)
    createTracker(a.doc, 'Mine')
    await exchange(clock, a, b)
    expect(a.peer.of('update')).toHaveLength(0)
    expect(b.peer.of('update')).toHaveLength(1)
  })

  test('makes one frame of the edits of one turn', async () => {
    const { clock, room, store } = await setUp()
    const [a, b, c] = [new Tab(room, ada), new Tab(room, bo), new Tab(room, cy)]
    await synced(clock, a, b, c)
    createTracker(a.doc, 'Title')
    for (const tab of [a, b]) addParty(tab.doc, newId<PartyId>(), { name: 'Party' })
    await exchange(clock, a, b, c)
    expect(c.peer.of('update')).toHaveLength(1)
    expect((await store.load(ref.name)).head).toBe(3)
    expect(readTracker(c.doc)).toEqual(readTracker(room.doc))
    expect(readTracker(a.doc)).toEqual(readTracker(room.doc))
  })

  test('tells each of two authors of the other when their edits reach the disk together', async () => {
    const disk = Promise.withResolvers<void>()
    const { clock, room } = await setUp({ beforeAppend: () => disk.promise })
    const [a, b, c] = [new Tab(room, ada), new Tab(room, bo), new Tab(room, cy)]
    await synced(clock, a, b, c)
    createTracker(c.doc, 'Holds up the disk')
    await clock.settle()
    addParty(a.doc, newId<PartyId>(), { name: 'North' })
    await clock.settle()
    addParty(b.doc, newId<PartyId>(), { name: 'South' })
    await clock.settle()
    disk.resolve()
    await exchange(clock, a, b, c)
    expect(c.peer.of('update')).toHaveLength(1)
    expect(readTracker(room.doc).parties).toHaveLength(2)
    for (const tab of [a, b, c]) expect(readTracker(tab.doc)).toEqual(readTracker(room.doc))
  })

  test('tells nothing of "saved" to a stock client', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada, { wantsSaved: false })
    await synced(clock, a)
    createTracker(a.doc, 'Title')
    await exchange(clock, a)
    expect(a.peer.of('saved')).toEqual([])
  })

  test('takes what a tab did offline, and counts it as saved only then', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada)
    a.doc.transact(() => createTracker(a.doc, 'Offline'), 'offline')
    a.leave()
    const again = new Tab(room, ada)
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(a.doc), again)
    await clock.settle()
    expect(again.peer.saved).toBe(0)
    again.read()
    await clock.settle()
    expect(again.peer.saved).toBe(1)
    expect(readTitle(room.doc)).toBe('Offline')
  })

  test('holds an update that comes before the answer it builds on', async () => {
    const { clock, room } = await setUp()
    const offline = new Y.Doc()
    createTracker(offline, 'Offline')
    const a = new Tab(room, ada)
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(offline), a)
    a.doc.clientID = offline.clientID
    describeTracker(a.doc, { title: 'Typed right after connecting' })
    await clock.settle()
    expect(a.peer.saved).toBe(0)
    a.read()
    await clock.settle()
    expect(a.peer.closed).toBeUndefined()
    expect(readTitle(room.doc)).toBe('Typed right after connecting')
    expect(a.peer.saved).toBe(2)
  })

  test('takes an update that came before its base, once the answer has brought that', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada)
    const source = new Y.Doc()
    createTracker(source, 'First')
    const answer = Y.encodeStateAsUpdate(source)
    const before = Y.encodeStateVector(source)
    describeTracker(source, { title: 'Then' })
    a.send({ kind: 'update', update: Y.encodeStateAsUpdate(source, before) })
    await clock.settle()
    expect(room.head).toBe(0)
    a.send({ kind: 'answer', update: answer })
    await clock.settle()
    expect(readTitle(room.doc)).toBe('Then')
    expect(a.peer.saved).toBe(2)
  })

  test('closes with "out of step" for a gap after the answer', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada)
    await synced(clock, a)
    const other = new Y.Doc()
    createTracker(other, 'Lost')
    const before = Y.encodeStateVector(other)
    describeTracker(other, { title: 'Builds on what was lost' })
    a.send({ kind: 'update', update: Y.encodeStateAsUpdate(other, before) })
    await clock.settle()
    expect(a.peer.closed).toBe(CLOSES.outOfStep)
  })

  test('refuses what a viewer writes, and bears an answer in which there is nothing new', async () => {
    const { clock, room } = await setUp()
    const editor = new Tab(room, ada)
    await synced(clock, editor)
    createTracker(editor.doc, 'Title')
    await exchange(clock, editor)
    const viewer = new Tab(room, bo, { role: 'viewer' })
    await synced(clock, viewer)
    expect(viewer.peer.closed).toBeUndefined()
    expect(readTitle(viewer.doc)).toBe('Title')
    describeTracker(viewer.doc, { title: 'Mine now' })
    await exchange(clock, editor, viewer)
    expect(viewer.peer.closed).toBe(CLOSES.notAllowed)
    expect(readTitle(room.doc)).toBe('Title')
    expect(readTitle(editor.doc)).toBe('Title')
  })

  test('lets a commenter discuss and not edit', async () => {
    const { rooms, clock, room } = await setUp()
    const discussion = await rooms.open(parseDocumentName('t1.discussion') as DocumentRef)
    const [matrix, talk] = [
      new Tab(room, bo, { role: 'commenter' }),
      new Tab(discussion, bo, { role: 'commenter' }),
    ]
    await synced(clock, matrix, talk)
    talk.doc.getMap('threads').set('th1', new Y.Map([['title', 'About Article 3']]))
    createTracker(matrix.doc, 'Mine')
    await clock.settle()
    expect(talk.peer.closed).toBeUndefined()
    expect(discussion.head).toBe(1)
    expect(matrix.peer.closed).toBe(CLOSES.notAllowed)
  })

  test('ends a right the moment it is taken, and gives one without a new connection', async () => {
    const { clock, room, rooms } = await setUp()
    const [demoted, promoted, removed] = [
      new Tab(room, ada),
      new Tab(room, bo, { role: 'viewer' }),
      new Tab(room, cy, { role: 'viewer' }),
    ]
    await synced(clock, demoted, promoted, removed)
    createTracker(demoted.doc, 'Sent in the same moment')
    rooms.setRole(ref.trackerId, ada, 'viewer')
    rooms.setRole(ref.trackerId, bo, 'editor')
    rooms.setRole(ref.trackerId, cy, null)
    createTracker(promoted.doc, 'By the new editor')
    await clock.settle()
    expect(demoted.peer.closed).toBe(CLOSES.notAllowed)
    expect(removed.peer.closed).toBe(CLOSES.notFound)
    expect(promoted.peer.closed).toBeUndefined()
    expect(promoted.peer.of('rights')).toHaveLength(1)
    expect(readTitle(room.doc)).toBe('By the new editor')
  })

  test('refuses edits of a tracker with a newer layout, and lets it be read', async () => {
    const disk: MemoryDisk = new Map()
    const future = new Y.Doc()
    trackerMap(future).set('layout', LAYOUT + 1)
    const draft = { account: ada, at: 1, update: Y.encodeStateAsUpdate(future) }
    await openMemory({}, disk).append([{ document: ref.name, drafts: [draft] }])
    const { clock, room } = await setUp({}, disk)
    const tab = new Tab(room, ada)
    await synced(clock, tab)
    expect(readTracker(tab.doc).layout).toBe(LAYOUT + 1)
    describeTracker(tab.doc, { title: 'Old hands' })
    await clock.settle()
    expect(tab.peer.closed).toBe(CLOSES.newerLayout)
  })

  test('has everything again after a restart', async () => {
    const disk: MemoryDisk = new Map()
    const first = await setUp({}, disk)
    const a = new Tab(first.room, ada)
    await synced(first.clock, a)
    createTracker(a.doc, 'Kept')
    const [issue, party] = [newId<IssueId>(), newId<PartyId>()]
    addIssue(a.doc, issue, { title: 'Border', basketId: null })
    addParty(a.doc, party, { name: 'North' })
    setPosition(a.doc, issue, party, 'Along the river')
    setCell(a.doc, issue, party, { knowledge: 'agreed' })
    await exchange(first.clock, a)
    const second = await setUp({}, disk)
    expect(readTracker(second.room.doc)).toEqual(readTracker(a.doc))
    const b = new Tab(second.room, bo)
    await synced(second.clock, b)
    expect(readTracker(b.doc)).toEqual(readTracker(a.doc))
  })

  test.each([
    ['a message that is no frame', [99, 1, 2], CLOSES.malformed],
    ['an empty message', [], CLOSES.malformed],
    ['an update that is none', [0, 2, 3, 255, 255, 255], CLOSES.malformed],
    ['a state vector that is none', [0, 0, 2, 255, 255], CLOSES.malformed],
  ])('closes for %s, and goes on for the others', async (_name, bytes, close) => {
    const { clock, room } = await setUp()
    const [bad, good] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, bad, good)
    room.receive(bad.peer, Uint8Array.from(bytes))
    createTracker(good.doc, 'Undisturbed')
    await clock.settle()
    expect(bad.peer.closed).toBe(close)
    expect(good.peer.closed).toBeUndefined()
    expect(room.head).toBe(1)
  })

  test('takes more than a message may be from who was offline for long, once', async () => {
    const { clock, room } = await setUp()
    const offline = new Y.Doc()
    createTracker(offline, 'Written on the train')
    for (let nth = 0; nth < 40; nth++)
      recordsMap(offline, 'sources').set(`s${nth}`, new Y.Map([['note', 'x'.repeat(60_000)]]))
    const a = new Tab(room, ada)
    const update = Y.encodeStateAsUpdate(offline)
    expect(update.length).toBeGreaterThan(2 * LIMITS.message)
    a.send({ kind: 'answer', update })
    await clock.settle()
    expect(a.peer.closed).toBeUndefined()
    expect(a.peer.saved).toBe(1)
    a.send({ kind: 'answer', update })
    expect(a.peer.closed).toBe(CLOSES.tooLarge)
  })

  test('closes for a message too large, with the code that says so', async () => {
    const { room } = await setUp()
    const a = new Tab(room, ada)
    room.receive(a.peer, new Uint8Array(LIMITS.message + 1).fill(2))
    expect(a.peer.closed).toBe(CLOSES.tooLarge)
  })
})

describe("the server's own edits", () => {
  test('carry the account, reach everybody, and answer with the head', async () => {
    const { clock, room, store } = await setUp()
    const a = new Tab(room, ada)
    await synced(clock, a)
    const edited = room.edit(bo, doc => createTracker(doc, 'Imported'))
    await exchange(clock, a)
    expect(await edited).toBe(1)
    expect(readTitle(a.doc)).toBe('Imported')
    const again = room.edit(ada, doc => describeTracker(doc, { title: 'Renamed' }))
    await clock.settle()
    expect(await again).toBe(2)
    const { clients, entries } = await store.load(ref.name)
    expect(entries.map(({ account }) => account)).toEqual([bo, ada])
    expect(new Set(clients.values())).toEqual(new Set([ada, bo]))
  })

  test('happen whole or not at all', async () => {
    const { clock, room } = await setUp()
    const failed = room.edit(ada, doc => {
      createTracker(doc, 'Half')
      throw new Error('the import is faulty')
    })
    await expect(failed).rejects.toThrow('the import is faulty')
    await clock.settle()
    expect(readTitle(room.doc)).toBe('')
    expect(room.head).toBe(0)
  })
})

describe('presence', () => {
  const statesSeenBy = (tab: Tab): unknown[] => {
    const seen = new Awareness(new Y.Doc())
    seen.setLocalState(null)
    for (const { update } of tab.peer.of('presence')) applyAwarenessUpdate(seen, update, null)
    const states = [...seen.getStates().values()]
    seen.destroy()
    return states
  }
  const say = (tab: Tab, ...states: readonly AwarenessEntry[]): void =>
    tab.send({ kind: 'presence', update: awareness(...states) })
  const account = (id: string) => ({ id, name: `${id}'s name`, colour: 1 })

  test('goes to the others under the account that the server knows', async () => {
    const { clock, room } = await setUp()
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    say(a, [1, 1, { idle: false, account: account('bo'), user: { name: 'Bo', color: '#f00' } }])
    await clock.settle()
    expect(statesSeenBy(b)).toEqual([
      { idle: false, account: account('ada'), user: { name: "ada's name", color: '#f00' } },
    ])
    expect(statesSeenBy(a)).toEqual([])
  })

  test('cannot be forged, taken over or removed by others', async () => {
    const { clock, room } = await setUp()
    const [a, b, c] = [new Tab(room, ada), new Tab(room, bo), new Tab(room, cy)]
    say(a, [1, 1, { place: 'here' }])
    say(b, [2, 1, {}])
    await clock.settle()
    say(b, [1, 2 ** 52, { place: 'forged' }], [1, 2 ** 52 + 1, null], [3, 1, {}])
    await clock.advance(1_000)
    expect(b.peer.closed).toBeUndefined()
    expect(statesSeenBy(c)).toEqual([
      { place: 'here', account: account('ada') },
      { account: account('bo') },
    ])
  })

  test("cannot begin with somebody else's id, whether they are here or have only edited", async () => {
    const { clock, room } = await setUp()
    const [a, b, c] = [new Tab(room, ada), new Tab(room, bo), new Tab(room, cy)]
    await synced(clock, a, b, c)
    createTracker(c.doc, 'By cy')
    say(a, [1, 1, { place: 'here' }])
    await clock.settle()
    say(b, [1, 2, { place: 'forged' }], [c.doc.clientID, 1, { place: 'forged' }])
    await clock.advance(1_000)
    expect(statesSeenBy(c)).toEqual([{ place: 'here', account: account('ada') }])
    say(c, [c.doc.clientID, 1, { place: 'there' }])
    await clock.advance(1_000)
    expect(statesSeenBy(a)).toEqual([{ place: 'there', account: account('cy') }])
  })

  test('is told to who joins, and ends with the connection', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada)
    say(a, [1, 1, { place: 'here' }])
    await clock.settle()
    const b = new Tab(room, bo)
    expect(statesSeenBy(b)).toHaveLength(1)
    a.leave()
    await clock.advance(1_000)
    expect(statesSeenBy(b)).toEqual([])
    const back = new Tab(room, ada)
    say(back, [1, 1, { place: 'back, with the old clock' }])
    await clock.advance(1_000)
    expect(statesSeenBy(b)).toMatchObject([{ place: 'back, with the old clock' }])
  })

  test('is one frame in 50 ms, with the latest state', async () => {
    const { clock, room } = await setUp()
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    say(a, [1, 1, { at: 0 }])
    await clock.settle()
    for (let at = 1; at <= 10; at++) {
      say(a, [1, at + 1, { at }])
      await clock.advance(4)
    }
    expect(b.peer.of('presence')).toHaveLength(1)
    await clock.advance(50)
    expect(b.peer.of('presence')).toHaveLength(2)
    expect(statesSeenBy(b)).toMatchObject([{ at: 10 }])
  })

  test('larger than 4 KiB is not passed on; what cannot be read closes', async () => {
    const { clock, room } = await setUp()
    const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
    say(a, [1, 1, { long: 'x'.repeat(5_000) }])
    await clock.settle()
    expect(statesSeenBy(b)).toEqual([])
    a.send({ kind: 'presence', update: Uint8Array.of(5, 1, 1) })
    expect(a.peer.closed).toBe(CLOSES.malformed)
  })

  test('says something to everybody at least every 15 s', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada)
    await clock.settle()
    for (let round = 0; round < 5; round++) {
      const before = a.peer.frames.length
      await clock.advance(15_000)
      expect(a.peer.frames.length).toBeGreaterThan(before)
    }
    a.read()
    expect(readTitle(a.doc)).toBe('')
  })
})

describe('a slow reader', () => {
  const typing = async (room: Room, clock: ManualClock, tab: Tab, many: number): Promise<void> => {
    for (let i = 0; i < many; i++) {
      describeTracker(tab.doc, { title: `Title ${i}` })
      await clock.advance(50)
    }
    expect(room.isClean).toBe(true)
  }

  test('is sent nothing more until it has drained, then all it missed at once', async () => {
    const { clock, room } = await setUp()
    const [a, slow] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, slow)
    createTracker(a.doc, 'Start')
    await exchange(clock, a, slow)
    slow.peer.waiting = LIMITS.slow + 1
    const before = slow.peer.frames.length
    await typing(room, clock, a, 20)
    expect(slow.peer.frames.length).toBe(before)
    slow.peer.waiting = 0
    await clock.advance(1_000)
    expect(slow.peer.of('update')).toHaveLength(2)
    slow.read()
    expect(readTracker(slow.doc)).toEqual(readTracker(a.doc))
    await typing(room, clock, a, 2)
    slow.read()
    expect(readTracker(slow.doc)).toEqual(readTracker(a.doc))
  })

  test('gets its answer after it has drained', async () => {
    const { clock, room } = await setUp()
    const a = new Tab(room, ada)
    await synced(clock, a)
    createTracker(a.doc, 'Start')
    await exchange(clock, a)
    const slow = new Tab(room, bo)
    slow.peer.waiting = LIMITS.slow + 1
    slow.ask()
    await clock.settle()
    expect(slow.peer.of('answer')).toEqual([])
    slow.peer.waiting = 0
    await clock.advance(1_000)
    slow.read()
    expect(slow.peer.of('answer')).toHaveLength(1)
    expect(readTitle(slow.doc)).toBe('Start')
  })

  test('that asks again while it is being brought up to date gets that answer too', async () => {
    const disk = Promise.withResolvers<void>()
    let isHeld = false
    const { clock, room } = await setUp({ beforeAppend: () => (isHeld ? disk.promise : undefined) })
    const [a, slow] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, slow)
    slow.peer.waiting = LIMITS.slow + 1
    createTracker(a.doc, 'Missed')
    await clock.settle()
    isHeld = true
    describeTracker(a.doc, { title: 'Held up' })
    await clock.settle()
    slow.ask()
    await clock.settle()
    slow.peer.waiting = 0
    await clock.advance(300)
    disk.resolve()
    await clock.advance(1_000)
    expect(slow.peer.of('answer')).toHaveLength(2)
    slow.read()
    expect(readTitle(slow.doc)).toBe('Held up')
  })

  test.each([
    ['holds more than 8 MiB', LIMITS.tooSlow + 1, 1_000],
    ['has not drained for 30 s', LIMITS.slow + 1, 31_000],
  ])('that %s is sent away to come back', async (_name, waiting, after) => {
    const { clock, room } = await setUp()
    const [a, slow] = [new Tab(room, ada), new Tab(room, bo)]
    await synced(clock, a, slow)
    slow.peer.waiting = waiting
    createTracker(a.doc, 'Start')
    await clock.advance(after)
    expect(slow.peer.closed).toBe(CLOSES.tooSlow)
    expect(a.peer.closed).toBeUndefined()
  })
})
