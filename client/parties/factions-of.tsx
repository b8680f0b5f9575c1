/** Currents inside a party, each with what sets it apart. */
import { For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { Icon } from '#client/ui/icon.tsx'
import { factionRecords, removeFaction } from '#shared/document/people.ts'
import { newId, type FactionId, type PartyId } from '#shared/ids.ts'

export const FactionsOf = (props: { readonly partyId: PartyId }) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  let list: HTMLUListElement | undefined
  const factions = () =>
    view.records(factionRecords).filter(({ partyId }) => partyId === props.partyId)
  const ids = () => factions().map(({ id }) => id)
  const factionOf = (id: FactionId) => factions().find(faction => faction.id === id)
  const add = (): void => {
    const id = newId<FactionId>()
    act('add a faction', doc => factionRecords.put(doc, id, { partyId: props.partyId }))
    queueMicrotask(() => list?.querySelector<HTMLInputElement>(`[data-id="${id}"] input`)?.focus())
  }
  const remove = (id: FactionId): void => {
    const name = factionOf(id)?.name || 'Unnamed faction'
    if (act('remove a faction', doc => removeFaction(doc, id)))
      offerUndo(negotiation, `Removed “${name}”`, () => void negotiation.undo())
  }
  return (
    <section class="panel-section">
      <h3>Factions</h3>
      <ul class="profile-rows" ref={list}>
        <For each={ids()}>
          {id => (
            <li data-id={id}>
              <Line
                label="Name of the faction"
                value={factionOf(id)?.name ?? ''}
                placeholder="Unnamed faction"
                disabled={!mayEdit()}
                onWrite={name =>
                  void act('name a faction', doc => factionRecords.set(doc, id, { name }))
                }
              />
              <Show when={mayEdit()}>
                <button
                  type="button"
                  class="button quiet icon small"
                  aria-label={`Remove the faction ${factionOf(id)?.name ?? ''}`}
                  data-tip="Remove"
                  onClick={() => remove(id)}
                >
                  <Icon name="close" />
                </button>
              </Show>
              <Show when={mayEdit() || factionOf(id)?.note}>
                <div class="profile-wide">
                  <Line
                    label="What sets the faction apart"
                    value={factionOf(id)?.note ?? ''}
                    placeholder="What sets it apart"
                    disabled={!mayEdit()}
                    onWrite={note =>
                      void act('describe a faction', doc => factionRecords.set(doc, id, { note }))
                    }
                  />
                </div>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={ids().length === 0}>
        <p class="field-none">None recorded.</p>
      </Show>
      <Show when={mayEdit()}>
        <button type="button" class="add" onClick={add}>
          <Icon name="plus" /> Add a faction
        </button>
      </Show>
    </section>
  )
}
