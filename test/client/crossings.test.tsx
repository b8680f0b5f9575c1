/** P28: collisions on the screen: drawn at both cells, told to whoever only hears them, gone with the move that ends them. */
import { render, screen } from '@solidjs/testing-library'
import { beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { CellCrossings } from '#client/redlines/crossing.tsx'
import { loadReckoning } from '#client/redlines/reckoning.ts'
import { attachmentRecords, claimRecords } from '#shared/document/claims.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { gapRecords } from '#shared/document/outlook.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import type { AttachmentId, ClaimId, GapId, PointId, RedLineId, SourceId } from '#shared/ids.ts'
import { cellOf, documentOf, issueId, partyId, show } from '#test/client/matrix-harness.tsx'

beforeAll(loadReckoning)

const LINE = 'line' as RedLineId

/** In the first row the first party’s line at High, and the third party at Low. */
const colliding = (): Y.Doc => {
  const doc = documentOf(3, 4)
  redLineRecords.put(doc, LINE, {
    issueId: issueId(0),
    partyId: partyId(0),
    kind: 'red_line',
    operator: 'at_least',
    point: 'i0k2' as PointId,
    statement: 'No site is closed',
  })
  setCell(doc, issueId(0), partyId(2), { stance: 'i0k0' as PointId })
  return doc
}
const crossings = (grid: HTMLElement) => [...grid.querySelectorAll<HTMLElement>('.crossing')]

test('a collision joins the two cells, says so in both, and goes when the party moves', () => {
  const doc = colliding()
  const { grid } = show(doc)
  const [mark, ...more] = crossings(grid)
  expect(more).toEqual([])
  const ends = [...(mark?.querySelectorAll<HTMLElement>('.crossing-end') ?? [])]
  expect(ends.map(({ dataset }) => dataset['column'])).toEqual(['p0', 'p2'])
  for (const party of [0, 2])
    expect(cellOf(grid, 0, party).textContent).toContain(
      'Collision: Party 2 would accept Low, beyond the line of Party 0: at least High, “No site is closed”',
    )
  expect(cellOf(grid, 0, 1).textContent).not.toContain('Collision')
  setCell(doc, issueId(0), partyId(2), { stance: 'i0k2' as PointId })
  expect(crossings(grid)).toEqual([])
  expect(cellOf(grid, 0, 0).textContent).not.toContain('Collision')
})

test('one line that two parties cross is one mark; one that stands on two origins is hard', () => {
  const doc = colliding()
  const { grid } = show(doc)
  setCell(doc, issueId(0), partyId(3), { stance: 'i0k1' as PointId })
  expect(crossings(grid)).toHaveLength(1)
  expect(crossings(grid)[0]?.querySelectorAll('.crossing-end')).toHaveLength(3)
  const isSoft = () => [
    crossings(grid)[0]?.classList.contains('soft'),
    cellOf(grid, 0, 0).querySelector('.red-line')?.classList.contains('soft'),
  ]
  expect(isSoft()).toEqual([true, true])
  for (const name of ['one', 'two']) {
    sourceRecords.put(doc, `s-${name}` as SourceId, { title: name })
    const claim = name as ClaimId
    claimRecords.put(doc, claim, { statement: name, sourceId: `s-${name}` as SourceId })
    attachmentRecords.put(doc, `a-${name}` as AttachmentId, {
      claimId: claim,
      to: 'redLine',
      subjectId: LINE,
    })
  }
  expect(isSoft()).toEqual([false, false])
})

test('a move that changes no collision redraws its own cell and nothing else', () => {
  const doc = colliding()
  const { grid } = show(doc)
  const touched = new Set<Node>()
  const observer = new MutationObserver(() => {})
  observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true })
  setCell(doc, issueId(0), partyId(1), { stance: 'i0k2' as PointId })
  for (const { target } of observer.takeRecords()) touched.add(target)
  observer.disconnect()
  const cell = cellOf(grid, 0, 1)
  expect([...touched].filter(node => !cell.contains(node))).toEqual([])
})

test('beside the matrix both sides are quoted, each with the grade of its claims', () => {
  const doc = colliding()
  setPosition(doc, issueId(0), partyId(2), 'Asks for early relief')
  sourceRecords.put(doc, 's' as SourceId, { title: 'The wire', reliability: 'B' })
  claimRecords.put(doc, 'c' as ClaimId, {
    statement: 'It asks',
    sourceId: 's' as SourceId,
    credibility: 2,
  })
  attachClaim(doc, issueId(0), partyId(2), 'c' as ClaimId)
  const negotiation = createLocalNegotiation(doc)
  render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <CellCrossings issueId={issueId(0)} partyId={partyId(0)} />
    </NegotiationContext.Provider>
  ))
  const said = screen.getByRole('article').textContent
  expect(said).toContain('B2Party 2 would accept only LowAsks for early relief')
  expect(said).toContain('Party 0 accepts at least HighNo site is closed')
  expect(said).toContain('A soft line: rests on no standing claim.')
})

test('a claim that does not stand any more grades neither side', () => {
  const doc = colliding()
  sourceRecords.put(doc, 'good' as SourceId, { title: 'good', reliability: 'A' })
  const claim = 'c' as ClaimId
  claimRecords.put(doc, claim, { statement: 'c', sourceId: 'good' as SourceId, credibility: 2 })
  attachClaim(doc, issueId(0), partyId(2), claim)
  attachmentRecords.put(doc, 'a' as AttachmentId, {
    claimId: claim,
    to: 'redLine',
    subjectId: LINE,
  })
  const { container } = render(() => (
    <NegotiationContext.Provider value={createLocalNegotiation(doc)}>
      <CellCrossings issueId={issueId(0)} partyId={partyId(0)} />
    </NegotiationContext.Provider>
  ))
  const grades = () =>
    [...container.querySelectorAll('.crossing-side .grade')].map(({ textContent }) => textContent)
  expect(grades()).toEqual(['Best grade A2', 'Best grade A2'])
  claimRecords.set(doc, claim, { status: 'denied' })
  expect(grades()).toEqual(['No claim–', 'No claim–'])
})

test('a cell on which open questions hang says how many, until they are answered', () => {
  const doc = colliding()
  const { grid } = show(doc)
  const asked = () => cellOf(grid, 1, 1).querySelector('.cell-asked')
  const ask = (name: string, values: object): void =>
    gapRecords.put(doc, name as GapId, {
      question: 'Who inspects?',
      issueId: issueId(1),
      partyId: partyId(1),
      ...values,
    })
  expect(asked()).toBe(null)
  ask('a', {})
  expect(asked()?.getAttribute('aria-label')).toBe('1 open question')
  ask('b', { dueAt: '2026-02-04' })
  ask('c', { partyId: null })
  expect(asked()?.getAttribute('aria-label')).toBe('2 open questions, 1 overdue')
  expect(asked()?.classList.contains('late')).toBe(true)
  for (const id of ['a', 'b'])
    gapRecords.set(doc, id as GapId, { status: 'answered', answer: 'The agency' })
  expect(asked()).toBe(null)
})
