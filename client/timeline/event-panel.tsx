/** One event at length, beside the timeline. */
import { onMount, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { Line } from '#client/matrix/panel/line.tsx'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { DateField } from '#client/timeline/date-field.tsx'
import { Effects } from '#client/timeline/effects.tsx'
import { EventClaims } from '#client/timeline/event-claims.tsx'
import { UNTITLED, type Items } from '#client/timeline/items.ts'
import { Paragraph } from '#client/timeline/paragraph.tsx'
import { Pick } from '#client/timeline/pick.tsx'
import { eventRecords, removeEvent } from '#shared/document/events.ts'
import type { Event } from '#shared/events.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

interface Props {
  readonly event: Event
  readonly items: Items
  readonly openCell: (issueId: IssueId, partyId: PartyId) => void
}

export const EventPanel = (props: Props) => {
  const negotiation = useNegotiation()
  const { act, mayEdit, view } = negotiation
  let title: HTMLInputElement | undefined
  onMount(() => {
    if (props.event.title === '') title?.focus()
  })
  const set = (label: string, values: Partial<Event>): void =>
    void act(label, doc => eventRecords.set(doc, props.event.id, values))
  const hanging = (): number =>
    props.items.events().filter(({ anchorId }) => anchorId === props.event.id).length
  const remove = (): void => {
    const { id } = props.event
    const many = hanging()
    const name = props.event.title || UNTITLED
    if (!act('remove an event', doc => removeEvent(doc, id))) return
    const along =
      many === 0 ? '' : `; ${many === 1 ? '1 event was' : `${many} events were`} counted from it`
    offerUndo(negotiation, `Removed “${name}”${along}`, () => void negotiation.undo())
  }
  return (
    <>
      <Line
        ref={element => (title = element)}
        label="What happened"
        large
        value={props.event.title}
        disabled={!mayEdit()}
        placeholder="What happened, or is expected to"
        onWrite={title => set('name an event', { title })}
      />
      <DateField event={props.event} items={props.items} />
      <Pick
        label="Party"
        none="No single party"
        options={view.partyIds().map(id => ({ value: id, label: view.party(id)?.name ?? '' }))}
        value={props.event.partyId ?? ''}
        disabled={!mayEdit()}
        onChoose={id =>
          set('set the party of an event', { partyId: (id || null) as PartyId | null })
        }
      />
      <Paragraph
        label="Note"
        value={props.event.note}
        disabled={!mayEdit()}
        onWrite={note => set('note on an event', { note })}
      />
      <Effects event={props.event} openCell={props.openCell} />
      <EventClaims eventId={props.event.id} />
      <Show when={mayEdit()}>
        <button type="button" class="button quiet small event-remove" onClick={remove}>
          Remove the event
        </button>
      </Show>
    </>
  )
}
