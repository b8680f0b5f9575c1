/** Who I am on this server, and how I get in. */
import { createResource, Show } from 'solid-js'
import { CloseAccount } from '#client/account/close-account.tsx'
import { Name } from '#client/account/name.tsx'
import { Passkeys } from '#client/account/passkeys.tsx'
import { Password } from '#client/account/password.tsx'
import { SecondFactor } from '#client/account/second-factor.tsx'
import { api, wordsOf } from '#client/api.ts'
import { valueOf } from '#client/value-of.ts'
import type { AccountSecurity } from '#shared/api.ts'
import '#client/account/account.css'

const SignInView = () => {
  const [security, { refetch }] = createResource(() =>
    api.get<AccountSecurity>('/api/account/security'),
  )
  return (
    <div class="account">
      <p class="account-error" role="alert">
        {security.error ? wordsOf(security.error) : ''}
      </p>
      <ul class="account-list" aria-label="Your account">
        <Name />
        <Show when={valueOf(security)}>
          {found => (
            <Show when={found().hasPassword}>
              <Password />
              <SecondFactor security={found()} onChange={() => void refetch()} />
            </Show>
          )}
        </Show>
      </ul>
      <Show when={valueOf(security)}>
        {found => <Passkeys hasPassword={found().hasPassword} />}
      </Show>
      <ul class="account-list" aria-label="The end of your account">
        <Show when={valueOf(security)}>
          {found => <CloseAccount hasPassword={found().hasPassword} />}
        </Show>
      </ul>
    </div>
  )
}
export default SignInView
