/** Beside the form for signing in: what somebody does who cannot. */
import { A } from '@solidjs/router'
import { createResource, Show } from 'solid-js'
import { api } from '#client/api.ts'
import { valueOf } from '#client/value-of.ts'
import type { ApiWaysIn } from '#shared/api.ts'

export const OtherWays = () => {
  const [asked] = createResource(() => api.get<ApiWaysIn>('/api/ways-in'))
  return (
    <Show when={valueOf(asked)}>
      {ways => (
        <p class="start-or">
          No account yet?{' '}
          <Show
            when={ways().registration}
            fallback="Ask an owner of a tracker for an invitation link."
          >
            <A href="/sign-up">Create an account</A>.
          </Show>{' '}
          <Show
            when={ways().mail}
            fallback="An administrator of this server can help with a lost password."
          >
            <A href="/forgotten">Forgotten the password?</A>
          </Show>
        </p>
      )}
    </Show>
  )
}
