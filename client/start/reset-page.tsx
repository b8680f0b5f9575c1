/** Setting a password with a link that an administrator handed over, or that came by mail. */
import { A, useNavigate, useParams } from '@solidjs/router'
import { createResource, Match, Show, Switch } from 'solid-js'
import { api, Refused, wordsOf } from '#client/api.ts'
import { NewPasswordField, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { StartPage } from '#client/start/start-page.tsx'
import { refetchSession } from '#client/session.ts'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'
import type { ApiResetting } from '#shared/api.ts'

const ResetPage = () => {
  const params = useParams<{ token: string }>()
  const path = (): string => `/api/reset-links/${encodeURIComponent(params.token)}`
  const [resetting, { refetch }] = createResource(path, path => api.get<ApiResetting>(path))
  return (
    <Switch>
      <Match when={resetting.error !== undefined}>
        <Unusable error={resetting.error} onRetry={() => void refetch()} />
      </Match>
      <Match when={valueOf(resetting)}>
        {whose => <SetPassword whose={whose()} path={path()} />}
      </Match>
    </Switch>
  )
}
export default ResetPage

const SetPassword = (props: { readonly whose: ApiResetting; readonly path: string }) => {
  const navigate = useNavigate()
  const form = createForm(
    async ({ password }) => {
      await api.post(props.path, { password })
      await refetchSession()
      navigate('/sign-in', { replace: true })
      notify({ text: 'The password is set. Sign in with it.' })
    },
    ({ code }) => (code === 'weak_password' ? 'password' : undefined),
  )
  return (
    <StartPage
      title="Set a password"
      lead={
        <>
          For <bdi>{props.whose.name}</bdi>. Every device that is signed in with this account will
          be signed out.
        </>
      }
    >
      <form noValidate onSubmit={form.onSubmit} aria-label="Set a password">
        {/* So that a password manager knows whose it is. */}
        <input
          type="email"
          name="username"
          autocomplete="username"
          value={props.whose.email}
          readonly
          hidden
        />
        <NewPasswordField name="password" label="Password" error={form.fault('password')} />
        <Submit form={form} label="Set the password" busy="Setting…" />
      </form>
    </StartPage>
  )
}

const Unusable = (props: { readonly error: unknown; readonly onRetry: () => void }) => {
  const isFinal = (): boolean => props.error instanceof Refused && props.error.status === 410
  return (
    <StartPage
      title={isFinal() ? 'This link cannot be used' : 'The link cannot be read now'}
      lead={<span role="alert">{wordsOf(props.error)}</span>}
    >
      <p class="start-actions">
        <Show when={!isFinal()}>
          <button type="button" class="button primary" onClick={() => props.onRetry()}>
            Try again
          </button>
        </Show>
        <A class="button" href="/sign-in">
          Sign in
        </A>
      </p>
    </StartPage>
  )
}
