/** One of the people of the tracker, or nobody of them. */
import { Show } from 'solid-js'
import { Labelled } from '#client/evidence/fields.tsx'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Icon } from '#client/ui/icon.tsx'
import { MenuButton, type MenuEntry } from '#client/ui/menu.tsx'
import { personRecords } from '#shared/document/people.ts'
import type { PersonId } from '#shared/ids.ts'
import type { Person } from '#shared/people.ts'

interface Props {
  readonly label: string
  readonly value: PersonId | null
  readonly onChoose: (id: PersonId | null) => void
}

export const personWords = ({ name, office }: Person): string =>
  [name, office].filter(Boolean).join(', ') || 'Unnamed person'

export const PersonField = (props: Props) => {
  const { mayEdit, view } = useNegotiation()
  const words = (): string => {
    const person = props.value && view.record(personRecords, props.value)
    return person ? personWords(person) : 'Nobody of the people here'
  }
  const entries = (): readonly MenuEntry[] => [
    ...view.records(personRecords).map(person => ({
      label: personWords(person),
      checked: person.id === props.value,
      run: () => props.onChoose(person.id),
    })),
    null,
    {
      label: 'Nobody of the people here',
      checked: props.value === null,
      run: () => props.onChoose(null),
    },
  ]
  return (
    // Where a tracker has no people, there is nobody to choose.
    <Show when={props.value !== null || view.records(personRecords).length > 0}>
      <Labelled label={props.label}>
        <Show when={mayEdit()} fallback={<span dir="auto">{words()}</span>}>
          <MenuButton class="button small" label={`${props.label}: ${words()}`} entries={entries}>
            <span dir="auto">{words()}</span>
            <Icon name="down" />
          </MenuButton>
        </Show>
      </Labelled>
    </Show>
  )
}
