/** One person in the list: who, how they get in, when they were last here, and what can be done about it. */
import { Show } from 'solid-js'
import { SERVER_ROLE_MEANING } from '#client/server/roles.ts'
import { session } from '#client/session.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { ago, exactly } from '#client/ui/when.ts'
import { valueOf } from '#client/value-of.ts'
import { SERVER_ROLE_LABELS, SERVER_ROLES, type ServerRole } from '#shared/access.ts'
import type { ApiPerson, WayIn } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'

interface Props {
  readonly person: ApiPerson
  readonly deeds: {
    readonly setRole: (person: ApiPerson, role: ServerRole) => void
    readonly issueLink: (person: ApiPerson) => void
    readonly dropSecondFactor: (person: ApiPerson) => void
    readonly close: (person: ApiPerson) => void
    readonly reopen: (person: ApiPerson) => void
  }
}

const WAYS: Readonly<Record<WayIn, string>> = {
  password: 'password',
  'second factor': 'second factor',
  passkey: 'passkey',
  organisation: 'organisation’s sign-in',
}

export const PersonLine = (props: Props) => {
  const isClosed = (): boolean => props.person.closedAt !== null
  const isMe = (): boolean => valueOf(session)?.account?.id === props.person.accountId
  const roles = (): readonly MenuEntry[] =>
    SERVER_ROLES.map(role => ({
      label: `${SERVER_ROLE_LABELS[role]}: ${SERVER_ROLE_MEANING[role]}`,
      checked: role === props.person.serverRole,
      run: () => props.deeds.setRole(props.person, role),
    }))
  const more = (): readonly MenuEntry[] =>
    isClosed()
      ? [{ label: 'Open the account again', run: () => props.deeds.reopen(props.person) }]
      : [
          { label: 'Link to set a password…', run: () => props.deeds.issueLink(props.person) },
          ...(props.person.waysIn.includes('second factor')
            ? [
                {
                  label: 'Turn off the second factor',
                  run: () => props.deeds.dropSecondFactor(props.person),
                },
              ]
            : []),
          null,
          { label: 'Close account…', danger: true, run: () => props.deeds.close(props.person) },
        ]
  return (
    <li class="person-line">
      <Avatar
        name={props.person.name}
        colour={colourOf(props.person.accountId as AccountId)}
        faded={isClosed()}
      />
      <span class="person-who">
        <span class="person-name" dir="auto">
          {props.person.name}
          {isMe() ? ' (you)' : ''}
        </span>
        <span class="person-email" dir="ltr">
          {props.person.email}
        </span>
      </span>
      <span class="person-facts">
        <span>{waysOf(props.person)}</span>
        <span>
          {trackersOf(props.person.trackers)},{' '}
          <Show when={props.person.lastSeenAt} fallback="never seen">
            {at => (
              <time dateTime={new Date(at()).toISOString()} data-tip={exactly(at())}>
                seen {ago(at())}
              </time>
            )}
          </Show>
        </span>
      </span>
      <Show
        when={!isClosed()}
        fallback={
          <time class="person-role" data-tip={exactly(props.person.closedAt ?? 0)}>
            closed {ago(props.person.closedAt ?? 0)}
          </time>
        }
      >
        <MenuButton
          class="button quiet small person-role"
          label={`Role of ${props.person.name} on this server: ${SERVER_ROLE_LABELS[props.person.serverRole]}`}
          entries={roles}
        >
          {SERVER_ROLE_LABELS[props.person.serverRole]}
          <Icon name="down" />
        </MenuButton>
      </Show>
      <MenuButton
        class="button quiet icon small person-more"
        label={`More about ${props.person.name}`}
        entries={more}
      >
        <Icon name="more" />
      </MenuButton>
    </li>
  )
}

const waysOf = ({ closedAt, waysIn }: ApiPerson): string => {
  if (closedAt !== null) return 'Cannot sign in'
  if (waysIn.length === 0) return 'No password set yet'
  const words = waysIn.map(way => WAYS[way]).join(', ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

const trackersOf = (many: number): string =>
  many === 0 ? 'No trackers' : many === 1 ? '1 tracker' : `${many} trackers`
