/** What the engine counts of itself. */
import { expect, test } from 'vitest'
import { parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { createTracker, describeTracker } from '#shared/document/tracker.ts'
import { Distribution, Observer } from '#server/live/observer.ts'
import { Rooms } from '#server/live/rooms.ts'
import { countedStore } from '#server/live/counted-store.ts'
import { openMemory } from '#server/store/memory.ts'
import { ada, bo, Tab } from '#test/server/live-peers.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const ref = parseDocumentName('t1') as DocumentRef

const setUp = () => {
  const clock = new ManualClock()
  const observer = new Observer()
  let isBroken = false
  const memory = openMemory({
    beforeAppend: () => {
      if (isBroken) throw new Error('The disk is full')
    },
  })
  const store = countedStore(memory, observer, clock)
  const rooms = new Rooms({ clock, observer, store, lingerMs: 1_000, restMs: 5_000 })
  return { clock, observer, rooms, breakDisk: (broken: boolean) => void (isBroken = broken) }
}

test('documents that come into memory and leave it, with and without their people', async () => {
  const { clock, observer, rooms } = setUp()
  const census = () => {
    const { documents, rooms: open } = rooms.census()
    return [open, documents, observer.opened, observer.evicted]
  }
  expect(census()).toEqual([0, 0, 0, 0])
  const room = await rooms.open(ref)
  const tab = new Tab(room, ada)
  createTracker(tab.doc, 'First')
  tab.ask()
  await clock.settle()
  expect(census()).toEqual([1, 1, 1, 0])
  expect(rooms.census().bytes).toBeGreaterThan(0)
  await clock.advance(10_000)
  expect(census()).toEqual([1, 0, 1, 1])
  expect(rooms.census().bytes).toBe(0)
  describeTracker(tab.doc, { title: 'Second' })
  await clock.settle()
  expect(census()).toEqual([1, 1, 2, 1])
  room.leave(tab.peer)
  await clock.advance(10_000)
  expect(census()).toEqual([0, 0, 2, 2])
})

test('edits, once when they are let in, once on disk, and once for each who reads them', async () => {
  const { breakDisk, clock, observer, rooms } = setUp()
  const room = await rooms.open(ref)
  const tabs = [ada, bo, bo].map(account => new Tab(room, account))
  const [writer] = tabs
  if (!writer) throw new Error('Nobody writes')
  createTracker(writer.doc, 'First')
  for (let round = 0; round < 3; round++) {
    for (const tab of tabs) tab.ask()
    await clock.settle()
    for (const tab of tabs) tab.read()
  }
  const counts = () => [observer.accepted, observer.stored, observer.delivered]
  const [accepted = 0, stored = 0, delivered = 0] = counts()
  expect(stored).toBe(accepted)

  breakDisk(true)
  for (const title of ['One', 'Two']) describeTracker(writer.doc, { title })
  await clock.settle()
  expect(counts()).toEqual([accepted + 2, stored, delivered])
  expect(observer.commitFailures).toBeGreaterThan(0)
  expect(rooms.backlog()).toMatchObject({ documents: 1, edits: 2 })
  breakDisk(false)
  await clock.advance(5_000)
  expect(counts()).toEqual([accepted + 2, stored + 2, delivered + 4])
  expect(rooms.backlog()).toMatchObject({ documents: 0, edits: 0 })
})

test('figures lie in the first bucket that is not below them', () => {
  const distribution = new Distribution([1, 2, 4])
  for (const figure of [0, 1, 1.5, 2, 3, 4, 5, 1_000]) distribution.add(figure)
  expect([...distribution.counts]).toEqual([2, 2, 2, 2])
  expect(distribution.sum).toBe(1_016.5)
})
