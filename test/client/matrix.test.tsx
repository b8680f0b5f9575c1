import { fireEvent } from '@solidjs/testing-library'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { chooseBetween, markIncompatible } from '#shared/document/conflicts.ts'
import { removeIssue } from '#shared/document/issues.ts'
import { positionName, readText } from '#shared/document/layout.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { BasketId, ClaimId, PointId } from '#shared/ids.ts'
import { cellOf, documentOf, issueId, partyId, show } from '#test/client/matrix-harness.tsx'

test('of 300 issues by 30 parties only what shows is drawn, and all of it is counted', () => {
  const { grid } = show(documentOf(300, 30))
  expect(grid.getAttribute('aria-rowcount')).toBe('303')
  expect(grid.getAttribute('aria-colcount')).toBe('32')
  const drawn = grid.querySelectorAll('[role=gridcell][data-column^=p]').length
  expect(drawn).toBeGreaterThan(20)
  expect(drawn).toBeLessThan(400)
})

test('one remote edit redraws one cell and nothing else', async () => {
  const doc = documentOf(8, 4)
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
  const { grid } = show(doc)
  const touched = new Set<Node>()
  const note = (records: readonly MutationRecord[]): void => {
    for (const { target } of records) touched.add(target)
  }
  const observer = new MutationObserver(note)
  observer.observe(grid, { subtree: true, childList: true, characterData: true, attributes: true })

  theirs.on('update', update => Y.applyUpdate(doc, update))
  setPosition(theirs, issueId(3), partyId(2), 'Wants more')
  setCell(theirs, issueId(3), partyId(2), { stance: 'i3k1' as PointId })
  note(observer.takeRecords())

  const cell = cellOf(grid, 3, 2)
  expect(cell.textContent).toBe('MiddleWants more')
  const elsewhere = [...touched].filter(node => !cell.contains(node))
  expect(elsewhere.filter(node => (node as Element).closest?.('[role=gridcell]'))).toEqual([])
  observer.disconnect()
})

test('a claim redraws the cells that hang on it, when what they show of it changes', () => {
  const doc = documentOf(4, 3)
  const ids = ['said', 'unsaid', 'elsewhere'] as ClaimId[]
  for (const [nth, id] of ids.entries()) {
    claimRecords.put(doc, id, { statement: id, credibility: 2 })
    attachClaim(doc, issueId(nth === 2 ? 2 : 1), partyId(1), id)
    setPosition(doc, issueId(nth === 2 ? 2 : 1), partyId(1), 'Wants more')
  }
  const [said, unsaid, elsewhere] = ids as [ClaimId, ClaimId, ClaimId]
  const { grid } = show(doc)
  const other = cellOf(grid, 2, 1)
  const stays = other.firstElementChild
  const cell = cellOf(grid, 1, 1)
  const states = () => cell.dataset['support']?.split(' ')
  expect(cell.textContent).toBe('Wants more2 · F2')

  markIncompatible(doc, said, unsaid)
  expect(states()).toContain('contested')
  expect([...cell.querySelectorAll('.contest-side')].map(side => side.textContent)).toEqual([
    'either: F2 said',
    'or: F2 unsaid',
  ])
  chooseBetween(doc, said, unsaid, unsaid, 'it is newer')
  expect([...cell.querySelectorAll('.contest-side')].map(side => side.textContent)).toEqual([
    'assessed: F2 unsaid',
    'set aside: F2 said — it is newer',
  ])
  claimRecords.set(doc, said, { status: 'withdrawn' })
  expect(states()).not.toContain('contested')
  expect(cell.querySelector('.cell-claims')?.getAttribute('aria-label')).toMatch(
    /^one claim, 1 no longer standing, best grade F2, no source, 1 unconfirmed/,
  )
  claimRecords.set(doc, unsaid, { status: 'retracted' })
  expect(states()).toEqual(['unsupported'])
  expect(cell.textContent).toBe('Wants moreunsupported')
  claimRecords.set(doc, elsewhere, { statement: 'in other words' })
  expect(other.firstElementChild).toBe(stays)
})

test('arrows move one tab stop, and the headers are part of the way', () => {
  const { active, grid, press } = show(documentOf(3, 2))
  expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(0)
  expect(grid.tabIndex).toBe(0)
  press('ArrowDown')
  expect(active()).toBe('b0-head')
  press('ArrowDown')
  press('ArrowRight')
  expect(active()).toBe('i0-p0')
  press('End')
  expect(active()).toBe('i0-p1')
  press('Home', { ctrlKey: true })
  press('ArrowUp')
  expect(active()).toBe('top-head')
})

test('a digit sets the stance, undo takes it back and goes there', () => {
  const doc = documentOf(3, 2)
  const { active, grid, press, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(1) })
  press('3')
  expect(cellOf(grid, 1, 1).textContent).toContain('High')
  selection.select({ row: issueId(0), column: partyId(0) })
  press('z', { ctrlKey: true })
  expect(cellOf(grid, 1, 1).textContent).not.toContain('High')
  expect(active()).toBe('i1-p1')
})

test('Delete empties the selected range in one step', () => {
  const doc = documentOf(3, 3)
  for (const i of [0, 1]) for (const p of [0, 1]) setPosition(doc, issueId(i), partyId(p), 'Words')
  const { press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('ArrowRight', { shiftKey: true })
  press('ArrowDown', { shiftKey: true })
  press('Delete')
  expect(readTracker(doc).cells).toEqual({})
  press('z', { ctrlKey: true })
  expect(Object.keys(readTracker(doc).cells)).toHaveLength(4)
})

test('whoever may only read changes nothing with any key', () => {
  const doc = documentOf(2, 2)
  setPosition(doc, issueId(0), partyId(0), 'Words')
  const { grid, press, selection } = show(doc, 'viewer')
  selection.select({ row: issueId(0), column: partyId(0) })
  const before = readTracker(doc)
  for (const key of ['Delete', '1', 'a', 'F2', ' ']) press(key)
  press('Delete', { ctrlKey: true, shiftKey: true })
  press('ArrowDown', { altKey: true, shiftKey: true })
  expect(readTracker(doc)).toEqual(before)
  expect(grid.getAttribute('aria-readonly')).toBe('true')
})

test('a row that somebody removes under the selection leaves it where it was on the screen', () => {
  const doc = documentOf(4, 2)
  const { active, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(1) })
  removeIssue(doc, issueId(1))
  expect(active()).toBe('i2-p1')
})

test('an issue is pushed past its neighbour with Alt+Shift and an arrow', () => {
  const doc = documentOf(3, 1)
  const { press, selection } = show(doc)
  selection.select({ row: issueId(0), column: 'head' })
  press('ArrowDown', { altKey: true, shiftKey: true })
  expect(readTracker(doc).issues.map(({ id }) => id)).toEqual(['i1', 'i0', 'i2'])
  press('ArrowUp', { altKey: true, shiftKey: true })
  expect(readTracker(doc).issues.map(({ id }) => id)).toEqual(['i0', 'i1', 'i2'])
})

test('a folded basket hides its rows from me alone', () => {
  const doc = documentOf(3, 1)
  const before = readTracker(doc)
  const { grid, press, selection } = show(doc)
  selection.select({ row: 'b0' as BasketId, column: 'head' })
  press('Enter')
  expect(grid.querySelector('[data-row=i0]')).toBeNull()
  expect(readTracker(doc)).toEqual(before)
  press('Enter')
  expect(grid.querySelector('[data-row=i0]')).not.toBeNull()
})

const paste = (grid: HTMLElement, text: string): void => {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, {
    clipboardData: { getData: (type: string) => (type === 'text/plain' ? text : '') },
  })
  grid.focus()
  // Where text was selected last, as after a cell's editor has gone.
  document.body.dispatchEvent(event)
}

test('a paste fills cells from the active one on, as one step of undo', () => {
  const doc = documentOf(3, 3)
  const { negotiation, grid, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(1) })
  paste(grid, 'a\tb\n"c\nd"\te\n')
  const at = (i: number, p: number) => readText(doc, positionName(issueId(i), partyId(p)))
  expect([at(1, 1), at(1, 2), at(2, 1), at(2, 2)]).toEqual(['a', 'b', 'c\nd', 'e'])
  expect(readTracker(doc).cells['i2/p2' as never]).toMatchObject({ knowledge: 'reported' })
  negotiation.undo()
  expect(readTracker(doc).cells).toEqual({})
})

test('a paste beyond the last row asks, and adds issues only when told to', async () => {
  HTMLDialogElement.prototype.showModal ??= () => {}
  HTMLDialogElement.prototype.close ??= () => {}
  const doc = documentOf(2, 2)
  const { grid, screen, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(0) })
  paste(grid, 'a\nb\nc')
  expect(readTracker(doc).cells).toEqual({})
  fireEvent.click(screen.getByText('Add 2 issues'))
  const tracker = readTracker(doc)
  expect(tracker.issues).toHaveLength(4)
  expect(Object.values(tracker.cells).map(({ position }) => position)).toEqual(['a', 'b', 'c'])
})
