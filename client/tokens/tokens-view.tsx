/** My own tokens, for programs that work in my name. */
import { createResource, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { Tokens } from '#client/tokens/tokens.tsx'
import { valueOf } from '#client/value-of.ts'
import type { AccountSecurity } from '#shared/api.ts'
import type { ApiToken } from '#shared/tokens-api.ts'

const PATH = '/api/account/tokens'

const TokensView = () => {
  const [tokens, { refetch }] = createResource(() => api.get<readonly ApiToken[]>(PATH))
  const [security] = createResource(() => api.get<AccountSecurity>('/api/account/security'))
  return (
    <section class="account-part" aria-labelledby="account-tokens">
      <h2 id="account-tokens">Tokens for programs</h2>
      <p class="account-about">
        A program that shows one acts in your name, as far as the token goes. What it writes is
        yours in the history. Your tokens end when your password changes.
      </p>
      <p class="account-error" role="alert">
        {[tokens, security].map(({ error }) => (error ? wordsOf(error) : '')).join(' ')}
      </p>
      <Show when={valueOf(tokens)}>
        {tokens => (
          <Tokens
            label="My tokens"
            path={PATH}
            tokens={tokens()}
            asksPassword={valueOf(security)?.hasPassword ?? false}
            onChange={() => refetch()}
          />
        )}
      </Show>
    </section>
  )
}
export default TokensView
