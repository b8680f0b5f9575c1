/** Who is in a group: putting people in, and taking them out. */
import { createResource, createSignal, For, Show, Suspense } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { Finder } from '#client/ui/finder.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { valueOf } from '#client/value-of.ts'
import type { ApiGroup, ApiGroupView, DirectoryEntry } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'

interface Props {
  readonly group: ApiGroup
  readonly onChanged: () => void
}

export const GroupPeople = (props: Props) => {
  const path = (): string => `/api/groups/${props.group.id}`
  const [view, { mutate }] = createResource(() => api.get<ApiGroupView>(path()))
  const [finding, setFinding] = createSignal(false)
  const [error, setError] = createSignal('')
  const people = (): readonly DirectoryEntry[] => valueOf(view)?.people ?? []
  let button: HTMLButtonElement | undefined

  const trying = async (run: () => Promise<ApiGroupView>): Promise<void> => {
    setError('')
    try {
      mutate(await run())
      props.onChanged()
    } catch (error) {
      setError(wordsOf(error))
    }
  }
  const put = (accountId: string): Promise<void> => {
    setFinding(false)
    button?.focus()
    return trying(() => api.put<ApiGroupView>(`${path()}/people/${accountId}`, {}))
  }
  const take = ({ accountId }: DirectoryEntry): Promise<void> =>
    trying(() => api.delete<ApiGroupView>(`${path()}/people/${accountId}`))

  return (
    <div class="group-people">
      <ul aria-label={`People of ${props.group.name}`}>
        <For each={people()}>
          {person => (
            <li>
              <Avatar name={person.name} colour={colourOf(person.accountId as AccountId)} />
              <span class="group-person">
                <span dir="auto">{person.name}</span>
                <span class="groups-about">
                  {person.kind === 'service' ? 'Service account' : person.email}
                </span>
              </span>
              <button
                type="button"
                class="button small"
                aria-label={`Take out ${person.name}`}
                onClick={() => void take(person)}
              >
                Take out
              </button>
            </li>
          )}
        </For>
      </ul>
      <p class="groups-failure" role="alert">
        {view.error ? wordsOf(view.error) : error()}
      </p>
      <button
        ref={button}
        type="button"
        class="button small group-add"
        aria-expanded={finding()}
        onClick={() => setFinding(true)}
      >
        <Icon name="plus" />
        Put people in
      </button>
      <Show when={finding()}>
        <Suspense>
          <Search
            present={new Set(people().map(({ accountId }) => accountId))}
            onChoose={id => void put(id)}
            onClose={() => setFinding(false)}
          />
        </Suspense>
      </Show>
    </div>
  )
}

interface SearchProps {
  readonly present: ReadonlySet<string>
  readonly onChoose: (accountId: string) => void
  readonly onClose: () => void
}

const Search = (props: SearchProps) => {
  const [everybody] = createResource(() => api.get<readonly DirectoryEntry[]>('/api/directory'))
  return (
    <Show
      when={everybody.state === 'ready'}
      fallback={<p role="alert">{everybody.error ? wordsOf(everybody.error) : ''}</p>}
    >
      <Finder
        label="Person"
        placeholder="Name or e-mail address"
        items={(valueOf(everybody) ?? [])
          .filter(({ accountId }) => !props.present.has(accountId))
          .map(({ accountId, email, kind, name }) => ({
            id: accountId,
            label: name,
            note: kind === 'service' ? 'Service account' : email,
          }))}
        onChoose={props.onChoose}
        onClose={props.onClose}
      />
    </Show>
  )
}
