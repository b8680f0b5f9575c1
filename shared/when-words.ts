/** When events are, in words; and what an analyst types, taken into the fields of an event's date. */
import { calendarWords, dateIn, type Clock } from '#shared/calendar-words.ts'
import { spanOf } from '#shared/dates.ts'
import type { Event } from '#shared/events.ts'
import type { EventId } from '#shared/ids.ts'
import { dateNow, type EventDate, type When } from '#shared/when.ts'

const days = (many: number): string => `${many} ${many === 1 ? 'day' : 'days'}`

/** "2 to 5 days after T0"; '' where it is counted from nothing. */
export const relativeWords = (date: EventDate, anchor: string): string => {
  const { bearing, fromDays, toDays } = date
  if (bearing === 'around') {
    const within = toDays ?? fromDays ?? 0
    return within > 0 ? `within ${days(within)} of ${anchor}` : `around ${anchor}`
  }
  const from = fromDays ?? 0
  if (toDays === null) return `${from > 0 ? `at least ${days(from)} ` : ''}${bearing} ${anchor}`
  if (from === toDays)
    return from === 0 ? `on the day of ${anchor}` : `${days(from)} ${bearing} ${anchor}`
  return from === 0
    ? `within ${days(toDays)} ${bearing} ${anchor}`
    : `${from} to ${days(toDays)} ${bearing} ${anchor}`
}

/** When it is: by the calendar where that is known, else by what it is counted from, else in the record's own words. */
export const whenWords = (
  event: EventDate,
  when: When,
  titleOf: (id: EventId) => string,
): string => {
  if (spanOf(event.date)) return calendarWords(event.date)
  const date = dateNow(when)
  if (date !== '') return calendarWords(date)
  if (event.anchorId !== null && when.is === 'relative')
    return relativeWords(event, titleOf(event.anchorId))
  return event.phrase || event.date || 'Date unknown'
}

export interface Surroundings extends Clock {
  /** What may be its anchor. */
  readonly anchors: readonly Pick<Event, 'id' | 'title'>[]
  /** From what "within days" is counted, where the words do not say. */
  readonly anchorId: EventId | null
}

export type Taken =
  | { readonly is: 'taken'; readonly date: EventDate }
  | { readonly is: 'not'; readonly why: string }

/** What somebody typed into the field of a date. */
export const takeWords = (typed: string, around: Surroundings): Taken => {
  const phrase = typed.trim().replaceAll(/\s+/g, ' ')
  if (phrase === '') return taken({ ...NOTHING })
  const date = dateIn(phrase, around)
  if (date !== undefined) return taken({ ...NOTHING, date, phrase: spanOf(phrase) ? '' : phrase })
  const read = relativeIn(phrase.toLowerCase().replaceAll(/[–—]/g, '-').replace(/\.$/, ''))
  if (!read)
    return not(
      'Not understood. Write a date (3 Feb, early February, before 10 Feb) or a distance (within days, 2 to 5 days after T0).',
    )
  const { anchor, ...counted } = read
  const found = anchor === '' ? around.anchorId : anchorNamed(anchor, around)
  if (found === null)
    return not(
      'There is no event yet from which this could be counted. Add one, as T0, or write a date.',
    )
  if (typeof found === 'object') return not(found.why)
  return taken({ ...NOTHING, ...counted, anchorId: found, phrase })
}

const NOTHING: EventDate = {
  date: '',
  anchorId: null,
  bearing: 'around',
  fromDays: null,
  toDays: null,
  phrase: '',
}
const taken = (date: EventDate): Taken => ({ is: 'taken', date })
const not = (why: string) => ({ is: 'not', why }) as const

interface Relative extends Pick<EventDate, 'bearing' | 'fromDays' | 'toDays'> {
  /** '' where the words do not say. */
  readonly anchor: string
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const NUMBER = `\\d{1,4}|an?|${NUMBERS.join('|')}`
const UNIT = 'hours?|days?|weeks?|months?'
const BEARING = 'after|before|following|prior to|from|of'
const TAIL = `(?: (${BEARING}) (.+))?$`
const NEXT = '(?:the )?(?:coming|next|following|few|several|some|a few|next few|coming few)'
const WITHIN = new RegExp(`^(within|in) (?:${NEXT} )*(?:(${NUMBER}) )?(${UNIT})${TAIL}`)
const FROM_TO = new RegExp(
  `^(?:within |in |between )?(${NUMBER}) ?(?:-|to|or|and) ?(${NUMBER}) (${UNIT})${TAIL}`,
)
const EXACTLY = new RegExp(
  `^(?:(${NUMBER}) |a few |several |some )?(${UNIT})(?: (later|earlier)| (${BEARING}) (.+)|)$`,
)
const WEEK = /^(?:as early as |later )?(this|next) week$/
const BESIDE = /^(after|before|around|during|following|prior to|about|at|on|since|until) (.+)$/

/** Words such as "days" without a number: at least one, and fewer than would be told in the next larger unit. */
const MANY: Readonly<Record<string, readonly [least: number, most: number]>> = {
  hour: [0, 1],
  day: [1, 7],
  week: [7, 28],
  month: [30, 180],
}
const LENGTH: Readonly<Record<string, number>> = { hour: 1 / 24, day: 1, week: 7, month: 30 }

const relativeIn = (words: string): Relative | undefined => {
  const text = words.replace(/,? (?:rather than|not) (?:days|weeks|months|years)$/, '')
  if (/^(?:soon|shortly|imminently)$/.test(text))
    return { bearing: 'after', fromDays: 0, toDays: null, anchor: '' }
  const [, week] = WEEK.exec(text) ?? []
  if (week) {
    const [fromDays, toDays] = week === 'this' ? [0, 6] : [1, 13]
    return { bearing: 'after', fromDays, toDays, anchor: '' }
  }
  const [, low, high, ofBoth, side, anchor] = FROM_TO.exec(text) ?? []
  if (low && high && ofBoth) return counted(side, anchor, daysIn(low, ofBoth), daysIn(high, ofBoth))
  const within = WITHIN.exec(text)
  if (within) {
    const [, how, number, unit = '', side, anchor] = within
    const most = number ? daysIn(number, unit) : (MANY[bare(unit)]?.[1] ?? 0)
    const isExact = how === 'in' && number !== undefined && !/next|coming|following/.test(text)
    return counted(side, anchor, isExact ? most : 0, most)
  }
  const exact = EXACTLY.exec(text)
  if (exact && (exact[1] ?? exact[3] ?? exact[4] ?? (text === 'days' || text === 'weeks'))) {
    const [, number, unit = '', turn, side, anchor] = exact
    const [least = 0, most = 0] = number
      ? [daysIn(number, unit), daysIn(number, unit)]
      : (MANY[bare(unit)] ?? [])
    return counted(turn === 'earlier' ? 'before' : side, anchor, least, most)
  }
  const [, beside, named] = BESIDE.exec(text) ?? []
  if (beside && named)
    return { bearing: bearingOf(beside), fromDays: null, toDays: null, anchor: named }
  return undefined
}

const counted = (
  side: string | undefined,
  anchor: string | undefined,
  fromDays: number,
  toDays: number,
): Relative => ({ bearing: bearingOf(side ?? 'after'), fromDays, toDays, anchor: anchor ?? '' })

const bearingOf = (word: string): Relative['bearing'] => {
  if (/^(?:before|prior to|until)$/.test(word)) return 'before'
  return /^(?:after|following|from|of|since)$/.test(word) ? 'after' : 'around'
}

const bare = (unit: string): string => unit.replace(/s$/, '')
const daysIn = (number: string, unit: string): number => {
  const many = /^\d/.test(number)
    ? Number(number)
    : /^an?$/.test(number)
      ? 1
      : NUMBERS.indexOf(number)
  return Math.ceil(many * (LENGTH[bare(unit)] ?? 1))
}

const anchorNamed = (named: string, { anchorId, anchors }: Surroundings) => {
  const name = essence(named)
  if (/^(?:it|that|then|this|publication|report)$/.test(name) && anchorId !== null) return anchorId
  const titled = anchors.map(({ id, title }) => ({ id, title, is: essence(title) }))
  const same = titled.filter(({ is }) => is === name)
  const like = titled.filter(({ is }) => is !== '' && wordsIn(is, name))
  const found = same.length > 0 ? same : like
  const chosen = found.find(({ id }) => id === anchorId)
  if (chosen) return chosen.id
  const [only, other] = found
  if (only && !other) return only.id
  if (only && other)
    return not(`“${named}” may be “${only.title}” or “${other.title}”: write more of its title.`)
  return not(`No event is called “${named}”. Add it first, or choose from what to count.`)
}

const essence = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/^(?:the|a|an) /, '')
const wordsIn = (title: string, name: string): boolean => {
  const all = new Set(title.split(/[^\p{L}\p{N}]+/u))
  return name.split(/[^\p{L}\p{N}]+/u).every(word => all.has(word))
}
