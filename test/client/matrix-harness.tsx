/** A matrix on a screen without a server: what the tests of the grid stand on. */
import { fireEvent, render } from '@solidjs/testing-library'
import * as Y from 'yjs'
import { createLocalNegotiation } from '#client/live/local.ts'
import { NegotiationContext } from '#client/live/negotiation.ts'
import { Matrix } from '#client/matrix/matrix.tsx'
import { createPreferences } from '#client/matrix/preferences.ts'
import { createSelection } from '#client/matrix/selection.ts'
import { Toaster } from '#client/ui/toaster.tsx'
import type { Role } from '#shared/access.ts'
import { addBasket, addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { addPoint } from '#shared/document/scales.ts'
import { createTracker } from '#shared/document/tracker.ts'
import type { BasketId, IssueId, PartyId, PointId, TrackerId } from '#shared/ids.ts'

globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.matchMedia ??= (media: string) =>
  ({ matches: true, media, addEventListener() {}, removeEventListener() {} }) as never

export const issueId = (index: number) => `i${index}` as IssueId
export const partyId = (index: number) => `p${index}` as PartyId

/** Issues i0, i1, … in one basket b0, each with a scale of three points, by parties p0, p1, … */
export const documentOf = (issues: number, parties: number): Y.Doc => {
  const doc = new Y.Doc()
  doc.transact(() => {
    createTracker(doc, 'Talks')
    addBasket(doc, 'b0' as BasketId, 'Nuclear file')
    for (let p = 0; p < parties; p++) addParty(doc, partyId(p), { name: `Party ${p}` })
    for (let i = 0; i < issues; i++) {
      addIssue(doc, issueId(i), { title: `Issue ${i}`, basketId: 'b0' as BasketId })
      for (const [k, label] of ['Low', 'Middle', 'High'].entries())
        addPoint(doc, `i${i}k${k}` as PointId, issueId(i), label)
    }
  })
  return doc
}

let trackers = 0

export const show = (doc: Y.Doc, role: Role = 'editor') => {
  const negotiation = createLocalNegotiation(doc, undefined, role)
  const selection = createSelection()
  const preferences = createPreferences(`t${++trackers}` as TrackerId)
  const screen = render(() => (
    <NegotiationContext.Provider value={negotiation}>
      <Toaster />
      <Matrix
        view={negotiation.view}
        selection={selection}
        preferences={preferences}
        label="Matrix"
        panelOpen={false}
        onPanel={() => {}}
        historyOpen={false}
        onHistory={() => {}}
        onPage={() => {}}
      />
    </NegotiationContext.Provider>
  ))
  const grid = screen.getByRole('grid')
  const press = (key: string, modifiers: KeyboardEventInit = {}): void =>
    void fireEvent.keyDown(grid, { key, ...modifiers })
  const active = (): string =>
    (grid.getAttribute('aria-activedescendant') ?? '').replace(/^grid\d+-/, '')
  return { negotiation, selection, preferences, screen, grid, press, active }
}

export const cellOf = (grid: HTMLElement, issue: number, party: number): HTMLElement => {
  const cell = grid.querySelector<HTMLElement>(
    `[data-row=i${issue}] [role=gridcell][data-column=p${party}]`,
  )
  if (!cell) throw new Error(`cell ${issue}/${party} is not drawn`)
  return cell
}
