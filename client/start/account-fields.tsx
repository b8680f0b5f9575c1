/** The fields of a new account, and those of signing in. */
import type { Form } from '#client/start/form.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#shared/passwords.ts'

interface Props {
  readonly form: Form
}

export const NewAccountFields = (props: Props) => (
  <>
    <TextField
      label="Name"
      name="name"
      autocomplete="name"
      required
      maxlength="80"
      hint="As your colleagues will see it."
      error={props.form.fault('name')}
    />
    <EmailField form={props.form} />
    <NewPasswordField name="password" label="Password" error={props.form.fault('password')} />
  </>
)

/** For a password that is set; the server knows which ones are tried first and refuses them. */
export const NewPasswordField = (props: {
  readonly name: string
  readonly label: string
  readonly error: string | undefined
}) => (
  <TextField
    label={props.label}
    name={props.name}
    type="password"
    autocomplete="new-password"
    required
    minlength={SHORTEST_PASSWORD}
    maxlength={LONGEST_PASSWORD}
    hint={`At least ${SHORTEST_PASSWORD} characters. A few words together are strong and easy to keep.`}
    error={props.error}
  />
)

export const SignInFields = (props: Props) => (
  <>
    <EmailField form={props.form} offersKeys />
    <TextField
      label="Password"
      name="password"
      type="password"
      autocomplete="current-password"
      required
      maxlength="128"
      error={props.form.fault('password')}
    />
  </>
)

/** Browsers list the passkeys that they know under a field that says so. */
export const EmailField = (props: Props & { readonly offersKeys?: boolean }) => (
  <TextField
    label="E-mail address"
    name="email"
    type="email"
    inputmode="email"
    autocomplete={props.offersKeys ? 'username webauthn' : 'username'}
    spellcheck={false}
    dir="ltr"
    required
    maxlength="254"
    error={props.form.fault('email')}
  />
)

export const Submit = (props: Props & { readonly label: string; readonly busy: string }) => (
  <>
    <p class="start-failure" role="alert">
      {props.form.failure()}
    </p>
    <button type="submit" class="button primary start-submit" aria-disabled={props.form.busy()}>
      {props.form.busy() ? props.busy : props.label}
    </button>
  </>
)
