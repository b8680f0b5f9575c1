/** Making a document from plain data by the document's own verbs: nothing of a foreign document comes along. */
import type * as Y from 'yjs'
import { claimRecords, sourceRecords } from '#shared/document/claims.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { questionRecords } from '#shared/document/questions.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { createTracker, restoreRecords } from '#shared/document/tracker.ts'
import { restore, type RestoreAddress } from '#shared/history/restore.ts'
import { cellKey } from '#shared/cells.ts'
import type { Tracker } from '#shared/tracker.ts'

/**
 * Writes the tracker into an empty document: the same ids and the same order, under the writer's own client id. What was
 * said of movements stays behind: it speaks of another journal's entries.
 */
export const rebuild = (doc: Y.Doc, tracker: Tracker): void =>
  doc.transact(() => {
    createTracker(doc, tracker.title, tracker.description)
    for (const source of tracker.sources) sourceRecords.put(doc, source.id, source)
    for (const claim of tracker.claims) claimRecords.put(doc, claim.id, claim)
    restore(doc, tracker, everythingIn(tracker))
    for (const note of tracker.restores) restoreRecords.put(doc, note.id, note)
    for (const meeting of tracker.meetings) meetingRecords.put(doc, meeting.id, meeting)
    for (const question of tracker.questions) questionRecords.put(doc, question.id, question)
    for (const tombstone of tracker.redactions) redactionRecords.put(doc, tombstone.id, tombstone)
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
