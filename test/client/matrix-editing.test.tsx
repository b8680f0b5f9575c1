import { fireEvent } from '@solidjs/testing-library'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { setPosition } from '#shared/document/cells.ts'
import { addBasket, addIssue, removeIssue } from '#shared/document/issues.ts'
import { positionName, readText } from '#shared/document/layout.ts'
import { removeParty } from '#shared/document/parties.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { BasketId } from '#shared/ids.ts'
import { documentOf, issueId, partyId, show } from '#test/client/matrix-harness.tsx'

const position = (doc: Y.Doc, issue: number, party: number): string =>
  readText(doc, positionName(issueId(issue), partyId(party)))

const editorOf = (grid: HTMLElement): Promise<HTMLElement> =>
  vi.waitFor(
    () => {
      const content = grid.querySelector<HTMLElement>('.cm-content')
      if (!content) throw new Error('no editor yet')
      return content
    },
    { timeout: 5_000 },
  )

const twin = (doc: Y.Doc): Y.Doc => {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  doc.on('update', update => Y.applyUpdate(other, update, 'twin'))
  other.on('update', (update, origin) => {
    if (origin !== 'twin') Y.applyUpdate(doc, update)
  })
  return other
}

const reported = (doc: Y.Doc): Promise<void> =>
  vi.waitFor(() =>
    expect(readTracker(doc).cells).toMatchObject({ 'i0/p0': { knowledge: 'reported' } }),
  )

test('what is typed before the editor has arrived is not lost', async () => {
  const doc = documentOf(2, 2)
  const { grid, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  for (const key of ['H', 'e', 'x', 'Backspace', 'y']) press(key)
  await editorOf(grid)
  expect(position(doc, 0, 0)).toBe('Hey')
  await reported(doc)
})

test('Enter before the editor has arrived still commits and moves down', async () => {
  const doc = documentOf(2, 2)
  const { active, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  for (const key of ['N', 'o', 'Enter']) press(key)
  await vi.waitFor(() => expect(position(doc, 0, 0)).toBe('No'))
  expect(active()).toBe('i1-p0')
})

test('typing replaces, and is undone in one step with what it made known', async () => {
  const doc = documentOf(1, 1)
  const { grid, negotiation, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('A')
  const editor = await editorOf(grid)
  fireEvent.keyDown(editor, { key: 'Enter' })
  expect(grid.querySelector('.cm-content')).toBeNull()
  expect(document.activeElement).toBe(grid)
  await reported(doc)
  negotiation.undo()
  expect(readTracker(doc).cells).toEqual({})
})

test('Escape takes back what I wrote and leaves what others wrote meanwhile', async () => {
  const doc = documentOf(1, 1)
  setPosition(doc, issueId(0), partyId(0), 'Old words.')
  const theirs = twin(doc)
  const { grid, negotiation, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('F2')
  press('!')
  const editor = await editorOf(grid)
  expect(position(doc, 0, 0)).toBe('Old words.!')
  theirs.getText(positionName(issueId(0), partyId(0))).insert(0, 'Their ')
  fireEvent.keyDown(editor, { key: 'Escape' })
  expect(position(doc, 0, 0)).toBe('Their Old words.')
  expect(negotiation.undo()).toBeUndefined()
})

test('my words outlive the removal of their row, and come back with it', async () => {
  const doc = documentOf(2, 2)
  setPosition(doc, issueId(0), partyId(1), 'Kept beside')
  const theirs = twin(doc)
  const { grid, press, screen, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('M')
  await editorOf(grid)
  removeIssue(theirs, issueId(0))
  await vi.waitFor(() => expect(grid.querySelector('.cm-content')).toBeNull())
  expect(readTracker(doc).issues).toHaveLength(1)
  fireEvent.click(screen.getByText('Bring it back'))
  expect(position(doc, 0, 0)).toBe('M')
  expect(position(doc, 0, 1)).toBe('Kept beside')
  const [issue] = readTracker(doc).issues
  expect(issue).toMatchObject({ id: 'i0', title: 'Issue 0' })
  expect(issue?.scale.points.map(({ label }) => label)).toEqual(['Low', 'Middle', 'High'])
})

test('who types on while the row is removed adds to the kept words, and touches nothing else', async () => {
  const doc = documentOf(2, 1)
  const theirs = twin(doc)
  const { active, grid, press, screen, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('M')
  await editorOf(grid)
  removeIssue(theirs, issueId(0))
  await vi.waitFor(() => expect(grid.querySelector('.cm-content')).toBeNull())
  for (const key of ['o', 'r', 'f', 'Backspace', 'e', ' ', '2']) press(key)
  expect(grid.querySelector('.cm-content')).toBeNull()
  expect(readTracker(doc).cells).toEqual({})
  fireEvent.click(screen.getAllByText('Bring it back').at(-1) as HTMLElement)
  expect(position(doc, 0, 0)).toBe('More 2')
  press('ArrowDown')
  expect(active()).toBe('i1-p0')
})

test('another key than a letter ends the typing into kept words', async () => {
  const doc = documentOf(3, 1)
  const theirs = twin(doc)
  const { grid, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('M')
  await editorOf(grid)
  removeIssue(theirs, issueId(0))
  await vi.waitFor(() => expect(grid.querySelector('.cm-content')).toBeNull())
  press('ArrowDown')
  selection.select({ row: issueId(2), column: partyId(0) })
  press('N')
  await editorOf(grid)
  expect(position(doc, 2, 0)).toBe('N')
})

test('the notice of a removal offers undo only while that would take back the removal', () => {
  const doc = documentOf(2, 1)
  const { negotiation, press, screen, selection } = show(doc)
  const removed = (): number => screen.queryAllByText(/Removed “Issue 0”/).length
  const before = removed()
  selection.select({ row: issueId(0), column: 'head' })
  press('Delete', { ctrlKey: true, shiftKey: true })
  expect(readTracker(doc).issues).toHaveLength(1)
  expect(removed()).toBe(before + 1)
  negotiation.undo()
  expect(readTracker(doc).issues).toHaveLength(2)
  expect(removed()).toBe(before)
  negotiation.redo()
  negotiation.act('write', doc => setPosition(doc, issueId(1), partyId(0), 'Mine'))
  expect(removed()).toBe(before)
})

test('Enter goes on to the next issue of the column, past the header between them', async () => {
  const doc = documentOf(1, 1)
  addBasket(doc, 'b1' as BasketId, 'Economy')
  addIssue(doc, issueId(1), { title: 'Issue 1', basketId: 'b1' as BasketId })
  const { active, grid, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('A')
  fireEvent.keyDown(await editorOf(grid), { key: 'Enter' })
  expect(active()).toBe('i1-p0')
  press('B')
  fireEvent.keyDown(await editorOf(grid), { key: 'Enter' })
  expect(active()).toBe('i1-p0')
  press('C')
  fireEvent.keyDown(await editorOf(grid), { key: 'Enter', shiftKey: false })
  expect(position(doc, 1, 0)).toBe('C')
})

test('my words outlive the removal of their column, too, and so does what I type on', async () => {
  const doc = documentOf(2, 2)
  setPosition(doc, issueId(0), partyId(1), 'Kept above')
  const theirs = twin(doc)
  const { grid, press, screen, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(1) })
  press('M')
  await editorOf(grid)
  removeParty(theirs, partyId(1))
  await vi.waitFor(() => expect(grid.querySelector('.cm-content')).toBeNull())
  for (const key of ['i', 'n', 'r', 'Backspace', 'e']) press(key)
  expect(Object.keys(readTracker(doc).cells)).toEqual([])
  expect(screen.getByText(/removed “Party 1” while you were writing/)).toBeDefined()
  const offers = screen.getAllByText('Bring it back')
  fireEvent.click(offers[offers.length - 1] as HTMLElement)
  expect(position(doc, 1, 1)).toBe('Mine')
  expect(position(doc, 0, 1)).toBe('Kept above')
  expect(readTracker(doc).parties.map(({ name }) => name)).toEqual(['Party 0', 'Party 1'])
})

test('a header is renamed in place', () => {
  const doc = documentOf(2, 2)
  const { grid, press, screen, selection } = show(doc)
  selection.select({ row: 'top', column: partyId(0) })
  press('F2')
  const field = screen.getByLabelText<HTMLInputElement>('Name of the party')
  fireEvent.input(field, { target: { value: 'Iran' } })
  fireEvent.keyDown(field, { key: 'Enter' })
  expect(readTracker(doc).parties[0]?.name).toBe('Iran')
  expect(document.activeElement).toBe(grid)
})
