/** Dates as claims carry them: ISO 8601, or of EDTF what an analyst writes by hand; '' where nobody knows. */

const DATE =
  /^(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?)?)?[?~%]?$/

/**
 * The moment by which what has this date was so for certain, in milliseconds since 1970: the end of its day, month or year,
 * or of its interval. Without a zone it is UTC. Undefined where it says none: '', an interval that is open at its end, other
 * words.
 */
export const latest = (date: string): number | undefined => {
  const [, year, month, day, hour, minute, second = '00', zone = 'Z'] =
    DATE.exec(date.trim().split('/').at(-1) ?? '') ?? []
  if (year === undefined) return undefined
  const isKnown = (part: string | undefined): part is string => part !== undefined && part !== 'XX'
  const [ofMonth, ofDay] = [isKnown(month) ? month : '01', isKnown(day) ? day : '01']
  const at = Date.parse(
    `${year}-${ofMonth}-${ofDay}T${hour ?? '00'}:${minute ?? '00'}:${second}${zone}`,
  )
  if (Number.isNaN(at)) return undefined
  if (hour !== undefined) return at
  const start = new Date(at)
  if (!isKnown(month)) return start.setUTCFullYear(start.getUTCFullYear() + 1)
  if (!isKnown(day)) return start.setUTCMonth(start.getUTCMonth() + 1)
  return start.setUTCDate(start.getUTCDate() + 1)
}
