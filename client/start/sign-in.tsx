/** Signing in, and back to the page that asked for it. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect } from 'solid-js'
import { api } from '#client/api.ts'
import { SignInFields, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { OtherWays } from '#client/start/other-ways.tsx'
import { StartPage } from '#client/start/start-page.tsx'
import { returnPath } from '#client/start/way.ts'
import { refetchSession, session } from '#client/session.ts'

const SignInPage = () => {
  const navigate = useNavigate()
  const [query] = useSearchParams()
  createEffect(() => {
    if (session.state !== 'ready') return
    if (session().account) navigate(returnPath(query['return']), { replace: true })
    else if (session().firstVisit) navigate('/welcome', { replace: true })
  })
  const form = createForm(
    async credentials => {
      await api.post('/api/auth/sign-in/email', credentials)
      await refetchSession()
    },
    ({ code }) => (code === 'wrong_credentials' ? 'password' : undefined),
  )
  return (
    <StartPage title="Sign in">
      <form noValidate onSubmit={form.onSubmit} aria-label="Sign in">
        <SignInFields form={form} />
        <Submit form={form} label="Sign in" busy="Signing in…" />
      </form>
      <OtherWays />
    </StartPage>
  )
}
export default SignInPage
