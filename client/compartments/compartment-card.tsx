/** One compartment: its name, what everybody else sees, and its members. */
import { For, Show } from 'solid-js'
import { api } from '#client/api.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Avatar } from '#client/ui/avatar.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton } from '#client/ui/menu.tsx'
import { ROLE_LABELS } from '#shared/access.ts'
import type { ApiMember } from '#shared/api.ts'
import type { ApiCompartment } from '#shared/compartment-api.ts'
import { MAX_COMPARTMENT_NAME, OUTSIDERS_SEE, OUTSIDERS_SEE_LABELS } from '#shared/compartments.ts'
import type { AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'
import '#client/people/share-dialog.css'

interface Props {
  readonly compartment: ApiCompartment
  /** Of its routes. */
  readonly path: string
  /** The members of the tracker. */
  readonly people: readonly ApiMember[]
  readonly trying: (run: () => Promise<unknown>) => Promise<boolean>
}

export const CompartmentCard = (props: Props) => {
  const { me } = useNegotiation()
  const change = (values: Partial<Pick<ApiCompartment, 'name' | 'outsidersSee'>>): void =>
    void props.trying(() => api.patch(props.path, values))
  const add = (id: string): void =>
    void props.trying(() => api.put(`${props.path}/members/${id}`, {}))
  const remove = (id: string): void =>
    void props.trying(() => api.delete(`${props.path}/members/${id}`))
  const others = (): readonly ApiMember[] =>
    props.people.filter(
      ({ accountId }) => !props.compartment.members.some(it => it.accountId === accountId),
    )
  return (
    <section class="compartment-card" aria-label={props.compartment.name}>
      <div class="compartment-head">
        <Icon name="lock" />
        <Show
          when={props.compartment.mayManage}
          fallback={<b dir="auto">{props.compartment.name}</b>}
        >
          <input
            class="input"
            aria-label="Name of the compartment"
            dir="auto"
            autocomplete="off"
            maxLength={MAX_COMPARTMENT_NAME}
            value={props.compartment.name}
            onChange={event => {
              const name = event.currentTarget.value.trim()
              if (name !== '') change({ name })
              else event.currentTarget.value = props.compartment.name
            }}
          />
        </Show>
      </div>
      <div class="compartment-line">
        <span class="compartment-note">Everybody else sees</span>
        <Show
          when={props.compartment.mayManage}
          fallback={<span>{OUTSIDERS_SEE_LABELS[props.compartment.outsidersSee]}</span>}
        >
          <MenuButton
            class="button quiet small"
            label={`Everybody else sees: ${OUTSIDERS_SEE_LABELS[props.compartment.outsidersSee]}`}
            entries={() =>
              OUTSIDERS_SEE.map(outsidersSee => ({
                label: OUTSIDERS_SEE_LABELS[outsidersSee],
                checked: outsidersSee === props.compartment.outsidersSee,
                run: () => change({ outsidersSee }),
              }))
            }
          >
            {OUTSIDERS_SEE_LABELS[props.compartment.outsidersSee]}
            <Icon name="down" />
          </MenuButton>
        </Show>
      </div>
      <ul class="share-list">
        <For each={props.compartment.members}>
          {({ accountId, name, role }) => (
            <li>
              <Avatar name={name} colour={colourOf(accountId as AccountId)} />
              <span class="share-who">
                <span dir="auto">
                  {name}
                  {accountId === me.id ? ' (you)' : ''}
                </span>
                <span class="share-may">{ROLE_LABELS[role]}</span>
              </span>
              <Show when={props.compartment.mayManage || accountId === me.id}>
                <button
                  type="button"
                  class="button small"
                  aria-label={
                    accountId === me.id
                      ? `Leave ${props.compartment.name}`
                      : `Put out ${name} (${props.compartment.name})`
                  }
                  onClick={() => remove(accountId)}
                >
                  {accountId === me.id ? 'Leave' : 'Put out'}
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.compartment.mayManage && others().length > 0}>
        <MenuButton
          class="button small compartment-make"
          label={`Let somebody in (${props.compartment.name})`}
          entries={() =>
            others().map(({ accountId, name, role }) => ({
              label: `${name}, ${ROLE_LABELS[role].toLowerCase()}`,
              run: () => add(accountId),
            }))
          }
        >
          <Icon name="plus" /> Let somebody in
        </MenuButton>
      </Show>
    </section>
  )
}
