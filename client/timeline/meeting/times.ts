/** When a meeting is or was, in its own time zone and in that of whoever looks. */
import { clockOf, dayOf, minuteOf, zoneOf } from '#client/ui/when.ts'
import { calendarWords, dateIn, type Clock } from '#shared/calendar-words.ts'
import { spanOf } from '#shared/dates.ts'
import { goesOn, hasBegun, type Meeting } from '#shared/meetings.ts'

type Timed = Pick<Meeting, 'before' | 'endedAt' | 'plannedFor' | 'startedAt' | 'timeZone'>

/** A script may have written any zone. */
export const zoneIn = (zone: string): string | undefined => {
  try {
    return zone === ''
      ? undefined
      : new Intl.DateTimeFormat('en', { timeZone: zone }).format() && zone
  } catch {
    return undefined
  }
}

/** "Muscat" of "Asia/Muscat" */
const cityOf = (zone: string): string => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone

/** One line for each zone in which the times differ: "3 Feb 2026, 10:00–12:30 in Muscat", "09:00–11:30 for you". */
export const timesOf = (meeting: Timed, mine?: string): readonly string[] => {
  const moments = momentsOf(meeting)
  if (!moments)
    return [
      meeting.plannedFor === ''
        ? 'No date yet'
        : `Planned for ${calendarWords(meeting.plannedFor)}`,
    ]
  const [from, to] = moments
  const told = (zone: string | undefined): string => {
    const words = stretch(from, to, zone)
    if (!hasBegun(meeting)) return `Planned for ${words}`
    return goesOn(meeting) ? `Since ${words}` : words
  }
  const zone = zoneIn(meeting.timeZone)
  const here = told(mine)
  if (zone === undefined) return [`${here} ${zoneOf(from, mine)}`]
  const there = told(zone)
  return there === here
    ? [`${there} in ${cityOf(zone)}`]
    : [`${there} in ${cityOf(zone)}`, `${here} for you`]
}

const momentsOf = (meeting: Timed): readonly [from: number, to: number | undefined] | undefined => {
  const { endedAt, plannedFor, startedAt } = meeting
  if (hasBegun(meeting)) return [startedAt || endedAt, endedAt || undefined]
  const span = spanOf(plannedFor)
  const at =
    plannedFor.includes('T') && span?.earliest === span?.latest ? span?.earliest : undefined
  return at === undefined ? undefined : [at, undefined]
}

const stretch = (from: number, to: number | undefined, zone: string | undefined): string => {
  if (to === undefined) return minuteOf(from, zone)
  return dayOf(from, zone) === dayOf(to, zone)
    ? `${minuteOf(from, zone)}–${clockOf(to, zone)}`
    : `${minuteOf(from, zone)} – ${minuteOf(to, zone)}`
}

const AT = /^(.+?)(?:,| at)? (\d\d?)[:.](\d\d)$/

/** "3 Feb 10:00", in the meeting's zone, or any date; undefined for what is none. */
export const plannedIn = (words: string, zone: string, clock: Clock): string | undefined => {
  const text = words.trim()
  if (text === '') return ''
  const [, day, hour, minute] = AT.exec(text) ?? []
  if (day === undefined || hour === undefined) return dateIn(text, clock)
  const date = dateIn(day, clock)
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date) || Number(hour) > 23 || Number(minute) > 59)
    return undefined
  const local = `${date}T${hour.padStart(2, '0')}:${minute}:00`
  const known = zoneIn(zone)
  const asUtc = Date.parse(`${local}Z`)
  // Where the clocks were put forward or back in between, the first guess is an hour or so off, and the second is not.
  const guess = offsetAt(asUtc, known)
  return `${local}${offsetAt(Date.parse(`${local}${guess}`), known)}`
}

/** "+04:00", of the zone at that moment. */
const offsetAt = (at: number, zone: string | undefined): string => {
  const options = { timeZoneName: 'longOffset', ...(zone && { timeZone: zone }) } as const
  const parts = new Intl.DateTimeFormat('en', options).formatToParts(at)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.slice(3) ?? ''
  return offset === '' || offset === '+00:00' ? 'Z' : offset.replace('−', '-')
}
