/** Signing a snapshot off, in my own name and with a word if there is one to say. */
import { createSignal } from 'solid-js'
import { PanelField, PanelForm } from '#client/history/panel-form.tsx'
import { MAX_REMARK_LENGTH } from '#shared/snapshots.ts'

interface SignOffFormProps {
  readonly onSubmit: (note: string) => Promise<unknown>
  readonly onDone: () => void
}

export const SignOffForm = (props: SignOffFormProps) => {
  const [note, setNote] = createSignal('')
  return (
    <PanelForm
      label="Sign off"
      verb="Sign off"
      onSubmit={() => props.onSubmit(note().trim())}
      onDone={props.onDone}
    >
      <PanelField
        label="Note, if you want to add one"
        value={note()}
        onInput={setNote}
        most={MAX_REMARK_LENGTH}
        lines={2}
        placeholder="As agreed with the ministry"
      />
    </PanelForm>
  )
}
