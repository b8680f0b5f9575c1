/** Renames a tracker from the list. */
import { Show } from 'solid-js'
import { Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { TrackerEntry } from '#shared/api.ts'
import '#client/start/new-tracker.css'

interface Props {
  readonly entry: TrackerEntry | undefined
  readonly onClose: () => void
  readonly onRename: (entry: TrackerEntry, title: string) => Promise<void>
}

export const RenameDialog = (props: Props) => (
  <Show when={props.entry} keyed>
    {entry => (
      <Dialog open title="Rename tracker" onClose={() => props.onClose()}>
        <RenameForm
          entry={entry}
          onRename={async title => {
            await props.onRename(entry, title)
            props.onClose()
          }}
        />
      </Dialog>
    )}
  </Show>
)

interface FormProps {
  readonly entry: TrackerEntry
  readonly onRename: (title: string) => Promise<void>
}

const RenameForm = (props: FormProps) => {
  const form = createForm(values => props.onRename(values['title']?.trim() ?? ''))
  return (
    <form class="new-tracker" noValidate onSubmit={form.onSubmit} aria-label="Rename tracker">
      <TextField
        label="Title"
        name="title"
        required
        maxlength="200"
        autofocus
        autocomplete="off"
        value={props.entry.title}
        error={form.fault('title')}
      />
      <Submit form={form} label="Rename" busy="Renaming…" />
    </form>
  )
}
