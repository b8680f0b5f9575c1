/** Meetings in the document, with who comes, what is on the agenda and what was caught. */
import type * as Y from 'yjs'
import { moment, oneOf, oneOfOrNull, reference, word, words } from '#shared/document/field.ts'
import { placed } from '#shared/document/rank.ts'
import { recordKind } from '#shared/document/record.ts'
import { LEVELS } from '#shared/cells.ts'
import type {
  AccountId,
  AgendaItemId,
  AttendanceId,
  IssueId,
  MeetingId,
  NoteId,
  PartyId,
  PersonId,
  Rank,
  SnapshotId,
} from '#shared/ids.ts'
import {
  ATTENDANCES,
  MEETING_FORMATS,
  MEETING_STATUSES,
  type AgendaItem,
  type Attendance,
  type Meeting,
  type Note,
} from '#shared/meetings.ts'

export const meetingRecords = recordKind<MeetingId, Omit<Meeting, 'id'>>('meetings', {
  title: words,
  round: words,
  format: oneOfOrNull(MEETING_FORMATS),
  status: oneOf(MEETING_STATUSES, 'reported'),
  venue: words,
  venueConfidence: oneOfOrNull(LEVELS),
  timeZone: words,
  plannedFor: words,
  startedAt: moment,
  endedAt: moment,
  before: reference<SnapshotId>(),
  after: reference<SnapshotId>(),
})

export const attendanceRecords = recordKind<AttendanceId, Omit<Attendance, 'id'>>('attendances', {
  meetingId: word<MeetingId>(),
  partyId: word<PartyId>(),
  personId: reference<PersonId>(),
  status: oneOf(ATTENDANCES, 'expected'),
})

export const agendaItemRecords = recordKind<AgendaItemId, Omit<AgendaItem, 'id'>>('agendaItems', {
  meetingId: word<MeetingId>(),
  issueId: word<IssueId>(),
  rank: word<Rank>(),
})

export const noteRecords = recordKind<NoteId, Omit<Note, 'id'>>('notes', {
  meetingId: word<MeetingId>(),
  speaker: words,
  partyId: reference<PartyId>(),
  issueId: reference<IssueId>(),
  text: words,
  by: word<AccountId>(),
  at: moment,
})

/** Puts an issue on a meeting's agenda, at `index` among its rows; at the end without it. Moves a row that is there. */
export const putOnAgenda = (
  doc: Y.Doc,
  id: AgendaItemId,
  { issueId, meetingId }: Pick<AgendaItem, 'issueId' | 'meetingId'>,
  index = Number.POSITIVE_INFINITY,
): void =>
  doc.transact(() => {
    const others = agendaItemRecords
      .all(doc)
      .filter(item => item.meetingId === meetingId && item.id !== id)
    const { rank } = placed(others, index, (other, rank) =>
      agendaItemRecords.set(doc, other as AgendaItemId, { rank }),
    )
    agendaItemRecords.put(doc, id, { meetingId, issueId, rank })
  })
