/** The tokens of one account: made, shown once, and revoked. */
import { createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { TokenForm } from '#client/tokens/token-form.tsx'
import { aboutToken } from '#client/tokens/words.ts'
import { CopyLine } from '#client/ui/copy-line.tsx'
import type { ApiToken, NewToken, TokenMade } from '#shared/tokens-api.ts'
import '#client/account/account.css'
import '#client/tokens/tokens.css'

interface Props {
  /** Of whom, for those who hear it. */
  readonly label: string
  /** `/api/account/tokens` or those of a service account. */
  readonly path: string
  readonly tokens: readonly ApiToken[]
  /** Whether who makes one gives their password once more. */
  readonly asksPassword: boolean
  readonly onChange: () => unknown
}

export const Tokens = (props: Props) => {
  const [isMaking, setMaking] = createSignal(false)
  const [made, setMade] = createSignal<TokenMade>()
  const [error, setError] = createSignal('')
  const make = async (wanted: NewToken, password: string | undefined): Promise<void> => {
    const asked = { ...wanted, ...(password !== undefined && { password }) }
    setMade(await api.post<TokenMade>(props.path, asked))
    setMaking(false)
    await props.onChange()
  }
  const revoke = async (id: string): Promise<void> => {
    setError('')
    try {
      await api.delete(`${props.path}/${id}`)
      if (made()?.id === id) setMade(undefined)
      await props.onChange()
    } catch (error) {
      setError(wordsOf(error))
    }
  }
  return (
    <div class="tokens">
      <Show when={made()}>
        {made => (
          <div class="tokens-fresh">
            <CopyLine label="The token" value={made().token} />
            <p class="account-about">
              It is shown only now. A program sends it as <code>Authorization: Bearer</code>.
            </p>
          </div>
        )}
      </Show>
      <ul class="account-list" aria-label={props.label}>
        <For each={props.tokens}>
          {token => (
            <li>
              <span class="account-what">
                <bdi class="account-label">{token.name}</bdi>
                <span class="account-value">{aboutToken(token)}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={`Revoke the token “${token.name}”`}
                onClick={() => void revoke(token.id)}
              >
                Revoke
              </button>
            </li>
          )}
        </For>
      </ul>
      <p class="account-error" role="alert">
        {error()}
      </p>
      <Show
        when={isMaking()}
        fallback={
          <p>
            <button
              type="button"
              class="button"
              onClick={() => {
                setMade(undefined)
                setMaking(true)
              }}
            >
              {props.tokens.length === 0 ? 'Make a token' : 'Make another token'}
            </button>
          </p>
        }
      >
        <TokenForm
          make={make}
          asksPassword={props.asksPassword}
          onCancel={() => setMaking(false)}
        />
      </Show>
    </div>
  )
}
