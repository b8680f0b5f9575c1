/** The meeting that the demo's record expects: where and when changes, and who would come. */
import type { Edit } from '#server/seeds/demo-edit.ts'
import type { DemoIssue, DemoParty } from '#server/seeds/demo-outline.ts'
import type { DemoPersonName } from '#server/seeds/demo-people.ts'
import {
  agendaItemRecords,
  attendanceRecords,
  meetingRecords,
  noteRecords,
} from '#shared/document/meetings.ts'
import { placed } from '#shared/document/rank.ts'
import {
  newId,
  type AgendaItemId,
  type AttendanceId,
  type IssueId,
  type MeetingId,
  type NoteId,
  type PartyId,
  type PersonId,
} from '#shared/ids.ts'
import type { Meeting, Note } from '#shared/meetings.ts'

const NAME = 'talks'

export const meeting =
  (values: Partial<Omit<Meeting, 'id'>>): Edit =>
  (doc, idOf) =>
    meetingRecords.put(doc, idOf<MeetingId>('meeting', NAME), values)

/** Who is expected; for some parties it is known whom they would send. */
export const expected =
  (parties: Readonly<Partial<Record<DemoParty, DemoPersonName | null>>>): Edit =>
  (doc, idOf) => {
    for (const [party, person] of Object.entries(parties))
      attendanceRecords.put(doc, idOf<AttendanceId>('attendance', party), {
        meetingId: idOf<MeetingId>('meeting', NAME),
        partyId: idOf<PartyId>('party', party),
        personId: person === null ? null : idOf<PersonId>('person', person),
        status: 'expected',
      })
  }

export const noLongerExpected =
  (...parties: readonly DemoParty[]): Edit =>
  (doc, idOf) => {
    for (const party of parties)
      attendanceRecords.remove(doc, idOf<AttendanceId>('attendance', party))
  }

/** Puts issues at the end of its agenda. */
export const agenda =
  (...issues: readonly DemoIssue[]): Edit =>
  (doc, idOf) => {
    for (const issue of issues)
      agendaItemRecords.put(doc, idOf<AgendaItemId>('agendaItem', issue), {
        meetingId: idOf<MeetingId>('meeting', NAME),
        issueId: idOf<IssueId>('issue', issue),
        ...placed(agendaItemRecords.all(doc), Number.POSITIVE_INFINITY, (id, rank) =>
          agendaItemRecords.set(doc, id as AgendaItemId, { rank }),
        ),
      })
  }

export const note =
  (issue: DemoIssue, words: Pick<Note, 'speaker' | 'text'>): Edit =>
  (doc, idOf, { at, by }) =>
    noteRecords.put(doc, newId<NoteId>(), {
      ...words,
      meetingId: idOf<MeetingId>('meeting', NAME),
      issueId: idOf<IssueId>('issue', issue),
      by,
      at,
    })
