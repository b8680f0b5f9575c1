/** The password once more, before something that only its owner may do. */
import { Show } from 'solid-js'
import { session } from '#client/session.ts'
import type { Form } from '#client/start/form.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { valueOf } from '#client/value-of.ts'

interface ConfirmFieldsProps {
  readonly form: Form
  /** Without a password, the server asks for a sign-in that is not long ago. */
  readonly hasPassword: boolean
  readonly name?: string
}

export const ConfirmFields = (props: ConfirmFieldsProps) => (
  <Show when={props.hasPassword}>
    {/* For password managers: whose password this is. */}
    <input
      hidden
      autocomplete="username"
      value={valueOf(session)?.account?.email ?? ''}
      aria-hidden="true"
    />
    <TextField
      label="Present password"
      name={props.name ?? 'password'}
      type="password"
      autocomplete="current-password"
      required
      maxlength="128"
      error={props.form.fault(props.name ?? 'password')}
    />
  </Show>
)
