/** Beside the form for signing in: the other ways in, and what somebody does who has none. */
import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import type { ApiWaysIn, Elsewhere } from '#shared/api.ts'

interface Props {
  readonly ways: ApiWaysIn
}

/** At the organisation's own sign-in, which sends people back. */
export const OrganisationButton = (props: {
  readonly name: string
  readonly isOnly: boolean
  /** The path to come back to. */
  readonly back: string
}) => {
  const [failure, setFailure] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const go = async (): Promise<void> => {
    if (busy()) return
    setBusy(true)
    setFailure('')
    try {
      const { url } = await api.post<Elsewhere>('/api/auth/sign-in/organisation', {
        return: props.back,
      })
      location.assign(url)
    } catch (error) {
      setBusy(false)
      setFailure(wordsOf(error))
    }
  }
  return (
    <>
      <p class="start-failure" role="alert">
        {failure()}
      </p>
      <button
        type="button"
        class="button start-submit"
        classList={{ primary: props.isOnly }}
        aria-disabled={busy()}
        onClick={() => void go()}
      >
        <span>
          Sign in with <bdi>{props.name}</bdi>
        </span>
      </button>
    </>
  )
}

export const OtherWays = (props: Props) => (
  <Show
    when={props.ways.password}
    fallback={<p class="start-or">People sign in at their organisation here.</p>}
  >
    <p class="start-or">
      No account yet?{' '}
      <Show
        when={props.ways.registration}
        fallback="Ask an owner of a tracker for an invitation link."
      >
        <A href="/sign-up">Create an account</A>.
      </Show>{' '}
      <Show
        when={props.ways.mail}
        fallback="An administrator of this server can help with a lost password."
      >
        <A href="/forgotten">Forgotten the password?</A>
      </Show>
    </p>
  </Show>
)
