import fc from 'fast-check'
import type * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { compare, isUnchanged, type RecordChange } from '#shared/compare/compare.ts'
import { keptInOrder } from '#shared/compare/order.ts'
import { describeSummary, readSummary, summarise } from '#shared/compare/summary.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import {
  addBasket,
  addIssue,
  basketRecords,
  issueRecords,
  moveBasket,
  moveIssue,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { createTracker, describeTracker, readTracker } from '#shared/document/tracker.ts'
import type { BasketId, ClaimId, IssueId, PartyId, PointId, Rank, RedLineId } from '#shared/ids.ts'
import { BEGINNING, edits, make, newDoc, rewind } from '#test/shared/edits.ts'

const SEED = 20_260_205
const ISSUES = ['i0', 'i1', 'i2', 'i3', 'i4', 'i5'] as unknown as readonly IssueId[]
const PARTIES = ['p0', 'p1', 'p2', 'p3'] as unknown as readonly PartyId[]
const [I, J] = ISSUES as readonly [IssueId, IssueId]
const [P, Q] = PARTIES as readonly [PartyId, PartyId]
const [A, B] = ['a', 'b'] as unknown as readonly [BasketId, BasketId]
const LINE = 'l' as RedLineId

const begin = (): Y.Doc => {
  const doc = newDoc()
  createTracker(doc, 'Talks')
  for (const [index, id] of PARTIES.entries()) addParty(doc, id, { name: `Party ${index}` })
  addBasket(doc, A, 'Nuclear')
  addBasket(doc, B, 'Process')
  for (const [index, id] of ISSUES.entries())
    addIssue(doc, id, { title: `Issue ${index}`, basketId: index < 4 ? A : B })
  for (const value of [0, 1, 2]) addPoint(doc, `x${value}` as PointId, I, `Point ${value}`)
  setCell(doc, I, P, { stance: 'x1' as PointId })
  setPosition(doc, I, P, 'Accepts some')
  redLineRecords.put(doc, LINE, { issueId: I, partyId: P, statement: 'No further' })
  return doc
}
/** What a comparison says of one change. */
const changed = (change: (doc: Y.Doc) => void) => {
  const doc = begin()
  const before = readTracker(doc)
  change(doc)
  return compare(before, readTracker(doc))
}
const told = <R>(changes: readonly RecordChange<R>[]) =>
  changes.map(({ fields, id, moved, status }) => [
    id,
    status,
    ...fields,
    ...(moved ? ['moved'] : []),
  ])

describe('a comparison', () => {
  test(`of a tracker with itself is unchanged (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(30), random => {
          const doc = newDoc()
          make(doc, BEGINNING)
          make(doc, random)
          const comparison = compare(readTracker(doc), readTracker(doc))
          expect(isUnchanged(comparison)).toBe(true)
          expect(describeSummary(summarise(comparison))).toBe('No changes')
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 150 },
    )
  })

  test(`the other way round names the same things (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(20), random => {
          const doc = newDoc()
          make(doc, BEGINNING)
          const before = readTracker(doc)
          make(doc, random)
          const after = readTracker(doc)
          const forth = compare(before, after)
          const back = compare(after, before)
          const opposite = { added: 'removed', removed: 'added', changed: 'changed' }
          for (const kind of ['baskets', 'parties', 'issues'] as const) {
            const known = forth[kind].filter(({ status }) => status !== 'changed')
            const turned = back[kind].filter(({ status }) => status !== 'changed')
            expect(turned.map(({ id, status }) => [id, opposite[status]]).toSorted()).toEqual(
              known.map(({ id, status }) => [id, status]).toSorted(),
            )
          }
          expect(back.cells.map(({ key }) => key).toSorted()).toEqual(
            forth.cells.map(({ key }) => key).toSorted(),
          )
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 150 },
    )
  })

  test('names the title and the description', () => {
    expect(changed(doc => describeTracker(doc, { title: 'x' })).tracker).toEqual(['title'])
    expect(changed(doc => describeTracker(doc, { description: 'x' })).tracker).toEqual([
      'description',
    ])
  })

  test('names columns that were added, removed, renamed and given another role', () => {
    expect(told(changed(doc => addParty(doc, 'n' as PartyId, {}, 0)).parties)).toEqual([
      ['n', 'added'],
    ])
    expect(told(changed(doc => removeParty(doc, P)).parties)).toEqual([[P, 'removed']])
    expect(told(changed(doc => partyRecords.set(doc, P, { name: 'x' })).parties)).toEqual([
      [P, 'changed', 'name'],
    ])
    expect(told(changed(doc => partyRecords.set(doc, P, { role: 'host' })).parties)).toEqual([
      [P, 'changed', 'role'],
    ])
  })

  test('names the column that moved and not those that made room', () => {
    const forwards = changed(doc => moveParty(doc, P, 3))
    expect(told(forwards.parties)).toEqual([[P, 'changed', 'moved']])
    const backwards = changed(doc => moveParty(doc, 'p3' as PartyId, 0))
    expect(told(backwards.parties)).toEqual([['p3', 'changed', 'moved']])
  })

  test('names rows that were added, removed, renamed and described', () => {
    const added = changed(doc => addIssue(doc, 'n' as IssueId, { title: 'x', basketId: B }, 0))
    expect(told(added.issues)).toEqual([['n', 'added']])
    const removed = changed(doc => removeIssue(doc, I))
    expect(told(removed.issues)).toEqual([[I, 'removed']])
    expect(removed.cells).toEqual([])
    expect(told(changed(doc => issueRecords.set(doc, I, { title: 'x' })).issues)).toEqual([
      [I, 'changed', 'title'],
    ])
    const described = changed(doc => rewriteText(doc, descriptionName(I), 'x'))
    expect(told(described.issues)).toEqual([[I, 'changed', 'description']])
  })

  test('names a row that moved within its basket, and one that went into another', () => {
    expect(told(changed(doc => moveIssue(doc, I, A, 2)).issues)).toEqual([[I, 'changed', 'moved']])
    const other = changed(doc => moveIssue(doc, I, B, 0))
    expect(told(other.issues)).toEqual([[I, 'changed', 'moved']])
    const atTheBorder = changed(doc => moveIssue(doc, 'i3' as IssueId, B, 0))
    expect(told(atTheBorder.issues)).toEqual([['i3', 'changed', 'moved']])
  })

  test('names a basket that moved and not the rows that went along', () => {
    const comparison = changed(doc => moveBasket(doc, A, 1))
    expect(comparison.baskets.filter(({ moved }) => moved)).toHaveLength(1)
    expect(comparison.issues).toEqual([])
    expect(told(changed(doc => basketRecords.set(doc, A, { title: 'x' })).baskets)).toEqual([
      [A, 'changed', 'title'],
    ])
  })

  test('names a removed basket, and its rows as moved out of it', () => {
    const comparison = changed(doc => removeBasket(doc, B))
    expect(told(comparison.baskets)).toEqual([[B, 'removed']])
    expect(told(comparison.issues)).toEqual([
      ['i4', 'changed', 'moved'],
      ['i5', 'changed', 'moved'],
    ])
  })

  test('names a scale whose points were renamed, added or put in another order', () => {
    const scale = [[I, 'changed', 'scale']]
    const label = changed(doc => pointRecords.set(doc, 'x1' as PointId, { label: 'x' }))
    expect(told(label.issues)).toEqual(scale)
    expect(told(changed(doc => addPoint(doc, 'n' as PointId, I, 'x')).issues)).toEqual(scale)
    expect(told(changed(doc => movePoint(doc, 'x2' as PointId, 0)).issues)).toEqual(scale)
  })

  test('does not name new ranks that give the same order', () => {
    const comparison = changed(doc => {
      for (const [index, id] of PARTIES.entries())
        partyRecords.set(doc, id, { rank: `b0${index}` as Rank })
      movePoint(doc, 'x2' as PointId, 0)
      movePoint(doc, 'x2' as PointId, 2)
    })
    expect(isUnchanged(comparison)).toBe(true)
  })

  test('names every field of a cell that differs, in cells that both have', () => {
    const { cells } = changed(doc => {
      setCell(doc, I, P, { stance: 'x2' as PointId, knowledge: 'agreed', confidence: 'high' })
      setPosition(doc, I, P, 'Accepts all')
      setCell(doc, J, Q, { scope: 'off_table' })
      claimRecords.put(doc, 'c' as ClaimId, { statement: 'Said so' })
      attachClaim(doc, J, P, 'c' as ClaimId)
    })
    expect(cells.map(({ fields, key }) => [key, ...fields])).toEqual([
      ['i0/p0', 'knowledge', 'stance', 'confidence', 'position'],
      ['i1/p0', 'claimIds'],
      ['i1/p1', 'scope'],
    ])
    expect(cells[0]?.before.position).toBe('Accepts some')
    expect(cells[0]?.after.position).toBe('Accepts all')
  })

  test('names a cell that was cleared', () => {
    const { cells } = changed(doc => {
      setCell(doc, I, P, { stance: null, knowledge: 'unknown' })
      setPosition(doc, I, P, '')
    })
    expect(cells.map(({ fields }) => fields)).toEqual([['knowledge', 'stance', 'position']])
  })

  test('names red lines that were drawn, changed and lifted', () => {
    const linesOf = (change: (doc: Y.Doc) => void) =>
      changed(change).cells.flatMap(({ fields, redLines }) => {
        expect(fields).toEqual([])
        return told(redLines)
      })
    expect(linesOf(doc => redLineRecords.remove(doc, LINE))).toEqual([['l', 'removed']])
    expect(linesOf(doc => redLineRecords.set(doc, LINE, { soft: true }))).toEqual([
      ['l', 'changed', 'soft'],
    ])
    expect(
      linesOf(doc => redLineRecords.put(doc, 'm' as RedLineId, { issueId: I, partyId: Q })),
    ).toEqual([['m', 'added']])
  })
})

describe('what kept its order', () => {
  /** The length of a longest common subsequence, by the textbook. */
  const longest = (a: readonly string[], b: readonly string[]): number => {
    let row = Array.from({ length: b.length + 1 }, () => 0)
    for (const x of a) {
      const next = [0]
      for (const [j, y] of b.entries())
        next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0))
      row = next
    }
    return row.at(-1) ?? 0
  }

  test(`is as much as possible, and in one order (seed ${SEED})`, () => {
    const orders = fc
      .uniqueArray(fc.constantFrom(...'abcdefghijkl'), { maxLength: 12 })
      .chain(then => fc.tuple(fc.constant(then), fc.shuffledSubarray([...then, 'x', 'y'])))
    fc.assert(
      fc.property(orders, ([then, now]) => {
        const kept = keptInOrder(then, now)
        expect(then.filter(id => kept.has(id))).toEqual(now.filter(id => kept.has(id)))
        expect(kept.size).toBe(longest(then, now))
      }),
      { seed: SEED, numRuns: 1_000 },
    )
  })
})

describe('a summary', () => {
  const summary = (change: (doc: Y.Doc) => void) => describeSummary(summarise(changed(change)))

  test('tells movements from judgements and from mere words, with names', () => {
    expect(summary(doc => setCell(doc, I, P, { stance: 'x2' as PointId }))).toBe(
      '1 new judgement · Party 0, Issue 0',
    )
    expect(summary(doc => setCell(doc, I, P, { confidence: 'low' }))).toBe(
      '1 new judgement · Party 0, Issue 0',
    )
    expect(summary(doc => setPosition(doc, I, P, 'Other words'))).toBe(
      '1 wording edit · Party 0, Issue 0',
    )
    expect(summary(doc => redLineRecords.remove(doc, LINE))).toBe(
      '1 red line changed, 1 new judgement · Party 0, Issue 0',
    )
  })

  test('counts rows and columns, and names the most concerned first', () => {
    const words = summary(doc => {
      for (const issue of [I, J, 'i2' as IssueId]) setPosition(doc, issue, Q, 'Has a view')
      addParty(doc, 'n' as PartyId, { name: 'New' })
      removeIssue(doc, 'i5' as IssueId)
      moveParty(doc, P, 2)
      describeTracker(doc, { title: 'x' })
    })
    expect(words).toBe(
      '3 wording edits, 1 issue removed, 1 party added, 1 party changed, title or description changed · Party 1, Issue 0, Issue 1',
    )
  })

  test('names a few, whatever has changed', () => {
    const doc = newDoc()
    const before = readTracker(doc)
    for (let index = 0; index < 60; index++)
      addIssue(doc, `n${index}` as IssueId, { title: `Issue ${index}`, basketId: null })
    expect(summarise(compare(before, readTracker(doc)))).toMatchObject({
      issues: { added: 60, removed: 0, changed: 0 },
      about: Array.from({ length: 12 }, (_, index) => `Issue ${index}`),
    })
  })
})

test('a summary that another version stored is read as far as it goes', () => {
  const own = summarise(compare(readTracker(newDoc()), readTracker(newDoc())))
  expect(readSummary(JSON.parse(JSON.stringify(own)))).toEqual(own)
  expect(
    readSummary({ stances: 2, wording: 3, added: 1, rearranged: 4, about: ['Iran', 7] }),
  ).toEqual({
    ...own,
    moved: 2,
    worded: 3,
    about: ['Iran'],
  })
  for (const stored of [undefined, null, 3, 'x', [], { issues: null, about: 'Iran' }])
    expect(readSummary(stored)).toEqual(own)
})
