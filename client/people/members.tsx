/** The members of a tracker, and their roles for those who may change them. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton } from '#client/ui/menu.tsx'
import { valueOf } from '#client/value-of.ts'
import { ROLE_LABELS, ROLES, type Role } from '#shared/access.ts'
import type { ApiMember } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'

export const ROLE_MEANING: Readonly<Record<Role, string>> = {
  owner: 'edits, invites, renames and archives',
  editor: 'edits, takes snapshots and restores',
  commenter: 'reads and discusses',
  viewer: 'reads',
}
export const Members = (props: { readonly path: string; readonly mayChange: boolean }) => {
  const { me } = useNegotiation()
  const [members, { refetch, mutate }] = createResource(() =>
    api.get<readonly ApiMember[]>(props.path),
  )
  const [error, setError] = createSignal('')
  const trying = async (run: () => Promise<void>): Promise<void> => {
    setError('')
    try {
      await run()
    } catch (error) {
      setError(wordsOf(error))
    }
  }
  const setRole = (member: ApiMember, role: Role): Promise<void> =>
    trying(async () => {
      mutate(await api.patch<readonly ApiMember[]>(`${props.path}/${member.accountId}`, { role }))
    })
  const remove = (member: ApiMember): Promise<void> =>
    trying(async () => {
      await api.delete(`${props.path}/${member.accountId}`)
      await refetch()
    })
  const isMe = (member: ApiMember): boolean => member.accountId === me.id

  return (
    <section class="share-part" aria-labelledby="share-members">
      <h3 id="share-members">Members</h3>
      <p class="share-error" role="alert">
        {members.error ? wordsOf(members.error) : error()}
      </p>
      <ul class="share-list">
        <For each={valueOf(members)}>
          {member => (
            <li>
              <Avatar name={member.name} colour={colourOf(member.accountId as AccountId)} />
              <span class="share-who">
                <span dir="auto">
                  {member.name}
                  {isMe(member) ? ' (you)' : ''}
                </span>
                <span class="share-may">{member.email}</span>
              </span>
              <Show
                when={props.mayChange}
                fallback={<span class="share-may">{ROLE_LABELS[member.role]}</span>}
              >
                <MenuButton
                  class="button quiet small"
                  label={`Role of ${member.name}: ${ROLE_LABELS[member.role]}`}
                  entries={() => [
                    ...ROLES.map(role => ({
                      label: `${ROLE_LABELS[role]}: ${ROLE_MEANING[role]}`,
                      checked: role === member.role,
                      run: () => void setRole(member, role),
                    })),
                    null,
                    {
                      label: isMe(member) ? 'Leave this tracker' : `Remove ${member.name}`,
                      danger: true,
                      run: () => void remove(member),
                    },
                  ]}
                >
                  {ROLE_LABELS[member.role]}
                  <Icon name="down" />
                </MenuButton>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
