/** Meetings that go on, with the button that ends them; and those whose snapshots the list does not have. */
import { createSignal, For, Show } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import { MeetingMenu, type MeetingDeeds } from '#client/history/meeting-menu.tsx'
import { dateOf, clockOf, dayOf } from '#client/ui/when.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { MeetingId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'

interface OpenMeetingsProps {
  readonly meetings: readonly Meeting[]
  readonly deeds: MeetingDeeds | undefined
  readonly end: (id: MeetingId) => Promise<void>
}

export const OpenMeetings = (props: OpenMeetingsProps) => (
  <ul class="meetings-open" aria-live="polite" aria-label="Meetings that go on">
    <For each={props.meetings.map(({ id }) => id)}>
      {id => (
        <Show when={props.meetings.find(meeting => meeting.id === id)}>
          {meeting => <OpenMeeting {...props} meeting={meeting()} />}
        </Show>
      )}
    </For>
  </ul>
)

const OpenMeeting = (props: OpenMeetingsProps & { readonly meeting: Meeting }) => {
  const [busy, setBusy] = createSignal(false)
  const end = async (): Promise<void> => {
    setBusy(true)
    try {
      await props.end(props.meeting.id)
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <li class="meeting-open">
      <p>
        <strong dir="auto">{props.meeting.title || 'Untitled meeting'}</strong>{' '}
        <span class="meeting-when">{stateOf(props.meeting)}</span>
      </p>
      <Show when={props.deeds && props.meeting.endedAt === 0}>
        <button
          type="button"
          class="button small"
          aria-label={`End meeting ${props.meeting.title}`}
          disabled={busy()}
          onClick={() => void end()}
        >
          {busy() ? 'Ending …' : 'End meeting'}
        </button>
      </Show>
      <MeetingMenu meeting={props.meeting} deeds={props.deeds} />
    </li>
  )
}

const stateOf = ({ endedAt, startedAt }: Meeting): string => {
  if (endedAt > 0) return 'meeting whose snapshots are not in the history'
  if (startedAt === 0) return 'meeting under way'
  const isToday = dayOf(startedAt) === dayOf(Date.now())
  return `meeting since ${isToday ? '' : `${dateOf(startedAt)}, `}${clockOf(startedAt)}`
}
