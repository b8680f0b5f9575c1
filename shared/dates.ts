/**
 * Dates as the record has them: ISO 8601, or EDTF of level 1 as an analyst writes it by hand (`?` uncertain, `~` approximate,
 * `%` both, `X` for what is not known, `..` or nothing for an open end); '' where nobody knows. Years have four digits. The
 * unit is the day, and without a zone it is one of UTC.
 */

/** All that a date may mean: from its first moment to the first one after it, in milliseconds since 1970. */
export interface Span {
  /** Undefined where the date is open on that side, or nobody knows how far it reaches. */
  readonly earliest: number | undefined
  readonly latest: number | undefined
  readonly isUncertain: boolean
  readonly isApproximate: boolean
}

export const DAY = 86_400_000

const DATE =
  /^(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?([?~%]?)$/

/** EDTF numbers the seasons on from the months; of the north, where it matters to a month. */
const SEASONS: Readonly<Record<string, number>> = { '21': 3, '22': 6, '23': 9, '24': 12 }

/** Undefined for what is no date. */
export const spanOf = (date: string): Span | undefined => {
  const [first = '', last, ...rest] = date.trim().split('/')
  if (rest.length > 0) return undefined
  if (last === undefined) return single(first)
  const [from, to] = [endOf(first), endOf(last)]
  if (from === undefined || to === undefined || (from === OPEN && to === OPEN)) return undefined
  const { earliest } = from
  const { latest } = to
  if (earliest !== undefined && latest !== undefined && earliest > latest) return undefined
  return {
    earliest,
    latest,
    isUncertain: from.isUncertain || to.isUncertain,
    isApproximate: from.isApproximate || to.isApproximate,
  }
}

/** The moment by which what has this date was so for certain; undefined where the date says none. */
export const latest = (date: string): number | undefined => spanOf(date)?.latest

const OPEN: Span = {
  earliest: undefined,
  latest: undefined,
  isUncertain: false,
  isApproximate: false,
}

const endOf = (date: string): Span | undefined =>
  date === '' || date === '..' ? OPEN : single(date)

const single = (date: string): Span | undefined => {
  const [, year, month, day, hour, minute, second = '00', zone = 'Z', mark] = DATE.exec(date) ?? []
  if (year === undefined) return undefined
  const isUncertain = mark === '?' || mark === '%'
  const isApproximate = mark === '~' || mark === '%'
  const spanning = (earliest: number, latest: number): Span => ({
    earliest,
    latest,
    isUncertain,
    isApproximate,
  })
  if (year.endsWith('X')) {
    const known = year.replace(/X+$/, '')
    const many = 10 ** (4 - known.length)
    const from = Number(known) * many
    return month === undefined ? spanning(monthAt(from, 1), monthAt(from + many, 1)) : undefined
  }
  const nth = Number(year)
  const season = month === undefined ? undefined : SEASONS[month]
  if (season !== undefined)
    return day === undefined ? spanning(monthAt(nth, season), monthAt(nth, season + 3)) : undefined
  if (month === undefined || month === 'XX') return spanning(monthAt(nth, 1), monthAt(nth + 1, 1))
  if (Number(month) < 1 || Number(month) > 12) return undefined
  if (day === undefined || day === 'XX')
    return spanning(monthAt(nth, Number(month)), monthAt(nth, Number(month) + 1))
  const start = monthAt(nth, Number(month)) + (Number(day) - 1) * DAY
  if (Number(day) < 1 || start >= monthAt(nth, Number(month) + 1)) return undefined
  if (hour === undefined) return spanning(start, start + DAY)
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
  return Number.isNaN(at) ? undefined : spanning(at, at)
}

/** Where a month begins; the thirteenth is the first one of the next year. */
const monthAt = (year: number, month: number): number =>
  // Date.UTC takes years below 100 for ones of the last century.
  new Date(0).setUTCFullYear(year, month - 1, 1)

/** "2026-02-03" */
export const dayIn = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The span as EDTF, in whole days; '' where it is open on both sides. */
export const edtfOf = ({ earliest, isApproximate, isUncertain, latest }: Span): string => {
  const mark = isUncertain && isApproximate ? '%' : isUncertain ? '?' : isApproximate ? '~' : ''
  const [from, to] = [boundIn(earliest, 0), boundIn(latest, earliest === latest ? 0 : -1)]
  if (from === undefined) return to === undefined ? '' : `../${to}${mark}`
  if (to === undefined) return `${from}${mark}/..`
  return from === to ? `${from}${mark}` : `${from}${mark}/${to}${mark}`
}

/** Years of four digits are what a date can name; one beyond them is as good as open. */
const FIRST = monthAt(0, 1)
const LAST = monthAt(10_000, 1)
const boundIn = (at: number | undefined, by: number): string | undefined =>
  at === undefined || at < FIRST || at > LAST || at + by < FIRST || at + by >= LAST
    ? undefined
    : dayIn(at + by)
