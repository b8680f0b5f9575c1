/** My password: a new one needs the present one, and ends my other sessions. */
import { createSignal } from 'solid-js'
import { ConfirmFields } from '#client/account/confirm.tsx'
import { FormDialog } from '#client/account/form-dialog.tsx'
import { api } from '#client/api.ts'
import { NewPasswordField } from '#client/start/account-fields.tsx'
import type { Values } from '#client/start/form.ts'
import { notify } from '#client/ui/toaster.tsx'

export const Password = () => {
  const [open, setOpen] = createSignal(false)
  const send = async ({ next, present }: Values): Promise<void> => {
    await api.post('/api/account/password', { present, next })
    setOpen(false)
    notify({
      text: 'Your password is changed. Wherever else you were signed in, you are signed out, and your tokens have ended.',
    })
  }
  return (
    <li>
      <span class="account-what">
        <span class="account-label">Password</span>
        <span class="account-value">
          Changing it signs you out everywhere else, and ends your tokens.
        </span>
      </span>
      <button
        type="button"
        class="button"
        aria-label="Change your password"
        onClick={() => setOpen(true)}
      >
        Change…
      </button>
      <FormDialog
        open={open()}
        title="Change your password"
        submit="Change password"
        send={send}
        blame={({ code }) =>
          code === 'wrong_password' ? 'present' : code === 'weak_password' ? 'next' : undefined
        }
        onClose={() => setOpen(false)}
      >
        {form => (
          <>
            <ConfirmFields form={form} hasPassword name="present" />
            <NewPasswordField name="next" label="New password" error={form.fault('next')} />
          </>
        )}
      </FormDialog>
    </li>
  )
}
