/** Any moment of a tracker's life, against a document that is edited anew up to that moment. */
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readTracker, createTracker } from '#shared/document/tracker.ts'
import { Timeline, type Thing } from '#shared/history/timeline.ts'
import type { AccountId } from '#shared/ids.ts'
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
    const anew = newDoc()
    expect(timeline.trackerAt(0)).toEqual(readTracker(anew))
    for (const { seq, update } of entries) {
      Y.applyUpdate(anew, update)
      expect(timeline.trackerAt(seq), `entry ${seq}`).toEqual(readTracker(anew))
    }
    expect(timeline.last).toBe(entries.length)
  })
})

describe('whatever differs between two moments has been touched in between', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i', seed => {
    const { entries } = run(seed, 100)
    const timeline = new Timeline(entries)
    const dice = seededDice(seed)
    for (let nth = 0; nth < 20; nth++) {
      const [one, other] = [dice.below(timeline.last + 1), dice.below(timeline.last + 1)]
      const [before, after] = [everything(timeline, one), everything(timeline, other)]
      const differing = [...new Set([...before.keys(), ...after.keys()])].filter(
        thing => before.get(thing) !== after.get(thing),
      )
      const touched = timeline.touched(one, other)
      expect(differing.filter(thing => !touched.has(thing))).toEqual([])
      expect(timeline.touched(other, one)).toEqual(touched)
      if (one === other) expect(touched.size).toBe(0)
    }
  })
})

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
