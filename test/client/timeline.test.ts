/** The drawn timeline as arithmetic: where things stand, what stays under the pointer, and that nothing overlaps. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lanesOf, reachOf, type Item } from '#client/timeline/laid.ts'
import { distanceTicks, fitted, ticksOf, timeAt, xOf, zoomed } from '#client/timeline/scale.ts'
import { plannedIn, timesOf } from '#client/timeline/meeting/times.ts'
import { DAY, spanOf } from '#shared/dates.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { EventId, MeetingId, PartyId, SnapshotId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'

const SEED = 20_260_202
const item = (id: string, date: string, lane = 'a'): Item => ({
  kind: 'event',
  id: id as EventId,
  title: `Event ${id}`,
  when: date,
  lane: lane as PartyId,
  span: spanOf(date) ?? expect.unreachable(date),
})
const FEB = Date.UTC(2026, 1, 1)

test('nothing overlaps in its row, at whatever scale, and all of it is there', () => {
  const someSpan = fc
    .tuple(fc.nat(60), fc.nat(20), fc.constantFrom('both', 'from', 'to'))
    .map(([start, length, known]) => {
      const day = (at: number): string => new Date(FEB + at * DAY).toISOString().slice(0, 10)
      if (known === 'from') return `${day(start)}/..`
      return `${known === 'to' ? '..' : day(start)}/${day(start + length)}`
    })
  fc.assert(
    fc.property(
      fc.array(someSpan, { maxLength: 40 }),
      fc.integer({ min: 60_000, max: 10 * DAY }),
      (dates, perPixel) => {
        const items = dates.map((date, at) => item(String(at), date))
        const [lane] = lanesOf(items, ['a' as PartyId], { from: FEB, perPixel })
        expect(lane?.items.length ?? 0).toBe(items.length)
        for (const [row, of] of Map.groupBy(lane?.items ?? [], ({ row }) => row)) {
          expect(row).toBeLessThan(lane?.rows ?? 0)
          const sorted = of.toSorted((a, b) => a.left - b.left)
          for (const [at, { isBeside, left, title, width }] of sorted.entries()) {
            const next = sorted[at + 1]
            const end = left + width + (isBeside ? title.length * 6 : 0)
            if (next) expect(next.left).toBeGreaterThanOrEqual(end)
          }
        }
      },
    ),
    { seed: SEED },
  )
})

test('a span is drawn as long as it is, a day in a wide view as a dot on it, an open side as open', () => {
  const scale = { from: FEB, perPixel: DAY / 40 }
  const [lane] = lanesOf(
    [
      item('span', '2026-02-03/2026-02-06'),
      item('before', '../2026-02-03'),
      item('after', '2026-02-03/..'),
    ],
    ['a' as PartyId],
    scale,
  )
  const of = (id: string) => lane?.items.find(item => item.id === id)
  expect(of('span')).toMatchObject({ left: 80, width: 160, isPoint: false, isBeside: false })
  expect(of('before')).toMatchObject({ opensBefore: true, opensAfter: false })
  expect((of('before')?.left ?? 0) + (of('before')?.width ?? 0)).toBe(120)
  expect(of('after')).toMatchObject({ left: 80, opensBefore: false, opensAfter: true })
  const [wide] = lanesOf([item('day', '2026-02-03')], ['a' as PartyId], {
    from: FEB,
    perPixel: DAY,
  })
  const [day] = wide?.items ?? []
  expect(day).toMatchObject({ isPoint: true, isBeside: true })
  expect((day?.left ?? 0) + (day?.width ?? 0) / 2).toBe(2.5)
})

test('lanes stand in the order of the parties; what is of a party that is gone is nobody’s', () => {
  const items = [item('1', '2026', 'b'), item('2', '2026', 'gone'), item('3', '2026', 'a')]
  const order = ['meetings', 'a' as PartyId, 'b' as PartyId, 'nobody'] as const
  const lanes = lanesOf(items, order, { from: FEB, perPixel: DAY })
  expect(lanes.map(({ id, items }) => [id, items.map(({ id }) => id)])).toEqual([
    ['a', ['3']],
    ['b', ['1']],
    ['nobody', ['2']],
  ])
})

describe('the scale', () => {
  test('shows everything when it is fitted, and keeps what lies under the pointer when it is zoomed', () => {
    const scale = fitted(FEB, FEB + 30 * DAY, 1000)
    expect(xOf(FEB, scale)).toBeGreaterThan(50)
    expect(xOf(FEB + 30 * DAY, scale)).toBeLessThan(950)
    for (const by of [1.5, 0.2, 1e9, 1e-9])
      expect(timeAt(300, zoomed(scale, by, 300))).toBeCloseTo(timeAt(300, scale), -1)
    expect(reachOf([])).toBeUndefined()
    expect(reachOf([spanOf('../2026-01') ?? expect.unreachable()])).toEqual([FEB, FEB])
  })

  test('has a readable number of marks, in order, at whatever zoom', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 10, noNaN: true }),
        fc.integer({ min: -1e13, max: 1e13 }),
        (power, from) => {
          const scale = zoomed({ from, perPixel: 10 ** power }, 1, 0)
          const ticks = ticksOf(scale, 1200)
          const xs = ticks.map(({ at }) => xOf(at, scale))
          expect(ticks.length).toBeLessThanOrEqual(17)
          expect(xs).toEqual(xs.toSorted((a, b) => a - b))
          for (const { label } of ticks) expect(label).not.toMatch(/Invalid|NaN/)
        },
      ),
      { seed: SEED },
    )
    const days = ticksOf({ from: FEB - DAY, perPixel: DAY / 100 }, 400).map(({ label }) => label)
    expect(days).toEqual(['31 Jan 2026', '1 Feb', '2 Feb', '3 Feb', '4 Feb'])
    const counted = distanceTicks({ from: -2 * DAY, perPixel: DAY / 100 }, 400, 'T0')
    expect(counted.map(({ label }) => label)).toEqual(['−2 d', '−1 d', 'T0', '+1 d', '+2 d'])
  })
})

describe('the times of a meeting', () => {
  const meeting = (values: Partial<Meeting>): Meeting => ({
    ...meetingRecords.blank,
    id: 'm' as MeetingId,
    ...values,
  })
  const began = { before: 'b' as SnapshotId, startedAt: Date.UTC(2026, 1, 6, 6) }
  const HERE = 'Europe/Istanbul'

  test('are told in its own zone and in mine', () => {
    const held = meeting({
      ...began,
      endedAt: Date.UTC(2026, 1, 6, 8, 30),
      timeZone: 'Asia/Muscat',
    })
    expect(timesOf(held, HERE)).toEqual([
      '6 Feb 2026, 10:00–12:30 in Muscat',
      '6 Feb 2026, 09:00–11:30 for you',
    ])
    expect(timesOf({ ...held, timeZone: HERE }, HERE)).toEqual([
      '6 Feb 2026, 09:00–11:30 in Istanbul',
    ])
    expect(timesOf(meeting({ ...began, timeZone: 'No/Such' }), HERE)).toEqual([
      'Since 6 Feb 2026, 09:00 GMT+3',
    ])
    expect(timesOf(meeting({}), HERE)).toEqual(['No date yet'])
    expect(timesOf(meeting({ plannedFor: '2026-02~' }), HERE)).toEqual([
      'Planned for about Feb 2026',
    ])
  })

  test('are typed in its own zone', () => {
    const today = Date.UTC(2026, 1, 2)
    const typed = (words: string, zone = 'Asia/Muscat') => plannedIn(words, zone, { today })
    expect(typed('6 Feb 10:00')).toBe('2026-02-06T10:00:00+04:00')
    expect(typed('6 Feb at 9.30', 'UTC')).toBe('2026-02-06T09:30:00Z')
    expect(typed('early February')).toBe('2026-02-01~/2026-02-10~')
    expect(typed('6 Feb 25:00')).toBeUndefined()
    // On the days on which New York puts its clocks forward and back.
    const there = 'America/New_York'
    expect(typed('2026-03-08 01:30', there)).toBe('2026-03-08T01:30:00-05:00')
    expect(typed('2026-03-08 04:30', there)).toBe('2026-03-08T04:30:00-04:00')
    expect(typed('2026-10-31 23:30', there)).toBe('2026-10-31T23:30:00-04:00')
    expect(typed('2026-11-01 03:30', there)).toBe('2026-11-01T03:30:00-05:00')
    expect(typed('2026-11-01 07:00', there)).toBe('2026-11-01T07:00:00-05:00')
    expect(typed('soon')).toBeUndefined()
    expect(typed('')).toBe('')
    const planned = meeting({ plannedFor: typed('6 Feb 10:00') ?? '', timeZone: 'Asia/Muscat' })
    expect(timesOf(planned, HERE)).toEqual([
      'Planned for 6 Feb 2026, 10:00 in Muscat',
      'Planned for 6 Feb 2026, 09:00 for you',
    ])
  })
})
