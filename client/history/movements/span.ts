/** What a comparison compares, as the journal counts. */
import type { Moment } from '#client/history/moment.ts'
import type { MomentRef } from '#shared/moments.ts'

/** Two moments as numbers of the journal. */
export interface Span {
  readonly since: number
  /** Undefined for the present. */
  readonly until: number | undefined
}

/** What a moment compares; undefined where that is no comparison, or not known (yet). */
export const spanOf = (
  moment: Moment,
  seqOf: (ref: MomentRef) => number | undefined,
): Span | undefined => {
  if (moment.shows !== 'comparison') return undefined
  const since = seqOf(moment.from)
  if (moment.to === 'now') return since === undefined ? undefined : { since, until: undefined }
  const until = seqOf(moment.to)
  return since === undefined || until === undefined ? undefined : { since, until }
}

export const sameSpan = (a: Span | undefined, b: Span | undefined): boolean =>
  a?.since === b?.since && a?.until === b?.until

export const spanQuery = ({ since, until }: Span): Readonly<Record<string, string>> => ({
  since: String(since),
  ...(until !== undefined && { until: String(until) }),
})
