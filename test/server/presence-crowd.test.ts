/** Presence where many are, and where somebody pretends that many are. */
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSES, parseDocumentName, type DocumentRef } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { LIMITS } from '#server/live/limits.ts'
import { Rooms } from '#server/live/rooms.ts'
import { openMemory } from '#server/store/memory.ts'
import { ManualClock } from '#test/simulation/clock.ts'
import { ada, awareness, bo, Tab } from '#test/server/live-peers.ts'

const setUp = async () => {
  const clock = new ManualClock()
  const rooms = new Rooms({ store: openMemory(), clock })
  return { clock, room: await rooms.open(parseDocumentName('t1') as DocumentRef) }
}

/** A stock client: what changes in what it is told it tells again. */
const echoing = (tab: Tab): Awareness => {
  const seen = new Awareness(new Y.Doc())
  seen.on('update', ({ added, updated, removed }: Record<string, number[]>) => {
    const changed = [added, updated, removed].flatMap(clients => clients ?? [])
    tab.send({ kind: 'presence', update: encodeAwarenessUpdate(seen, changed) })
  })
  return seen
}

test('a stock client that echoes a whole crowd is not sent away for it', async () => {
  const { clock, room } = await setUp()
  const many = 100
  const crowd = Array.from({ length: many }, (_, nth) => new Tab(room, `a${nth}` as AccountId))
  for (const [nth, tab] of crowd.entries())
    tab.send({ kind: 'presence', update: awareness([nth, 1, { place: 'x'.repeat(3_500) }]) })
  await clock.advance(1_000)
  const tab = new Tab(room, ada)
  const seen = echoing(tab)
  for (const { update } of tab.peer.of('presence')) {
    expect(update.length).toBeLessThanOrEqual(LIMITS.presenceMessage / 2 + 10)
    applyAwarenessUpdate(seen, update, null)
  }
  await clock.advance(1_000)
  expect(tab.peer.closed).toBeUndefined()
  expect(seen.getStates().size).toBe(many + 1)
  expect(crowd.every(({ peer }) => peer.closed === undefined)).toBe(true)
  seen.destroy()
})

test('of a thousand whom one claims to be, one is shown', async () => {
  const { clock, room } = await setUp()
  const [a, b] = [new Tab(room, ada), new Tab(room, bo)]
  const claimed = Array.from({ length: 1_000 }, (_, nth) => [5_000 + nth, 1, {}] as const)
  a.send({ kind: 'presence', update: awareness(...claimed) })
  await clock.advance(1_000)
  const seen = new Awareness(new Y.Doc())
  seen.setLocalState(null)
  for (const { update } of b.peer.of('presence')) applyAwarenessUpdate(seen, update, null)
  expect([...seen.getStates().keys()]).toEqual([5_000])
  seen.destroy()
})

test('more than a message of presence may be closes, and half of one leaves no ghost', async () => {
  const { clock, room } = await setUp()
  const [a, b, c] = [new Tab(room, ada), new Tab(room, ada), new Tab(room, bo)]
  a.send({ kind: 'presence', update: new Uint8Array(LIMITS.presenceMessage + 1) })
  const whole = awareness([7, 1, { place: 'here' }], [8, 1, {}])
  b.send({ kind: 'presence', update: whole.subarray(0, whole.length - 1) })
  await clock.advance(1_000)
  expect([a.peer.closed, b.peer.closed]).toEqual([CLOSES.malformed, CLOSES.malformed])
  expect(c.peer.of('presence').every(({ update }) => update.length <= 1)).toBe(true)
})
