/** Where I am signed in, and how that ends. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { ago, exactly } from '#client/ui/when.ts'
import { valueOf } from '#client/value-of.ts'
import type { SignedInAt } from '#shared/api.ts'
import '#client/account/account.css'

const PATH = '/api/account/sessions'

const SessionsView = () => {
  const [sessions, { refetch }] = createResource(() => api.get<readonly SignedInAt[]>(PATH))
  const [error, setError] = createSignal('')
  const ending = async (path: string): Promise<void> => {
    setError('')
    try {
      await api.delete(path)
    } catch (error) {
      setError(wordsOf(error))
    }
    await refetch()
  }
  const all = (): readonly SignedInAt[] =>
    (valueOf(sessions) ?? []).toSorted((a, b) => Number(b.isThis) - Number(a.isThis))
  const others = (): number => all().filter(({ isThis }) => !isThis).length

  return (
    <section class="account-part" aria-labelledby="account-sessions">
      <h2 id="account-sessions">Where you are signed in</h2>
      <p class="account-about">
        If you don’t know one of these, sign it out and change your password. What is open there is
        cut at once.
      </p>
      <p class="account-error" role="alert">
        {sessions.error ? wordsOf(sessions.error) : error()}
      </p>
      <ul class="account-list" aria-label="Where you are signed in">
        <For each={all()}>
          {one => (
            <li>
              <span class="account-what">
                <span>
                  <span class="account-label">{one.device}</span>
                  <Show when={one.isThis}>
                    <span class="account-mark">This one</span>
                  </Show>
                </span>
                <span class="account-value">{about(one)}</span>
              </span>
              <Show when={!one.isThis}>
                <button
                  type="button"
                  class="button"
                  aria-label={`Sign out ${one.device}, last used ${ago(one.seen)}`}
                  onClick={() => void ending(`${PATH}/${one.id}`)}
                >
                  Sign out
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={others() > 1}>
        <p>
          <button type="button" class="button" onClick={() => void ending(PATH)}>
            Sign out everywhere else
          </button>
        </p>
      </Show>
    </section>
  )
}
export default SessionsView

const about = ({ from, isThis, seen, since }: SignedInAt): string =>
  [
    isThis ? '' : `last used ${ago(seen)}`,
    `signed in ${exactly(since)}`,
    from === '' ? '' : `from ${from}`,
  ]
    .filter(part => part !== '')
    .join(' · ')
    .replace(/^./, first => first.toUpperCase())
