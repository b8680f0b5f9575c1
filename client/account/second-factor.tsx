/** Whether a code is asked for beside my password; to turn it on and off. */
import { createSignal, Show, Suspense } from 'solid-js'
import { ConfirmFields } from '#client/account/confirm.tsx'
import { FormDialog } from '#client/account/form-dialog.tsx'
import { RecoveryCodes } from '#client/account/recovery-codes.tsx'
import { api, type Refused } from '#client/api.ts'
import type { Values } from '#client/start/form.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { late } from '#client/ui/late.ts'
import { notify } from '#client/ui/toaster.tsx'
import type { AccountSecurity } from '#shared/api.ts'

const Setup = late(() => import('#client/account/second-factor-setup.tsx'))
const PATH = '/api/account/second-factor'

interface SecondFactorProps {
  readonly security: AccountSecurity
  readonly onChange: () => void
}

export const SecondFactor = (props: SecondFactorProps) => {
  const [open, setOpen] = createSignal<'setup' | 'codes' | 'off'>()
  const [codes, setCodes] = createSignal<readonly string[]>()
  const close = (): void => {
    setOpen(undefined)
    setCodes(undefined)
    props.onChange()
  }
  const newCodes = async (values: Values): Promise<void> => {
    const made = await api.post<{ recoveryCodes: readonly string[] }>(
      `${PATH}/recovery-codes`,
      values,
    )
    setOpen(undefined)
    setCodes(made.recoveryCodes)
  }
  const turnOff = async (values: Values): Promise<void> => {
    await api.post(`${PATH}/off`, values)
    close()
    notify({ text: 'The second factor is off: your password alone lets you in.' })
  }
  return (
    <li>
      <span class="account-what">
        <span class="account-label">Second factor</span>
        <span class="account-value">{stateOf(props.security)}</span>
      </span>
      <Show
        when={props.security.secondFactor}
        fallback={
          <button
            type="button"
            class="button"
            aria-label="Set up a second factor"
            onClick={() => setOpen('setup')}
          >
            Set up…
          </button>
        }
      >
        <span class="account-deeds">
          <button type="button" class="button" onClick={() => setOpen('codes')}>
            New recovery codes…
          </button>
          <button
            type="button"
            class="button"
            aria-label="Turn the second factor off"
            onClick={() => setOpen('off')}
          >
            Turn off…
          </button>
        </span>
      </Show>
      <Suspense>
        <Show when={open() === 'setup'}>
          <Setup hasPassword={props.security.hasPassword} onClose={close} onDone={close} />
        </Show>
      </Suspense>
      <FormDialog
        open={open() === 'codes'}
        title="New recovery codes"
        submit="Make new codes"
        send={newCodes}
        blame={blame}
        onClose={close}
      >
        {form => (
          <>
            <p class="account-about">The codes that you kept before will not work any more.</p>
            <ConfirmFields form={form} hasPassword={props.security.hasPassword} />
          </>
        )}
      </FormDialog>
      <FormDialog
        open={open() === 'off'}
        title="Turn the second factor off"
        submit="Turn off"
        send={turnOff}
        blame={blame}
        onClose={close}
      >
        {form => <ConfirmFields form={form} hasPassword={props.security.hasPassword} />}
      </FormDialog>
      <Show when={codes()}>
        {made => (
          <Dialog open mustAnswer title="Recovery codes" onClose={close}>
            <RecoveryCodes codes={made()} onDone={close} />
          </Dialog>
        )}
      </Show>
    </li>
  )
}

const blame = ({ code }: Refused): string | undefined =>
  code === 'wrong_password' ? 'password' : undefined

const stateOf = ({ recoveryCodesLeft, secondFactor }: AccountSecurity): string => {
  if (!secondFactor) return 'Off. A code from an app, asked for beside your password.'
  const left = recoveryCodesLeft === 1 ? '1 recovery code' : `${recoveryCodesLeft} recovery codes`
  return `On, with ${left} left.`
}
