import fc from 'fast-check'
import { expect, test } from 'vitest'
import { basketIndexAt, issuePlaceAt } from '#client/matrix/arrange.ts'
import {
  cellHeight,
  indexAt,
  isCut,
  lineCount,
  sizesOf,
  spanOf,
  stanceLines,
  startsOf,
} from '#client/matrix/measure.ts'
import { revealed } from '#client/matrix/navigation.ts'
import { listRows, type Row } from '#client/matrix/rows.ts'
import { blankCell } from '#shared/cells.ts'
import type { BasketId, IssueId, PartyId, PointId, Rank } from '#shared/ids.ts'
import { NO_SCALE } from '#shared/issues.ts'

const basket = (id: string) => id as BasketId
const issue = (id: string, basketId: string | null = null) => ({
  id: id as IssueId,
  basketId: basketId as BasketId | null,
})
const rowsOf = (folded: readonly string[] = [], unchanged: readonly string[] = []) =>
  listRows({
    baskets: [basket('b1'), basket('b2')],
    issues: [issue('i1', 'b1'), issue('i2', 'b1'), issue('i3', 'b2'), issue('i4')],
    isBasketFolded: id => folded.includes(id ?? 'loose'),
    isIssueFolded: id => unchanged.includes(id),
    withAdd: true,
  })
const names = (rows: readonly Row[]): string[] => rows.map(({ id }) => id)

test('rows go by basket; those in none come last; the place to add is at the end, and in an empty basket', () => {
  expect(names(rowsOf())).toEqual(['b1', 'i1', 'i2', 'b2', 'i3', 'loose', 'i4', 'add/loose'])
  expect(names(rowsOf(['b1', 'loose']))).toEqual(['b1', 'b2', 'i3', 'loose'])
  const empty = listRows({
    baskets: [basket('b1'), basket('b2')],
    issues: [issue('i1', 'b2')],
    isBasketFolded: () => false,
    withAdd: true,
  })
  expect(names(empty)).toEqual(['b1', 'add/b1', 'b2', 'i1', 'add/b2'])
})

test('without baskets there are no headers', () => {
  const rows = listRows({
    baskets: [],
    issues: [issue('i1')],
    isBasketFolded: () => false,
    withAdd: false,
  })
  expect(names(rows)).toEqual(['i1'])
})

test('in a comparison, neighbouring rows without a change are one row', () => {
  const folds = rowsOf([], ['i1', 'i2', 'i4']).filter(row => row.kind === 'fold')
  expect(folds.map(row => row.issueIds)).toEqual([['i1', 'i2'], ['i4']])
})

test('an issue dropped at a gap lands in that basket, among the others of it', () => {
  const rows = rowsOf()
  const at = (gap: number, id = 'i3') => issuePlaceAt(rows, gap, id as IssueId)
  expect(at(0)).toEqual({ basketId: 'b1', index: 0 })
  expect(at(2)).toEqual({ basketId: 'b1', index: 1 })
  expect(at(3)).toEqual({ basketId: 'b1', index: 2 })
  expect(at(4)).toEqual({ basketId: 'b2', index: 0 })
  expect(at(7)).toEqual({ basketId: null, index: 1 })
  expect(at(3, 'i1')).toEqual({ basketId: 'b1', index: 1 })
  expect(basketIndexAt(rows, 5, basket('b1'))).toBe(1)
  expect(basketIndexAt(rows, 0, basket('b2'))).toBe(0)
})

test('lines are reckoned from the text alone', () => {
  expect(lineCount('', 100, 3)).toBe(0)
  expect(lineCount('Short', 100, 3)).toBe(1)
  expect(lineCount('one\ntwo', 100, 3)).toBe(2)
  expect(lineCount('word '.repeat(12), 100, 3)).toBe(4)
  expect(lineCount('x'.repeat(60), 100, 9)).toBeGreaterThan(3)
})

test('a stance takes the lines that its label needs beside the bar', () => {
  const sizes = sizesOf('normal')
  const cell = { ...blankCell('i' as IssueId, 'p' as PartyId), stance: 'k' as PointId }
  const labelled = (label: string): number =>
    stanceLines(
      cell,
      { ...NO_SCALE, points: [{ id: 'k' as PointId, label, value: null, rank: 'a' as Rank }] },
      sizes,
    )
  expect(labelled('Prefers')).toBe(1)
  expect(labelled('Wide access at short notice')).toBe(2)
  expect(labelled('Far more words than any scale should have '.repeat(3))).toBe(2)
  expect(stanceLines({ ...cell, stance: null }, NO_SCALE, sizes)).toBe(0)
})

test('a cell is no higher than its lines allow, and says that it is cut', () => {
  const sizes = sizesOf('normal')
  const cell = blankCell('i' as IssueId, 'p' as PartyId)
  const long = 'A long position '.repeat(40)
  expect(isCut(long, sizes)).toBe(true)
  expect(isCut('Short', sizes)).toBe(false)
  expect(cellHeight({ ...cell, position: long }, NO_SCALE, sizes)).toBe(2 * sizes.padding + 3 * 18)
})

test('what is drawn covers what shows, at any height of rows (seed 11)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 400 }),
      fc.nat(40_000),
      fc.integer({ min: 1, max: 1_000 }),
      (heights, top, room) => {
        const starts = startsOf(heights)
        const total = starts.at(-1) ?? 0
        const from = Math.min(top, Math.max(0, total - room))
        const { first, end } = spanOf(starts, from, from + room, 100)
        expect(starts[first]).toBeLessThanOrEqual(from)
        expect(starts[end]).toBeGreaterThanOrEqual(Math.min(total, from + room))
        expect(end - first).toBeLessThanOrEqual(room + 202)
        expect(starts[indexAt(starts, from)]).toBeLessThanOrEqual(from)
      },
    ),
    { seed: 11 },
  )
})

test('revealing scrolls no further than it must', () => {
  expect(revealed(100, 200, 150, 250)).toBe(100)
  expect(revealed(100, 200, 50, 80)).toBe(50)
  expect(revealed(100, 200, 280, 340)).toBe(140)
  expect(revealed(100, 200, 400, 900)).toBe(400)
})
