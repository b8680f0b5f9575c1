/** One meeting at length: what is planned, who comes, what was caught, and the way into it, out of it, and to its report. */
import { createSignal, For, onMount, Show } from 'solid-js'
import { wordsOf } from '#client/api.ts'
import type { Meetings } from '#client/history/meetings.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Choice } from '#client/matrix/panel/choice.tsx'
import { Line } from '#client/matrix/panel/line.tsx'
import { Agenda } from '#client/timeline/meeting/agenda.tsx'
import { AttendanceList } from '#client/timeline/meeting/attendance.tsx'
import { Notes } from '#client/timeline/meeting/notes.tsx'
import { Planned } from '#client/timeline/meeting/planned.tsx'
import { timesOf } from '#client/timeline/meeting/times.ts'
import { Pick } from '#client/timeline/pick.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { LEVEL_LABELS, LEVELS } from '#shared/cells.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import {
  goesOn,
  hasBegun,
  MEETING_FORMAT_LABELS,
  MEETING_FORMATS,
  MEETING_STATUS_LABELS,
  MEETING_STATUSES,
  type Meeting,
} from '#shared/meetings.ts'

interface Props {
  readonly meeting: Meeting
  readonly meetings: Meetings
  readonly jump: (issueId: IssueId, partyId: PartyId | null) => void
  readonly onReport: () => void
}

const ZONES = Intl.supportedValuesOf('timeZone').map(value => ({
  value,
  label: value.replaceAll('_', ' '),
}))

export const MeetingPanel = (props: Props) => {
  const { act, mayEdit } = useNegotiation()
  const [busy, setBusy] = createSignal('')
  let title: HTMLInputElement | undefined
  onMount(() => {
    if (props.meeting.title === '') title?.focus()
  })
  const disabled = (): boolean => !mayEdit()
  const set = (label: string, values: Partial<Meeting>): void =>
    void act(label, doc => meetingRecords.set(doc, props.meeting.id, values))
  const run = async (
    words: string,
    deed: () => Promise<void>,
    then?: () => void,
  ): Promise<void> => {
    setBusy(words)
    try {
      await deed()
      then?.()
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    } finally {
      setBusy('')
    }
  }
  return (
    <>
      <Line
        ref={element => (title = element)}
        label="Name of the meeting"
        large
        value={props.meeting.title}
        disabled={disabled()}
        placeholder="Muscat, second round"
        onWrite={title => props.meetings.change(props.meeting, { ...props.meeting, title })}
      />
      <div class="meeting-times">
        <For each={timesOf(props.meeting)}>{words => <p>{words}</p>}</For>
      </div>
      <div class="panel-row">
        <Show when={mayEdit() && !hasBegun(props.meeting)}>
          <button
            type="button"
            class="button primary small"
            disabled={busy() !== '' || props.meeting.title === ''}
            data-tip={
              props.meeting.title === ''
                ? 'Give it a name first'
                : 'Takes a snapshot from before it'
            }
            onClick={() => void run('Starting …', () => props.meetings.begin(props.meeting.id))}
          >
            Start meeting
          </button>
        </Show>
        <Show when={mayEdit() && goesOn(props.meeting)}>
          <button
            type="button"
            class="button primary small"
            disabled={busy() !== ''}
            onClick={() =>
              void run('Ending …', () => props.meetings.end(props.meeting.id), props.onReport)
            }
          >
            End meeting
          </button>
        </Show>
        <Show when={props.meeting.before !== null && props.meeting.after !== null}>
          <button type="button" class="button small" onClick={() => props.onReport()}>
            Movement report
          </button>
        </Show>
        <span role="status">{busy()}</span>
      </div>
      <Show when={!hasBegun(props.meeting)}>
        <Planned
          value={props.meeting.plannedFor}
          zone={props.meeting.timeZone}
          disabled={disabled()}
          onWrite={plannedFor => set('plan a meeting', { plannedFor })}
        />
      </Show>
      <Line
        label="Round"
        labelled
        value={props.meeting.round}
        disabled={disabled()}
        placeholder="Second round"
        onWrite={round => set('set the round', { round })}
      />
      <Choice
        label="Status"
        values={MEETING_STATUSES}
        labels={MEETING_STATUS_LABELS}
        value={props.meeting.status}
        disabled={disabled()}
        onChoose={status => status && set('set the status of a meeting', { status })}
      />
      <Choice
        label="Format"
        values={MEETING_FORMATS}
        labels={MEETING_FORMAT_LABELS}
        value={props.meeting.format}
        mayBeEmpty
        disabled={disabled()}
        onChoose={format => set('set the format of a meeting', { format })}
      />
      <Line
        label="Venue"
        labelled
        value={props.meeting.venue}
        disabled={disabled()}
        onWrite={venue => set('set the venue', { venue })}
      />
      <Show when={props.meeting.venue !== ''}>
        <Choice
          label="How sure it is"
          values={LEVELS}
          labels={LEVEL_LABELS}
          value={props.meeting.venueConfidence}
          mayBeEmpty
          disabled={disabled()}
          onChoose={venueConfidence => set('judge the venue', { venueConfidence })}
        />
      </Show>
      <Pick
        label="Time zone"
        none="Everybody’s own"
        options={ZONES}
        value={props.meeting.timeZone}
        disabled={disabled()}
        onChoose={timeZone => set('set the time zone', { timeZone })}
      />
      <Agenda meetingId={props.meeting.id} jump={props.jump} />
      <AttendanceList meetingId={props.meeting.id} />
      <Notes meetingId={props.meeting.id} />
      <Show when={mayEdit()}>
        <button
          type="button"
          class="button quiet small event-remove"
          onClick={() => props.meetings.remove(props.meeting)}
        >
          Remove the meeting
        </button>
      </Show>
    </>
  )
}
