/** Any moment on the screen: the slider's axis and steps, and a view that goes wherever the reader goes. */
import { meetingRecords } from '#shared/document/meetings.ts'
import { zstdCompressSync } from 'node:zlib'
import { createEffect, createRoot } from 'solid-js'
import { beforeEach, describe, expect, test } from 'vitest'
import { axisOf } from '#client/history/moments/axis.ts'
import { daysOn } from '#client/history/moments/days.ts'
import { EMPTY_LOG, extended, logOf, type Log } from '#client/history/moments/log.ts'
import type { Call, Reply } from '#client/history/moments/messages.ts'
import { createMoments, type Moments, type Thread } from '#client/history/moments/moments.ts'
import { createReader, type FetchJournal } from '#client/history/moments/reader.ts'
import { nearest, signsOn } from '#client/history/moments/signs.ts'
import { playingTime, travelFor, travelled } from '#client/history/moments/travel.ts'
import { Refused } from '#client/api.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import { setPosition } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { encodeBody, encodeChapters } from '#shared/history/chapter.ts'
import type { Entry } from '#shared/history/entry.ts'
import type { AccountId, IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { newDoc, rewind } from '#test/shared/edits.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const MONDAY = new Date(2026, 1, 2, 9).getTime()
const ada = 'ada' as AccountId

const logWith = (times: readonly number[], stops?: readonly number[]): Log =>
  logOf({
    times: Float64Array.from(times),
    by: new Uint16Array(times.length),
    accounts: [ada],
    stops: Uint32Array.from(stops ?? times.map((_, index) => index + 1)),
  })

/** Three bursts of work: two on Monday, an hour apart, one on Thursday. */
const WEEK = logWith([
  ...[0, 1, 2].map(minute => MONDAY + minute * MINUTE),
  ...[62, 63].map(minute => MONDAY + minute * MINUTE),
  ...[0, 4, 8].map(minute => MONDAY + 3 * DAY + minute * MINUTE),
])

describe('the slider', () => {
  const axis = axisOf(WEEK)

  test('folds idle time: three bursts of work lie side by side, each as wide as it was long', () => {
    expect(axis.bursts.map(({ first, last }) => [first, last])).toEqual([
      [1, 3],
      [4, 5],
      [6, 8],
    ])
    const widths = axis.bursts.map(({ end, start }) => end - start)
    expect(widths[2]).toBeGreaterThan(2 * (widths[0] ?? 1))
    expect(widths[0]).toBeGreaterThan(widths[1] ?? 1)
    const gaps = axis.bursts.map(({ start }, index) => start - (axis.bursts[index - 1]?.end ?? 0))
    for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0, 9)
    expect(Math.max(...gaps)).toBeLessThan(0.05)
  })

  test('places rise with the moments, from 0 to 1, and lead back to them', () => {
    const places = Array.from({ length: 9 }, (_, seq) => axis.placeOf(seq))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect([places[0], places[8]]).toEqual([0, 1])
    for (const [seq, place] of places.entries()) expect(axis.seqAt(place)).toBe(seq)
    expect(axis.seqAt(axis.bursts[1]?.start ?? 0)).toBe(4)
    expect(axis.seqAt((axis.bursts[1]?.start ?? 0) - 0.001)).toBe(3)
  })

  test('of entries at one time the last is meant, and of nothing there is nothing', () => {
    const same = axisOf(logWith([MONDAY, MONDAY, MONDAY]))
    expect(same.seqAt(same.placeOf(1))).toBe(3)
    const none = axisOf(EMPTY_LOG)
    expect([none.placeOf(0), none.seqAt(0.5), none.bursts]).toEqual([0, 0, []])
  })

  test('names the days on which somebody worked, as many as there is room for', () => {
    expect(daysOn(WEEK, axis, 1_000).map(({ name }) => name)).toEqual(['2 Feb', '5 Feb'])
    expect(daysOn(WEEK, axis, 80).map(({ name }) => name)).toEqual(['2 Feb'])
    const years = logWith([MONDAY, MONDAY + 400 * DAY])
    expect(daysOn(years, axisOf(years), 1_000).map(({ name }) => name)).toEqual([
      '2 Feb',
      '9 Mar 2027',
    ])
  })

  test('plays the work, not the waiting', () => {
    const long = logWith(Array.from({ length: 200 }, (_, index) => MONDAY + index * 4 * MINUTE))
    const idle = logWith([MONDAY, MONDAY + 300 * DAY])
    expect(playingTime(axisOf(long))).toBeGreaterThan(playingTime(axisOf(idle)))
    expect(playingTime(axisOf(idle))).toBeLessThan(15_000)
  })
})

describe('a step', () => {
  const axis = axisOf(WEEK)
  const from = (seq: number, stride: 'change' | 'burst' | 'day', by: 1 | -1): number =>
    travelled(WEEK, axis, seq, { stride, by })

  test('by change goes to where somebody was done with something', () => {
    const log = logWith([1, 2, 3, 4, 5], [2, 4])
    const step = (seq: number, by: 1 | -1) =>
      travelled(log, axisOf(log), seq, { stride: 'change', by })
    expect([0, 1, 2, 3, 4, 5].map(seq => step(seq, 1))).toEqual([2, 2, 4, 4, 5, 5])
    expect([0, 1, 2, 3, 4, 5].map(seq => step(seq, -1))).toEqual([0, 0, 0, 2, 2, 4])
  })

  test('by burst goes to the ends of bursts of work', () => {
    expect([0, 1, 3, 4, 5, 8].map(seq => from(seq, 'burst', 1))).toEqual([3, 3, 5, 5, 8, 8])
    expect([0, 2, 3, 4, 5, 8].map(seq => from(seq, 'burst', -1))).toEqual([0, 0, 0, 3, 3, 5])
  })

  test('by day goes to the ends of days with work', () => {
    expect([0, 2, 5, 6, 8].map(seq => from(seq, 'day', 1))).toEqual([5, 5, 8, 8, 8])
    expect([0, 2, 5, 6, 8].map(seq => from(seq, 'day', -1))).toEqual([0, 0, 0, 5, 5])
  })

  test('comes from the keys, left and right as the eye sees them', () => {
    const press = (key: string, more: Partial<KeyboardEvent> = {}, rtl = false) =>
      travelFor(
        { key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more },
        rtl,
      )
    expect(press('ArrowRight')).toEqual({ stride: 'change', by: 1 })
    expect(press('ArrowRight', {}, true)).toEqual({ stride: 'change', by: -1 })
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ stride: 'burst', by: -1 })
    expect(press('ArrowLeft', { ctrlKey: true })).toEqual({ stride: 'day', by: -1 })
    expect(press('PageUp')).toEqual({ stride: 'day', by: 1 })
    expect(press('Home')).toEqual({ to: 'start' })
    expect(press('End')).toEqual({ to: 'end' })
    expect(press('x')).toBeUndefined()
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined()
  })
})

test('snapshots and meetings stand where they were taken; imported ones, older than the journal, nowhere', () => {
  const axis = axisOf(WEEK)
  const snapshot = (id: string, seq: number, label: string): SnapshotEntry =>
    ({
      id,
      seq,
      label,
      kind: label ? 'manual' : 'automatic',
      at: WEEK.timeOf(seq),
    }) as SnapshotEntry
  const signs = signsOn(
    WEEK,
    axis,
    [
      snapshot('d', 8, 'End'),
      snapshot('c', 5, ''),
      snapshot('b', 3, 'Call'),
      snapshot('a', 0, 'Old'),
    ],
    [
      {
        ...meetingRecords.blank,
        id: 'm' as never,
        title: 'Muscat',
        startedAt: 0,
        endedAt: 0,
        before: 'b' as never,
        after: 'c' as never,
      },
    ],
  )
  expect(signs.map(({ kind, label, seq }) => [kind, seq, label])).toEqual([
    ['meeting', 3, 'Meeting: Muscat'],
    ['named', 3, 'Call'],
    ['automatic', 5, 'Automatic'],
    ['named', 8, 'End'],
  ])
  expect(nearest(signs, axis.placeOf(5) + 0.001, 0.01)?.seq).toBe(5)
  expect(nearest(signs, axis.placeOf(4), 0.0001)).toBeUndefined()
})

describe('the moments', () => {
  const [issue, party] = ['i' as IssueId, 'p' as PartyId]
  let entries: Entry[]
  let trackers: Tracker[]
  let fetches: number[]
  let fault: Error | undefined
  let threads: number

  beforeEach(() => {
    rewind()
    ;[entries, fetches, fault, threads] = [[], [], undefined, 0]
    const doc = newDoc()
    trackers = [readTracker(doc)]
    doc.on('update', (update: Uint8Array) => {
      const seq = entries.length + 1
      const account = (seq % 2 ? 'ada' : 'bo') as AccountId
      entries.push({ seq, account, at: MONDAY + seq * 1_000, update })
      trackers.push(readTracker(doc))
    })
    createTracker(doc, 'Talks')
    addIssue(doc, issue, { title: 'Relief', basketId: null })
    addParty(doc, party, { name: 'Iran' })
    for (const words of ['Asks', 'Asks for', 'Asks for relief', 'Demands relief'])
      setPosition(doc, issue, party, words)
  })

  const fetchJournal: FetchJournal = async (_trackerId, after, received) => {
    fetches.push(after)
    if (fault) throw fault
    received(50, 100)
    return encodeChapters([
      { firstSeq: after + 1, compressed: zstdCompressSync(encodeBody(entries.slice(after))) },
    ])
  }
  /** A thread in this one; what it says comes a little later, as from another. */
  const spawn = (): Thread => {
    threads++
    const thread: Thread = {
      onmessage: null,
      onerror: null,
      terminate: () => undefined,
      postMessage: (call: Call) => void answer(call),
    }
    const answer = createReader(fetchJournal, (reply: Reply) =>
      queueMicrotask(() => thread.onmessage?.({ data: reply } as MessageEvent<Reply>)),
    )
    return thread
  }
  const using = async (use: (moments: Moments) => Promise<void>): Promise<void> => {
    const { dispose, moments } = createRoot(dispose => ({
      dispose,
      moments: createMoments('t' as TrackerId, spawn),
    }))
    await use(moments)
    dispose()
  }

  test('are read once, with progress, and each is what it was', () =>
    using(async moments => {
      expect(moments.reading()).toEqual({ at: 'nothing' })
      const done: number[] = []
      createRoot(() =>
        createEffect(() => {
          const is = moments.reading()
          if (is.at === 'reading') done.push(is.done)
        }),
      )
      await Promise.all([moments.read(), moments.read()])
      expect(fetches).toEqual([0])
      expect(moments.reading()).toEqual({ at: 'ready' })
      expect(done.length).toBeGreaterThan(1)
      expect(done).toEqual(done.toSorted((a, b) => a - b))
      const { accountOf, last, seqAt, timeOf } = moments.log()
      expect(last).toBe(entries.length)
      expect([accountOf(1), accountOf(2), accountOf(0)]).toEqual(['ada', 'bo', undefined])
      expect(seqAt(timeOf(3))).toBe(3)
      for (const seq of [4, 7, 2, 0, last, 5]) {
        await moments.go(seq)
        expect(moments.shown()).toBe(seq)
        expect(moments.view.tracker()).toEqual(trackers[seq])
        expect(await moments.ask('tracker', seq)).toEqual(trackers[seq])
      }
    }))

  test('a step wakes who reads what differs, and nobody else', () =>
    using(async moments => {
      await moments.read()
      await moments.go(5)
      const seen: string[] = []
      createRoot(() => {
        createEffect(() => seen.push(moments.view.cell(issue, party).position))
        createEffect(() => seen.push(`${moments.view.issueIds().length} rows`))
      })
      seen.length = 0
      await moments.go(6)
      expect(seen).toEqual(['Asks for relief'])
    }))

  test('of many moves in a row the last one counts', () =>
    using(async moments => {
      await moments.read()
      const seen: number[] = []
      createRoot(() => createEffect(() => seen.push(moments.shown())))
      const going = [7, 6, 5, 4, 3].map(seq => moments.go(seq))
      await Promise.all(going)
      expect(moments.shown()).toBe(3)
      expect(seen.length).toBeLessThan(4)
      expect(moments.view.tracker()).toEqual(trackers[3])
    }))

  test('what comes later is read by itself, and where the reader is stays', () =>
    using(async moments => {
      const [all, half] = [entries, entries.slice(0, 4)]
      entries = half
      await moments.read()
      await moments.go(2)
      entries = all
      await moments.read()
      expect(fetches).toEqual([0, 4])
      expect(moments.log().last).toBe(all.length)
      expect(moments.view.tracker()).toEqual(trackers[2])
      await moments.go(7)
      expect(moments.view.tracker()).toEqual(trackers[7])
    }))

  test('where the server does not answer, the words say so, and asking again helps', () =>
    using(async moments => {
      fault = new Refused(0, 'offline', 'The server cannot be reached.')
      await moments.read()
      expect(moments.reading()).toEqual({ at: 'failed', message: 'The server cannot be reached.' })
      fault = undefined
      await moments.read()
      expect(moments.reading()).toEqual({ at: 'ready' })
      fault = new Refused(0, 'offline', 'The server cannot be reached.')
      await moments.read()
      // What has been read before can be looked at.
      expect(moments.reading()).toEqual({ at: 'ready' })
      await moments.go(3)
      expect(moments.view.tracker()).toEqual(trackers[3])
    }))

  test('bytes that are no journal break nothing', () =>
    using(async moments => {
      const [entry] = entries
      if (!entry) throw new Error('No entries')
      entries = [{ ...entry, update: Uint8Array.of(9, 9, 9) }]
      await moments.read()
      expect(moments.reading()).toMatchObject({ at: 'failed' })
    }))

  test('a thread that dies is begun anew, and the view goes on from where it is', () =>
    using(async moments => {
      let dying: Thread | undefined
      const { dispose, mortal } = createRoot(dispose => ({
        dispose,
        mortal: createMoments('t' as TrackerId, () => (dying = spawn())),
      }))
      await mortal.read()
      await mortal.go(6)
      dying?.onerror?.(new ErrorEvent('error'))
      expect(mortal.reading()).toMatchObject({ at: 'failed' })
      await mortal.read()
      expect(mortal.reading()).toEqual({ at: 'ready' })
      await mortal.go(3)
      expect(mortal.view.tracker()).toEqual(trackers[3])
      expect(threads).toBe(2)
      dispose()
      expect(moments.reading()).toEqual({ at: 'nothing' })
    }))
})

test('news of what is known already changes nothing', () => {
  const news = {
    after: 2,
    times: Float64Array.of(3, 4),
    by: Uint16Array.of(0, 0),
    accounts: [ada],
    stops: Uint32Array.of(4),
  }
  const log = extended(logWith([1, 2, 3]), news)
  expect([...log.times]).toEqual([1, 2, 3, 4])
})
