/** Signing in, in one step or two, and back to the page that asked for it. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, createResource, createSignal, Show } from 'solid-js'
import { canUseKeys } from '#client/account/keys.ts'
import { api } from '#client/api.ts'
import { SignInFields, Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { OrganisationButton, OtherWays } from '#client/start/other-ways.tsx'
import { SecondStep } from '#client/start/second-step.tsx'
import { StartPage } from '#client/start/start-page.tsx'
import { returnPath } from '#client/start/way.ts'
import { refetchSession, session } from '#client/session.ts'
import { late } from '#client/ui/late.ts'
import { valueOf } from '#client/value-of.ts'
import type { ApiWaysIn, SignInAnswer } from '#shared/api.ts'
import { isOrganisationFailure, ORGANISATION_FAILURES } from '#shared/sign-in.ts'

const PasskeySignIn = late(() => import('#client/start/passkey-sign-in.tsx'))

const SignInPage = () => {
  const navigate = useNavigate()
  const [query] = useSearchParams()
  createEffect(() => {
    if (session.state !== 'ready') return
    if (session().account) navigate(returnPath(query['return']), { replace: true })
    else if (session().firstVisit) navigate('/welcome', { replace: true })
  })
  const [ways] = createResource(() => api.get<ApiWaysIn>('/api/ways-in'))
  const [step, setStep] = createSignal<'password' | 'code'>('password')
  const [again, setAgain] = createSignal('')
  const form = createForm(
    async credentials => {
      const { needs } = await api.post<SignInAnswer>('/api/auth/sign-in/email', credentials)
      if (needs) setStep('code')
      else await refetchSession()
    },
    ({ code }) => (code === 'wrong_credentials' ? 'password' : undefined),
  )
  const startAgain = (why: string): void => {
    setAgain(why)
    setStep('password')
  }
  return (
    <Show when={step() === 'password'} fallback={<SecondStep onStartAgain={startAgain} />}>
      <StartPage title="Sign in" lead={again()}>
        <Show when={isOrganisationFailure(query['failed']) && query['failed']}>
          {failed => (
            <p class="start-failure" role="alert">
              {ORGANISATION_FAILURES[failed()]}
            </p>
          )}
        </Show>
        <Show when={ways.state !== 'pending' && valueOf(ways)?.password !== false}>
          <form noValidate onSubmit={form.onSubmit} aria-label="Sign in">
            <SignInFields form={form} />
            <Submit form={form} label="Sign in" busy="Signing in…" />
          </form>
          <Show when={canUseKeys()}>
            <PasskeySignIn />
          </Show>
        </Show>
        <Show when={valueOf(ways)}>
          {offered => (
            <>
              <Show when={offered().organisation}>
                {name => (
                  <OrganisationButton
                    name={name()}
                    isOnly={!offered().password}
                    back={returnPath(query['return'])}
                  />
                )}
              </Show>
              <OtherWays ways={offered()} />
            </>
          )}
        </Show>
      </StartPage>
    </Show>
  )
}
export default SignInPage
