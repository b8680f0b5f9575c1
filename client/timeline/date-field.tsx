/** An event's date as somebody types it: what was understood, and what moves along with it, stand there before it is taken. */
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js'
import { useNegotiation } from '#client/live/negotiation.ts'
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { UNTITLED, type Items } from '#client/timeline/items.ts'
import { Pick } from '#client/timeline/pick.tsx'
import { calendarWords } from '#shared/calendar-words.ts'
import { spanOf } from '#shared/dates.ts'
import { eventRecords } from '#shared/document/events.ts'
import { BEARINGS, type Event } from '#shared/events.ts'
import type { EventId } from '#shared/ids.ts'
import { countedFrom, dateNow, shiftsBy, type EventDate } from '#shared/when.ts'
import { relativeWords, takeWords, whenWords, type Taken } from '#shared/when-words.ts'

/** Of many that move, the first are named. */
const NAMED = 8

export const DateField = (props: { readonly event: Event; readonly items: Items }) => {
  const negotiation = useNegotiation()
  const { act, mayEdit } = negotiation
  const id = createUniqueId()
  const { events, t0, titleOf, whenOf } = props.items
  const [typed, setTyped] = createSignal<string>()
  const [built, setBuilt] = createSignal<EventDate>()

  const anchors = createMemo(() => {
    const own = countedFrom(events(), props.event.id)
    return events()
      .filter(({ id }) => !own.has(id))
      .map(({ id, title }) => ({ id, title: title || UNTITLED }))
  })
  const usual = (): EventId | null => {
    const of = props.event.anchorId ?? t0()?.id
    return anchors().find(({ id }) => id === of)?.id ?? null
  }
  /** When the record is from: by T0, where that has a date. */
  const recordTime = (): number | undefined => {
    const start = t0()
    const when = start && whenOf(start.id)
    return when?.is === 'dated' ? (when.span.earliest ?? when.span.latest) : undefined
  }
  const draft = createMemo((): Taken | undefined => {
    const [date, text] = [built(), typed()]
    if (date) return { is: 'taken', date }
    if (text === undefined) return undefined
    return takeWords(text, {
      anchors: anchors(),
      anchorId: usual(),
      today: Date.now(),
      near: recordTime(),
    })
  })
  const taken = (): EventDate | undefined => {
    const is = draft()
    return is?.is === 'taken' ? is.date : undefined
  }
  const base = (): EventDate => taken() ?? props.event
  const shown = (): string => typed() ?? textOf(built() ?? props.event, titleOf)
  const shifts = createMemo(() => {
    const date = taken()
    return date ? shiftsBy(events(), props.event.id, date) : []
  })
  const others = (): ReturnType<typeof shifts> =>
    shifts().filter(({ event }) => event.id !== props.event.id)
  const dateWords = (): string => {
    const date = taken() ?? props.event
    const now = shifts().find(({ event }) => event.id === props.event.id)?.after
    const when = now ?? whenOf(props.event.id)
    const calendar = dateNow(when)
    const words = [
      date.anchorId && !spanOf(date.date) ? relativeWords(date, titleOf(date.anchorId)) : '',
      calendar && calendarWords(calendar),
    ]
    return words.filter(Boolean).join(' · ') || 'Date unknown'
  }
  const drop = (): void => {
    setTyped(undefined)
    setBuilt(undefined)
  }
  const take = (): void => {
    const date = taken()
    if (!date) return
    const along = others().length
    const done = act('set the date of an event', doc =>
      eventRecords.set(doc, props.event.id, fieldsOf(date)),
    )
    drop()
    if (done && along > 0)
      offerUndo(
        negotiation,
        `Date set; ${along === 1 ? '1 event' : `${along} events`} moved with it`,
        () => void negotiation.undo(),
      )
  }
  const build = (values: Partial<EventDate>): void =>
    void setBuilt({ ...fieldsOf(base()), date: '', ...values })
  return (
    <section class="event-date" aria-label="Date">
      <div class="field">
        <label class="field-label" for={id}>
          Date
        </label>
        <input
          id={id}
          class="line"
          dir="auto"
          autocomplete="off"
          placeholder="3 Feb, early Feb, within days …"
          value={shown()}
          readonly={!mayEdit()}
          aria-describedby={`${id}-read`}
          aria-invalid={draft()?.is === 'not' ? true : undefined}
          onInput={event => {
            setBuilt(undefined)
            setTyped(event.currentTarget.value)
          }}
          onKeyDown={event => {
            if (event.isComposing) return
            if (event.key === 'Enter') take()
            else if (event.key === 'Escape' && draft()) {
              event.stopPropagation()
              drop()
            }
          }}
        />
      </div>
      <p
        class="event-read"
        classList={{ fault: draft()?.is === 'not' }}
        id={`${id}-read`}
        aria-live="polite"
      >
        <Show when={notTaken(draft())} fallback={dateWords()}>
          {why => why()}
        </Show>
      </p>
      <Show when={mayEdit() && base().anchorId !== null}>
        <div class="event-counted">
          <Days
            label="From, in days"
            value={base().fromDays}
            onWrite={fromDays => build({ fromDays })}
          />
          <span>to</span>
          <Days label="To, in days" value={base().toDays} onWrite={toDays => build({ toDays })} />
          <span>days</span>
          <Pick
            label="Before or after"
            bare
            options={BEARINGS.map(value => ({ value, label: value }))}
            value={base().bearing}
            onChoose={bearing => build({ bearing: bearing as EventDate['bearing'] })}
          />
          <Pick
            label="Counted from"
            bare
            options={anchors().map(({ id, title }) => ({ value: id, label: title }))}
            value={base().anchorId ?? ''}
            onChoose={anchorId => build({ anchorId: anchorId as EventId })}
          />
        </div>
      </Show>
      <Show when={mayEdit() && base().anchorId === null && usual() !== null && !draft()}>
        <button
          type="button"
          class="add"
          onClick={() =>
            build({ anchorId: usual(), bearing: 'after', fromDays: null, toDays: null })
          }
        >
          Count it from another event
        </button>
      </Show>
      <Show when={others().length > 0}>
        <div class="event-shifts">
          <p>
            {others().length === 1
              ? 'This moves 1 event:'
              : `This moves ${others().length} events:`}
          </p>
          <ul>
            <For each={others().slice(0, NAMED)}>
              {({ after, before, event }) => (
                <li>
                  <span dir="auto">{event.title || UNTITLED}</span>
                  <span>
                    <s>{whenWords(event, before, titleOf)}</s> → {whenWords(event, after, titleOf)}
                  </span>
                </li>
              )}
            </For>
          </ul>
          <Show when={others().length > NAMED}>
            <p>and {others().length - NAMED} more</p>
          </Show>
        </div>
      </Show>
      <Show when={draft()}>
        <div class="event-take">
          <button type="button" class="button primary small" disabled={!taken()} onClick={take}>
            {others().length > 0 ? 'Set, and move them' : 'Set the date'}
          </button>
          <button type="button" class="button quiet small" onClick={drop}>
            Cancel
          </button>
        </div>
      </Show>
    </section>
  )
}

const notTaken = (draft: Taken | undefined): string | undefined =>
  draft?.is === 'not' ? draft.why : undefined

const fieldsOf = ({ anchorId, bearing, date, fromDays, phrase, toDays }: EventDate): EventDate => ({
  date,
  anchorId,
  bearing,
  fromDays,
  toDays,
  phrase,
})

const textOf = (date: EventDate, titleOf: (id: EventId) => string): string => {
  if (date.phrase !== '') return date.phrase
  if (date.date !== '') return calendarWords(date.date)
  return date.anchorId === null ? '' : relativeWords(date, titleOf(date.anchorId))
}

const Days = (props: {
  readonly label: string
  readonly value: number | null
  readonly onWrite: (days: number | null) => void
}) => (
  <input
    class="line days"
    type="number"
    min="0"
    max="36500"
    aria-label={props.label}
    placeholder="any"
    value={props.value ?? ''}
    onChange={event => {
      const days = event.currentTarget.valueAsNumber
      props.onWrite(Number.isFinite(days) ? Math.abs(Math.round(days)) : null)
    }}
  />
)
