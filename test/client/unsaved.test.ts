import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { watchUnsaved } from '#client/live/unsaved.ts'
import { setPosition } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { createTracker } from '#shared/document/tracker.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

const [issue, party, other] = ['i0', 'p0', 'p1'] as [IssueId, PartyId, PartyId]

const matrix = (): Y.Doc => {
  const doc = new Y.Doc()
  createTracker(doc, 'Talks')
  addParty(doc, party, { name: 'Iran' })
  addParty(doc, other, { name: 'Qatar' })
  addIssue(doc, issue, { title: 'Venue', basketId: null })
  return doc
}

test('my words that wait are handed back under the names of their issue and party, and nobody else’s', () => {
  const doc = matrix()
  const theirs = new Y.Doc()
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
  let waiting = false
  const unsaved = watchUnsaved(doc, () => waiting)
  setPosition(doc, issue, party, 'Only Oman')
  waiting = true
  setPosition(theirs, issue, other, 'Anywhere')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs), 'the server')
  expect(unsaved.words()).toBe('Venue, Iran\nOnly Oman')
  unsaved.dispose()
})

test('what was saved meanwhile is not handed back', () => {
  const doc = matrix()
  let waiting = false
  const unsaved = watchUnsaved(doc, () => waiting)
  setPosition(doc, issue, party, 'Saved long ago')
  waiting = true
  setPosition(doc, issue, party, 'Saved a moment ago')
  waiting = false
  setPosition(doc, issue, other, 'Not saved')
  waiting = true
  expect(unsaved.words()).toBe('Venue, Qatar\nNot saved')
  unsaved.dispose()
})
