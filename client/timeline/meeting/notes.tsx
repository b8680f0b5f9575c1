/** What was caught while a meeting went on. */
import { createMemo, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { clockOf } from '#client/ui/when.ts'
import { noteRecords } from '#shared/document/meetings.ts'
import type { MeetingId } from '#shared/ids.ts'
import type { Note } from '#shared/meetings.ts'

export const Notes = (props: { readonly meetingId: MeetingId }) => {
  const { view } = useNegotiation()
  const notes = createMemo(() => notesOf(view.records(noteRecords), props.meetingId))
  const about = ({ at, issueId, partyId, speaker }: Note): string => {
    const party = partyId === null ? '' : (view.party(partyId)?.name ?? '')
    return [
      at > 0 && clockOf(at),
      party === speaker ? speaker : [speaker, party && `(${party})`].filter(Boolean).join(' '),
      issueId && view.issue(issueId)?.title,
    ]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <Show when={notes().length > 0}>
      <section class="panel-section">
        <h3>Notes</h3>
        <ol class="meeting-notes">
          <For each={notes()}>
            {note => (
              <li>
                <p class="meeting-note-about" dir="auto">
                  {about(note)}
                </p>
                <p dir="auto">{note.text}</p>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  )
}

/** In the order in which they were taken. */
export const notesOf = (notes: readonly Note[], id: MeetingId): readonly Note[] =>
  notes
    .filter(({ meetingId }) => meetingId === id)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
