/** The document as a whole: making one, naming it, and reading it as plain data. */
import * as Y from 'yjs'
import { isBlank, type Cell, type CellKey } from '#shared/cells.ts'
import { cellsOf } from '#shared/document/cells.ts'
import { claimRecords, sourceRecords } from '#shared/document/claims.ts'
import { count, store, word, words } from '#shared/document/field.ts'
import { basketRecords, issuesOf } from '#shared/document/issues.ts'
import { LAYOUT, parseLayout, trackerMap } from '#shared/document/layout.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { marksOf, reasonRecords } from '#shared/document/movements.ts'
import { partyRecords } from '#shared/document/parties.ts'
import { recordKind } from '#shared/document/record.ts'
import { questionRecords } from '#shared/document/questions.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { sparseDoc } from '#shared/document/sparse.ts'
import { storedIn, type Stored } from '#shared/document/stored.ts'
import type { RestoreId, SnapshotId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'
import type { Restore, Tracker } from '#shared/tracker.ts'

export const restoreRecords = recordKind<RestoreId, Omit<Restore, 'id'>>('restores', {
  from: word<MomentRef>(),
  fromLabel: words,
  moment: count,
  safety: word<SnapshotId>(),
  by: words,
  at: count,
  changes: count,
})

/** Writes the layout's version and the title into an empty document. */
export const createTracker = (doc: Y.Doc, title: string, description = ''): void =>
  doc.transact(() => {
    trackerMap(doc).set('layout', LAYOUT)
    describeTracker(doc, { title, description })
  })

export const describeTracker = (
  doc: Y.Doc,
  { title, description }: { readonly title?: string; readonly description?: string },
): void =>
  doc.transact(() => {
    if (title !== undefined) store(trackerMap(doc), 'title', words, title)
    if (description !== undefined) store(trackerMap(doc), 'description', words, description)
  })

export const readTitle = (doc: Y.Doc): string => words(trackerMap(doc).get('title'))
export const readDescription = (doc: Y.Doc): string => words(trackerMap(doc).get('description'))

/** The whole document as plain data. Total: whatever a peer wrote, it answers; records in order, blank cells left out. */
export const readTracker = (doc: Y.Doc): Tracker => projectTracker(storedIn(doc))

export const projectTracker = (stored: Stored): Tracker => {
  const parties = partyRecords.allOf(stored)
  const issues = issuesOf(stored)
  const known = new Set<string>([...parties, ...issues].map(({ id }) => id))
  const claims = claimRecords.allOf(stored)
  const claimIds = new Set<string>(claims.map(({ id }) => id))
  const cells: Record<CellKey, Cell> = {}
  for (const [key, found] of cellsOf(stored)) {
    const cell = { ...found, claimIds: found.claimIds.filter(id => claimIds.has(id)) }
    if (known.has(cell.issueId) && known.has(cell.partyId) && !isBlank(cell)) cells[key] = cell
  }
  return {
    layout: parseLayout(stored.scalar('tracker', 'layout')),
    title: words(stored.scalar('tracker', 'title')),
    description: words(stored.scalar('tracker', 'description')),
    parties,
    baskets: basketRecords.allOf(stored),
    issues,
    cells,
    sources: sourceRecords.allOf(stored),
    claims,
    redLines: redLineRecords
      .allOf(stored)
      .filter(line => known.has(line.issueId) && known.has(line.partyId)),
    restores: restoreRecords.allOf(stored),
    movements: marksOf(stored),
    reasons: reasonRecords.allOf(stored),
    meetings: meetingRecords.allOf(stored),
    redactions: redactionRecords.allOf(stored),
    questions: questionRecords.allOf(stored),
  }
}

/** A document in the state that the update holds. Live documents forget deleted text (gc). */
export const docFrom = (state: Uint8Array, version: 1 | 2 = 1): Y.Doc => {
  const doc = sparseDoc()
  if (version === 2) Y.applyUpdateV2(doc, state)
  else Y.applyUpdate(doc, state)
  return doc
}
