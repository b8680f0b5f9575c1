/** Names a group, a new one or one that there is. */
import { Show } from 'solid-js'
import { createForm } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { ApiGroup } from '#shared/api.ts'

interface Props {
  readonly group: ApiGroup | 'new' | undefined
  readonly onName: (name: string) => Promise<void>
  readonly onClose: () => void
}

export const GroupNameDialog = (props: Props) => (
  <Show when={props.group} keyed>
    {group => (
      <Dialog
        open
        title={group === 'new' ? 'New group' : 'Rename the group'}
        onClose={() => props.onClose()}
      >
        <NameForm
          name={group === 'new' ? '' : group.name}
          deed={group === 'new' ? 'Make the group' : 'Rename'}
          onName={props.onName}
        />
      </Dialog>
    )}
  </Show>
)

interface FormProps extends Pick<Props, 'onName'> {
  readonly name: string
  readonly deed: string
}

const NameForm = (props: FormProps) => {
  const form = createForm(values => props.onName(values['name']?.trim() ?? ''))
  return (
    <form class="groups-form" novalidate onSubmit={form.onSubmit} aria-label="Group">
      <TextField
        label="Name"
        name="name"
        required
        maxlength={80}
        autofocus
        autocomplete="off"
        value={props.name}
        error={form.fault('name')}
      />
      <p class="groups-failure" role="alert">
        {form.failure()}
      </p>
      <div class="dialog-foot">
        <button type="submit" class="button primary" aria-disabled={form.busy()}>
          {props.deed}
        </button>
      </div>
    </form>
  )
}
