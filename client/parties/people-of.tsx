/** The people of a party: by name, or "not named", with their office and what they speak for. */
import { createSignal, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { PersonCard } from '#client/parties/person-card.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { personRecords } from '#shared/document/people.ts'
import { newId, type PartyId, type PersonId } from '#shared/ids.ts'
import { byPersonName, type Person } from '#shared/people.ts'

export const PeopleOf = (props: { readonly partyId: PartyId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const people = () =>
    view
      .records(personRecords)
      .filter(({ partyId }) => partyId === props.partyId)
      .toSorted(byPersonName)
  const add = (): PersonId => {
    const id = newId<PersonId>()
    act('add a person', doc => personRecords.put(doc, id, { partyId: props.partyId }))
    return id
  }
  return (
    <section class="panel-section">
      <h3>People</h3>
      <PeopleList people={people()} none="Nobody recorded." onAdd={mayEdit() ? add : undefined} />
    </section>
  )
}

interface ListProps {
  readonly people: readonly Person[]
  readonly none: string
  readonly onAdd: (() => PersonId) | undefined
}

export const PeopleList = (props: ListProps) => {
  let list: HTMLUListElement | undefined
  const [open, setOpen] = createSignal<PersonId>()
  const ids = () => props.people.map(({ id }) => id)
  const add = (): void => {
    setOpen(props.onAdd?.())
    queueMicrotask(() =>
      list?.querySelector<HTMLInputElement>('[aria-expanded=true] + * input')?.focus(),
    )
  }
  return (
    <>
      <ul class="party-people" ref={list}>
        <For each={ids()}>
          {id => (
            <Show when={props.people.find(person => person.id === id)}>
              {person => (
                <PersonCard
                  person={person()}
                  open={open() === id}
                  onToggle={() => setOpen(open() === id ? undefined : id)}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={props.people.length === 0}>
        <p class="field-none">{props.none}</p>
      </Show>
      <Show when={props.onAdd}>
        <button type="button" class="add" onClick={add}>
          <Icon name="plus" /> Add a person
        </button>
      </Show>
    </>
  )
}
