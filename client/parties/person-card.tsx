/** Somebody who acts or speaks for a party: in one line, and with what can be said of them once it is opened. */
import { Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { factionRecords, personRecords } from '#shared/document/people.ts'
import type { FactionId } from '#shared/ids.ts'
import { personWords, type Person } from '#shared/people.ts'

interface Props {
  readonly person: Person
  readonly open: boolean
  readonly onToggle: () => void
}

export const PersonCard = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  const { id } = props.person
  const set = (label: string, values: Partial<Person>): void =>
    void act(label, doc => personRecords.set(doc, id, values))
  const faction = () =>
    props.person.factionId ? view.record(factionRecords, props.person.factionId) : undefined
  const join = (factionId: FactionId | null) => (): void =>
    set('set a person’s faction', { factionId })
  const factions = (): readonly MenuEntry[] => [
    ...view
      .records(factionRecords)
      .filter(({ partyId }) => partyId === props.person.partyId)
      .map(({ id: factionId, name }) => ({
        label: name || 'Unnamed faction',
        checked: factionId === props.person.factionId,
        run: join(factionId),
      })),
    null,
    { label: 'No faction', checked: faction() === undefined, run: join(null) },
  ]
  const remove = (): void => {
    const who = personWords(props.person)
    if (act('remove a person', doc => personRecords.remove(doc, id)))
      offerUndo(negotiation, `Removed “${who}”`, () => void negotiation.undo())
  }
  const parties = (): readonly MenuEntry[] => [
    ...view.partyIds().map(partyId => ({
      label: view.party(partyId)?.name || 'Unnamed party',
      checked: partyId === props.person.partyId,
      run: () => set('move a person to a party', { partyId, factionId: null }),
    })),
    null,
    {
      label: 'No party',
      checked: props.person.partyId === null,
      run: () => set('move a person to a party', { partyId: null, factionId: null }),
    },
  ]
  const partyName = (): string => {
    const { partyId } = props.person
    if (partyId === null) return 'No party'
    return view.party(partyId) ? view.party(partyId)?.name || 'Unnamed party' : 'Party removed'
  }
  return (
    <li class="person-card">
      <button
        type="button"
        class="person-head"
        aria-expanded={props.open}
        onClick={() => props.onToggle()}
      >
        <strong classList={{ nameless: props.person.name === '' }} dir="auto">
          {props.person.name || 'Not named'}
        </strong>
        <Show when={!props.open && props.person.office}>
          <span dir="auto">{props.person.office}</span>
        </Show>
        <Show when={!props.open && (faction() || props.person.speaksFor)}>
          <span class="person-more" dir="auto">
            {[faction()?.name, props.person.speaksFor].filter(Boolean).join(' · ')}
          </span>
        </Show>
      </button>
      <Show when={props.open}>
        <div class="person-form">
          <Line
            label="Name"
            labelled
            value={props.person.name}
            placeholder="Not named"
            disabled={!mayEdit()}
            onWrite={name => set('name a person', { name })}
          />
          <Line
            label="Office"
            labelled
            value={props.person.office}
            placeholder="foreign minister"
            disabled={!mayEdit()}
            onWrite={office => set('set a person’s office', { office })}
          />
          <Line
            label="Speaks for"
            labelled
            value={props.person.speaksFor}
            placeholder="the negotiating team"
            disabled={!mayEdit()}
            onWrite={speaksFor => set('say what a person speaks for', { speaksFor })}
          />
          <div class="field">
            <span class="field-label">Faction</span>
            <MenuButton
              class="button small"
              label={`Faction: ${faction()?.name || 'none'}`}
              entries={factions}
              disabled={!mayEdit()}
            >
              <span dir="auto">{faction()?.name || 'No faction'}</span>
              <Icon name="down" />
            </MenuButton>
          </div>
          <div class="field">
            <span class="field-label">Party</span>
            <MenuButton
              class="button small"
              label={`Party: ${partyName()}`}
              entries={parties}
              disabled={!mayEdit()}
            >
              <span dir="auto">{partyName()}</span>
              <Icon name="down" />
            </MenuButton>
          </div>
          <Show when={mayEdit()}>
            <button type="button" class="button small danger" onClick={remove}>
              Remove this person
            </button>
          </Show>
        </div>
      </Show>
    </li>
  )
}
