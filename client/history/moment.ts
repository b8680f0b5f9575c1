/** Which moment of a tracker an address shows: the present, one snapshot, or two states side by side. */
import { isId, type SnapshotId } from '#shared/ids.ts'

export type Moment =
  | { readonly shows: 'now' }
  | { readonly shows: 'past'; readonly at: SnapshotId }
  | { readonly shows: 'comparison'; readonly from: SnapshotId; readonly to: SnapshotId | 'now' }

/** The tracker's own query parameters: `?at=<snapshot>`, `?compare=<snapshot>..<snapshot or now>`. */
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
    if (isId(from) && isId(to) && rest.length === 0)
      return {
        shows: 'comparison',
        from: from as SnapshotId,
        to: to === 'now' ? 'now' : (to as SnapshotId),
      }
  }
  return isId(at) ? { shows: 'past', at: at as SnapshotId } : NOW
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
