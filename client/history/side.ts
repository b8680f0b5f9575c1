/** What one side of a comparison is called. */
import type { History } from '#client/history/snapshots.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import { timeIn, type MomentRef } from '#shared/moments.ts'

export type Side =
  | { readonly is: 'now' }
  | { readonly is: 'snapshot'; readonly entry: SnapshotEntry }
  | { readonly is: 'time'; readonly at: number }
  | { readonly is: 'unlisted' }

export const sideOf = (history: History, ref: MomentRef | 'now'): Side => {
  if (ref === 'now') return { is: 'now' }
  const [at, entry] = [timeIn(ref), history.entry(ref)]
  if (at !== undefined) return { is: 'time', at }
  return entry ? { is: 'snapshot', entry } : { is: 'unlisted' }
}
