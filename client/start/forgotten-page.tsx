/** A lost password: a link to set another comes by mail, if there is an account. */
import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { api } from '#client/api.ts'
import { EmailField, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { StartPage } from '#client/start/start-page.tsx'

const ForgottenPage = () => {
  const [asked, setAsked] = createSignal('')
  const form = createForm(async ({ email = '' }) => {
    await api.post('/api/reset-links', { email })
    setAsked(email.trim())
  })
  return (
    <StartPage
      title="Forgotten the password?"
      lead={asked() ? undefined : 'A link to set a new one comes by mail.'}
    >
      <Show
        when={asked()}
        fallback={
          <form noValidate onSubmit={form.onSubmit} aria-label="Forgotten the password">
            <EmailField form={form} />
            <Submit form={form} label="Send the link" busy="Sending…" />
          </form>
        }
      >
        <p class="start-lead" role="status">
          If <bdi>{asked()}</bdi> has an account here, a mail is on its way. Its link works once,
          for an hour.
        </p>
      </Show>
      <p class="start-or">
        <A href="/sign-in">Back to signing in</A>
      </p>
    </StartPage>
  )
}
export default ForgottenPage
