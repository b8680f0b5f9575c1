/** Meetings in the document. */
import { count, reference, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import type { MeetingId, SnapshotId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'

export const meetingRecords = recordKind<MeetingId, Omit<Meeting, 'id'>>('meetings', {
  title: words,
  startedAt: count,
  endedAt: count,
  before: reference<SnapshotId>(),
  after: reference<SnapshotId>(),
})
