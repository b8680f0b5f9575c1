/** Where moments stand on the drawn line, and the marks along it. */
import { DAY } from '#shared/dates.ts'

/** The moment at the left edge, and how many milliseconds a pixel is wide. */
export interface Scale {
  readonly from: number
  readonly perPixel: number
}

export const xOf = (at: number, { from, perPixel }: Scale): number => (at - from) / perPixel
export const timeAt = (x: number, { from, perPixel }: Scale): number => from + x * perPixel

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const CLOSEST = MINUTE / 4
export const WIDEST = (100 * 366 * DAY) / 1000

/** Everything in sight, with some air on both sides. */
export const fitted = (from: number, to: number, width: number): Scale => {
  const length = Math.max(to - from, 3 * DAY)
  const air = Math.min(160, width * 0.12)
  const perPixel = bounded(length / Math.max(100, width - 2 * air))
  return { from: (from + to) / 2 - (perPixel * width) / 2, perPixel }
}

/** What lies under `x` stays there. */
export const zoomed = (scale: Scale, by: number, x: number): Scale => {
  const perPixel = bounded(scale.perPixel / by)
  return { from: timeAt(x, scale) - x * perPixel, perPixel }
}

const bounded = (perPixel: number): number => Math.min(WIDEST, Math.max(CLOSEST, perPixel))

export interface Tick {
  readonly at: number
  readonly label: string
  /** Begins a larger unit. */
  readonly isMajor: boolean
}

const LEAST_GAP = 76
const EVEN_STEPS = [
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
]
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200]

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
const clock = format({ hour: '2-digit', minute: '2-digit' })
const day = format({ day: 'numeric', month: 'short' })
const dayAndYear = format({ day: 'numeric', month: 'short', year: 'numeric' })
const month = format({ month: 'short', year: 'numeric' })
const year = format({ year: 'numeric' })

/** Marks of the calendar, in UTC as dates without a zone are. */
export const ticksOf = (scale: Scale, width: number): readonly Tick[] => {
  const [from, to] = [timeAt(0, scale), timeAt(width, scale)]
  const even = EVEN_STEPS.find(step => step / scale.perPixel >= LEAST_GAP)
  return even === undefined ? monthTicks(from, to, scale) : evenTicks(from, to, even)
}

const evenTicks = (from: number, to: number, step: number): readonly Tick[] => {
  const ticks: Tick[] = []
  // Weeks begin on Mondays: the first of 1970 was the fifth of January.
  const offset = step === 7 * DAY ? 4 * DAY : 0
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) {
    const isDay = at % DAY === 0
    const isMajor = step < DAY ? isDay : new Date(at).getUTCDate() <= step / DAY
    const label = isDay ? (ticks.length === 0 ? dayAndYear : day).format(at) : clock.format(at)
    ticks.push({ at, label, isMajor })
  }
  return ticks
}

const monthTicks = (from: number, to: number, { perPixel }: Scale): readonly Tick[] => {
  const step = MONTH_STEPS.find(step => (step * 30 * DAY) / perPixel >= LEAST_GAP) ?? 1200
  const first = new Date(from)
  const ticks: Tick[] = []
  const nth = first.getUTCFullYear() * 12 + first.getUTCMonth()
  for (let at = Math.ceil(nth / step) * step; ; at += step) {
    const moment = new Date(0).setUTCFullYear(Math.floor(at / 12), at % 12, 1)
    if (!(moment <= to)) return ticks
    if (moment >= from)
      ticks.push({
        at: moment,
        label: (step < 12 ? month : year).format(moment),
        isMajor: step < 12 ? at % 12 === 0 : at % (10 * step) === 0,
      })
  }
}

/** Marks counted in days from an event without a date, which stands at 0. */
export const distanceTicks = (scale: Scale, width: number, name: string): readonly Tick[] => {
  const step =
    [DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY].find(
      step => step / scale.perPixel >= LEAST_GAP,
    ) ?? 3650 * DAY
  const ticks: Tick[] = []
  for (let at = Math.ceil(scale.from / step) * step; at <= timeAt(width, scale); at += step) {
    const days = Math.round(at / DAY)
    const label = days === 0 ? name : `${days < 0 ? '−' : '+'}${Math.abs(days)} d`
    ticks.push({ at, label, isMajor: days === 0 })
  }
  return ticks
}
