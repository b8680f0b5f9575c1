/** Making a document from plain data by the document's own verbs: nothing of a foreign document comes along. */
import type * as Y from 'yjs'
import { PLAIN_RECORDS, PLAIN_ROOTS, type PlainRoot } from '#shared/document/registry.ts'
import type { RecordKind } from '#shared/document/record.ts'
import { createTracker, setLikelihoodRow } from '#shared/document/tracker.ts'
import { restore, type RestoreAddress } from '#shared/history/restore.ts'
import { cellKey } from '#shared/cells.ts'
import type { Tracker } from '#shared/tracker.ts'

/** Rows and columns come by a restore, which puts them in order; reasons are said of movements. */
const OTHERWISE: ReadonlySet<PlainRoot> = new Set(['parties', 'baskets', 'reasons'])

/**
 * Writes the tracker into an empty document: the same ids and the same order, under the writer's own client id. What was
 * said of movements stays behind: it speaks of another journal's entries.
 */
export const rebuild = (doc: Y.Doc, tracker: Tracker): void =>
  doc.transact(() => {
    createTracker(doc, tracker.title, tracker.description)
    setLikelihoodRow(doc, tracker.likelihoodRow)
    for (const root of PLAIN_ROOTS) {
      if (OTHERWISE.has(root)) continue
      const kind = PLAIN_RECORDS[root] as unknown as RecordKind<string, object>
      for (const record of tracker[root]) kind.put(doc, record.id, record)
    }
    restore(doc, tracker, everythingIn(tracker))
  })

const everythingIn = ({
  baskets,
  cells,
  issues,
  parties,
  redLines,
}: Tracker): readonly RestoreAddress[] => [
  ...baskets.map(({ id }) => `basket/${id}` as const),
  ...parties.map(({ id }) => `party/${id}` as const),
  ...issues.map(({ id }) => `issue/${id}` as const),
  ...[...Object.values(cells), ...redLines].map(
    ({ issueId, partyId }) => `cell/${cellKey(issueId, partyId)}` as const,
  ),
]
