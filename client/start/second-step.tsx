/** The second step of signing in: a code of the app, or a recovery code where the app is lost. */
import { createSignal, Show } from 'solid-js'
import { api, Refused } from '#client/api.ts'
import { Submit } from '#client/start/account-fields.tsx'
import { createForm } from '#client/start/form.ts'
import { StartPage } from '#client/start/start-page.tsx'
import { refetchSession } from '#client/session.ts'
import { TextField } from '#client/ui/text-field.tsx'

interface SecondStepProps {
  /** Back to the password; with the reason, unless somebody chose to. */
  readonly onStartAgain: (why: string) => void
}

export const SecondStep = (props: SecondStepProps) => {
  const [isLost, setLost] = createSignal(false)
  const form = createForm(
    async ({ code }) => {
      try {
        await api.post('/api/auth/sign-in/second-factor', { code })
      } catch (error) {
        if (!(error instanceof Refused) || error.code !== 'start_again') throw error
        props.onStartAgain(error.message)
        return
      }
      await refetchSession()
    },
    ({ code }) => (code === 'wrong_code' ? 'code' : undefined),
  )
  return (
    <StartPage
      title="One more step"
      lead={
        isLost()
          ? 'Enter one of the recovery codes that you kept. Each of them works once.'
          : 'Enter the code that your authenticator app shows for Parley.'
      }
    >
      <form noValidate onSubmit={form.onSubmit} aria-label="Second step">
        <Show
          when={isLost()}
          fallback={
            <TextField
              label="Code"
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              dir="ltr"
              required
              maxlength="10"
              error={form.fault('code')}
              ref={focusSoon}
            />
          }
        >
          <TextField
            label="Recovery code"
            name="code"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            dir="ltr"
            required
            maxlength="40"
            error={form.fault('code')}
            ref={focusSoon}
          />
        </Show>
        <Submit form={form} label="Sign in" busy="Signing in…" />
      </form>
      <p class="start-or">
        <button type="button" class="start-link" onClick={() => setLost(lost => !lost)}>
          {isLost() ? 'Use the app instead' : 'Use a recovery code instead'}
        </button>
        {' · '}
        <button type="button" class="start-link" onClick={() => props.onStartAgain('')}>
          Start again
        </button>
      </p>
    </StartPage>
  )
}

const focusSoon = (input: HTMLInputElement): void => queueMicrotask(() => input.focus())
