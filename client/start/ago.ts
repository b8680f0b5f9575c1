/** Times as people say them. */

const MINUTE = 60_000
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 60 * MINUTE],
  ['month', 30 * 24 * 60 * MINUTE],
  ['day', 24 * 60 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const ago = (time: number, now = Date.now()): string => {
  const since = now - time
  const [unit, length] = UNITS.find(([, length]) => since >= length) ?? []
  return unit && length ? relative.format(-Math.floor(since / length), unit) : 'just now'
}

export const exactly = (time: number): string =>
  new Date(time).toLocaleString('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
  })
