/** Moments in words: when exactly, with the time zone, and how long ago. */

/** Undefined means this machine's zone; a test names one. */
type Zone = string | undefined

const formatter = (options: Intl.DateTimeFormatOptions) => {
  const made = new Map<Zone, Intl.DateTimeFormat>()
  return (at: number, timeZone: Zone): string => {
    let format = made.get(timeZone)
    if (!format) {
      format = new Intl.DateTimeFormat('en-GB', timeZone ? { ...options, timeZone } : options)
      made.set(timeZone, format)
    }
    return format.format(at)
  }
}

const minute = formatter({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const minuteAndZone = formatter({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
})
const date = formatter({ day: 'numeric', month: 'short' })
const dateAndYear = formatter({ day: 'numeric', month: 'short', year: 'numeric' })
const numeric = formatter({ day: '2-digit', month: '2-digit', year: 'numeric' })
const clock = formatter({ hour: '2-digit', minute: '2-digit' })
const weekday = formatter({ weekday: 'short' })
const day = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** "3 Feb 2026, 18:40" */
export const minuteOf = (at: number, zone?: Zone): string => minute(at, zone)
/** "18:40" today, "Tue 18:40" within a week, else "3 Feb 2026, 18:40". */
export const shortlyOf = (at: number, now = Date.now(), zone?: Zone): string => {
  if (dayOf(at, zone) === dayOf(now, zone)) return clock(at, zone)
  return now - at < 6 * DAY && at <= now
    ? `${weekday(at, zone)} ${clock(at, zone)}`
    : minute(at, zone)
}
/** "3 Feb 2026, 18:40 CET" */
export const exactly = (at: number, zone?: Zone): string => minuteAndZone(at, zone)
/** "3 Feb", or "3 Feb 2025" in another year than this one. */
export const dateOf = (at: number, now = Date.now(), zone?: Zone): string => {
  const full = dateAndYear(at, zone)
  return full.slice(-4) === dateAndYear(now, zone).slice(-4) ? date(at, zone) : full
}
/** "CET" */
export const zoneOf = (at: number, zone?: Zone): string =>
  minuteAndZone(at, zone).slice(minute(at, zone).length + 1)
/** "2026-02-03": the day as it is where somebody writes, which around midnight is not that of UTC. */
export const isoDayOf = (at: number, zone?: Zone): string =>
  numeric(at, zone).split('/').reverse().join('-')
/** "18:40" */
export const clockOf = (at: number, zone?: Zone): string => clock(at, zone)
/** "Tuesday 3 February 2026"; equal for moments of one day. */
export const dayOf = (at: number, zone?: Zone): string => day(at, zone).replace(',', '')

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const UNITS = [
  ['year', 365.25 * DAY],
  ['month', 30.44 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const

/** "3 hours ago": as many whole ones of the largest unit as have passed. */
export const ago = (at: number, now = Date.now()): string => {
  const passed = now - at
  const [unit, length] = UNITS.find(([, length]) => passed >= length) ?? []
  return unit && length ? relative.format(-Math.floor(passed / length), unit) : 'just now'
}
