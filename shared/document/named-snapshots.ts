/** Which snapshots a document names: those that a restore came from or can be taken back by, and those of meetings. */
import type * as Y from 'yjs'
import { meetingRecords } from '#shared/document/meetings.ts'
import { restoreRecords } from '#shared/document/restores.ts'

/** A restore may have come from a time instead: that names no snapshot. */
export const namedSnapshots = (doc: Y.Doc): ReadonlySet<string> =>
  new Set([
    ...restoreRecords.all(doc).flatMap(({ from, safety }) => [from, safety]),
    ...meetingRecords.all(doc).flatMap(({ after, before }) => [after ?? [], before ?? []].flat()),
  ])
