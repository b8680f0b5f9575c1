/** The document as a whole: making one, naming it, and reading it as plain data. */
import * as Y from 'yjs'
import { isBlank, type Cell, type CellKey } from '#shared/cells.ts'
import { cellsOf } from '#shared/document/cells.ts'
import { oneOf, store, words } from '#shared/document/field.ts'
import { issuesOf } from '#shared/document/issues.ts'
import { LAYOUT, parseLayout, trackerMap } from '#shared/document/layout.ts'
import { marksOf } from '#shared/document/movements.ts'
import { plainRecordsOf } from '#shared/document/registry.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { sparseDoc } from '#shared/document/sparse.ts'
import { storedIn, type Stored } from '#shared/document/stored.ts'
import { LIKELIHOOD_ROWS, type LikelihoodRow } from '#shared/scenarios.ts'
import type { Tracker } from '#shared/tracker.ts'

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

export const likelihoodRow = oneOf(LIKELIHOOD_ROWS, 'likely')

/** In which of the two rows of words this tracker speaks of likelihoods. */
export const setLikelihoodRow = (doc: Y.Doc, row: LikelihoodRow): void =>
  doc.transact(() => store(trackerMap(doc), 'likelihoodRow', likelihoodRow, row))

export const readTitle = (doc: Y.Doc): string => words(trackerMap(doc).get('title'))
export const readDescription = (doc: Y.Doc): string => words(trackerMap(doc).get('description'))

/** The whole document as plain data. Total: whatever a peer wrote, it answers; records in order, blank cells left out. */
export const readTracker = (doc: Y.Doc): Tracker => projectTracker(storedIn(doc))

export const projectTracker = (stored: Stored): Tracker => {
  const records = plainRecordsOf(stored)
  const { claims, parties } = records
  const issues = issuesOf(stored)
  const known = new Set<string>([...parties, ...issues].map(({ id }) => id))
  const claimIds = new Set<string>(claims.map(({ id }) => id))
  const cells: Record<CellKey, Cell> = {}
  for (const [key, found] of cellsOf(stored)) {
    const cell = { ...found, claimIds: found.claimIds.filter(id => claimIds.has(id)) }
    if (known.has(cell.issueId) && known.has(cell.partyId) && !isBlank(cell)) cells[key] = cell
  }
  return {
    ...records,
    layout: parseLayout(stored.scalar('tracker', 'layout')),
    title: words(stored.scalar('tracker', 'title')),
    description: words(stored.scalar('tracker', 'description')),
    likelihoodRow: likelihoodRow(stored.scalar('tracker', 'likelihoodRow')),
    issues,
    cells,
    redLines: redLineRecords
      .allOf(stored)
      .filter(line => known.has(line.issueId) && known.has(line.partyId)),
    movements: marksOf(stored),
  }
}

/** A document in the state that the update holds. Live documents forget deleted text (gc). */
export const docFrom = (state: Uint8Array, version: 1 | 2 = 1): Y.Doc => {
  const doc = sparseDoc()
  if (version === 2) Y.applyUpdateV2(doc, state)
  else Y.applyUpdate(doc, state)
  return doc
}
