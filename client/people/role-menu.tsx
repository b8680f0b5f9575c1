/** The role of a person or of a group, and for those who may change it the choice of another. */
import { Show } from 'solid-js'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { ROLE_LABELS, ROLES, type Role } from '#shared/access.ts'

export const ROLE_MEANING: Readonly<Record<Role, string>> = {
  owner: 'edits, invites, renames and archives',
  editor: 'edits, takes snapshots and restores',
  commenter: 'reads and discusses',
  viewer: 'reads',
}

interface Props {
  readonly of: string
  readonly role: Role
  /** What is checked in the menu, where it is another than what counts. */
  readonly own?: Role | null
  readonly mayChange: boolean
  readonly onChoose: (role: Role) => void
  /** What else can be done, below the roles. */
  readonly more: () => readonly MenuEntry[]
}

export const RoleMenu = (props: Props) => (
  <Show when={props.mayChange} fallback={<span class="share-may">{ROLE_LABELS[props.role]}</span>}>
    <MenuButton
      class="button quiet small"
      label={`Role of ${props.of}: ${ROLE_LABELS[props.role]}`}
      entries={() => [
        ...ROLES.map(role => ({
          label: `${ROLE_LABELS[role]}: ${ROLE_MEANING[role]}`,
          checked: role === (props.own === undefined ? props.role : props.own),
          run: () => props.onChoose(role),
        })),
        ...(props.more().length > 0 ? [null, ...props.more()] : []),
      ]}
    >
      {ROLE_LABELS[props.role]}
      <Icon name="down" />
    </MenuButton>
  </Show>
)
