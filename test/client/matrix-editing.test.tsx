import { fireEvent } from '@solidjs/testing-library'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { setPosition } from '#shared/document/cells.ts'
import { removeIssue } from '#shared/document/issues.ts'
import { positionName, readText } from '#shared/document/layout.ts'
import { removeParty } from '#shared/document/parties.ts'
import { readTracker } from '#shared/document/tracker.ts'
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

test('my words outlive the removal of their column, too', async () => {
  const doc = documentOf(2, 2)
  const theirs = twin(doc)
  const { grid, press, screen, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(1) })
  press('M')
  await editorOf(grid)
  removeParty(theirs, partyId(1))
  await vi.waitFor(() => expect(grid.querySelector('.cm-content')).toBeNull())
  const offers = screen.getAllByText('Bring it back')
  fireEvent.click(offers[offers.length - 1] as HTMLElement)
  expect(position(doc, 1, 1)).toBe('M')
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
