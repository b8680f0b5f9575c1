/** Any moment of a tracker's life, against a document that is edited anew up to that moment. */
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { setPosition } from '#shared/document/cells.ts'
import { createTracker, projectTracker, readTracker } from '#shared/document/tracker.ts'
import type { Entry } from '#shared/history/entry.ts'
import { Mirror, patchBetween } from '#shared/history/patch.ts'
import type { Thing } from '#shared/history/thing.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { BEGINNING, make, newDoc, rewind } from '#test/shared/edits.ts'
import { editByChance, Office } from '#test/shared/office.ts'
import { seededDice } from '#test/simulation/dice.ts'

beforeEach(rewind)

const run = (seed: number, steps: number): Office => {
  const dice = seededDice(seed)
  const people = ['ada', 'bo', 'cy', 'di', 'eve', 'flo'] as const
  const office = new Office(people, dice, () => undefined)
  const [first] = office.people
  createTracker(first.doc, 'Talks')
  make(first.doc, BEGINNING)
  for (let nth = 0; nth < steps; nth++) office.step(doc => editByChance(doc, dice))
  office.reunite()
  return office
}

describe('every moment is what a document says that is edited anew up to it', () => {
  test.each(Array.from({ length: 30 }, (_, nth) => nth + 1))('seed %i', seed => {
    const { entries } = run(seed, 100)
    const timeline = new Timeline(entries)
    for (const [seq, tracker] of replayed(entries).entries())
      expect(timeline.trackerAt(seq), `entry ${seq}`).toEqual(tracker)
    expect(timeline.last).toBe(entries.length)
  })
})

/** What a document says that is edited anew, after each entry; first before everything. */
const replayed = (entries: readonly Entry[]): readonly Tracker[] => {
  const anew = newDoc()
  return [
    readTracker(anew),
    ...entries.map(({ update }) => {
      Y.applyUpdate(anew, update)
      return readTracker(anew)
    }),
  ]
}

describe('a mirror that patches bring from moment to moment says what a replay says', () => {
  const seeds = Array.from({ length: 40 }, (_, nth) => 100 + nth)
  test.each(seeds)('60 moments, to and fro (seed %i)', seed => {
    const { entries } = run(seed, 100)
    const dice = seededDice(seed)
    const trackers = replayed(entries)
    const mirror = new Mirror()
    // Half of it comes while somebody is looking.
    const half = Math.floor(entries.length / 2)
    const timeline = new Timeline(entries.slice(0, half))
    let here = 0
    for (let nth = 0; nth < 60; nth++) {
      if (nth >= 30) timeline.add(entries.slice(half, half + (nth - 29) * 4))
      const near = Math.min(timeline.last, Math.max(0, here + dice.below(7) - 3))
      const to = dice.once(3) ? dice.below(timeline.last + 1) : near
      mirror.apply(patchBetween(timeline, here, to))
      here = to
      expect(projectTracker(mirror.stored), `entry ${here}`).toEqual(trackers[here])
    }
  })
})

describe('a timeline that grew by and by is the one that was made at once', () => {
  test.each(Array.from({ length: 20 }, (_, nth) => 200 + nth))('seed %i', seed => {
    const { entries } = run(seed, 100)
    const dice = seededDice(seed)
    const whole = new Timeline(entries)
    const grown = new Timeline()
    for (let from = 0; from < entries.length;) {
      const to = from + 1 + dice.below(20)
      // As when an answer overlaps with the one before.
      grown.add(entries.slice(Math.max(0, from - dice.below(3)), to))
      from = to
    }
    expect(grown.last).toBe(whole.last)
    for (let nth = 0; nth < 30; nth++) {
      const [one, other] = [dice.below(whole.last + 1), dice.below(whole.last + 1)]
      expect(grown.trackerAt(one), `entry ${one}`).toEqual(whole.trackerAt(one))
      // What happened to something that was not there any more it need not know.
      expect(grown.touched(one, other).isSubsetOf(whole.touched(one, other))).toBe(true)
      expect(differing(whole, one, other).isSubsetOf(grown.touched(one, other))).toBe(true)
    }
  })

  test('and one that misses an entry is none', () => {
    const { entries } = run(3, 60)
    const timeline = new Timeline(entries.slice(0, 5))
    expect(() => timeline.add(entries.slice(6))).toThrow('Entry 6 is missing')
  })
})

describe('whatever differs between two moments has been touched in between', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i', seed => {
    const { entries } = run(seed, 100)
    const timeline = new Timeline(entries)
    const dice = seededDice(seed)
    for (let nth = 0; nth < 20; nth++) {
      const [one, other] = [dice.below(timeline.last + 1), dice.below(timeline.last + 1)]
      const touched = timeline.touched(one, other)
      expect([...differing(timeline, one, other).difference(touched)]).toEqual([])
      expect(timeline.touched(other, one)).toEqual(touched)
      if (one === other) expect(touched.size).toBe(0)
    }
  })
})

const differing = (timeline: Timeline, one: number, other: number): ReadonlySet<Thing> => {
  const [before, after] = [everything(timeline, one), everything(timeline, other)]
  return new Set(
    [...before.keys(), ...after.keys()].filter(thing => before.get(thing) !== after.get(thing)),
  )
}

const everything = (timeline: Timeline, seq: number): ReadonlyMap<Thing, string> => {
  const stored = timeline.at(seq)
  const things = new Map<Thing, string>()
  for (const name of stored.names()) things.set(name as Thing, stored.text(name))
  for (const [key, value] of stored.scalars('cells'))
    things.set(`cells/${key}`, JSON.stringify(value))
  for (const [id, issue] of stored.records('issues'))
    things.set(`issues/${id}`, JSON.stringify([issue.get('title'), issue.get('rank')]))
  return things
}

test('a time is the last entry that had come by then, also where the clock stepped back', () => {
  const { entries } = run(3, 40)
  const [entry] = entries
  if (!entry) throw new Error('No entries')
  const times = [100, 200, 150, 300]
  const timeline = new Timeline(
    times.map((at, nth) => ({ ...entry, seq: nth + 1, at, account: `a${nth}` as AccountId })),
  )
  expect([99, 100, 199, 200, 250, 300, 999].map(time => timeline.seqAt(time))).toEqual([
    0, 1, 1, 3, 3, 4, 4,
  ])
  expect(timeline.entry(0)).toBeUndefined()
  expect(timeline.entry(2)).toEqual({ account: 'a1', at: 200 })
})

test('somebody is done with something when somebody else goes on with it, after a pause, and at the end', () => {
  const doc = newDoc()
  const [issue, iran, qatar] = ['i' as IssueId, 'iran' as PartyId, 'qatar' as PartyId]
  const entries: Entry[] = []
  let at = Date.UTC(2026, 1, 2)
  const write = (who: string, partyId: PartyId, text: string, minutesLater = 0): void => {
    at += 1_000 + minutesLater * 60_000
    doc.once('update', (update: Uint8Array) =>
      entries.push({ seq: entries.length + 1, account: who as AccountId, at, update }),
    )
    setPosition(doc, issue, partyId, text)
  }
  write('ada', iran, 'O')
  write('ada', iran, 'Om')
  write('ada', iran, 'Oman')
  write('bo', qatar, 'H')
  // Ada goes on where nobody else has written meanwhile.
  write('ada', iran, 'Oman only')
  write('bo', qatar, 'Hosts')
  write('bo', iran, 'Oman alone')
  write('ada', qatar, 'Would host')
  write('ada', qatar, 'Would host them', 4)
  write('ada', qatar, 'Would host the talks', 6)
  expect([...new Timeline(entries).stops()]).toEqual([5, 6, 7, 9, 10])
})
