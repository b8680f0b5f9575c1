/** What of the audit log is shown, as it stands in the address of the page. */
import { dayOf } from '#client/ui/when.ts'
import type { AuditEntry } from '#shared/audit-api.ts'
import { isAudited } from '#shared/audit.ts'

/** Each narrows it down; missing or empty: it does not. */
export interface AuditFilter {
  readonly text?: string
  readonly what?: string
  /** The ids of an account and of a tracker. */
  readonly person?: string
  readonly tracker?: string
  readonly from?: string
  /** Days as `2026-02-03`, the last one included. */
  readonly since?: string
  readonly until?: string
}

export const FILTERS = ['text', 'what', 'person', 'tracker', 'from', 'since', 'until'] as const

export const isFiltered = (filter: AuditFilter): boolean =>
  FILTERS.some(name => (filter[name] ?? '') !== '')

/** As the server takes it; what is no kind and no day is left out. */
export const queryOf = (filter: AuditFilter): URLSearchParams => {
  const { from, person, since, text, tracker, until, what } = filter
  const values = {
    text: text?.trim(),
    what: what !== undefined && isAudited(what) ? what : '',
    person,
    tracker,
    from,
    since: startOf(since),
    until: startOf(until, 1),
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value)
  return query
}

/** When a day begins here, or one so many days later. */
const startOf = (day: string | undefined, later = 0): string => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? []
  if (year === undefined) return ''
  const at = new Date(Number(year), Number(month) - 1, Number(date) + later).getTime()
  return at >= 0 ? String(at) : ''
}

/** By the names of their days, in the order in which they come. */
export const byDay = (
  entries: readonly AuditEntry[],
  zone?: string,
): ReadonlyMap<string, readonly AuditEntry[]> => Map.groupBy(entries, ({ at }) => dayOf(at, zone))
