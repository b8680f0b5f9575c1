/** Dates as claims carry them: ISO 8601, or of EDTF what an analyst writes by hand; '' where nobody knows. */

const DATE =
  /^(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?)?)?[?~%]?$/

/**
 * The earliest moment that a date may mean, in milliseconds since 1970: the start of its day, month or year, or of its
 * interval. Without a zone it is UTC. Undefined where it says none: '', an interval that is open at its start, other words.
 */
export const earliest = (date: string): number | undefined => {
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = 'Z'] =
    DATE.exec(date.trim().split('/')[0] ?? '') ?? []
  if (year === undefined) return undefined
  const first = (part: string | undefined): string =>
    part === undefined || part === 'XX' ? '01' : part
  const at = Date.parse(`${year}-${first(month)}-${first(day)}T${hour}:${minute}:${second}${zone}`)
  return Number.isNaN(at) ? undefined : at
}
