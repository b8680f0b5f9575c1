/** A number typed on an issue whose scale is one of numbers. */
import { fireEvent, render } from '@solidjs/testing-library'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { RedLines } from '#client/matrix/panel/red-lines.tsx'
import { issueRecords } from '#shared/document/issues.ts'
import { setNumeric } from '#shared/document/numeric.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { cellOf as plainCell } from '#shared/tracker.ts'
import { cellOf, documentOf, issueId, partyId, show } from '#test/client/matrix-harness.tsx'

const numeric = (): Y.Doc => {
  const doc = documentOf(2, 2)
  issueRecords.set(doc, issueId(0), { scaleUnit: '%' })
  setNumeric(doc, issueId(0), true)
  return doc
}
const entry = (): HTMLInputElement | null => document.querySelector('.number-entry input')
const stance = (doc: Y.Doc, party = 0) => {
  const tracker = readTracker(doc)
  const { stance: id } = plainCell(tracker, issueId(0), partyId(party))
  return tracker.issues[0]?.scale.points.find(point => point.id === id)?.label
}
const type = (words: string): void => {
  const input = entry() ?? expect.fail('no field for a number')
  input.value = words
  fireEvent.submit(input.form ?? input)
}

test('a digit begins a number; Enter makes its point in all selected cells, in one step', () => {
  const doc = numeric()
  const { grid, negotiation, press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  selection.select({ row: issueId(0), column: partyId(1) }, true)
  press('3')
  expect(entry()?.value).toBe('3')
  expect(document.activeElement).toBe(entry())
  type('3.67')
  expect(entry()).toBeNull()
  expect([stance(doc), stance(doc, 1)]).toEqual(['3.67 %', '3.67 %'])
  expect(cellOf(grid, 0, 0).textContent).toContain('3.67 %')
  expect(document.activeElement).toBe(grid)
  negotiation.undo()
  expect(stance(doc)).toBeUndefined()
  expect(readTracker(doc).issues[0]?.scale.points).toHaveLength(3)
})

test('what is no number stays to be corrected; Escape leaves all as it was', () => {
  const doc = numeric()
  const { press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('9')
  type('nine')
  expect(entry()?.getAttribute('aria-invalid')).toBe('true')
  fireEvent.keyDown(entry() ?? expect.fail(), { key: 'Escape' })
  expect(entry()).toBeNull()
  expect(stance(doc)).toBeUndefined()
})

test('leaving the field writes what is a number', () => {
  const doc = numeric()
  const { press, selection } = show(doc)
  selection.select({ row: issueId(0), column: partyId(0) })
  press('2')
  fireEvent.blur(entry() ?? expect.fail())
  expect(stance(doc)).toBe('2 %')
})

test('on a scale of steps a digit chooses its point', () => {
  const doc = numeric()
  const { press, selection } = show(doc)
  selection.select({ row: issueId(1), column: partyId(0) })
  press('2')
  expect(entry()).toBeNull()
  expect(plainCell(readTracker(doc), issueId(1), partyId(0)).stance).toBe('i1k1')
})

test('a red line is drawn at a number that is typed: its point is found or made, in one step', () => {
  const doc = numeric()
  const negotiation = createLocalNegotiation(doc)
  const screen = render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <RedLines
        issueId={issueId(0)}
        partyId={partyId(0)}
        issue={negotiation.view.issue(issueId(0))}
      />
    </NegotiationContext.Provider>
  ))
  const drawn = () => {
    const { issues, redLines } = readTracker(doc)
    return issues[0]?.scale.points.find(({ id }) => id === redLines[0]?.point)?.label
  }
  const write = (words: string): void => {
    const input: HTMLInputElement = screen.getByLabelText('Point, as a number')
    input.value = words
    fireEvent.keyDown(input, { key: 'Enter' })
  }
  fireEvent.click(screen.getByRole('button', { name: 'Draw a red line' }))
  write('none')
  expect(drawn()).toBeUndefined()
  write('3.67')
  expect(drawn()).toBe('3.67 %')
  const many = () => readTracker(doc).issues[0]?.scale.points.length
  expect(many()).toBe(4)
  negotiation.undo()
  expect([drawn(), many()]).toEqual([undefined, 3])
  write('3.67')
  write('3.67')
  expect([drawn(), many()]).toEqual(['3.67 %', 4])
})
