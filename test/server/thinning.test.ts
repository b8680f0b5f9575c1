/** P19: nothing that somebody named, pinned, signed or uses is ever thinned out, and what was thinned out is told. */
import { trackers } from '#drizzle/sqlite/schema.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AUTOMATIC } from '#server/history/snapshots.ts'
import { Thinning, type ThinningDeps } from '#server/history/thinning.ts'
import { systemClock } from '#server/live/clock.ts'
import type { ApiHistory, SnapshotEntry } from '#shared/api.ts'
import { compare } from '#shared/compare/compare.ts'
import { summarise } from '#shared/compare/summary.ts'
import { setPosition } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { newId, type SnapshotId, type TrackerId } from '#shared/ids.ts'
import { startServer } from '#test/server/harness.ts'
import { ada, bo, ISSUE, openShelfWorld, PARTY, type ShelfWorld } from '#test/server/shelf-world.ts'
import { seededDice } from '#test/simulation/dice.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.parse('2026-02-03T12:00Z')

let world: ShelfWorld
let id: TrackerId

beforeEach(async () => {
  world = await openShelfWorld()
  world.time = NOON
  id = await world.newTracker()
  await snapshot()
})
afterEach(() => world.close())

/** One position changes, one issue more is there. */
const write = (by = ada) =>
  world.edit(id, by, doc => {
    setPosition(doc, ISSUE, PARTY, `As of ${world.time}`)
    addIssue(doc, newId(), { title: `Of ${world.time}`, basketId: null })
  })
const snapshot = async (after = MINUTE, by = ada): Promise<SnapshotEntry> => {
  world.time += after
  await write(by)
  const saved = await world.snapshots.save(id, AUTOMATIC)
  if (!saved) throw new Error('Nothing changed')
  return saved
}
const thinning = (change: Partial<ThinningDeps> = {}): Thinning =>
  new Thinning({
    db: world.storage.db,
    matrices: world.matrices,
    moments: world.moments,
    snapshots: world.snapshots,
    retention: { allHours: 24, hourlyDays: 2, dailyDays: 90 },
    now: () => world.time,
    report: error => {
      throw error
    },
    ...change,
  })
const thin = (change?: Partial<ThinningDeps>) => thinning(change).thin(id)
const list = async (): Promise<readonly SnapshotEntry[]> =>
  (await world.snapshots.list(id)).snapshots.toReversed()
const ids = async () => (await list()).map(it => it.id)
const idOf = (entry: SnapshotEntry): SnapshotId => entry.id as SnapshotId

test('P19 what stays tells of what has gone: how many, by whom, and what changed meanwhile', async () => {
  const first = await snapshot(HOUR)
  await snapshot(MINUTE, ada)
  await snapshot(MINUTE, bo)
  const last = await snapshot(MINUTE, ada)
  const then = await world.archive.tracker(id, idOf(last))
  world.time += 2 * DAY
  await thin()

  const [oldest, kept, ...others] = await list()
  expect(others).toEqual([])
  expect(kept).toMatchObject({ id: last.id, at: last.at, seq: last.seq, standsFor: 3 })
  expect(kept?.authors.map(({ name }) => name)).toEqual(['Ada', 'Bo'])
  expect(await world.archive.tracker(id, idOf(last))).toEqual(then)
  expect(await world.snapshots.read(id, idOf(first))).toBeUndefined()
  const before = await world.archive.tracker(id, oldest?.id as SnapshotId)
  if (!before || !then) throw new Error('No state')
  expect(kept?.summary).toEqual(summarise(compare(before, then)))
  expect(kept?.summary.issues.added).toBe(4)

  // And once more, when the day becomes a part of its week.
  await snapshot(DAY)
  world.time += 100 * DAY
  await thin()
  expect((await list()).map(({ standsFor }) => standsFor)).toEqual([0, 4])
})

test('P19 what somebody named, annotated, pinned, signed or uses stays', async () => {
  const spared = new Map<string, SnapshotEntry>()
  const spare = async (why: string, keep: (id: SnapshotId) => Promise<unknown>): Promise<void> => {
    const entry = await snapshot()
    spared.set(why, entry)
    await keep(idOf(entry))
  }
  const { snapshots } = world
  await spare('label', it => snapshots.annotate(id, it, { label: 'Lunch' }))
  await spare('note', it => snapshots.annotate(id, it, { note: 'They left' }))
  await spare('pin', it => snapshots.annotate(id, it, { pinned: true }))
  await spare('sign-off', it => snapshots.sign(id, it, bo, ''))
  const restore = { fromLabel: '', by: 'Ada', at: 1, changes: 1 }
  const none = 'none' as SnapshotId
  await spare('from', from =>
    world.edit(id, ada, doc =>
      restoreRecords.put(doc, newId(), { ...restore, from, safety: none }),
    ),
  )
  await spare('safety', safety =>
    world.edit(id, ada, doc =>
      restoreRecords.put(doc, newId(), { ...restore, from: none, safety }),
    ),
  )
  await spare('before', before =>
    world.edit(id, ada, doc => meetingRecords.put(doc, newId(), { before })),
  )
  await spare('after', after =>
    world.edit(id, ada, doc => meetingRecords.put(doc, newId(), { after })),
  )
  const gone = [await snapshot(), await snapshot()]
  await snapshot()
  world.time += 400 * DAY
  await snapshot()
  await thin()
  const left = await ids()
  for (const [why, entry] of spared) expect(left, why).toContain(entry.id)
  for (const entry of gone) expect(left).not.toContain(entry.id)

  await snapshots.annotate(id, idOf(spared.get('pin') as SnapshotEntry), { pinned: false })
  await snapshots.unsign(id, idOf(spared.get('sign-off') as SnapshotEntry), bo)
  await thin()
  const after = await ids()
  expect(left.filter(it => !after.includes(it))).toEqual([
    spared.get('pin')?.id,
    spared.get('sign-off')?.id,
  ])
})

test('P19 what somebody comes to use while others are thinned out stays', async () => {
  const used = await snapshot()
  await snapshot()
  await snapshot()
  world.time += 2 * DAY
  let reads = 0
  await thin({
    matrices: {
      read: async (tracker, look) => {
        const answer = await world.matrices.read(tracker, look)
        if (++reads === 1)
          await world.edit(id, bo, doc => meetingRecords.put(doc, newId(), { before: idOf(used) }))
        return answer
      },
    },
  })
  expect(await ids()).toContain(used.id)
  expect(await ids()).toHaveLength(3)
})

test('P19 who labels one that is about to go is told that it has gone', async () => {
  const going = await snapshot()
  await snapshot()
  await snapshot()
  world.time += 2 * DAY
  let labelling: Promise<unknown> | undefined
  await thin({
    matrices: {
      read: async (tracker, look) => {
        labelling ??= world.snapshots.annotate(id, idOf(going), { label: 'Lunch' })
        // It has the time that it needs.
        await world.snapshots.list(id)
        return world.matrices.read(tracker, look)
      },
    },
  })
  expect(await labelling).toBeUndefined()
  expect(await ids()).not.toContain(going.id)
})

test('another’s sign-off is not mine to take back', async () => {
  const { id: signed } = await snapshot()
  await world.snapshots.sign(id, signed as SnapshotId, bo, 'As agreed')
  await world.snapshots.sign(id, signed as SnapshotId, ada, '')
  const entry = await world.snapshots.unsign(id, signed as SnapshotId, ada)
  expect(entry?.signOffs).toMatchObject([{ by: { id: bo, name: 'Bo' }, note: 'As agreed' }])
})

test('a safety snapshot stays for three months, then as long as the document names it', async () => {
  const safety = (kind: 'before_restore' | 'before_import') => {
    world.time += MINUTE
    return write().then(() => world.snapshots.save(id, { ...AUTOMATIC, kind, by: ada }))
  }
  const restored = await safety('before_restore')
  const others = [await safety('before_restore'), await safety('before_import')]
  const note = newId<never>()
  await world.edit(id, ada, doc =>
    restoreRecords.put(doc, note, { safety: idOf(restored), from: idOf(restored) }),
  )
  await snapshot()
  world.time += 89 * DAY
  await thin()
  expect(await ids()).toEqual(expect.arrayContaining([...others, restored].map(it => it.id)))
  world.time += 2 * DAY
  await thin()
  expect(await ids()).toContain(restored.id)
  for (const other of others) expect(await ids()).not.toContain(other.id)
  // Taken back, and with it its note.
  await world.edit(id, ada, doc => restoreRecords.remove(doc, note))
  await thin()
  expect(await ids()).not.toContain(restored.id)
})

test('two at once, while others save and label, end as one would', async () => {
  for (let hour = 0; hour < 12; hour++) await snapshot(20 * MINUTE, hour % 2 ? ada : bo)
  const all = await list()
  world.time += 2 * DAY
  const one = thinning({ atOnce: 1 })
  const inTheMiddle = idOf(all.at(-3) as SnapshotEntry)
  const [labelled] = await Promise.all([
    world.snapshots.annotate(id, inTheMiddle, { label: 'Kept' }),
    one.thin(id),
    thin({ atOnce: 2 }),
    one.thin(id),
    world.snapshots.save(id, { ...AUTOMATIC, kind: 'manual', by: ada, label: 'Meanwhile' }),
    world.snapshots.annotate(id, idOf(all.at(-5) as SnapshotEntry), { label: 'Perhaps' }),
  ])
  expect(labelled?.label).toBe('Kept')
  const left = await list()
  expect(left.map(({ label }) => label)).toEqual(expect.arrayContaining(['Kept', 'Meanwhile']))
  expect(left.reduce((sum, { standsFor }) => sum + standsFor + 1, 0)).toBe(all.length + 1)
  const alone = left.map(({ authors, standsFor, summary }) => ({ authors, standsFor, summary }))
  await thin()
  expect(
    (await list()).map(({ authors, standsFor, summary }) => ({ authors, standsFor, summary })),
  ).toEqual(alone)
})

test('others have their turn between two portions', async () => {
  for (let minute = 0; minute < 6; minute++) await snapshot()
  world.time += 2 * DAY
  let meanwhile: number | undefined
  await Promise.all([
    thin({ atOnce: 1 }),
    world.snapshots.save(id, AUTOMATIC),
    // In the very next turn: no portion comes between.
    world.snapshots.inTurn(id, async () => (meanwhile = (await list()).length)),
  ])
  expect(meanwhile).toBe(6)
  expect(await ids()).toHaveLength(2)
})

test('what cannot be written has not happened, and is made good the next time', async () => {
  for (let minute = 0; minute < 4; minute++) await snapshot()
  world.time += 2 * DAY
  const before = await list()
  const { db } = world.storage
  const twice = { id, title: 'Twice', createdAt: 0, editedAt: 0 }
  const errors: unknown[] = []
  const refuses = Object.create(db, {
    batch: {
      // Its second half fails: all of it must be undone.
      value: (statements: readonly unknown[]) =>
        db.batch([...statements, db.insert(trackers).values(twice)] as never),
    },
  }) as typeof db
  const failing = thinning({ db: refuses, report: error => errors.push(error) })
  failing.later(id)
  await expect.poll(() => errors.length).toBe(1)
  expect(await list()).toEqual(before)
  await thin()
  expect(await list()).toHaveLength(2)
})

test('each line is what the journal says, whatever was thinned out (seed 4711)', async () => {
  const dice = seededDice(4711)
  const entries = [{ seq: 1, account: ada }]
  let taken = 1
  for (let step = 0; step < 60; step++) {
    const by = dice.below(3) === 0 ? bo : ada
    const { seq } = await snapshot(dice.below(4) === 0 ? 9 * HOUR : 11 * MINUTE, by)
    entries.push({ seq, account: by })
    taken++
    const some = (await list())[dice.below(taken)]
    if (some && dice.below(6) === 0)
      await world.snapshots.annotate(id, idOf(some), { pinned: true })
    if (dice.below(8) === 0) await thin({ atOnce: 1 + dice.below(5) })
  }
  await thin()
  const left = await list()
  expect(left.length).toBeLessThan(40)
  expect(left.reduce((sum, { standsFor }) => sum + standsFor + 1, 0)).toBe(61)
  let before: SnapshotEntry | undefined
  for (const entry of left) {
    const since = entries.filter(({ seq }) => seq > (before?.seq ?? 0) && seq <= entry.seq)
    expect(new Set(entry.authors.map(it => it.id))).toEqual(new Set(since.map(it => it.account)))
    if (before)
      expect(entry.summary).toEqual(
        await world.moments.summary(id, idOf(before), entry.id as SnapshotId),
      )
    before = entry
  }
})

describe('in a running server', { timeout: 30_000 }, () => {
  const patience = { timeout: 10_000 }
  const open = async () => {
    let ahead = NOON + 7 * DAY - Date.now()
    const server = await startServer({
      environment: { BURST_IDLE_MINUTES: '1' },
      clock: {
        ...systemClock,
        now: () => Date.now() + ahead,
        // A minute without an edit is over at once.
        after: (wait, run) => systemClock.after(wait === MINUTE ? 1 : wait, run),
      },
    })
    const { owner, trackerId } = await server.createFirstAccount()
    const path = `/api/trackers/${trackerId}`
    const ask = { cookie: owner.cookie }
    const automatic = async () => {
      const { body } = await server.ask<ApiHistory>('GET', `${path}/snapshots`, ask)
      return body.snapshots.filter(({ kind }) => kind === 'automatic')
    }
    const work = async (description: string): Promise<void> => {
      const newest = (await automatic())[0]?.id
      await server.ask('PATCH', path, { ...ask, body: { description } })
      await expect.poll(async () => (await automatic())[0]?.id, patience).not.toBe(newest)
    }
    return { server, automatic, work, pass: (time: number) => void (ahead += time) }
  }

  test('it happens when a burst of work has ended, and after a start', async () => {
    const { automatic, pass, server, work } = await open()
    try {
      const standFor = async () => (await automatic()).map(it => it.standsFor)
      for (const words of ['One', 'Two', 'Three']) await work(words)
      expect(await automatic()).toHaveLength(3)
      pass(100 * DAY)
      await work('Four')
      await expect.poll(standFor, patience).toEqual([0, 2])

      await work('Five')
      pass(100 * DAY)
      await server.restart()
      await expect.poll(standFor, patience).toEqual([1, 2])
      expect(server.logged.filter(([, , level]) => level === 'error')).toEqual([])
    } finally {
      await server.close()
    }
  })
})
