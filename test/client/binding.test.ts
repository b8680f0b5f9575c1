import { createEffect, createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { bind } from '#client/live/binding.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addIssue, removeIssue } from '#shared/document/issues.ts'
import { addParty, removeParty } from '#shared/document/parties.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { addPoint, pointRecords } from '#shared/document/scales.ts'
import type { IssueId, PartyId, PointId } from '#shared/ids.ts'

const issues = ['i0', 'i1', 'i2'] as IssueId[]
const parties = ['p0', 'p1'] as PartyId[]

const matrix = (): Y.Doc => {
  const doc = new Y.Doc()
  createTracker(doc, 'Talks')
  for (const id of parties) addParty(doc, id, { name: id })
  for (const id of issues) addIssue(doc, id, { title: id, basketId: null })
  return doc
}

test('one remote edit wakes the readers of one cell and no other', () => {
  const [mine, theirs] = [matrix(), new Y.Doc()]
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
  const view = bind(mine)
  const seen: string[] = []
  const dispose = createRoot(dispose => {
    for (const issueId of issues)
      for (const partyId of parties)
        createEffect(() =>
          seen.push(`${issueId}/${partyId}:${view.cell(issueId, partyId).position}`),
        )
    createEffect(() => seen.push(`rows ${view.issueIds().length}`))
    createEffect(() => seen.push(`columns ${view.partyIds().join()}`))
    return dispose
  })
  seen.length = 0
  theirs.on('update', update => Y.applyUpdate(mine, update))

  setPosition(theirs, 'i1' as IssueId, 'p1' as PartyId, 'Wants more')
  expect(seen.splice(0)).toEqual(['i1/p1:Wants more'])

  setCell(theirs, 'i2' as IssueId, 'p0' as PartyId, { knowledge: 'agreed' })
  expect(seen.splice(0)).toEqual(['i2/p0:'])

  removeParty(theirs, 'p1' as PartyId)
  expect(seen).toContain('columns p0')
  expect(seen.filter(line => line.startsWith('rows'))).toEqual([])
  dispose()
  view.dispose()
})

test('what the screen reads cell by cell is what the projection holds', () => {
  const doc = matrix()
  setPosition(doc, 'i0' as IssueId, 'p0' as PartyId, 'A limit of twenty years')
  setCell(doc, 'i0' as IssueId, 'p0' as PartyId, { confidence: 'low', knowledge: 'reported' })
  const view = bind(doc)
  const tracker = readTracker(doc)
  expect(view.issueIds().map(id => view.issue(id))).toEqual(tracker.issues)
  expect(view.partyIds().map(id => view.party(id))).toEqual(tracker.parties)
  for (const [key, cell] of Object.entries(tracker.cells)) {
    const [issueId, partyId] = key.split('/')
    expect(view.cell(issueId as IssueId, partyId as PartyId)).toEqual(cell)
  }
  view.dispose()
})

test('a renamed point is read anew by its own issue', () => {
  const doc = matrix()
  const [id, issueId] = ['low' as PointId, 'i1' as IssueId]
  addPoint(doc, id, issueId, 'None')
  const view = bind(doc)
  const labels = (): unknown => view.issue(issueId)?.scale.points.map(({ label }) => label)
  expect(labels()).toEqual(['None'])
  pointRecords.set(doc, id, { label: 'Some' })
  expect(labels()).toEqual(['Some'])
  addPoint(doc, 'high' as PointId, issueId, 'All')
  expect(labels()).toEqual(['Some', 'All'])
  removeIssue(doc, issueId)
  expect(view.issue(issueId)).toBeUndefined()
  view.dispose()
})
