/** The meetings of a tracker as its document tells of them, and what may be done with them here. */
import { createEffect, createMemo, on, type Accessor } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { sharing } from '#client/history/sharing.ts'
import type { History } from '#client/history/snapshots.ts'
import { whenSaved } from '#client/history/when-saved.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import { notify } from '#client/ui/toaster.tsx'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { MeetingId, SnapshotId } from '#shared/ids.ts'
import { afterLabel, beforeLabel, type Meeting } from '#shared/meetings.ts'

export interface Meetings {
  readonly all: Accessor<readonly Meeting[]>
  /** Both with all that I have written, also what is still on its way. */
  readonly start: (title: string) => Promise<void>
  /** One that was planned. */
  readonly begin: (id: MeetingId) => Promise<void>
  readonly end: (id: MeetingId) => Promise<void>
  readonly change: (meeting: Meeting, to: MeetingChange) => void
  readonly remove: (meeting: Meeting) => void
}

export interface MeetingChange {
  readonly title: string
  readonly before: SnapshotId | null
  /** Null for a meeting that goes on. */
  readonly after: SnapshotId | null
}

export const createMeetings = (negotiation: Negotiation, history: History): Meetings => {
  const all = createMemo<readonly Meeting[]>(
    before => sharing(before, negotiation.view.meetings()),
    [],
  )
  // Somebody has taken a snapshot, which the list does not know yet.
  createEffect(on(all, history.refresh, { defer: true }))
  const { act } = negotiation
  const write = (label: string, id: MeetingId, values: Partial<Omit<Meeting, 'id'>>): boolean =>
    act(label, doc => meetingRecords.set(doc, id, values))

  return {
    all,
    start: async title => {
      await whenSaved(negotiation)
      await history.store.startMeeting(title)
      history.refresh()
    },
    begin: async id => {
      await whenSaved(negotiation)
      await history.store.beginMeeting(id)
      history.refresh()
    },
    end: async id => {
      await whenSaved(negotiation)
      await history.store.endMeeting(id)
      history.refresh()
    },
    change: (meeting, { after, before, title }) => {
      const at = (id: SnapshotId | null): number => (id === null ? 0 : (history.entry(id)?.at ?? 0))
      const done = write('change the meeting', meeting.id, {
        ...(title !== meeting.title && { title }),
        ...(before !== meeting.before && { before, startedAt: at(before) }),
        ...(after !== meeting.after && { after, endedAt: at(after) }),
      })
      if (done && title !== meeting.title)
        relabel(history, [
          [before, beforeLabel(meeting.title), beforeLabel(title)],
          [after, afterLabel(meeting.title), afterLabel(title)],
        ])
    },
    remove: ({ id, ...meeting }) => {
      if (!act('remove the meeting', doc => meetingRecords.remove(doc, id))) return
      notify({
        text: `“${meeting.title}” is no longer among the meetings. Its snapshots stay.`,
        action: {
          label: 'Bring it back',
          run: () =>
            void act('bring the meeting back', doc => meetingRecords.put(doc, id, meeting)),
        },
      })
    },
  }
}

/** Snapshots that are called after a meeting are called after its new title, unless somebody has named them otherwise. */
const relabel = (
  history: History,
  labels: readonly (readonly [id: SnapshotId | null, from: string, to: string])[],
): void => {
  const changes = labels.flatMap(([id, from, label]) =>
    id !== null && history.entry(id)?.label === from ? [history.store.annotate(id, { label })] : [],
  )
  Promise.all(changes)
    .catch((error: unknown) => notify({ tone: 'warning', text: wordsOf(error) }))
    .finally(history.refresh)
}
