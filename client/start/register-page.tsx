/** An account of one's own, where this server is open to everybody. */
import { A, useNavigate } from '@solidjs/router'
import { createEffect, createResource, Show } from 'solid-js'
import { api } from '#client/api.ts'
import { NewAccountFields, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { StartPage } from '#client/start/start-page.tsx'
import { refetchSession, session } from '#client/session.ts'
import { valueOf } from '#client/value-of.ts'
import type { ApiWaysIn } from '#shared/api.ts'

const RegisterPage = () => {
  const navigate = useNavigate()
  const [asked] = createResource(() => api.get<ApiWaysIn>('/api/ways-in'))
  createEffect(() => {
    if (session.state === 'ready' && session().account) navigate('/', { replace: true })
  })
  const form = createForm(
    async account => {
      await api.post('/api/auth/sign-up/email', account)
      await refetchSession()
    },
    ({ code }) =>
      code === 'account_exists' ? 'email' : code === 'weak_password' ? 'password' : undefined,
  )
  return (
    <Show when={valueOf(asked)}>
      {ways => (
        <StartPage
          title="Create an account"
          lead={
            ways().registration
              ? undefined
              : 'Accounts are made by invitation here. Ask an owner of a tracker for one.'
          }
        >
          <Show when={ways().registration}>
            <form noValidate onSubmit={form.onSubmit} aria-label="New account">
              <NewAccountFields form={form} />
              <Submit form={form} label="Create account" busy="Creating…" />
            </form>
          </Show>
          <p class="start-or">
            You have an account here? <A href="/sign-in">Sign in</A>
          </p>
        </StartPage>
      )}
    </Show>
  )
}
export default RegisterPage
