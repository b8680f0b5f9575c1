/** The documents for whoever is not a connection: the same promises as on the wire. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { matricesIn, NewerLayout, NotStored } from '#server/history/matrices.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory } from '#server/store/memory.ts'
import type { Store } from '#server/store/store.ts'
import { LAYOUT, trackerMap } from '#shared/document/layout.ts'
import { createTracker, describeTracker, readTitle } from '#shared/document/tracker.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const ada = 'ada' as AccountId
const id = 'talks' as TrackerId

const open = (store: Store) => {
  const clock = new ManualClock()
  return { clock, matrices: matricesIn(new Rooms({ store, clock }), clock) }
}

test('an edit is on disk when it resolves, filed under its author, and reads as it was edited', async () => {
  const store = openMemory()
  const { clock, matrices } = open(store)
  const edited = matrices.edit(id, ada, doc => createTracker(doc, 'Talks'))
  await clock.advance(1_000)
  const seq = await edited
  const entries = await store.readSince(id, 0)
  expect(entries.map(({ account, seq }) => [account, seq])).toEqual([[ada, seq]])
  const read = matrices.read(id, readTitle)
  await clock.advance(1_000)
  expect(await read).toEqual({ value: 'Talks', seq })
})

test('the number is that of the state that was looked at, not of what came after', async () => {
  const { clock, matrices } = open(openMemory())
  const answers = Promise.all([
    matrices.edit(id, ada, doc => createTracker(doc, 'First')),
    matrices.read(id, readTitle),
    matrices.edit(id, ada, doc => describeTracker(doc, { title: 'Second' })),
    matrices.read(id, readTitle),
  ])
  await clock.advance(1_000)
  const [first, then, second, now] = await answers
  expect(then).toEqual({ value: 'First', seq: first })
  expect(now).toEqual({ value: 'Second', seq: second })
})

test('while the disk fails nobody waits for ever, and the edit is stored when it is back', async () => {
  let isFull = true
  const store = openMemory({
    beforeAppend: () => {
      if (isFull) throw new Error('disk full')
    },
  })
  const { clock, matrices } = open(store)
  const edited = expect(matrices.edit(id, ada, doc => createTracker(doc, 'Kept'))).rejects.toThrow(
    NotStored,
  )
  await clock.advance(11_000)
  await edited
  expect(await store.readSince(id, 0)).toEqual([])
  isFull = false
  await clock.advance(5_000)
  expect(await store.readSince(id, 0)).toHaveLength(1)
})

test('a tracker with a newer layout is read and not edited', async () => {
  const store = openMemory()
  const doc = new Y.Doc()
  trackerMap(doc).set('layout', LAYOUT + 1)
  const update = Y.encodeStateAsUpdate(doc)
  await store.append([{ document: id, drafts: [{ account: ada, at: 1, update }] }])
  const { clock, matrices } = open(store)
  const answers = Promise.all([
    expect(matrices.edit(id, ada, copy => createTracker(copy, 'Old'))).rejects.toThrow(NewerLayout),
    expect(matrices.read(id, readTitle)).resolves.toEqual({ value: '', seq: 1 }),
  ])
  await clock.advance(1_000)
  await answers
  expect(await store.readSince(id, 1)).toEqual([])
})
