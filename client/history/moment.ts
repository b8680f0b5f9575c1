/** Which moment of a tracker an address shows: the present, a past one, or two states side by side. */
import { isMomentRef, type MomentRef } from '#shared/moments.ts'

export type Moment =
  | { readonly shows: 'now' }
  | { readonly shows: 'past'; readonly at: MomentRef }
  | { readonly shows: 'comparison'; readonly from: MomentRef; readonly to: MomentRef | 'now' }

/** The tracker's own query parameters: `?at=<moment>`, `?compare=<moment>..<moment or now>`. */
export type MomentQuery = {
  readonly at: string | undefined
  readonly compare: string | undefined
}

const NOW: Moment = { shows: 'now' }
const NO_QUERY: MomentQuery = { at: undefined, compare: undefined }

/** An address that says something else shows the present. */
export const parseMoment = ({
  at,
  compare,
}: {
  readonly at?: unknown
  readonly compare?: unknown
}): Moment => {
  if (typeof compare === 'string') {
    const [from, to, ...rest] = compare.split('..')
    if (isMomentRef(from) && isMomentRef(to) && rest.length === 0)
      return { shows: 'comparison', from, to: (to as string) === 'now' ? 'now' : to }
  }
  return isMomentRef(at) ? { shows: 'past', at } : NOW
}

export const momentQuery = (moment: Moment): MomentQuery => {
  switch (moment.shows) {
    case 'now':
      return NO_QUERY
    case 'past':
      return { ...NO_QUERY, at: moment.at }
    case 'comparison':
      return { ...NO_QUERY, compare: `${moment.from}..${moment.to}` }
  }
}

/** Whether the history is open: its list beside the live matrix, or a moment or a comparison in its place. */
export const opensHistory = (query: {
  readonly tab?: unknown
  readonly at?: unknown
  readonly compare?: unknown
}): boolean => query.tab === 'history' || parseMoment(query).shows !== 'now'

export const sameMoment = (a: Moment, b: Moment): boolean => {
  const [one, other] = [momentQuery(a), momentQuery(b)]
  return one.at === other.at && one.compare === other.compare
}
