/** My name, and the address that I sign in with. */
import { createSignal } from 'solid-js'
import { FormDialog } from '#client/account/form-dialog.tsx'
import { api } from '#client/api.ts'
import { refetchSession, session } from '#client/session.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'

export const Name = () => {
  const [open, setOpen] = createSignal(false)
  const me = () => valueOf(session)?.account
  const send = async ({ name }: Readonly<Record<string, string>>): Promise<void> => {
    await api.patch('/api/account', { name })
    await refetchSession()
    setOpen(false)
    notify({ text: 'Your name is changed, in all trackers and their history.' })
  }
  return (
    <>
      <li>
        <span class="account-what">
          <span class="account-label">Name</span>
          <span class="account-value">
            <bdi>{me()?.name}</bdi>
          </span>
        </span>
        <button
          type="button"
          class="button"
          aria-label="Change your name"
          onClick={() => setOpen(true)}
        >
          Change…
        </button>
      </li>
      <li>
        <span class="account-what">
          <span class="account-label">E-mail address</span>
          <span class="account-value">
            <bdi>{me()?.email}</bdi>
          </span>
        </span>
      </li>
      <FormDialog
        open={open()}
        title="Your name"
        submit="Change name"
        send={send}
        onClose={() => setOpen(false)}
      >
        {form => (
          <TextField
            label="Name"
            name="name"
            autocomplete="name"
            required
            maxlength="80"
            value={me()?.name ?? ''}
            hint="As your colleagues see it, also beside what you wrote before."
            error={form.fault('name')}
          />
        )}
      </FormDialog>
    </>
  )
}
