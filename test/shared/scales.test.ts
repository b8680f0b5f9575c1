/** Scales that are changed under the positions on them: no position changes its meaning. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { compare } from '#shared/compare/compare.ts'
import { setCell } from '#shared/document/cells.ts'
import { addIssue, issueRecords, readIssue } from '#shared/document/issues.ts'
import { pointAt, setNumeric } from '#shared/document/numeric.ts'
import { addParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { restore } from '#shared/history/restore.ts'
import type { IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'
import { nameIn, numberWords, parseNumber, proportionOf } from '#shared/issues.ts'
import { cellOf } from '#shared/tracker.ts'
import { copyOf, newDoc } from '#test/shared/edits.ts'

const [I, P, Q] = ['i', 'p', 'q'] as unknown as readonly [IssueId, PartyId, PartyId]
const [LOW, MIDDLE, HIGH] = ['k0', 'k1', 'k2'] as unknown as readonly [PointId, PointId, PointId]
const NEW = 'new' as PointId

const scaled = (labels: readonly string[] = ['None', 'Some', 'Full']): Y.Doc => {
  const doc = newDoc()
  createTracker(doc, 'Talks')
  addParty(doc, P, { name: 'Iran' })
  addParty(doc, Q, { name: 'Oman' })
  addIssue(doc, I, { title: 'Limits', basketId: null })
  for (const [index, label] of labels.entries()) addPoint(doc, `k${index}` as PointId, I, label)
  return doc
}
const merge = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}
const labels = (doc: Y.Doc) => readIssue(doc, I)?.scale.points.map(({ label }) => label)
const cell = (doc: Y.Doc, party = P) => cellOf(readTracker(doc), I, party)
const meant = (doc: Y.Doc, party = P) => {
  const { aspiration, stance, walkAway } = cell(doc, party)
  const label = (id: PointId | null) =>
    readIssue(doc, I)?.scale.points.find(point => point.id === id)?.label
  return [stance, aspiration, walkAway].map(label)
}
const position = (doc: Y.Doc): void => {
  setCell(doc, I, P, { stance: MIDDLE, aspiration: LOW, walkAway: HIGH })
  redLineRecords.put(doc, 'line' as RedLineId, { issueId: I, partyId: Q, point: HIGH })
}

describe('a point put in, named anew and moved under positions', () => {
  test('leaves every position, range and red line where it was', () => {
    const doc = scaled()
    position(doc)
    addPoint(doc, NEW, I, 'A little', 1)
    expect(labels(doc)).toEqual(['None', 'A little', 'Some', 'Full'])
    expect(meant(doc)).toEqual(['Some', 'None', 'Full'])
    movePoint(doc, HIGH, 0)
    pointRecords.set(doc, MIDDLE, { label: 'Half' })
    expect(labels(doc)).toEqual(['Full', 'None', 'A little', 'Half'])
    expect(meant(doc)).toEqual(['Half', 'None', 'Full'])
    expect(readTracker(doc).redLines[0]?.point).toBe(HIGH)
  })

  test('also by two people at once, one of whom is placing a party', () => {
    const mine = scaled()
    position(mine)
    const theirs = copyOf(mine)
    addPoint(mine, NEW, I, 'A little', 1)
    movePoint(mine, LOW, 3)
    pointRecords.set(theirs, MIDDLE, { label: 'Half' })
    addPoint(theirs, 'other' as PointId, I, 'Most', 2)
    setCell(theirs, I, Q, { stance: MIDDLE, walkAway: 'other' as PointId })
    merge(mine, theirs)
    expect(readTracker(mine)).toEqual(readTracker(theirs))
    expect(labels(mine)?.toSorted()).toEqual(['A little', 'Full', 'Half', 'Most', 'None'])
    expect(meant(mine)).toEqual(['Half', 'None', 'Full'])
    expect(meant(mine, Q)).toEqual(['Half', undefined, 'Most'])
  })

  test('a removed point leaves what stood on it without a place, never on another point', () => {
    const doc = scaled()
    position(doc)
    pointRecords.remove(doc, MIDDLE)
    expect(cell(doc).stance).toBe(MIDDLE)
    expect(meant(doc)).toEqual([undefined, 'None', 'Full'])
    expect(proportionOf(readIssue(doc, I)?.scale ?? expect.fail(), MIDDLE)).toBeUndefined()
  })
})

describe('a scale of numbers', () => {
  const numeric = (): Y.Doc => {
    const doc = scaled(['60 %', '20 %', 'Full'])
    issueRecords.set(doc, I, { scaleUnit: '%' })
    setNumeric(doc, I, true)
    return doc
  }

  test('takes its points’ names for numbers where they are some, and orders them by number', () => {
    expect(labels(numeric())).toEqual(['20 %', '60 %', 'Full'])
  })

  test('a number that is typed is a point of its own once, in its place, with its unit', () => {
    const doc = numeric()
    const id = pointAt(doc, I, 3.67)
    expect(pointAt(doc, I, 3.67)).toBe(id)
    expect(pointAt(doc, I, 60)).toBe(LOW)
    setCell(doc, I, P, { stance: id, walkAway: pointAt(doc, I, 30) })
    expect(labels(doc)).toEqual(['3.67 %', '20 %', '30 %', '60 %', 'Full'])
    expect(meant(doc)).toEqual(['3.67 %', undefined, '30 %'])
    issueRecords.set(doc, I, { scaleUnit: 'per cent' })
    expect(meant(doc)[0]).toBe('3.67 per cent')
  })

  test('a point with a number and a name reads with both', () => {
    const doc = numeric()
    pointRecords.set(doc, LOW, { label: 'Highly enriched' })
    expect(labels(doc)).toContain('60 % · Highly enriched')
    const { scale } = readIssue(doc, I) ?? expect.fail()
    expect(scale.points.map(point => nameIn(scale, point))).toEqual(['', 'Highly enriched', 'Full'])
  })

  test('distances are those of the numbers; of steps each is as long as the next', () => {
    const doc = numeric()
    pointAt(doc, I, 30)
    const { scale } = readIssue(doc, I) ?? expect.fail()
    expect(scale.points.map(({ id }) => proportionOf(scale, id))).toEqual([0, 0.25, 1, undefined])
    const steps = readIssue(scaled(), I)?.scale ?? expect.fail()
    expect(steps.points.map(({ id }) => proportionOf(steps, id))).toEqual([0, 0.5, 1])
  })

  test('becoming one of steps keeps the points, their order and names; and so does the way back', () => {
    const doc = numeric()
    setCell(doc, I, P, { stance: pointAt(doc, I, 3.67) })
    pointRecords.set(doc, LOW, { label: 'Highly enriched' })
    const shown = readIssue(doc, I)?.scale.points.map(({ id }) => id)
    setNumeric(doc, I, false)
    expect(labels(doc)).toEqual(['3.67 %', '20 %', 'Highly enriched', 'Full'])
    expect(readIssue(doc, I)?.scale.points.map(({ id }) => id)).toEqual(shown)
    expect(meant(doc)[0]).toBe('3.67 %')
    setNumeric(doc, I, true)
    expect(labels(doc)).toEqual(['3.67 %', '20 %', '60 % · Highly enriched', 'Full'])
    expect(meant(doc)[0]).toBe('3.67 %')
  })

  test('two who type the same number at once both stand on it', () => {
    const mine = numeric()
    const theirs = copyOf(mine)
    setCell(mine, I, P, { stance: pointAt(mine, I, 5) })
    setCell(theirs, I, Q, { stance: pointAt(theirs, I, 5) })
    merge(mine, theirs)
    expect([meant(mine)[0], meant(mine, Q)[0]]).toEqual(['5 %', '5 %'])
    const { scale } = readIssue(mine, I) ?? expect.fail()
    expect(proportionOf(scale, cell(mine).stance)).toBe(proportionOf(scale, cell(mine, Q).stance))
  })

  test('a restore brings back what is numeric, the unit, the numbers and their names', () => {
    const doc = numeric()
    pointRecords.set(doc, LOW, { label: 'Highly enriched' })
    const then = readTracker(doc)
    setNumeric(doc, I, false)
    issueRecords.set(doc, I, { scaleUnit: 'kg' })
    pointRecords.set(doc, LOW, { value: 90, label: 'Weapons grade' })
    restore(doc, then, [`issue/${I}`])
    expect(compare(then, readTracker(doc)).issues).toEqual([])
    expect(pointRecords.read(doc, LOW)).toMatchObject({ label: 'Highly enriched', value: 60 })
  })
})

describe('numbers as people type them', () => {
  test.each([
    ['3.67', 3.67],
    ['3,67 %', 3.67],
    ['60%', 60],
    [' 1,000 ', 1_000],
    ['12 000,5', 12_000.5],
    ['−2', -2],
    ['.5', 0.5],
    ['0', 0],
  ])('%s', (typed, value) => expect(parseNumber(typed, '%')).toBe(value))

  test.each(['', '%', 'three', '3-5', '1e9', '0x10', '3.6.7', 'Infinity', '--1', '3 kg'])(
    '“%s” is none',
    typed => expect(parseNumber(typed, '%')).toBeUndefined(),
  )

  test('what a point reads is read back as its number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(value => Number(value.toFixed(3))),
        fc.constantFrom('', '%', 'years', 'kg U'),
        (value, unit) => {
          expect(parseNumber(numberWords(value, unit), unit)).toBe(value + 0)
        },
      ),
      { seed: 20_260_203 },
    )
  })
})
