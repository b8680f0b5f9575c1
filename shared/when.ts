/**
 * When an event was or will be: by its own date, or counted from its anchor, another event, whose date may become known later.
 * Moving an anchor moves whatever is counted from it by as much, and nothing else.
 */
import { DAY, edtfOf, spanOf, type Span } from '#shared/dates.ts'
import type { Event } from '#shared/events.ts'
import type { EventId } from '#shared/ids.ts'

export type When =
  | { readonly is: 'dated'; readonly span: Span }
  /** Counted from an event that has no date yet; the bounds are milliseconds from it. */
  | { readonly is: 'relative'; readonly from: EventId; readonly span: Span }
  | { readonly is: 'unknown' }

export type EventDate = Pick<
  Event,
  'date' | 'anchorId' | 'bearing' | 'fromDays' | 'toDays' | 'phrase'
>

/** Every event's, by its id. One that is counted from itself, by whatever way, has none. */
export const whensOf = (events: readonly Event[]): ReadonlyMap<EventId, When> => {
  const byId = new Map(events.map(event => [event.id, event]))
  const known = new Map<EventId, When>()
  for (const { id } of events) {
    // Not by recursion: a script may have made a chain as long as it likes.
    const chain: Event[] = []
    const seen = new Set<EventId>()
    let at = byId.get(id)
    while (at && !known.has(at.id) && !seen.has(at.id)) {
      seen.add(at.id)
      chain.push(at)
      at = spanOf(at.date) || at.anchorId === null ? undefined : byId.get(at.anchorId)
    }
    const ring = at && seen.has(at.id) ? chain.indexOf(at) : chain.length
    for (const { id } of chain.slice(ring)) known.set(id, UNKNOWN)
    for (const event of chain.slice(0, ring).toReversed())
      known.set(event.id, whenOf(event, event.anchorId && known.get(event.anchorId)))
  }
  return known
}

const UNKNOWN: When = { is: 'unknown' }

/** Of one event, given that of its anchor. */
export const whenOf = (event: EventDate, anchor: When | null | undefined): When => {
  const own = spanOf(event.date)
  if (own) return { is: 'dated', span: own }
  if (event.anchorId === null || !anchor) return UNKNOWN
  if (anchor.is === 'unknown')
    return { is: 'relative', from: event.anchorId, span: counted(event, AT) }
  return { ...anchor, span: counted(event, anchor.span) }
}

const AT: Span = { earliest: 0, latest: 0, isUncertain: false, isApproximate: false }

const counted = ({ bearing, fromDays, toDays }: EventDate, anchor: Span): Span => {
  const [from, to] = inOrder(fromDays, toDays)
  const { earliest, latest } = anchor
  switch (bearing) {
    case 'after':
      return { ...anchor, earliest: plus(earliest, from ?? 0), latest: plus(latest, to) }
    case 'before':
      return { ...anchor, earliest: plus(earliest, minus(to)), latest: plus(latest, -(from ?? 0)) }
    case 'around': {
      const within = to ?? from ?? 0
      return {
        ...anchor,
        isApproximate: true,
        earliest: plus(earliest, -within),
        latest: plus(latest, within),
      }
    }
  }
}

const minus = (days: number | null): number | null => (days === null ? null : -days)

/** Somebody may have written them the other way round. */
const inOrder = (
  from: number | null,
  to: number | null,
): readonly [from: number | null, to: number | null] =>
  from !== null && to !== null && from > to ? [to, from] : [from, to]

/** Before the year 1 and after 9999, where no calendar writes a date, a bound is as good as open. */
const LEAST = Date.UTC(1, 0) - 1_900 * 365.2425 * DAY
const MOST = Date.UTC(9999, 11, 31)
const plus = (at: number | undefined, days: number | null | undefined): number | undefined => {
  if (at === undefined || days === null || days === undefined) return undefined
  const sum = at + days * DAY
  return sum >= LEAST && sum <= MOST ? sum : undefined
}

/** EDTF, once the anchor is known; '' until then. */
export const dateNow = (when: When): string => (when.is === 'dated' ? edtfOf(when.span) : '')

/** Earliest possible first, then latest possible; after those with a date the relative ones, by their distance. */
export const byWhen =
  (whens: ReadonlyMap<EventId, When>) =>
  (a: Pick<Event, 'id'>, b: Pick<Event, 'id'>): number => {
    const [one, other] = [whens.get(a.id) ?? UNKNOWN, whens.get(b.id) ?? UNKNOWN]
    const byKind = KINDS.indexOf(one.is) - KINDS.indexOf(other.is)
    if (byKind !== 0) return byKind
    if (one.is === 'relative' && other.is === 'relative' && one.from !== other.from)
      return one.from < other.from ? -1 : 1
    if (one.is !== 'unknown' && other.is !== 'unknown') {
      const bySpan = bySpans(one.span, other.span)
      if (bySpan !== 0) return bySpan
    }
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
  }
const KINDS = ['dated', 'relative', 'unknown']

/** Earliest possible first, then latest possible. */
export const bySpans = (a: Span, b: Span): number => {
  const [earlyA, earlyB] = [a.earliest ?? -Infinity, b.earliest ?? -Infinity]
  if (earlyA !== earlyB) return earlyA < earlyB ? -1 : 1
  const [lateA, lateB] = [a.latest ?? Infinity, b.latest ?? Infinity]
  return lateA < lateB ? -1 : lateA > lateB ? 1 : 0
}

/** What gets another place in time when one event is dated anew: all that is counted from it, and itself. */
export interface Shift {
  readonly event: Event
  readonly before: When
  readonly after: When
}

export const shiftsBy = (
  events: readonly Event[],
  id: EventId,
  date: Partial<EventDate>,
): readonly Shift[] => {
  const then = whensOf(events)
  const moved = events.map(event => (event.id === id ? { ...event, ...date } : event))
  const now = whensOf(moved)
  return moved
    .map(event => ({
      event,
      before: then.get(event.id) ?? UNKNOWN,
      after: now.get(event.id) ?? UNKNOWN,
    }))
    .filter(({ after, before }) => !sameWhen(before, after))
    .sort((a, b) => byWhen(now)(a.event, b.event))
}

const sameWhen = (a: When, b: When): boolean => {
  if (a.is === 'unknown' || b.is === 'unknown') return a.is === b.is
  if (a.is !== b.is || (a.is === 'relative' && b.is === 'relative' && a.from !== b.from))
    return false
  return (['earliest', 'latest', 'isUncertain', 'isApproximate'] as const).every(
    name => a.span[name] === b.span[name],
  )
}

/** Which events may not be its anchor: itself, and all that is counted from it. */
export const countedFrom = (events: readonly Event[], id: EventId): ReadonlySet<EventId> => {
  const byAnchor = Map.groupBy(events, ({ anchorId }) => anchorId)
  const found = new Set([id])
  // A set that grows is walked to its end.
  for (const anchor of found) for (const event of byAnchor.get(anchor) ?? []) found.add(event.id)
  return found
}

/** The event from which most others are counted, which records call T0; undefined where none is. */
export const t0Of = (events: readonly Event[]): Event | undefined => {
  const many = new Map<EventId, number>()
  for (const { anchorId } of events)
    if (anchorId !== null) many.set(anchorId, (many.get(anchorId) ?? 0) + 1)
  return (
    events.find(({ title }) => /^t0\b/i.test(title.trim())) ??
    events
      .filter(({ id }) => many.has(id))
      .toSorted((a, b) => (many.get(b.id) ?? 0) - (many.get(a.id) ?? 0))[0]
  )
}
