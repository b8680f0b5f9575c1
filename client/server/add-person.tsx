/** An account for somebody new, with a link by which they set a password. */
import { createSignal, For } from 'solid-js'
import { api } from '#client/api.ts'
import { SERVER_ROLE_MEANING } from '#client/server/roles.ts'
import { EmailField, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { SERVER_ROLE_LABELS, SERVER_ROLES, type ServerRole } from '#shared/access.ts'
import type { PersonAdded, ResetLink } from '#shared/api.ts'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
  readonly onAdded: (person: { readonly name: string }, link: ResetLink) => void
}

export const AddPersonDialog = (props: Props) => (
  <Dialog open={props.open} title="Add a person" onClose={() => props.onClose()}>
    <AddPersonForm onAdded={props.onAdded} />
  </Dialog>
)

const AddPersonForm = (props: Pick<Props, 'onAdded'>) => {
  const [serverRole, setServerRole] = createSignal<ServerRole>('member')
  const form = createForm(
    async ({ email, name = '' }) => {
      const body = { name, email, serverRole: serverRole() }
      const { link } = await api.post<PersonAdded>('/api/people', body)
      props.onAdded({ name: name.trim() }, link)
    },
    ({ code }) => (code === 'account_exists' ? 'email' : undefined),
  )
  return (
    <form class="people-form" noValidate onSubmit={form.onSubmit} aria-label="Add a person">
      <TextField
        label="Name"
        name="name"
        autocomplete="off"
        required
        maxlength="80"
        error={form.fault('name')}
      />
      <EmailField form={form} />
      <fieldset class="people-roles">
        <legend>Role on this server</legend>
        <For each={SERVER_ROLES}>
          {role => (
            <label class="people-role">
              <input
                type="radio"
                name="serverRole"
                value={role}
                checked={serverRole() === role}
                onChange={() => setServerRole(role)}
              />
              <span>
                <b>{SERVER_ROLE_LABELS[role]}</b>{' '}
                <span class="people-about">{SERVER_ROLE_MEANING[role]}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <Submit form={form} label="Add" busy="Adding…" />
    </form>
  )
}
