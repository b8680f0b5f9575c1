/** Meetings of the negotiation, each with the snapshots between which its movement is read. */
import type { Level } from '#shared/cells.ts'
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
import { MAX_LABEL_LENGTH } from '#shared/snapshots.ts'

/** `indirect`: through a third party; `proximity`: in separate rooms of one place. */
export const MEETING_FORMATS = ['direct', 'indirect', 'proximity'] as const
export type MeetingFormat = (typeof MEETING_FORMATS)[number]
export const MEETING_FORMAT_LABELS: Readonly<Record<MeetingFormat, string>> = {
  direct: 'Direct',
  indirect: 'Indirect',
  proximity: 'Proximity talks',
}

/** What is known of whether it takes place; that it goes on or has ended is told by its times. */
export const MEETING_STATUSES = ['reported', 'agreed', 'postponed', 'cancelled'] as const
export type MeetingStatus = (typeof MEETING_STATUSES)[number]
export const MEETING_STATUS_LABELS: Readonly<Record<MeetingStatus, string>> = {
  reported: 'Reported',
  agreed: 'Agreed',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
}

export interface Meeting {
  readonly id: MeetingId
  readonly title: string
  /** "Second round"; '' where rounds are not counted. */
  readonly round: string
  readonly format: MeetingFormat | null
  readonly status: MeetingStatus
  readonly venue: string
  readonly venueConfidence: Level | null
  /** IANA, as "Asia/Muscat"; '' for that of whoever looks. */
  readonly timeZone: string
  /** When it is to be: ISO 8601 or EDTF, '' where unknown. */
  readonly plannedFor: string
  /** Milliseconds since 1970; 0 where nobody has said. */
  readonly startedAt: number
  /** 0 while it goes on. */
  readonly endedAt: number
  readonly before: SnapshotId | null
  readonly after: SnapshotId | null
}

export const ATTENDANCES = ['expected', 'attended', 'stayed_away'] as const
export type AttendanceStatus = (typeof ATTENDANCES)[number]
export const ATTENDANCE_LABELS: Readonly<Record<AttendanceStatus, string>> = {
  expected: 'expected',
  attended: 'attended',
  stayed_away: 'stayed away',
}

export interface Attendance {
  readonly id: AttendanceId
  readonly meetingId: MeetingId
  readonly partyId: PartyId
  /** Who came for it; null where only the party is known. */
  readonly personId: PersonId | null
  readonly status: AttendanceStatus
}

export interface AgendaItem {
  readonly id: AgendaItemId
  readonly meetingId: MeetingId
  readonly issueId: IssueId
  readonly rank: Rank
}

/** What was caught while a meeting went on: who said what on which issue. Each is written once and stays. */
export interface Note {
  readonly id: NoteId
  readonly meetingId: MeetingId
  readonly speaker: string
  readonly partyId: PartyId | null
  readonly issueId: IssueId | null
  readonly text: string
  /** The account that wrote it: the server takes no other. */
  readonly by: AccountId
  /** Milliseconds since 1970, by the writer's machine. */
  readonly at: number
}

/** Whether it goes on or has ended; the others are planned. */
export const hasBegun = ({ before, endedAt, startedAt }: Begun): boolean =>
  startedAt > 0 || endedAt > 0 || before !== null

export const goesOn = (meeting: Begun): boolean => meeting.endedAt === 0 && hasBegun(meeting)

type Begun = Pick<Meeting, 'before' | 'endedAt' | 'startedAt'>

export const MAX_MEETING_TITLE_LENGTH = 100

/** The labels of a meeting's two snapshots, unless somebody has given them others. */
export const beforeLabel = (title: string): string => cut(`Before ${title}`)
export const afterLabel = (title: string): string => cut(`After ${title}`)

/** A script may have given it any title. */
const cut = (label: string): string => label.slice(0, MAX_LABEL_LENGTH).toWellFormed()
