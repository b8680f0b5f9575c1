/** Small negotiations for the history's tests: a document, and the same one some edits later. */
import * as Y from 'yjs'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addBasket, addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { addPoint } from '#shared/document/scales.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import type { BasketId, IssueId, PartyId, PointId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

export const nuclear = 'nuclear' as BasketId
export const process = 'process' as BasketId
export const [limits, verification, venue] = ['limits', 'verification', 'venue'] as [
  IssueId,
  IssueId,
  IssueId,
]
export const [iran, states, turkey] = ['iran', 'states', 'turkey'] as [PartyId, PartyId, PartyId]
export const pointOf = (issueId: IssueId, step: number): PointId => `${issueId}-${step}` as PointId

/** Two baskets, three issues with scales of three, three parties, two positions. */
export const talks = (): Y.Doc => {
  const doc = new Y.Doc()
  createTracker(doc, 'Talks')
  addBasket(doc, nuclear, 'Nuclear file')
  addBasket(doc, process, 'Process')
  for (const [id, name] of [
    [iran, 'Iran'],
    [states, 'United States'],
    [turkey, 'Turkey'],
  ] as const)
    addParty(doc, id, { name, role: id === turkey ? 'host' : 'negotiating_party' })
  for (const [id, title, basketId] of [
    [limits, 'Limits', nuclear],
    [verification, 'Verification', nuclear],
    [venue, 'Venue', process],
  ] as const) {
    addIssue(doc, id, { title, basketId, scaleName: 'Depth' })
    for (const [step, label] of ['None', 'Some', 'All'].entries())
      addPoint(doc, pointOf(id, step), id, label)
  }
  setPosition(doc, verification, iran, 'Declared sites only, by agreed rules.')
  setCell(doc, verification, iran, { stance: pointOf(verification, 1) })
  setPosition(doc, verification, states, 'Wide access at short notice.')
  return doc
}

/** The states before and after the edits. */
export const edited = (edits: (doc: Y.Doc) => void): readonly [Tracker, Tracker] => {
  const doc = talks()
  const before = readTracker(doc)
  edits(doc)
  return [before, readTracker(doc)]
}
