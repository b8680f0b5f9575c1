/** Documents to guard, and updates to bring to them. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addBasket, addIssue } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import { rewriteText } from '#shared/document/text.ts'
import { createTracker } from '#shared/document/tracker.ts'
import type { AccountId, BasketId, IssueId, PartyId } from '#shared/ids.ts'
import { guard, type Guarded, type Verdict } from '#server/live/guard.ts'
import { LIMITS } from '#server/live/limits.ts'

export const ada = 'ada' as AccountId
export const mallory = 'mallory' as AccountId
export const issue = 'issue1' as IssueId
export const party = 'party1' as PartyId

export const ADA_CLIENT = 1_000
export const MALLORY_CLIENT = 2_000

export const docOf = (client: number, ...updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  // Last: Yjs gives itself another id when it sees its own in what it is given.
  doc.clientID = client
  return doc
}

/** A tracker of one issue and one party, made by ada. */
export const trackerState = (): Uint8Array => {
  const doc = docOf(ADA_CLIENT)
  createTracker(doc, 'Ceasefire')
  addBasket(doc, 'basket1' as BasketId, 'Security')
  addIssue(doc, issue, { title: 'Border', basketId: 'basket1' as BasketId })
  addParty(doc, party, { name: 'North' })
  rewriteText(doc, descriptionName(issue), 'Where the line runs')
  setPosition(doc, issue, party, 'Along the river, with a crossing')
  setCell(doc, issue, party, { knowledge: 'agreed' })
  return Y.encodeStateAsUpdate(doc)
}

export const guarded = (
  state: Uint8Array = trackerState(),
  overrides: Partial<Guarded> = {},
): Guarded => ({
  doc: docOf(1, state),
  kind: 'matrix',
  clients: new Map([[ADA_CLIENT, ada]]),
  limits: LIMITS,
  ...overrides,
})

/** What mallory's client would send after `change`. */
export const changeBy = (
  state: Uint8Array,
  change: (doc: Y.Doc) => void,
  client = MALLORY_CLIENT,
): Uint8Array => {
  const doc = docOf(client, state)
  const before = Y.encodeStateVector(doc)
  change(doc)
  const update = Y.encodeStateAsUpdate(doc, before)
  doc.destroy()
  return update
}

export const judge = (bytes: Uint8Array, to: Guarded = guarded(), account = mallory): Verdict =>
  guard(to, account, bytes)

/** An update written number by number. */
export const forged = (parts: readonly (number | string | Uint8Array)[]): Uint8Array => {
  const to = encoding.createEncoder()
  for (const part of parts)
    if (typeof part === 'number') encoding.writeVarUint(to, part)
    else if (typeof part === 'string') encoding.writeVarString(to, part)
    else encoding.writeUint8Array(to, part)
  return encoding.toUint8Array(to)
}
