/** A snapshot's label and note, to be written or changed. */
import { createSignal } from 'solid-js'
import { PanelField, PanelForm } from '#client/history/panel-form.tsx'
import type { Words } from '#client/history/snapshots.ts'
import { MAX_LABEL_LENGTH, MAX_NOTE_LENGTH } from '#shared/snapshots.ts'

interface WordsFormProps {
  readonly label: string
  readonly note: string
  /** What the button says. */
  readonly verb: string
  readonly busy?: string
  readonly onSubmit: (words: Words) => Promise<unknown>
  readonly onDone: () => void
}

export const WordsForm = (props: WordsFormProps) => {
  const [label, setLabel] = createSignal(props.label)
  const [note, setNote] = createSignal(props.note)
  return (
    <PanelForm
      label="Words of the snapshot"
      verb={props.verb}
      {...(props.busy !== undefined && { busy: props.busy })}
      onSubmit={() => props.onSubmit({ label: label().trim(), note: note().trim() })}
      onDone={props.onDone}
    >
      <PanelField
        label="Label"
        value={label()}
        onInput={setLabel}
        most={MAX_LABEL_LENGTH}
        placeholder="Round two, before the break"
      />
      <PanelField label="Note" value={note()} onInput={setNote} most={MAX_NOTE_LENGTH} lines={3} />
    </PanelForm>
  )
}
