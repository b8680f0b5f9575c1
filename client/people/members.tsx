/** The people and the groups that are in a tracker, and their roles for those who may change them. */
import { createResource, createSignal, For, Show } from 'solid-js'
import { api, wordsOf } from '#client/api.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { AddMember, groupOf } from '#client/people/add-member.tsx'
import { HandOverDialog } from '#client/people/hand-over.tsx'
import { RoleMenu } from '#client/people/role-menu.tsx'
import { mayHere } from '#client/session.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { Icon } from '#client/ui/icon.tsx'
import type { MenuEntry } from '#client/ui/menu.tsx'
import { valueOf } from '#client/value-of.ts'
import { ROLE_LABELS, type Role } from '#shared/access.ts'
import type { ApiGroupRole, ApiMember } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'

interface Props {
  /** `/api/trackers/<id>` */
  readonly path: string
  readonly mayChange: boolean
}

export const Members = (props: Props) => {
  const { me } = useNegotiation()
  const [present, { refetch }] = createResource(async () => {
    const [groups, members] = await Promise.all([
      api.get<readonly ApiGroupRole[]>(`${props.path}/groups`),
      api.get<readonly ApiMember[]>(`${props.path}/members`),
    ])
    return { groups, members }
  })
  const [error, setError] = createSignal('')
  const [heir, setHeir] = createSignal<ApiMember>()
  const groups = (): readonly ApiGroupRole[] => valueOf(present)?.groups ?? []
  const members = (): readonly ApiMember[] => valueOf(present)?.members ?? []
  const trying = async (run: () => Promise<unknown>): Promise<void> => {
    setError('')
    try {
      await run()
      await refetch()
    } catch (error) {
      setError(wordsOf(error))
    }
  }
  const setRole = (what: 'members' | 'groups', id: string, role: Role): Promise<void> =>
    trying(() => api.put(`${props.path}/${what}/${id}`, { role }))
  const changeRole = ({ accountId, own }: ApiMember, role: Role): Promise<void> =>
    own === null
      ? setRole('members', accountId, role)
      : trying(() => api.patch(`${props.path}/members/${accountId}`, { role }))
  const remove = (what: 'members' | 'groups', id: string): Promise<void> =>
    trying(() => api.delete(`${props.path}/${what}/${id}`))
  const isMe = ({ accountId }: ApiMember): boolean => accountId === me.id
  const mayAdd = (): boolean => props.mayChange && mayHere('see people')
  const isMine = (): boolean => members().some(member => isMe(member) && member.own === 'owner')
  const moreOf = (member: ApiMember): readonly MenuEntry[] => [
    ...(isMine() && !isMe(member) && member.kind === 'person'
      ? [{ label: `Hand over to ${member.name}…`, run: () => setHeir(member) }]
      : []),
    ...(member.own === null
      ? []
      : [
          {
            label: isMe(member) ? 'Leave this tracker' : `Remove ${member.name}`,
            danger: true,
            run: () => void remove('members', member.accountId),
          },
        ]),
  ]

  return (
    <section class="share-part" aria-labelledby="share-members">
      <h3 id="share-members">Members</h3>
      <Show when={mayAdd()}>
        <AddMember
          present={
            new Set([
              ...groups().map(({ id }) => id),
              ...members().flatMap(({ accountId, own }) => (own === null ? [] : accountId)),
            ])
          }
          onAdd={(what, id, role) => void setRole(what, id, role)}
        />
      </Show>
      <p class="share-error" role="alert">
        {present.error ? wordsOf(present.error) : error()}
      </p>
      <ul class="share-list" aria-labelledby="share-members">
        <For each={groups()}>
          {group => (
            <li>
              <span class="share-group">
                <Icon name="people" />
              </span>
              <span class="share-who">
                <span dir="auto">{group.name}</span>
                <span class="share-may">{groupOf(group.people)}</span>
              </span>
              <RoleMenu
                of={`the group ${group.name}`}
                role={group.role}
                mayChange={props.mayChange}
                onChoose={role => void setRole('groups', group.id, role)}
                more={() => [
                  {
                    label: `Remove the group ${group.name}`,
                    danger: true,
                    run: () => void remove('groups', group.id),
                  },
                ]}
              />
            </li>
          )}
        </For>
        <For each={members()}>
          {member => (
            <li>
              <Avatar name={member.name} colour={colourOf(member.accountId as AccountId)} />
              <span class="share-who">
                <span dir="auto">
                  {member.name}
                  {isMe(member) ? ' (you)' : ''}
                </span>
                <span class="share-may">
                  {member.kind === 'service' ? 'Service account' : member.email}
                </span>
                <For each={member.through}>
                  {({ name, role }) => (
                    <span class="share-may">
                      {ROLE_LABELS[role]} through <bdi>{name}</bdi>
                    </span>
                  )}
                </For>
              </span>
              <RoleMenu
                of={member.name}
                role={member.role}
                own={member.own}
                mayChange={props.mayChange && (member.own !== null || mayAdd())}
                onChoose={role => void changeRole(member, role)}
                more={() => moreOf(member)}
              />
            </li>
          )}
        </For>
      </ul>
      <HandOverDialog
        to={heir()}
        onClose={() => setHeir(undefined)}
        onHandOver={async ({ accountId }) => {
          await api.post(`${props.path}/ownership`, { to: accountId })
          await refetch()
        }}
      />
    </section>
  )
}
