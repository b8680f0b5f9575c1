/** With whom a party acts together, since when and until when. */
import { For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { blocRecords, membershipRecords, removeMembership } from '#shared/document/people.ts'
import { newId, type BlocId, type MembershipId, type PartyId } from '#shared/ids.ts'
import { membershipWords, type Membership } from '#shared/people.ts'

export const BlocsOf = (props: { readonly partyId: PartyId }) => {
  const { act, mayEdit, view } = useNegotiation()
  let list: HTMLUListElement | undefined
  const mine = () =>
    view.records(membershipRecords).filter(({ partyId }) => partyId === props.partyId)
  const ids = () => mine().map(({ id }) => id)
  const join = (blocId: BlocId | undefined): void => {
    const id = newId<MembershipId>()
    const bloc = blocId ?? newId<BlocId>()
    act('join a bloc', doc => {
      if (!blocId) blocRecords.put(doc, bloc, {})
      membershipRecords.put(doc, id, { blocId: bloc, partyId: props.partyId })
    })
    queueMicrotask(() =>
      list
        ?.querySelector<HTMLInputElement>(
          `[data-id="${id}"] ${blocId ? '.profile-dates input' : 'input'}`,
        )
        ?.focus(),
    )
  }
  const entries = (): readonly MenuEntry[] => {
    const joined = new Set(mine().map(({ blocId }) => blocId))
    const others = view.records(blocRecords).filter(({ id }) => !joined.has(id))
    return [
      ...others.map(({ id, name }) => ({ label: name || 'Unnamed bloc', run: () => join(id) })),
      ...(others.length > 0 ? [null] : []),
      { label: 'A new bloc', run: () => join(undefined) },
    ]
  }
  return (
    <section class="panel-section">
      <h3>Blocs</h3>
      <ul class="profile-rows" ref={list}>
        <For each={ids()}>
          {id => (
            <Show when={mine().find(membership => membership.id === id)}>
              {membership => <MembershipRow membership={membership()} />}
            </Show>
          )}
        </For>
      </ul>
      <Show when={ids().length === 0}>
        <p class="field-none">In none.</p>
      </Show>
      <Show when={mayEdit()}>
        <MenuButton class="add" label="Join a bloc" entries={entries}>
          <Icon name="plus" /> Join a bloc
        </MenuButton>
      </Show>
    </section>
  )
}

const MembershipRow = (props: { readonly membership: Membership }) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  const { id, blocId } = props.membership
  const bloc = () => view.record(blocRecords, blocId)
  const others = (): string =>
    view
      .records(membershipRecords)
      .filter(other => other.blocId === blocId && other.id !== id)
      .map(other => {
        const name = view.party(other.partyId)
          ? view.party(other.partyId)?.name || 'Unnamed party'
          : 'a party that was removed'
        const dates = membershipWords(other)
        return dates ? `${name} (${dates})` : name
      })
      .join(', ')
  const set = (values: Partial<Membership>): void =>
    void act('date a membership', doc => membershipRecords.set(doc, id, values))
  const remove = (): void => {
    const name = bloc()?.name || 'the bloc'
    if (act('leave a bloc', doc => removeMembership(doc, id)))
      offerUndo(negotiation, `No longer in ${name}`, () => void negotiation.undo())
  }
  return (
    <li data-id={id}>
      <Line
        label="Name of the bloc"
        value={bloc()?.name ?? ''}
        placeholder="Unnamed bloc"
        disabled={!mayEdit()}
        onWrite={name => void act('name a bloc', doc => blocRecords.set(doc, blocId, { name }))}
      />
      <Show when={mayEdit()}>
        <button
          type="button"
          class="button quiet icon small"
          aria-label={`Take the party out of ${bloc()?.name || 'the bloc'}`}
          data-tip="Never was in it"
          onClick={remove}
        >
          <Icon name="close" />
        </button>
      </Show>
      <Show
        when={mayEdit()}
        fallback={
          <p class="profile-wide field-note" dir="auto">
            {membershipWords(props.membership)}
          </p>
        }
      >
        <div class="profile-wide profile-dates">
          <Line
            label="Since"
            labelled
            value={props.membership.since}
            placeholder="2015-07"
            disabled={false}
            onWrite={since => set({ since })}
          />
          <Line
            label="Until"
            labelled
            value={props.membership.until}
            placeholder="today"
            disabled={false}
            onWrite={until => set({ until })}
          />
        </div>
      </Show>
      <Show when={others()}>
        <p class="profile-wide field-note" dir="auto">
          With {others()}
        </p>
      </Show>
    </li>
  )
}
