/** What a place in a tracker was called when something stood there. */
import type { Gone } from '#shared/history/deleted.ts'
import type { Timeline } from '#shared/history/timeline.ts'
import { MapTrack } from '#shared/history/tracks.ts'

const RECORD_NAMES: Readonly<Record<string, string>> = {
  tracker: 'The tracker',
  issues: 'Issue',
  parties: 'Party',
  baskets: 'Basket',
  points: 'Point of a scale',
  sources: 'Source',
  claims: 'Claim',
  redLines: 'Red line',
  reasons: 'Reason',
  meetings: 'Meeting',
}

/** "Verification · Iran", "Verification", "Claim" */
export const placeOf = (
  timeline: Timeline,
  { issueId, partyId, seq, thing }: Pick<Gone, 'issueId' | 'partyId' | 'seq' | 'thing'>,
): string => {
  const nameOf = (root: string, id: string | null, field: string): string => {
    const record = id === null ? undefined : timeline.key(root, id)?.at(seq)
    const name = record instanceof MapTrack ? record.keys.get(field)?.at(seq) : undefined
    return typeof name === 'string' ? name : ''
  }
  const names = [nameOf('issues', issueId, 'title'), nameOf('parties', partyId, 'name')]
  const about = names.filter(Boolean).join(' · ')
  return about || (RECORD_NAMES[thing.split('/')[0] ?? ''] ?? 'The tracker')
}
