/** The groups of the server: making them, and who is in each. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { GroupNameDialog } from '#client/server-groups/group-name.tsx'
import { GroupPeople } from '#client/server-groups/group-people.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton } from '#client/ui/menu.tsx'
import { notify } from '#client/ui/toaster.tsx'
import { valueOf } from '#client/value-of.ts'
import type { ApiGroup } from '#shared/api.ts'
import '#client/server-groups/groups.css'

const GroupsView = () => {
  const [groups, { refetch }] = createResource(() => api.get<readonly ApiGroup[]>('/api/groups'))
  const [naming, setNaming] = createSignal<ApiGroup | 'new'>()
  const [removing, setRemoving] = createSignal<ApiGroup>()
  const [open, setOpen] = createSignal<string>()
  const all = (): readonly ApiGroup[] => valueOf(groups) ?? []

  const name = async (name: string): Promise<void> => {
    const group = naming()
    if (group === 'new' || group === undefined)
      setOpen((await api.post<ApiGroup>('/api/groups', { name })).id)
    else await api.patch(`/api/groups/${group.id}`, { name })
    setNaming(undefined)
    await refetch()
  }
  const remove = async ({ id, name }: ApiGroup): Promise<void> => {
    setRemoving(undefined)
    try {
      await api.delete(`/api/groups/${id}`)
      notify({ text: `The group ${name} is removed.` })
    } catch (error) {
      notify({ tone: 'warning', text: wordsOf(error) })
    }
    await refetch()
  }

  return (
    <section class="groups" aria-label="Groups">
      <div class="groups-head">
        <p class="groups-about">
          An owner of a tracker can let a whole group in. Whoever is put into it is in those
          trackers at once, and whoever is taken out of it leaves them at once.
        </p>
        <button type="button" class="button primary" onClick={() => setNaming('new')}>
          <Icon name="plus" />
          New group
        </button>
      </div>
      <Show when={groups.error}>
        {error => (
          <p class="groups-failure" role="alert">
            {wordsOf(error())}{' '}
            <button type="button" class="button small" onClick={() => void refetch()}>
              Try again
            </button>
          </p>
        )}
      </Show>
      <Show when={groups.state === 'ready' && all().length === 0}>
        <p class="groups-about">There are no groups yet.</p>
      </Show>
      <Show when={all().length > 0}>
        <ul class="groups-list" aria-label="Groups">
          <For each={all()}>
            {group => (
              <li>
                <div class="group-line">
                  <button
                    type="button"
                    class="group-name"
                    aria-expanded={open() === group.id}
                    onClick={() => setOpen(is => (is === group.id ? undefined : group.id))}
                  >
                    <Icon name={open() === group.id ? 'down' : 'right'} />
                    <span>
                      <bdi>{group.name}</bdi>{' '}
                      <span class="groups-about">{peopleIn(group.people)}</span>
                    </span>
                  </button>
                  <MenuButton
                    class="button quiet icon small"
                    label={`More about ${group.name}`}
                    entries={() => [
                      { label: 'Rename…', run: () => setNaming(group) },
                      null,
                      { label: 'Remove…', danger: true, run: () => setRemoving(group) },
                    ]}
                  >
                    <Icon name="more" />
                  </MenuButton>
                </div>
                <Show when={open() === group.id}>
                  <GroupPeople group={group} onChanged={() => void refetch()} />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <GroupNameDialog group={naming()} onName={name} onClose={() => setNaming(undefined)} />
      <Show when={removing()} keyed>
        {group => (
          <Dialog open title="Remove the group" onClose={() => setRemoving(undefined)}>
            <p>
              What the people of <bdi>{group.name}</bdi> may do through it ends at once, in every
              tracker. Their accounts stay, and so does what they wrote.
            </p>
            <div class="dialog-foot">
              <button type="button" class="button" autofocus onClick={() => setRemoving(undefined)}>
                Cancel
              </button>
              <button type="button" class="button danger" onClick={() => void remove(group)}>
                Remove
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </section>
  )
}
export default GroupsView

const peopleIn = (people: number): string =>
  people === 0 ? 'nobody' : people === 1 ? 'one person' : `${people} people`
