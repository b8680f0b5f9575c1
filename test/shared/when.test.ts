/** Imprecise dates: what they may mean, in which order they stand, and what moves when an anchor does. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarWords, sinceWords } from '#shared/calendar-words.ts'
import { DAY, dayIn, edtfOf, spanOf } from '#shared/dates.ts'
import { eventRecords } from '#shared/document/events.ts'
import { BEARINGS, type Event } from '#shared/events.ts'
import type { EventId } from '#shared/ids.ts'
import { takeWords, whenWords } from '#shared/when-words.ts'
import {
  byWhen,
  countedFrom,
  dateNow,
  shiftsBy,
  t0Of,
  whensOf,
  type EventDate,
  type When,
} from '#shared/when.ts'

const SEED = 20_260_202

const event = (id: string, values: Partial<Event> = {}): Event => ({
  ...eventRecords.blank,
  id: id as EventId,
  title: id,
  ...values,
})
const NEVER: When = { is: 'unknown' }
const id = (name: string): EventId => name as EventId
/** As days: "2026-02-03..2026-02-05", the end included. */
const days = (date: string): string | undefined => {
  const span = spanOf(date)
  if (!span) return undefined
  const { earliest, latest } = span
  return `${earliest === undefined ? '' : dayIn(earliest)}..${latest === undefined ? '' : dayIn(latest - 1)}`
}

describe('EDTF of level 1', () => {
  test.each([
    ['2026-02-03', '2026-02-03..2026-02-03'],
    ['2024-02-29', '2024-02-29..2024-02-29'],
    ['2026-02', '2026-02-01..2026-02-28'],
    ['2026', '2026-01-01..2026-12-31'],
    ['202X', '2020-01-01..2029-12-31'],
    ['19XX', '1900-01-01..1999-12-31'],
    ['2026-02-XX', '2026-02-01..2026-02-28'],
    ['2026-XX-XX', '2026-01-01..2026-12-31'],
    ['2026-22', '2026-06-01..2026-08-31'],
    ['2026-24', '2026-12-01..2027-02-28'],
    ['2026-02-03/2026-02-06', '2026-02-03..2026-02-06'],
    ['2026-02-03~/2026-02?', '2026-02-03..2026-02-28'],
    ['../2026-02-03', '..2026-02-03'],
    ['2026-02-03/..', '2026-02-03..'],
    ['2026/', '2026-01-01..'],
    ['/2026', '..2026-12-31'],
    ['0001-01-01', '0001-01-01..0001-01-01'],
  ])('%s', (date, meant) => expect(days(date)).toBe(meant))

  test.each([
    '',
    'Tuesday',
    '2026-13',
    '2026-02-29',
    '2026-04-31',
    '2026-02-00',
    '2026-2-3',
    '../..',
    '/',
    '2026-02-06/2026-02-03',
    '2026-02/x',
    '2026/2027/2028',
    '2X26',
    '2026-02-03T25:00',
  ])('%s is none', date => expect(spanOf(date)).toBeUndefined())

  test('marks say how sure it is', () => {
    expect(spanOf('2026-02~')).toMatchObject({ isApproximate: true, isUncertain: false })
    expect(spanOf('2026-02?')).toMatchObject({ isApproximate: false, isUncertain: true })
    expect(spanOf('2026-02%/..')).toMatchObject({ isApproximate: true, isUncertain: true })
  })

  test('a span in whole days is written so that it reads as the same span', () => {
    const day = fc.integer({ min: -500_000, max: 2_900_000 })
    fc.assert(
      fc.property(day, fc.nat(4000), fc.nat(3), fc.nat(2), (from, length, mark, open) => {
        const span = {
          earliest: open === 1 ? undefined : from * DAY,
          latest: open === 2 ? undefined : (from + 1 + length) * DAY,
          isUncertain: (mark & 1) > 0,
          isApproximate: (mark & 2) > 0,
        }
        expect(spanOf(edtfOf(span))).toEqual(span)
      }),
      { seed: SEED },
    )
  })

  test('nothing that may stand in the field throws', () => {
    const around = { anchors: [], anchorId: null, today: 0 }
    const word = fc.constantFrom(
      ...'__proto__ within days before 2 to 0000 9999 - / ~ ? Feb after T0'.split(' '),
    )
    const typed = fc.oneof(
      fc.string(),
      fc.array(word).map(words => words.join(' ')),
    )
    fc.assert(
      fc.property(typed, text => {
        calendarWords(text)
        const taken = takeWords(text, around)
        // And what is taken as a date is one.
        if (taken.is === 'taken' && taken.date.date !== '')
          expect(spanOf(taken.date.date)).toBeDefined()
      }),
      { seed: SEED, numRuns: 1_000, examples: [['__proto__'], ['before 0000'], ['after 9999']] },
    )
  })
})

const someDay = fc.integer({ min: 0, max: 40_000 }).map(day => dayIn(day * DAY))
const distance = fc.option(fc.integer({ min: 0, max: 400 }))
/** Event 0 is T0; the others hang on T0, on each other, round in rings, or on nothing. */
const trackers = fc
  .array(
    fc.record({
      date: fc.oneof(
        { weight: 2, arbitrary: fc.constant('') },
        someDay,
        fc.constant('2026-02?/..'),
      ),
      anchor: fc.option(fc.nat(12)),
      bearing: fc.constantFrom(...BEARINGS),
      fromDays: distance,
      toDays: distance,
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map(all =>
    all.map(({ anchor, ...date }, at) =>
      event(`e${at}`, {
        ...date,
        anchorId: anchor === null ? null : id(`e${anchor}`),
        ...(at === 0 && { date: '', anchorId: null }),
      }),
    ),
  )

/** All from which it is counted, itself included. */
const chainOf = (events: readonly Event[], start: EventId): readonly EventId[] => {
  const chain: EventId[] = []
  for (let at = events.find(({ id }) => id === start); at && !chain.includes(at.id);) {
    chain.push(at.id)
    const { anchorId, date } = at
    at = spanOf(date) ? undefined : events.find(({ id }) => id === anchorId)
  }
  return chain
}

describe('re-anchoring', () => {
  test('T0 moves every date that is counted from it by the same, and nothing else', () => {
    fc.assert(
      fc.property(trackers, someDay, fc.integer({ min: -4000, max: 4000 }), (events, first, by) => {
        const t0 = id('e0')
        const second = dayIn((spanOf(first)?.earliest ?? 0) + by * DAY)
        const at = (date: string): ReadonlyMap<EventId, When> =>
          whensOf(events.map(event => (event.id === t0 ? { ...event, date } : event)))
        const [then, now] = [at(first), at(second)]
        for (const { id } of events) {
          const [before, after] = [then.get(id), now.get(id)]
          if (!chainOf(events, id).includes(t0)) expect(after).toEqual(before)
          else if (before?.is === 'dated' && after?.is === 'dated') {
            for (const end of ['earliest', 'latest'] as const) {
              const [was, is] = [before.span[end], after.span[end]]
              expect(is).toBe(was === undefined ? undefined : was + by * DAY)
            }
          } else expect.unreachable(`${id} hangs on a date and has none`)
        }
        const shifted = shiftsBy(
          events.map(event => (event.id === t0 ? { ...event, date: first } : event)),
          t0,
          { date: second },
        )
        for (const { event } of shifted) expect(chainOf(events, event.id)).toContain(t0)
        if (by === 0) expect(shifted).toEqual([])
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  test('without T0’s date what hangs on it keeps its distance, and is put in its place once the date is known', () => {
    const events = [
      event('T0'),
      event('talks', { anchorId: id('T0'), bearing: 'after', fromDays: 2, toDays: 5 }),
      event('arrival', { anchorId: id('talks'), bearing: 'before', fromDays: 1, toDays: 1 }),
      event('speech', { date: '2026-01-20' }),
    ]
    const words = (all: readonly Event[]): readonly string[] => {
      const whens = whensOf(all)
      return all
        .toSorted(byWhen(whens))
        .map(event => `${event.title}: ${whenWords(event, whens.get(event.id) ?? NEVER, it => it)}`)
    }
    expect(words(events)).toEqual([
      'speech: 20 Jan 2026',
      'arrival: 1 day before talks',
      'talks: 2 to 5 days after T0',
      'T0: Date unknown',
    ])
    const set = [event('T0', { date: '2026-02-02' }), ...events.slice(1)]
    expect(words(set)).toEqual([
      'speech: 20 Jan 2026',
      'T0: 2 Feb 2026',
      'arrival: 3 to 6 Feb 2026',
      'talks: 4 to 7 Feb 2026',
    ])
    expect(dateNow(whensOf(set).get(id('talks')) ?? NEVER)).toBe('2026-02-04/2026-02-07')
    expect(
      shiftsBy(events, id('T0'), { date: '2026-02-02' }).map(({ event }) => event.title),
    ).toEqual(['T0', 'arrival', 'talks'])
    expect(t0Of(events)?.title).toBe('T0')
  })

  test('what is counted from itself, by whatever way, has no date, and what hangs on that is relative to it', () => {
    const events = [
      event('a', { anchorId: id('b') }),
      event('b', { anchorId: id('c') }),
      event('c', { anchorId: id('b') }),
      event('d', { anchorId: id('gone') }),
    ]
    for (const order of [events, events.toReversed()]) {
      const whens = whensOf(order)
      expect(order.map(({ id }) => [id, whens.get(id)?.is]).sort()).toEqual([
        ['a', 'relative'],
        ['b', 'unknown'],
        ['c', 'unknown'],
        ['d', 'unknown'],
      ])
    }
    expect([...countedFrom(events, id('c'))].sort()).toEqual(['a', 'b', 'c'])
  })

  test('a chain of ten thousand is no matter', () => {
    const long = Array.from({ length: 10_000 }, (_, at) =>
      event(`e${at}`, {
        anchorId: at === 0 ? null : id(`e${at - 1}`),
        bearing: 'after',
        toDays: 0,
      }),
    )
    expect(whensOf(long.toReversed()).get(id('e9999'))).toMatchObject({ from: 'e0' })
    expect(countedFrom(long, id('e0')).size).toBe(10_000)
  })
})

test('the order is total: however the events come in, they stand in one order', () => {
  fc.assert(
    fc.property(trackers, fc.infiniteStream(fc.nat()), (events, stream) => {
      const order = byWhen(whensOf(events))
      const sorted = events.toSorted(order).map(({ id }) => id)
      const keys = new Map(events.map(({ id }) => [id, stream.next().value]))
      const shuffled = events.toSorted((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0))
      expect(shuffled.toSorted(order).map(({ id }) => id)).toEqual(sorted)
      for (const a of events)
        for (const b of events) expect(Math.sign(order(a, b))).toBe(0 - Math.sign(order(b, a)))
    }),
    { seed: SEED },
  )
  const whens = whensOf([
    event('month', { date: '2026-02' }),
    event('day', { date: '2026-02-01' }),
    event('before', { date: '../2026-03' }),
  ])
  expect(
    [...whens.keys()]
      .map(id => ({ id }))
      .sort(byWhen(whens))
      .map(({ id }) => id),
  ).toEqual(['before', 'day', 'month'])
})

const TODAY = Date.UTC(2026, 1, 4, 15)

test.each([
  ['3 Feb', '2026-02-03', '3 Feb 2026'],
  ['Tuesday, 3rd of February 2026', '2026-02-03', '3 Feb 2026'],
  ['February 3, 2026', '2026-02-03', '3 Feb 2026'],
  ['3.2.2026', '2026-02-03', '3 Feb 2026'],
  ['30 Dec', '2025-12-30', '30 Dec 2025'],
  ['Feb 2026', '2026-02', 'Feb 2026'],
  ['early February', '2026-02-01~/2026-02-10~', 'about 1 to 10 Feb 2026'],
  ['late Feb', '2026-02-21~/2026-02-28~', 'about 21 to 28 Feb 2026'],
  ['about 3 Feb', '2026-02-03~', 'about 3 Feb 2026'],
  ['probably 3 Feb', '2026-02-03?', '3 Feb 2026 (uncertain)'],
  ['probably about 3 Feb', '2026-02-03%', 'about 3 Feb 2026 (uncertain)'],
  ['between 3 and 6 Feb', '2026-02-03/2026-02-06', '3 to 6 Feb 2026'],
  ['3–6 February', '2026-02-03/2026-02-06', '3 to 6 Feb 2026'],
  ['28 Feb to 3 Mar', '2026-02-28/2026-03-03', '28 Feb to 3 Mar 2026'],
  ['before 10 Feb', '../2026-02-09', 'until 9 Feb 2026'],
  ['by 10 Feb', '../2026-02-10', 'until 10 Feb 2026'],
  ['after 10 Feb', '2026-02-11/..', 'from 11 Feb 2026 on'],
  ['since February', '2026-02-01/..', 'from 1 Feb 2026 on'],
  ['spring 2026', '2026-21', 'spring 2026'],
  ['tomorrow', '2026-02-05', '5 Feb 2026'],
  ['2026-02-xx', '2026-02-XX', 'Feb 2026'],
  ['2026-02-03T18:40+03:00', '2026-02-03T18:40+03:00', '3 Feb 2026, 18:40 UTC+03:00'],
])('%s is %s, said as %s', (typed, date, said) => {
  const taken = takeWords(typed, { anchors: [], anchorId: null, today: TODAY })
  expect(taken).toMatchObject({ is: 'taken', date: { date } })
  expect(calendarWords(date)).toBe(said)
})

const anchors = [
  event('T0'),
  event('The talks in Muscat'),
  event('Talks in Istanbul'),
  event('Visit'),
]
const read = (typed: string, near?: number) =>
  takeWords(typed, { anchors, anchorId: id('T0'), today: TODAY, near })

test.each<[string, string, EventDate['bearing'], number | null, number | null]>([
  ['within days', 'T0', 'after', 0, 7],
  ['within the coming days', 'T0', 'after', 0, 7],
  ['days rather than weeks', 'T0', 'after', 1, 7],
  ['within days, not weeks', 'T0', 'after', 0, 7],
  ['within two weeks', 'T0', 'after', 0, 14],
  ['in the next 3 days', 'T0', 'after', 0, 3],
  ['in 3 days', 'T0', 'after', 3, 3],
  ['as early as this week', 'T0', 'after', 0, 6],
  ['next week', 'T0', 'after', 1, 13],
  ['soon', 'T0', 'after', 0, null],
  ['2 to 5 days after T0', 'T0', 'after', 2, 5],
  ['2–5 days', 'T0', 'after', 2, 5],
  ['between 2 and 5 days before the visit', 'Visit', 'before', 2, 5],
  ['a week after the visit', 'Visit', 'after', 7, 7],
  ['days before the visit', 'Visit', 'before', 1, 7],
  ['after the talks in Muscat', 'The talks in Muscat', 'after', null, null],
  ['before the Muscat talks', 'The talks in Muscat', 'before', null, null],
  ['around the visit', 'Visit', 'around', null, null],
  ['within 2 weeks of the visit', 'Visit', 'after', 0, 14],
])('%s', (typed, anchorId, bearing, fromDays, toDays) =>
  expect(read(typed)).toEqual({
    is: 'taken',
    date: { date: '', anchorId, bearing, fromDays, toDays, phrase: typed },
  }),
)

test('a date without a year is one of the record’s time, where that is known', () => {
  const near = Date.UTC(2027, 0, 10)
  expect(read('3 Feb', near)).toMatchObject({ date: { date: '2027-02-03' } })
  expect(read('tomorrow', near)).toMatchObject({ date: { date: '2026-02-05' } })
})

test('what cannot be taken says what to write', () => {
  expect(read('after the talks')).toMatchObject({
    is: 'not',
    why: expect.stringMatching(/may be “The talks in Muscat” or “Talks in Istanbul”/),
  })
  expect(read('after the summit')).toMatchObject({
    why: expect.stringMatching(/No event is called/),
  })
  expect(read('when pigs fly')).toMatchObject({ why: expect.stringMatching(/^Not understood/) })
  expect(takeWords('within days', { anchors: [], anchorId: null, today: TODAY })).toMatchObject({
    why: expect.stringMatching(/no event yet/),
  })
  expect(read('  ')).toMatchObject({ is: 'taken', date: { date: '', phrase: '', anchorId: null } })
})

test.each([
  ['2026-02-03', 'since 3 Feb 2026'],
  ['../2026-02-03', 'by 3 Feb 2026'],
  ['/2026-02', 'by Feb 2026'],
  ['2026-02/..', 'since Feb 2026'],
  ['2026-02-02/2026-02-04', 'since 2 to 4 Feb 2026'],
  ['the spring', 'since the spring'],
  ['/', 'since /'],
])('what holds since %s, in words', (date, said) => {
  expect(sinceWords(date)).toBe(said)
})
