/** What the place of the evidence counts on: texts in blocks, places in them, sources as a tree, cells by claim. */
import fc from 'fast-check'
import { createRoot, createMemo } from 'solid-js'
import { describe, expect, test } from 'vitest'
import { blocksOf, piecesOf } from '#client/evidence/reader/blocks.ts'
import { offsetIn } from '#client/evidence/reader/selecting.ts'
import { sourceTree } from '#client/evidence/source-tree.ts'
import { createLocalNegotiation } from '#client/live/local.ts'
import { viewOf } from '#client/live/plain-view.ts'
import { attachClaim, detachClaim } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { ClaimId, ExcerptId, SourceId } from '#shared/ids.ts'
import type { Source } from '#shared/sources.ts'
import { documentOf, issueId, partyId } from '#test/client/matrix-harness.tsx'

const SEED = 20_260_207

const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('x'.repeat(2_900), '🕊'.repeat(1_700), 'گفت‌وگو '.repeat(400), '\n', ' ', ''),
      fc.string({ maxLength: 200 }),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join('').toWellFormed())

describe('a text in blocks', () => {
  test('is all there, in its order, in whole characters, and no block is long', () => {
    fc.assert(
      fc.property(texts, text => {
        const blocks = blocksOf(text)
        expect(blocks.map(({ end, start }) => text.slice(start, end)).join('')).toBe(text)
        for (const { end, start } of blocks) {
          expect(end - start).toBeGreaterThan(0)
          expect(end - start).toBeLessThanOrEqual(3_000)
          expect(text.slice(start, end).isWellFormed()).toBe(true)
        }
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  test('two million characters without a line or a word between them end', () => {
    expect(blocksOf('x'.repeat(2_000_000)).length).toBe(667)
  })

  test('the pieces of a block are all of it, each with the excerpts that hold it, outermost first', () => {
    const [a, b, c] = ['a', 'b', 'c'] as unknown as readonly [ExcerptId, ExcerptId, ExcerptId]
    const marks = [
      { id: b, start: 12, end: 14 },
      { id: a, start: 5, end: 16 },
      { id: c, start: 30, end: 40 },
    ]
    expect(piecesOf({ start: 10, end: 20 }, marks)).toEqual([
      { start: 10, end: 12, ids: [a] },
      { start: 12, end: 14, ids: [a, b] },
      { start: 14, end: 16, ids: [a] },
      { start: 16, end: 20, ids: [] },
    ])
    expect(piecesOf({ start: 20, end: 30 }, marks)).toEqual([{ start: 20, end: 30, ids: [] }])
  })

  test('a place in the page is a place in the text, also within marks and between blocks', () => {
    const root = document.createElement('div')
    root.innerHTML =
      '<div data-start="0">one <mark>🕊 two</mark> three\n</div><div data-start="17">four</div>'
    document.body.append(root)
    const [first, second] = root.children as unknown as readonly [Element, Element]
    const mark = root.querySelector('mark')?.firstChild as Node
    expect(offsetIn(root, mark, 3)).toBe(7)
    expect(offsetIn(root, first.lastChild as Node, 1)).toBe(11)
    expect(offsetIn(root, second.firstChild as Node, 2)).toBe(19)
    expect(offsetIn(root, root, 1)).toBe(17)
    expect(offsetIn(root, root, 2)).toBe(Number.MAX_SAFE_INTEGER)
    root.remove()
  })
})

test('each source is in the tree once, beneath the one it was seen through, whatever turns back on itself', () => {
  const source = (id: string, via: string | null): Source => ({
    ...sourceRecords.blank,
    id: id as SourceId,
    title: id,
    viaSourceId: via as SourceId | null,
  })
  const tree = sourceTree([
    source('x', 'y'),
    source('y', 'x'),
    source('c', 'b'),
    source('b', 'a'),
    source('lost', 'gone'),
    source('a', null),
    source('self', 'self'),
    source('bb', 'a'),
  ])
  expect(tree.map(({ depth, source }) => `${depth} ${source.id}`)).toEqual([
    '0 a',
    '1 b',
    '2 c',
    '1 bb',
    '0 lost',
    '0 self',
    '0 x',
    '1 y',
  ])
})

test('who asks which cells hang on a claim is told when that changes, and only then', () => {
  const doc = documentOf(2, 2)
  const [claim, other] = ['c', 'd'] as unknown as readonly [ClaimId, ClaimId]
  claimRecords.put(doc, claim, { statement: 'It is so' })
  attachClaim(doc, issueId(1), partyId(0), claim)
  const { view } = createLocalNegotiation(doc)
  createRoot(dispose => {
    let times = 0
    const cells = createMemo(() => {
      times++
      return view.cellsOf(claim)
    })
    const first = { issueId: issueId(1), partyId: partyId(0) }
    expect(cells()).toEqual([first])
    attachClaim(doc, issueId(0), partyId(1), other)
    expect(times).toBe(1)
    attachClaim(doc, issueId(0), partyId(1), claim)
    expect(cells()).toEqual([{ issueId: issueId(0), partyId: partyId(1) }, first])
    expect(viewOf(() => readTracker(doc)).cellsOf(claim)).toHaveLength(2)
    detachClaim(doc, issueId(1), partyId(0), claim)
    expect(cells()).toHaveLength(1)
    expect(times).toBe(3)
    dispose()
  })
})
