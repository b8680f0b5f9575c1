/** The events and meetings of a tracker as the timeline shows them, woken by what they hang on. */
import { createMemo, type Accessor } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import type { Item } from '#client/timeline/laid.ts'
import { calendarWords } from '#shared/calendar-words.ts'
import { spanOf, type Span } from '#shared/dates.ts'
import { eventRecords } from '#shared/document/events.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import type { Event } from '#shared/events.ts'
import type { EventId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'
import { byWhen, t0Of, whensOf, type When } from '#shared/when.ts'
import { whenWords } from '#shared/when-words.ts'
import { dayOf, minuteOf, clockOf } from '#client/ui/when.ts'

export interface Items {
  /** In their order. */
  readonly events: Accessor<readonly Event[]>
  readonly meetings: Accessor<readonly Meeting[]>
  readonly whenOf: (id: EventId) => When
  readonly wordsOf: (event: Event) => string
  readonly titleOf: (id: EventId) => string
  readonly t0: Accessor<Event | undefined>
  /** What stands on the calendar. */
  readonly dated: Accessor<readonly Item[]>
  /** What is counted from T0 while that has no date. */
  readonly fromT0: Accessor<readonly Item[]>
}

export const UNTITLED = 'Untitled event'

export const createItems = (view: MatrixView): Items => {
  const stored = createMemo(() => view.records(eventRecords))
  const whens = createMemo(() => whensOf(stored()))
  const events = createMemo(() => stored().toSorted(byWhen(whens())))
  const meetings = createMemo(() => view.records(meetingRecords))
  const titles = createMemo(() => new Map(stored().map(({ id, title }) => [id, title])))
  /** "before T0" says enough of "T0: the report is published". */
  const titleOf = (id: EventId): string => (titles().get(id) || UNTITLED).replace(/^T0\b.*/su, 'T0')
  const whenOf = (id: EventId): When => whens().get(id) ?? { is: 'unknown' }
  const wordsOf = (event: Event): string => whenWords(event, whenOf(event.id), titleOf)
  const t0 = createMemo(() => t0Of(stored()))
  const itemOf = (event: Event, span: Span): Item => ({
    kind: 'event',
    id: event.id,
    title: event.title || UNTITLED,
    when: wordsOf(event),
    lane: event.partyId ?? 'nobody',
    span,
  })
  return {
    events,
    meetings,
    whenOf,
    wordsOf,
    titleOf,
    t0,
    dated: createMemo(() => [
      ...events().flatMap(event => {
        const when = whenOf(event.id)
        return when.is === 'dated' ? [itemOf(event, when.span)] : []
      }),
      ...meetings().flatMap(meeting => {
        const span = meetingSpan(meeting)
        return span ? [meetingItem(meeting, span)] : []
      }),
    ]),
    fromT0: createMemo(() => {
      const start = t0()
      if (!start || whenOf(start.id).is !== 'unknown') return []
      return events().flatMap(event => {
        if (event.id === start.id) return [itemOf(event, AT_ZERO)]
        const when = whenOf(event.id)
        return when.is === 'relative' && when.from === start.id ? [itemOf(event, when.span)] : []
      })
    }),
  }
}

const AT_ZERO: Span = { earliest: 0, latest: 0, isUncertain: false, isApproximate: false }

const meetingItem = (meeting: Meeting, span: Span): Item => ({
  kind: 'meeting',
  id: meeting.id,
  title: meeting.title || 'Untitled meeting',
  when: meetingWords(meeting),
  lane: 'meetings',
  span,
})

/** When it went on, or else when it is to be. */
export const meetingSpan = (meeting: Meeting): Span | undefined => {
  const { endedAt, plannedFor, startedAt } = meeting
  if (startedAt === 0 && endedAt === 0) return spanOf(plannedFor)
  const [earliest, latest] = [startedAt || endedAt, endedAt || Date.now()]
  return { earliest, latest, isUncertain: false, isApproximate: false }
}

export const meetingWords = (
  { endedAt, plannedFor, startedAt }: Meeting,
  zone?: string,
): string => {
  if (startedAt === 0 && endedAt === 0)
    return plannedFor === '' ? 'No date yet' : `planned for ${calendarWords(plannedFor)}`
  if (endedAt === 0) return `since ${minuteOf(startedAt, zone)}`
  if (startedAt === 0) return `until ${minuteOf(endedAt, zone)}`
  return dayOf(startedAt, zone) === dayOf(endedAt, zone)
    ? `${minuteOf(startedAt, zone)}–${clockOf(endedAt, zone)}`
    : `${minuteOf(startedAt, zone)} – ${minuteOf(endedAt, zone)}`
}
