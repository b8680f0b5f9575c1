/** Meetings begin and end with a snapshot and a word in the document, so that two who press at once make one. */
import type { Matrices } from '#server/history/matrices.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import { turns } from '#server/history/turns.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import {
  newId,
  type AccountId,
  type MeetingId,
  type SnapshotId,
  type TrackerId,
} from '#shared/ids.ts'
import { afterLabel, beforeLabel, goesOn, hasBegun, type Meeting } from '#shared/meetings.ts'

interface MeetingsDeps {
  readonly matrices: Matrices
  readonly snapshots: Pick<Snapshots, 'save'>
}

/** Whoever starts one of the same title within this time, in milliseconds, has pressed at the same moment as somebody else. */
const AT_ONCE = 10_000

export class Meetings {
  readonly #matrices: Matrices
  readonly #snapshots: Pick<Snapshots, 'save'>
  readonly #inTurn = turns()

  constructor({ matrices, snapshots }: MeetingsDeps) {
    this.#matrices = matrices
    this.#snapshots = snapshots
  }

  /** Of several who start one of the same title at once, the others are answered the one that the first has begun. */
  start(trackerId: TrackerId, by: AccountId, title: string): Promise<Meeting> {
    return this.#inTurn(trackerId, async () => {
      const begun = await this.#justBegun(trackerId, title)
      if (begun) return begun
      const { at, id } = await this.#save(trackerId, by, beforeLabel(title))
      const meeting = { ...meetingRecords.blank, title, startedAt: at, before: id }
      const meetingId = newId<MeetingId>()
      await this.#matrices.edit(trackerId, by, doc => meetingRecords.put(doc, meetingId, meeting))
      return { id: meetingId, ...meeting }
    })
  }

  /** Begins one that was planned; one that has begun, or ended, stays as it is. Answers `undefined` where there is none of this id. */
  begin(trackerId: TrackerId, meetingId: MeetingId, by: AccountId): Promise<Meeting | undefined> {
    return this.#inTurn(trackerId, async () => {
      const meeting = await this.#read(trackerId, meetingId)
      if (!meeting || hasBegun(meeting)) return meeting
      const { at, id } = await this.#save(trackerId, by, beforeLabel(meeting.title))
      await this.#matrices.edit(trackerId, by, doc => {
        const now = meetingRecords.read(doc, meetingId)
        if (now && !hasBegun(now))
          meetingRecords.set(doc, meetingId, { startedAt: at, before: id, endedAt: 0 })
      })
      return this.#read(trackerId, meetingId)
    })
  }

  /** A meeting that has ended stays as it is. Answers `undefined` where there is none of this id. */
  end(trackerId: TrackerId, meetingId: MeetingId, by: AccountId): Promise<Meeting | undefined> {
    return this.#inTurn(trackerId, async () => {
      const meeting = await this.#read(trackerId, meetingId)
      if (!meeting || meeting.endedAt > 0) return meeting
      const { at, id } = await this.#save(trackerId, by, afterLabel(meeting.title))
      await this.#matrices.edit(trackerId, by, doc => {
        // Somebody may have chosen one by hand meanwhile.
        const now = meetingRecords.read(doc, meetingId)
        if (now?.endedAt === 0) meetingRecords.set(doc, meetingId, { endedAt: at, after: id })
      })
      return this.#read(trackerId, meetingId)
    })
  }

  async #justBegun(trackerId: TrackerId, title: string): Promise<Meeting | undefined> {
    const { value } = await this.#matrices.read(trackerId, doc => meetingRecords.all(doc))
    return value.find(
      meeting =>
        meeting.title === title && goesOn(meeting) && Date.now() - meeting.startedAt < AT_ONCE,
    )
  }

  async #read(trackerId: TrackerId, id: MeetingId): Promise<Meeting | undefined> {
    return (await this.#matrices.read(trackerId, doc => meetingRecords.read(doc, id))).value
  }

  async #save(trackerId: TrackerId, by: AccountId, label: string) {
    const { at, id } = await this.#snapshots.save(trackerId, {
      kind: 'meeting',
      label,
      note: '',
      by,
    })
    return { at, id: id as SnapshotId }
  }
}
