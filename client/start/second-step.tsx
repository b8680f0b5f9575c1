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
  return (
    <StartPage
      title="One more step"
      lead={
        isLost()
          ? 'Enter one of the recovery codes that you kept. Each of them works once.'
          : 'Enter the code that your authenticator app shows for Parley.'
      }
    >
      <Show
        when={isLost()}
        fallback={<CodeForm label="Code" isOfApp onStartAgain={props.onStartAgain} />}
      >
        <CodeForm label="Recovery code" isOfApp={false} onStartAgain={props.onStartAgain} />
      </Show>
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

interface CodeFormProps extends SecondStepProps {
  readonly label: string
  readonly isOfApp: boolean
}

const CodeForm = (props: CodeFormProps) => {
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
    <form noValidate onSubmit={form.onSubmit} aria-label="Second step">
      <TextField
        label={props.label}
        name="code"
        inputmode={props.isOfApp ? 'numeric' : 'text'}
        autocomplete={props.isOfApp ? 'one-time-code' : 'off'}
        autocapitalize="off"
        spellcheck={false}
        dir="ltr"
        required
        maxlength="40"
        error={form.fault('code')}
        ref={focusSoon}
      />
      <Submit form={form} label="Sign in" busy="Signing in…" />
    </form>
  )
}

const focusSoon = (input: HTMLInputElement): void => queueMicrotask(() => input.focus())
