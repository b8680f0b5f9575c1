/** Lets people of this server and whole groups in, found by name. */
import { createResource, createSignal, For, Show, Suspense } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { Finder, type Findable } from '#client/ui/finder.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { valueOf } from '#client/value-of.ts'
import { ROLE_LABELS, ROLES, type Role } from '#shared/access.ts'
import type { ApiGroup, DirectoryEntry } from '#shared/api.ts'

interface Props {
  /** Ids of the accounts and groups that have a role already. */
  readonly present: ReadonlySet<string>
  readonly onAdd: (what: 'members' | 'groups', id: string, role: Role) => void
}

export const AddMember = (props: Props) => {
  const [role, setRole] = createSignal<Role>('editor')
  const [finding, setFinding] = createSignal(false)
  let button: HTMLButtonElement | undefined
  const close = (): void => {
    setFinding(false)
    button?.focus()
  }
  return (
    <div class="share-adding">
      <div class="share-add">
        <button
          ref={button}
          type="button"
          class="button"
          aria-expanded={finding()}
          onClick={() => setFinding(true)}
        >
          <Icon name="plus" />
          Add people or groups
        </button>
        <select
          class="input"
          aria-label="Role of whom is added"
          value={role()}
          onChange={event => setRole(event.currentTarget.value as Role)}
        >
          <For each={ROLES}>
            {role => <option value={role}>{`as ${ROLE_LABELS[role].toLowerCase()}`}</option>}
          </For>
        </select>
      </div>
      <Show when={finding()}>
        <Suspense>
          <Search
            present={props.present}
            onClose={() => setFinding(false)}
            onChoose={key => {
              const [what, id] = key.split('/')
              close()
              if (id !== undefined)
                props.onAdd(what === 'groups' ? 'groups' : 'members', id, role())
            }}
          />
        </Suspense>
      </Show>
    </div>
  )
}

interface SearchProps extends Pick<Props, 'present'> {
  readonly onChoose: (key: string) => void
  readonly onClose: () => void
}

const Search = (props: SearchProps) => {
  const [found] = createResource(async () => {
    const [groups, people] = await Promise.all([
      api.get<readonly ApiGroup[]>('/api/groups'),
      api.get<readonly DirectoryEntry[]>('/api/directory'),
    ])
    return { groups, people }
  })
  const items = (): readonly Findable<string>[] => {
    const { groups = [], people = [] } = valueOf(found) ?? {}
    return [
      ...groups
        .filter(({ id }) => !props.present.has(id))
        .map(({ id, name, people }) => ({
          id: `groups/${id}`,
          label: name,
          note: groupOf(people),
        })),
      ...people
        .filter(({ accountId }) => !props.present.has(accountId))
        .map(({ accountId, email, kind, name }) => ({
          id: `members/${accountId}`,
          label: name,
          note: kind === 'service' ? 'Service account' : email,
        })),
    ]
  }
  return (
    <Show
      when={found.state === 'ready'}
      fallback={
        <p class="share-error" role="alert">
          {found.error ? wordsOf(found.error) : ''}
        </p>
      }
    >
      <Finder
        label="Person or group"
        placeholder="Name or e-mail address"
        items={items()}
        onChoose={props.onChoose}
        onClose={props.onClose}
      />
    </Show>
  )
}

export const groupOf = (people: number): string =>
  people === 0
    ? 'Group with nobody in it'
    : people === 1
      ? 'Group of one person'
      : `Group of ${people} people`
