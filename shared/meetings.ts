/** Meetings of the negotiation, each with the snapshots between which its movement is read. */
import type { MeetingId, SnapshotId } from '#shared/ids.ts'
import { MAX_LABEL_LENGTH } from '#shared/snapshots.ts'

export interface Meeting {
  readonly id: MeetingId
  readonly title: string
  /** Milliseconds since 1970; 0 where nobody has said. */
  readonly startedAt: number
  /** 0 while it goes on. */
  readonly endedAt: number
  readonly before: SnapshotId | null
  readonly after: SnapshotId | null
}

export const MAX_MEETING_TITLE_LENGTH = 100

/** The labels of a meeting's two snapshots, unless somebody has given them others. */
export const beforeLabel = (title: string): string => cut(`Before ${title}`)
export const afterLabel = (title: string): string => cut(`After ${title}`)

/** A script may have given it any title. */
const cut = (label: string): string => label.slice(0, MAX_LABEL_LENGTH).toWellFormed()
