/** Everybody who acts or speaks for a party; also those whose party was removed, until somebody gives them another one. */
import { For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { PeopleList } from '#client/parties/people-of.tsx'
import { personRecords } from '#shared/document/people.ts'
import { newId, type PartyId, type PersonId } from '#shared/ids.ts'
import { byPersonName, type Person } from '#shared/people.ts'
import '#client/parties/parties.css'

export const Everyone = () => {
  const { act, mayEdit, view } = useNegotiation()
  const of = (belongs: (person: Person) => boolean): readonly Person[] =>
    view.records(personRecords).filter(belongs).toSorted(byPersonName)
  const add = (partyId: PartyId) => (): PersonId => {
    const id = newId<PersonId>()
    act('add a person', doc => personRecords.put(doc, id, { partyId }))
    return id
  }
  const strays = () => of(({ partyId }) => partyId !== null && !view.party(partyId))
  const loose = () => of(({ partyId }) => partyId === null)
  return (
    <>
      <Show when={strays().length > 0}>
        <section class="page-part">
          <h2>Party removed</h2>
          <p class="page-faint">Undo the removal, or open a person and choose another party.</p>
          <PeopleList people={strays()} none="" onAdd={undefined} />
        </section>
      </Show>
      <For each={view.partyIds()}>
        {id => (
          <section class="page-part">
            <h2 dir="auto">{view.party(id)?.name || 'Unnamed party'}</h2>
            <PeopleList
              people={of(({ partyId }) => partyId === id)}
              none="Nobody recorded."
              onAdd={mayEdit() ? add(id) : undefined}
            />
          </section>
        )}
      </For>
      <Show when={loose().length > 0}>
        <section class="page-part">
          <h2>No party</h2>
          <PeopleList people={loose()} none="" onAdd={undefined} />
        </section>
      </Show>
    </>
  )
}
