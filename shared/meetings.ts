/** Meetings of the negotiation, each with the snapshots between which its movement is read. */
import type { MeetingId, SnapshotId } from '#shared/ids.ts'

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
