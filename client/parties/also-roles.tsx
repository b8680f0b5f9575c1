/** What a party does beside its first role: any number of them, each a switch. */
import { createUniqueId, For, Show } from 'solid-js'
import {
  asAlso,
  PARTY_ROLE_LABELS,
  PARTY_ROLES,
  rolesOf,
  type Party,
  type PartyRole,
} from '#shared/parties.ts'

interface Props {
  readonly party: Party | undefined
  readonly disabled: boolean
  readonly onChoose: (alsoRole: string | null) => void
}

export const AlsoRoles = (props: Props) => {
  const id = createUniqueId()
  const held = (): readonly PartyRole[] => (props.party ? rolesOf(props.party).slice(1) : [])
  const toggle = (role: PartyRole): void => {
    if (props.disabled) return
    const others = held().filter(other => other !== role)
    props.onChoose(asAlso(held().includes(role) ? others : [...others, role]))
  }
  return (
    <div class="field">
      <span class="field-label" id={id}>
        It also
      </span>
      <div class="choices" role="group" aria-labelledby={id}>
        <For each={PARTY_ROLES.filter(role => role !== props.party?.role)}>
          {role => (
            <button
              type="button"
              class="choice"
              role="checkbox"
              aria-checked={held().includes(role)}
              aria-disabled={props.disabled}
              onClick={() => toggle(role)}
            >
              {PARTY_ROLE_LABELS[role]}
            </button>
          )}
        </For>
        <Show when={props.disabled && held().length === 0}>
          <span class="field-none">nothing else</span>
        </Show>
      </div>
    </div>
  )
}
