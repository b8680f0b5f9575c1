/** Turning the second factor on: the password, the app, the recovery codes. */
import { createSignal, Match, Show, Switch } from 'solid-js'
import { encode } from 'uqr'
import { ConfirmFields } from '#client/account/confirm.tsx'
import { RecoveryCodes } from '#client/account/recovery-codes.tsx'
import { api } from '#client/api.ts'
import { Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { BegunSecondFactor } from '#shared/api.ts'

interface SetupProps {
  readonly hasPassword: boolean
  readonly onClose: () => void
  /** It is on. */
  readonly onDone: () => void
}

const SecondFactorSetup = (props: SetupProps) => {
  const [begun, setBegun] = createSignal<BegunSecondFactor>()
  const [isOn, setOn] = createSignal(false)
  const first = createForm(
    async values => {
      setBegun(await api.post<BegunSecondFactor>('/api/account/second-factor', values))
    },
    ({ code }) => (code === 'wrong_password' ? 'password' : undefined),
  )
  return (
    <Dialog
      open
      title={isOn() ? 'Recovery codes' : 'Set up a second factor'}
      mustAnswer={isOn()}
      onClose={() => props.onClose()}
    >
      <Switch>
        <Match when={isOn() && begun()}>
          {made => <RecoveryCodes codes={made().recoveryCodes} onDone={() => props.onDone()} />}
        </Match>
        <Match when={begun()}>{made => <AppStep begun={made()} onOn={() => setOn(true)} />}</Match>
        <Match when={true}>
          <form class="new-tracker" noValidate onSubmit={first.onSubmit} aria-label="Second factor">
            <p class="account-about">
              Besides your password you then need a code from an app on your phone, such as Aegis,
              Google Authenticator or 1Password.
            </p>
            <ConfirmFields hasPassword={props.hasPassword} form={first} />
            <Submit form={first} label="Continue" busy="One moment…" />
          </form>
        </Match>
      </Switch>
    </Dialog>
  )
}
export default SecondFactorSetup

const AppStep = (props: { readonly begun: BegunSecondFactor; readonly onOn: () => void }) => {
  const [isTyped, setTyped] = createSignal(false)
  const form = createForm(
    async ({ code }) => {
      await api.post('/api/account/second-factor/confirm', { code })
      props.onOn()
    },
    ({ code }) => (code === 'wrong_code' ? 'code' : undefined),
  )
  return (
    <form class="new-tracker" noValidate onSubmit={form.onSubmit} aria-label="Second factor">
      <p class="account-about">Scan this with the app, then enter the code that it shows.</p>
      <QrCode text={props.begun.uri} />
      <Show
        when={isTyped()}
        fallback={
          <p>
            <button type="button" class="start-link" onClick={() => setTyped(true)}>
              I cannot scan it
            </button>
          </p>
        }
      >
        <p class="second-factor-secret">
          <span class="account-value">Type this into the app:</span>
          <bdi dir="ltr">{props.begun.secret.match(/.{1,4}/g)?.join(' ')}</bdi>
        </p>
      </Show>
      <TextField
        label="Code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        dir="ltr"
        required
        maxlength="10"
        error={form.fault('code')}
      />
      <Submit form={form} label="Turn on" busy="One moment…" />
    </form>
  )
}

const QrCode = (props: { readonly text: string }) => {
  const code = () => encode(props.text, { border: 3 })
  const dark = (): string =>
    code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join('')
  return (
    <svg
      class="second-factor-code"
      viewBox={`0 0 ${code().size} ${code().size}`}
      role="img"
      aria-label="The secret, as a QR code"
    >
      <path d={dark()} />
    </svg>
  )
}
