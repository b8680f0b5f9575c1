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
const clock = formatter({ hour: '2-digit', minute: '2-digit' })
const day = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** "3 Feb 2026, 18:40" */
export const minuteOf = (at: number, zone?: Zone): string => minute(at, zone)
/** "3 Feb 2026, 18:40 CET" */
export const exactly = (at: number, zone?: Zone): string => minuteAndZone(at, zone)
/** "CET" */
export const zoneOf = (at: number, zone?: Zone): string =>
  minuteAndZone(at, zone).slice(minute(at, zone).length + 1)
/** "18:40" */
export const clockOf = (at: number, zone?: Zone): string => clock(at, zone)
/** "Tuesday 3 February 2026"; equal for moments of one day. */
export const dayOf = (at: number, zone?: Zone): string => day(at, zone).replace(',', '')

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const MINUTE = 60_000
const STEPS = [
  ['minute', MINUTE, 60],
  ['hour', 60 * MINUTE, 24],
  ['day', 24 * 60 * MINUTE, 7],
  ['week', 7 * 24 * 60 * MINUTE, 5],
  ['month', 30.44 * 24 * 60 * MINUTE, 12],
] as const
const YEAR = 365.25 * 24 * 60 * MINUTE

/** "3 hours ago" */
export const ago = (at: number, now: number): string => {
  const passed = now - at
  if (passed < MINUTE) return 'just now'
  for (const [unit, length, most] of STEPS) {
    const many = Math.round(passed / length)
    if (many < most) return relative.format(-many, unit)
  }
  return relative.format(-Math.round(passed / YEAR), 'year')
}
