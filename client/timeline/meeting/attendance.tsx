/** Who is to come to a meeting, who came, and who stayed away. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Pick } from '#client/timeline/pick.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { attendanceRecords } from '#shared/document/meetings.ts'
import { personRecords } from '#shared/document/people.ts'
import {
  newId,
  type AttendanceId,
  type MeetingId,
  type PartyId,
  type PersonId,
} from '#shared/ids.ts'
import { ATTENDANCE_LABELS, ATTENDANCES, type AttendanceStatus } from '#shared/meetings.ts'

export const AttendanceList = (props: { readonly meetingId: MeetingId }) => {
  const { act, mayEdit, view } = useNegotiation()
  const rows = createMemo(() =>
    view.records(attendanceRecords).filter(({ meetingId }) => meetingId === props.meetingId),
  )
  const people = createMemo(() => view.records(personRecords))
  const partyName = (id: PartyId): string => view.party(id)?.name || 'A party that is gone'
  const personName = (id: PersonId | null): string => {
    const person = people().find(person => person.id === id)
    return person ? [person.name, person.office].filter(Boolean).join(', ') || 'somebody' : ''
  }
  const nameOf = (row: { partyId: PartyId; personId: PersonId | null }): string =>
    [partyName(row.partyId), personName(row.personId)].filter(Boolean).join(': ')
  const choices = () => [
    ...view.partyIds().map(id => ({ value: id as string, label: partyName(id) })),
    ...people()
      .filter(({ partyId }) => partyId !== null && view.party(partyId))
      .map(({ id, partyId }) => ({
        value: `${partyId}/${id}`,
        label: `${partyName(partyId as PartyId)}: ${personName(id)}`,
      })),
  ]
  const add = (value: string): void => {
    const [partyId, personId] = value.split('/')
    if (!partyId) return
    act('say who comes', doc =>
      attendanceRecords.put(doc, newId<AttendanceId>(), {
        meetingId: props.meetingId,
        partyId: partyId as PartyId,
        personId: (personId ?? null) as PersonId | null,
      }),
    )
  }
  return (
    <section class="panel-section">
      <h3>Attendance</h3>
      <ul class="meeting-attendance">
        <For each={rows().map(({ id }) => id)}>
          {id => (
            <Show when={rows().find(row => row.id === id)}>
              {row => (
                <li>
                  <span dir="auto">{nameOf(row())}</span>
                  <Pick
                    label={`Whether ${nameOf(row())} came`}
                    bare
                    options={ATTENDANCES.map(value => ({ value, label: ATTENDANCE_LABELS[value] }))}
                    value={row().status}
                    disabled={!mayEdit()}
                    onChoose={status =>
                      void act('say who came', doc =>
                        attendanceRecords.set(doc, id, { status: status as AttendanceStatus }),
                      )
                    }
                  />
                  <Show when={mayEdit()}>
                    <button
                      type="button"
                      class="button quiet icon small"
                      aria-label={`Take ${nameOf(row())} off the list`}
                      onClick={() =>
                        void act('say who comes', doc => attendanceRecords.remove(doc, id))
                      }
                    >
                      <Icon name="close" />
                    </button>
                  </Show>
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={rows().length === 0 && !mayEdit()}>
        <p class="field-none">Nobody named.</p>
      </Show>
      <Show when={mayEdit()}>
        <Pick
          label="Add who comes"
          bare
          none="Add a party or a person …"
          options={choices()}
          value=""
          onChoose={add}
        />
      </Show>
    </section>
  )
}
