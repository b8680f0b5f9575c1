/** Before an account is closed: what that ends, what stays, and who owns what nobody else does. */
import { createSignal, For, Show } from 'solid-js'
import { api, Refused, wordsOf } from '#client/api.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import type { ApiPerson } from '#shared/api.ts'

interface Props {
  readonly person: ApiPerson | undefined
  readonly others: readonly ApiPerson[]
  readonly onClose: () => void
  readonly onClosed: (people: readonly ApiPerson[]) => void
}

export const ClosePersonDialog = (props: Props) => (
  <Show when={props.person}>
    {person => (
      <Dialog open title={`Close the account of ${person().name}?`} onClose={() => props.onClose()}>
        <ClosePerson {...props} person={person()} />
      </Dialog>
    )}
  </Show>
)

const ClosePerson = (props: Props & { readonly person: ApiPerson }) => {
  const [ownerless, setOwnerless] = createSignal('')
  const [successor, setSuccessor] = createSignal('')
  const [error, setError] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const heirs = (): readonly ApiPerson[] =>
    props.others.filter(
      ({ accountId, closedAt }) => closedAt === null && accountId !== props.person.accountId,
    )
  const close = async (): Promise<void> => {
    if (busy()) return
    if (ownerless() && !successor()) {
      setError('Choose who becomes the owner.')
      return
    }
    setBusy(true)
    setError('')
    const body = successor() ? { successor: successor() } : {}
    try {
      const path = `/api/people/${props.person.accountId}/close`
      props.onClosed(await api.post<readonly ApiPerson[]>(path, body))
    } catch (refused) {
      if (refused instanceof Refused && refused.code === 'ownerless') setOwnerless(refused.message)
      else setError(wordsOf(refused))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="people-form">
      <p>
        <bdi>{props.person.name}</bdi> is signed out everywhere at once and cannot sign in again.
        What they wrote stays, under their name as a former member.
      </p>
      <Show when={ownerless()}>
        <div class="people-successor">
          <label for="successor">{ownerless()}</label>
          <select
            id="successor"
            class="input"
            value={successor()}
            onChange={event => setSuccessor(event.currentTarget.value)}
          >
            <option value="">Choose a person</option>
            <For each={heirs()}>
              {({ accountId, email, name }) => (
                <option value={accountId}>
                  {name}, {email}
                </option>
              )}
            </For>
          </select>
        </div>
      </Show>
      <p class="start-failure" role="alert">
        {error()}
      </p>
      <div class="people-actions">
        <button type="button" class="button" onClick={() => props.onClose()}>
          Cancel
        </button>
        <button
          type="button"
          class="button danger"
          aria-disabled={busy()}
          onClick={() => void close()}
        >
          {busy() ? 'Closing…' : 'Close account'}
        </button>
      </div>
    </div>
  )
}
