/** P19: nothing that somebody named, pinned, signed or uses is ever thinned out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergersOf, thinnedOut, type Shelved } from '#server/history/retention.ts'
import { SNAPSHOT_KINDS } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Retention } from '#shared/snapshots.ts'

const SEED = 20_260_203
const RUNS = { seed: SEED, numRuns: 400 }
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Wednesday, 15:30 UTC. */
const NOW = Date.parse('2026-06-10T15:30Z')
const RETENTION: Retention = { allHours: 24, hourlyDays: 2, dailyDays: 90 }

const automatic = (at: string, change: Partial<Shelved> = {}): Shelved => ({
  id: at as SnapshotId,
  at: Date.parse(at),
  kind: 'automatic',
  isKept: false,
  ...change,
})
const newestFirst = (snapshots: readonly Shelved[]): readonly Shelved[] =>
  snapshots.toSorted((a, b) => b.at - a.at)
/** Which of them are left, oldest first. The oldest of all is one more, which always stays. */
const left = (snapshots: readonly Shelved[], retention = RETENTION): readonly string[] => {
  const all = newestFirst([automatic('2020-01-01T00:00Z'), ...snapshots])
  const going = thinnedOut(all, retention, NOW)
  return all
    .filter(({ id }) => !going.has(id))
    .map(({ id }) => id)
    .toReversed()
    .slice(1)
}

describe('the rule', () => {
  test('leaves a day as it was taken, then one an hour, one a day, one a week', () => {
    const lastDay = ['2026-06-09T15:31Z', '2026-06-09T15:40Z', '2026-06-10T15:29Z']
    expect(left(lastDay.map(at => automatic(at)))).toEqual(lastDay)
    const dayBefore = ['2026-06-08T20:05Z', '2026-06-08T20:50Z', '2026-06-08T21:00Z']
    expect(left(dayBefore.map(at => automatic(at)))).toEqual([
      '2026-06-08T20:50Z',
      '2026-06-08T21:00Z',
    ])
    const spring = ['2026-05-02T00:00Z', '2026-05-02T09:00Z', '2026-05-02T23:59Z']
    expect(left([...spring, '2026-05-03T00:01Z'].map(at => automatic(at)))).toEqual([
      '2026-05-02T23:59Z',
      '2026-05-03T00:01Z',
    ])
    // From Monday to Sunday.
    const winter = ['2026-01-11T23:00Z', '2026-01-12T01:00Z', '2026-01-18T22:00Z']
    expect(left(winter.map(at => automatic(at)))).toEqual([
      '2026-01-11T23:00Z',
      '2026-01-18T22:00Z',
    ])
  })

  test('follows the settings', () => {
    const day = ['2026-06-10T10:10Z', '2026-06-10T10:20Z', '2026-06-10T11:00Z']
    const snapshots = day.map(at => automatic(at))
    const by = (allHours: number, hourlyDays: number, dailyDays: number) =>
      left(snapshots, { allHours, hourlyDays, dailyDays })
    expect(by(24, 2, 90)).toHaveLength(3)
    expect(by(0, 2, 90)).toEqual(day.slice(1))
    expect(by(0, 0, 90)).toEqual(day.slice(2))
    expect(by(0, 0, 0)).toEqual(day.slice(2))
  })

  test('leaves what somebody made, keeps or uses, also where it is not the newest of its hour', () => {
    const hour = ['2026-03-02T10:10Z', '2026-03-02T10:20Z', '2026-03-02T10:30Z']
    const [first, second, third] = hour as [string, string, string]
    expect(left([automatic(first, { isKept: true }), automatic(second), automatic(third)])).toEqual(
      [first, third],
    )
    for (const kind of ['manual', 'meeting'] as const)
      expect(left(hour.map(at => automatic(at, { kind })))).toEqual(hour)
  })

  test('leaves a safety snapshot for as long as there is one a day, then treats it like the others', () => {
    const ofWeek = (day: string) => [
      automatic(`${day}T10:10Z`, { kind: 'before_restore' }),
      automatic(`${day}T10:20Z`, { kind: 'before_import' }),
      automatic(`${day}T10:30Z`),
    ]
    expect(left(ofWeek('2026-05-04'))).toHaveLength(3)
    expect(left(ofWeek('2026-02-04'))).toEqual(['2026-02-04T10:30Z'])
  })

  test('takes a clock that stepped ahead for the present', () => {
    const ahead = ['2026-06-11T10:10Z', '2026-06-11T10:20Z']
    expect(left(ahead.map(at => automatic(at)))).toEqual(ahead)
  })
})

describe('whatever there is', () => {
  const retentions = fc
    .tuple(fc.nat(60), fc.nat(5), fc.nat(30))
    .map(([allHours, hourly, daily]) => {
      const hourlyDays = Math.ceil(allHours / 24) + hourly
      return { allHours, hourlyDays, dailyDays: hourlyDays + daily }
    })
  /** Newest first, as they were taken: now and then a clock steps back. */
  const shelves = fc
    .array(
      fc.record({
        pause: fc.oneof(
          fc.integer({ min: 0, max: 2 * HOUR }),
          fc.integer({ min: -3 * HOUR, max: 3 * DAY }),
        ),
        kind: fc.oneof(
          { weight: 4, arbitrary: fc.constant('automatic' as const) },
          fc.constantFrom(...SNAPSHOT_KINDS),
        ),
        isKept: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
      }),
      { maxLength: 80 },
    )
    .map(steps => {
      let at = Date.parse('2026-01-01T00:00Z')
      return steps
        .map(({ isKept, kind, pause }, index): Shelved => {
          at += pause
          return { id: `s${index}` as SnapshotId, at, kind, isKept }
        })
        .toReversed()
    })
  /** Times at which the rule is applied, one after the other. */
  const times = fc
    .array(fc.nat(150 * DAY), { minLength: 1, maxLength: 8 })
    .map(waits => waits.toSorted((a, b) => a - b).map(wait => NOW - 100 * DAY + wait))
  const without = (shelf: readonly Shelved[], going: ReadonlySet<SnapshotId>) =>
    shelf.filter(({ id }) => !going.has(id))
  test(`P19 nothing goes that is kept, made by people, the newest or the oldest (seed ${SEED})`, () => {
    fc.assert(
      fc.property(shelves, retentions, times, (shelf, retention, [now = NOW]) => {
        const going = thinnedOut(shelf, retention, now)
        for (const [index, { at, id, isKept, kind }] of shelf.entries()) {
          if (!going.has(id)) continue
          expect(isKept).toBe(false)
          expect(['automatic', 'before_restore', 'before_import']).toContain(kind)
          expect([0, shelf.length - 1]).not.toContain(index)
          expect(now - at).toBeGreaterThanOrEqual(retention.allHours * HOUR)
        }
      }),
      RUNS,
    )
  })

  test(`once more changes nothing, and seldom leaves what often leaves (seed ${SEED})`, () => {
    fc.assert(
      fc.property(shelves, retentions, times, (shelf, retention, moments) => {
        let often = shelf
        for (const now of moments) {
          const was = often
          often = without(was, thinnedOut(was, retention, now))
          expect(thinnedOut(often, retention, now).size).toBe(0)
        }
        const last = moments.at(-1) ?? NOW
        expect(often).toEqual(without(shelf, thinnedOut(shelf, retention, last)))
      }),
      RUNS,
    )
  })

  test(`also while new ones come (seed ${SEED})`, () => {
    fc.assert(
      fc.property(shelves, retentions, fc.nat(5 * DAY), (shelf, retention, wait) => {
        const gone = new Set<SnapshotId>()
        let now = 0
        for (const [index, { at }] of [...shelf.entries()].toReversed()) {
          now = Math.max(now, at)
          const there = without(shelf.slice(index), gone)
          for (const id of thinnedOut(there, retention, now)) gone.add(id)
        }
        now += wait
        const often = without(shelf, gone)
        const seldom = without(shelf, thinnedOut(shelf, retention, now))
        expect(without(often, thinnedOut(often, retention, now))).toEqual(seldom)
      }),
      RUNS,
    )
  })

  test(`what goes is taken up by the next that stays, however much at once (seed ${SEED})`, () => {
    fc.assert(
      fc.property(shelves, retentions, times, fc.integer({ min: 1, max: 9 }), (all, ...given) => {
        const [retention, [now = NOW], most] = given
        const going = thinnedOut(all, retention, now)
        let shelf = all
        const takenUp = new Map<SnapshotId, SnapshotId>()
        for (let left = going; left.size > 0; left = thinnedOut(shelf, retention, now)) {
          const mergers = mergersOf(shelf, left, most)
          const gone = mergers.flatMap(merger => merger.going)
          expect(gone.length).toBe(Math.min(most, left.size))
          for (const { before, going: these, into } of mergers) {
            for (const id of these) takenUp.set(id, into)
            const place = shelf.findIndex(({ id }) => id === into)
            const stretch = shelf.slice(place, place + these.length + 2).map(({ id }) => id)
            expect(stretch).toEqual([into, ...these, before])
          }
          shelf = without(shelf, new Set(gone))
        }
        expect(new Set(takenUp.keys())).toEqual(going)
        let next: SnapshotId | undefined
        for (const { id } of all)
          if (going.has(id)) expect(takenUp.get(id)).toBe(next)
          else next = id
      }),
      RUNS,
    )
  })
})
