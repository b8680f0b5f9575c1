/** The end of my account: what I wrote stays, under my name. */
import { createSignal } from 'solid-js'
import { useNavigate } from '@solidjs/router'
import { FormDialog } from '#client/account/form-dialog.tsx'
import { ConfirmFields } from '#client/account/confirm.tsx'
import { api } from '#client/api.ts'
import type { Values } from '#client/start/form.ts'
import { refetchSession } from '#client/session.ts'
import { notify } from '#client/ui/toaster.tsx'

export const CloseAccount = (props: { readonly hasPassword: boolean }) => {
  const navigate = useNavigate()
  const [open, setOpen] = createSignal(false)
  const send = async ({ password }: Values): Promise<void> => {
    await api.post('/api/account/close', { password })
    setOpen(false)
    notify({ text: 'Your account is closed.' })
    await refetchSession()
    navigate('/sign-in', { replace: true })
  }
  return (
    <li>
      <span class="account-what">
        <span class="account-label">Close account</span>
        <span class="account-value">
          What you wrote stays, under your name as a former member. Nobody signs in with it again.
        </span>
      </span>
      <button type="button" class="button danger" onClick={() => setOpen(true)}>
        Close…
      </button>
      <FormDialog
        open={open()}
        title="Close your account?"
        submit="Close account"
        send={send}
        blame={({ code }) => (code === 'wrong_password' ? 'password' : undefined)}
        onClose={() => setOpen(false)}
      >
        {form => (
          <>
            <p>
              You are signed out everywhere, and leave every tracker. Only an administrator of this
              server can open the account again, without its trackers.
            </p>
            <ConfirmFields form={form} hasPassword={props.hasPassword} />
          </>
        )}
      </FormDialog>
    </li>
  )
}
