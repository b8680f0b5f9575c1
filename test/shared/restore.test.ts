import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { compare } from '#shared/compare/compare.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import {
  addBasket,
  addIssue,
  basketRecords,
  issueRecords,
  moveBasket,
  moveIssue,
  readIssues,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { positionText } from '#shared/document/layout.ts'
import { addParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { addPoint } from '#shared/document/scales.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import {
  newId,
  type BasketId,
  type ClaimId,
  type IssueId,
  type MeetingId,
  type PartyId,
  type PointId,
  type Rank,
  type TrackerId,
} from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { BEGINNING, copyOf, edits, make, newDoc, rewind } from '#test/shared/edits.ts'

const SEED = 20_260_202

const begin = (): Y.Doc => {
  const doc = newDoc()
  make(doc, BEGINNING)
  return doc
}
const exchange = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}
const restoreAll = (doc: Y.Doc, then: Tracker): void =>
  restore(doc, then, restorable(compare(then, readTracker(doc))))
const updatesOf = (doc: Y.Doc, change: () => void): number => {
  let updates = 0
  const count = () => updates++
  doc.on('update', count)
  change()
  doc.off('update', count)
  return updates
}

describe('a restore of the whole', () => {
  test(
    `leaves nothing to restore, and changes nothing when repeated (seed ${SEED})`,
    { timeout: 30_000 },
    () => {
      fc.assert(
        fc
          .property(edits(25), edits(25), (before, after) => {
            const doc = begin()
            make(doc, before)
            const then = readTracker(doc)
            make(doc, after)
            restoreAll(doc, then)
            const now = readTracker(doc)
            expect(restorable(compare(then, now))).toEqual([])
            expect(
              updatesOf(doc, () => {
                restoreAll(doc, then)
                restore(doc, then, [
                  'tracker',
                  ...then.baskets.map(({ id }) => `basket/${id}` as const),
                  ...then.parties.map(({ id }) => `party/${id}` as const),
                  ...then.issues.map(({ id }) => `issue/${id}` as const),
                  ...then.issues.flatMap(issue =>
                    then.parties.map(party => `cell/${issue.id}/${party.id}` as const),
                  ),
                ])
              }),
            ).toBe(0)
          })
          .beforeEach(rewind),
        { seed: SEED, numRuns: 400 },
      )
    },
  )

  test(`is one edit (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(15), after => {
          const doc = begin()
          const then = readTracker(doc)
          make(doc, after)
          const changes = restorable(compare(then, readTracker(doc)))
          const updates = updatesOf(doc, () => restore(doc, then, changes))
          expect(updates).toBeLessThanOrEqual(1)
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 100 },
    )
  })

  test(`keeps what somebody else types meanwhile, and converges (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(fc.nat(20), fc.nat(40), fc.string({ maxLength: 8 }), (thenCut, at, typed) => {
          const doc = newDoc()
          addParty(doc, 'p' as PartyId, {})
          addIssue(doc, 'i' as IssueId, { title: '', basketId: null })
          const words = 'Asks for early relief, step for step, under conditions'
          setPosition(doc, 'i' as IssueId, 'p' as PartyId, words.slice(0, 30 + thenCut))
          const then = readTracker(doc)
          setPosition(doc, 'i' as IssueId, 'p' as PartyId, `Now ${words} and at once`)
          const other = copyOf(doc)
          const text = positionText(other, 'i' as IssueId, 'p' as PartyId)
          text.insert(Math.min(at, text.length), `«${typed}»`)
          restoreAll(doc, then)
          exchange(doc, other)
          const restored = positionText(doc, 'i' as IssueId, 'p' as PartyId).toString()
          expect(restored).toContain(`«${typed}»`)
          expect(restored.replace(`«${typed}»`, '')).toBe(words.slice(0, 30 + thenCut))
          expect(readTracker(other)).toEqual(readTracker(doc))
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 300 },
    )
  })

  test(`converges with whatever others do meanwhile (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(15), edits(15), (after, meanwhile) => {
          const doc = begin()
          const then = readTracker(doc)
          make(doc, after)
          const other = copyOf(doc)
          make(other, meanwhile)
          restoreAll(doc, then)
          exchange(doc, other)
          expect(readTracker(other)).toEqual(readTracker(doc))
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 150 },
    )
  })
})

test('meetings that were held since stay, whatever is restored', () => {
  const doc = begin()
  const then = readTracker(doc)
  const meeting = newId<MeetingId>()
  meetingRecords.put(doc, meeting, { title: 'Plenary', startedAt: 1, before: newId() })
  setPosition(doc, then.issues[0]?.id ?? newId(), then.parties[0]?.id ?? newId(), 'Agreed there')
  restoreAll(doc, then)
  const now = readTracker(doc)
  expect(now.cells).toEqual(then.cells)
  expect(now.meetings).toMatchObject([{ id: meeting, title: 'Plenary' }])
})

describe('a restore of a part', () => {
  const [I, J, K] = ['i', 'j', 'k'] as unknown as readonly [IssueId, IssueId, IssueId]
  const [P, Q] = ['p', 'q'] as unknown as readonly [PartyId, PartyId]
  const [A, B] = ['a', 'b'] as unknown as readonly [BasketId, BasketId]
  const small = (): Y.Doc => {
    const doc = newDoc()
    addParty(doc, P, { name: 'Iran' })
    addParty(doc, Q, { name: 'Oman' })
    addBasket(doc, A, 'Nuclear')
    addBasket(doc, B, 'Process')
    addIssue(doc, I, { title: 'Limits', basketId: A })
    addIssue(doc, J, { title: 'Relief', basketId: A })
    addIssue(doc, K, { title: 'Venue', basketId: B })
    for (const [value, label] of ['None', 'Some', 'Full'].entries())
      addPoint(doc, `i${value}` as PointId, I, label)
    setCell(doc, I, P, { stance: 'i1' as PointId })
    setPosition(doc, I, P, 'Accepts some')
    setPosition(doc, I, Q, 'Has no view')
    return doc
  }
  const titles = (doc: Y.Doc) => readIssues(doc).map(({ title }) => title)

  test('brings back one cell and leaves the others', () => {
    const doc = small()
    const then = readTracker(doc)
    setPosition(doc, I, P, 'Rejects all')
    setPosition(doc, I, Q, 'Offers to host')
    restore(doc, then, [`cell/${I}/${P}`])
    const { cells } = readTracker(doc)
    expect(cells[`${I}/${P}`]?.position).toBe('Accepts some')
    expect(cells[`${I}/${Q}`]?.position).toBe('Offers to host')
  })

  test('a removed row returns under its id, to its place, with scale, cells and claims', () => {
    const doc = small()
    const claim = 'c' as ClaimId
    claimRecords.put(doc, claim, { statement: 'Said so' })
    attachClaim(doc, I, P, claim)
    const then = readTracker(doc)
    removeIssue(doc, I)
    claimRecords.remove(doc, claim)
    restore(doc, then, [`issue/${I}`])
    const now = readTracker(doc)
    expect(titles(doc)).toEqual(['Limits', 'Relief', 'Venue'])
    expect(now.issues[0]?.id).toBe(I)
    expect(now.issues[0]?.scale.points.map(({ label }) => label)).toEqual(['None', 'Some', 'Full'])
    expect(now.cells).toEqual(then.cells)
    expect(now.claims).toEqual(then.claims)
  })

  test('a removed column returns under its id, to its place, with its cells', () => {
    const doc = small()
    const then = readTracker(doc)
    removeParty(doc, P)
    restore(doc, then, [`party/${P}`])
    expect(partyRecords.all(doc).map(({ name }) => name)).toEqual(['Iran', 'Oman'])
    expect(readTracker(doc).cells).toEqual(then.cells)
  })

  test('a removed basket returns, and its rows with it', () => {
    const doc = small()
    const then = readTracker(doc)
    removeBasket(doc, A)
    expect(titles(doc)).toEqual(['Venue', 'Limits', 'Relief'])
    restore(doc, then, [`basket/${A}`])
    expect(titles(doc)).toEqual(['Limits', 'Relief', 'Venue'])
  })

  test('a row that came into a basket before it was removed stays without one', () => {
    const doc = small()
    moveIssue(doc, K, null, 0)
    const then = readTracker(doc)
    moveIssue(doc, K, A, 0)
    removeBasket(doc, A)
    restoreAll(doc, then)
    expect(restorable(compare(then, readTracker(doc)))).toEqual([])
  })

  test('a row whose basket was removed since brings the basket back', () => {
    const doc = small()
    const then = readTracker(doc)
    removeIssue(doc, K)
    removeBasket(doc, B)
    restore(doc, then, [`issue/${K}`])
    expect(basketRecords.all(doc).map(({ title }) => title)).toEqual(['Nuclear', 'Process'])
    expect(titles(doc)).toEqual(['Limits', 'Relief', 'Venue'])
  })

  test('a moved row goes back between neighbours that have new ranks since', () => {
    const doc = small()
    const then = readTracker(doc)
    moveIssue(doc, I, A, 1)
    for (const [index, id] of [J, I].entries())
      issueRecords.set(doc, id, { rank: `b0${index + 1}` as Rank })
    addIssue(doc, 'n' as IssueId, { title: 'New', basketId: A }, 0)
    restore(doc, then, [`issue/${I}`])
    expect(titles(doc).filter(title => title !== 'New')).toEqual(['Limits', 'Relief', 'Venue'])
  })

  test('a moved basket goes back and its rows are not touched', () => {
    const doc = small()
    const then = readTracker(doc)
    moveBasket(doc, A, 1)
    const changes = restorable(compare(then, readTracker(doc)))
    expect(changes).toHaveLength(1)
    restore(doc, then, changes)
    expect(titles(doc)).toEqual(['Limits', 'Relief', 'Venue'])
  })

  test('a row that was added since is removed', () => {
    const doc = small()
    const then = readTracker(doc)
    addIssue(doc, 'n' as IssueId, { title: 'New', basketId: A })
    restore(doc, then, ['issue/n' as `issue/${IssueId}`])
    expect(titles(doc)).toEqual(['Limits', 'Relief', 'Venue'])
  })

  test('claims that a cell has won since stay', () => {
    const doc = small()
    const then = readTracker(doc)
    claimRecords.put(doc, 'c' as ClaimId, { statement: 'Later' })
    attachClaim(doc, I, P, 'c' as ClaimId)
    expect(restorable(compare(then, readTracker(doc)))).toEqual([])
    setPosition(doc, I, P, 'Changed')
    restoreAll(doc, then)
    expect(readTracker(doc).cells[`${I}/${P}`]?.claimIds).toEqual(['c'])
  })

  test('text that is still there keeps its author', () => {
    const doc = small()
    const then = readTracker(doc)
    const other = copyOf(doc)
    setPosition(other, I, P, 'Accepts some of it')
    exchange(doc, other)
    const third = copyOf(doc)
    restoreAll(third, then)
    const authors = new Set<number>()
    for (let item = positionText(third, I, P)._start; item; item = item.right)
      if (!item.deleted) authors.add(item.id.client)
    expect([...authors]).toEqual([doc.clientID])
  })

  test('an address of something that never was changes nothing', () => {
    const doc = small()
    const then = readTracker(doc)
    const never = 'never' as TrackerId
    expect(
      updatesOf(doc, () =>
        restore(doc, then, [
          `issue/${never}` as `issue/${string & IssueId}`,
          `party/${never}` as `party/${string & PartyId}`,
          `cell/${never}/${never}` as `cell/${IssueId}/${PartyId}`,
        ]),
      ),
    ).toBe(0)
  })
})
