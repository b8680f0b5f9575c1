/** The first visitor makes the first account and lands in the demo tracker. */
import { A, useNavigate } from '@solidjs/router'
import { createEffect } from 'solid-js'
import { api, type Refused } from '#client/api.ts'
import { NewAccountFields, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { StartPage } from '#client/start/start-page.tsx'
import { refetchSession, session } from '#client/session.ts'
import type { Entered } from '#shared/api.ts'

const WelcomePage = () => {
  const navigate = useNavigate()
  let entering = false
  createEffect(() => {
    if (session.state !== 'ready' || session().firstVisit || entering) return
    navigate(session().account ? '/' : '/sign-in', { replace: true })
  })
  const form = createForm(async account => {
    entering = true
    try {
      const { trackerId } = await api.post<Entered>('/api/setup', account)
      await refetchSession()
      navigate(`/t/${trackerId}`, { replace: true })
    } finally {
      entering = false
    }
  }, blameOf)
  return (
    <StartPage
      title="Welcome to Parley"
      lead="This server is new. Make the first account; a finished tracker is waiting inside, to look around in and to edit."
    >
      <form noValidate onSubmit={form.onSubmit} aria-label="First account">
        <NewAccountFields form={form} />
        <Submit form={form} label="Create account and look inside" busy="Creating…" />
      </form>
      <p class="start-or">
        Somebody was here before you? <A href="/sign-in">Sign in</A>
      </p>
    </StartPage>
  )
}
export default WelcomePage

const blameOf = ({ code }: Refused) => (code === 'weak_password' ? 'password' : undefined)
