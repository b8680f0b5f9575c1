/** Beginning a meeting: its name, and the snapshot from before it is taken. */
import { createSignal } from 'solid-js'
import { PanelField, PanelForm } from '#client/history/panel-form.tsx'
import { MAX_MEETING_TITLE_LENGTH } from '#shared/meetings.ts'

interface MeetingFormProps {
  readonly onSubmit: (title: string) => Promise<unknown>
  readonly onDone: () => void
}

export const MeetingForm = (props: MeetingFormProps) => {
  const [title, setTitle] = createSignal('')
  return (
    <PanelForm
      label="Start a meeting"
      verb="Start"
      busy="Waiting until everything is saved …"
      onSubmit={() => props.onSubmit(title().trim())}
      onDone={props.onDone}
    >
      <MeetingTitle value={title()} onInput={setTitle} />
    </PanelForm>
  )
}

export const MeetingTitle = (props: {
  readonly value: string
  readonly onInput: (title: string) => void
}) => (
  <PanelField
    label="Meeting"
    value={props.value}
    onInput={props.onInput}
    most={MAX_MEETING_TITLE_LENGTH}
    needed="Give the meeting a name."
    placeholder="Muscat, second round"
  />
)
