/** What becomes of words whose column goes while they are written. */
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import { createRoot, createSignal } from 'solid-js'
import { afterEach, expect, test, vi } from 'vitest'
import { createLocalNegotiation } from '#client/live/local.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { watchOver } from '#client/matrix/rescue.ts'
import { Toaster } from '#client/ui/toaster.tsx'
import { removeParty } from '#shared/document/parties.ts'
import { documentOf, issueId, partyId } from '#test/client/matrix-harness.tsx'

afterEach(() => {
  for (const button of document.querySelectorAll('.toast-close')) fireEvent.click(button)
  cleanup()
})

/** Writes into the second column, until it goes. */
const write = (isApart: () => boolean) => {
  const doc = documentOf(1, 2)
  const local = createLocalNegotiation(doc)
  const compartmentOf = () => (isApart() ? ({ id: 'c1' } as never) : undefined)
  const negotiation = { ...local, compartmentOf }
  const grid = { negotiation, view: local.view, stray: { take: undefined } } as unknown as Grid
  const onLost = vi.fn<() => void>()
  render(() => <Toaster />)
  const dispose = createRoot(dispose => {
    watchOver(grid, issueId(0), partyId(1), () => 'Mine', onLost)
    return dispose
  })
  return { dispose, doc, grid, onLost }
}

test('they can be brought back with a column that everybody saw', () => {
  const { dispose, doc } = write(() => false)
  removeParty(doc, partyId(1))
  expect(screen.getByRole('button', { name: 'Bring it back' })).toBeTruthy()
  dispose()
})

test('they are handed back alone where the column was in a compartment', async () => {
  const [isApart, setApart] = createSignal(true)
  const { dispose, doc, grid, onLost } = write(isApart)
  setApart(false)
  removeParty(doc, partyId(1))
  expect(screen.queryByRole('button', { name: 'Bring it back' })).toBeNull()
  expect(screen.getByText('Mine').tagName).toBe('BLOCKQUOTE')
  expect(screen.getByText(/“Party 1”/)).toBeTruthy()
  expect(grid.stray.take).toBeDefined()
  await Promise.resolve()
  expect(onLost).toHaveBeenCalled()
  dispose()
})
