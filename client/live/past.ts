/** Past states of a tracker: fetched once, opened as plain data, and never changed. */
import { docFrom, readTracker } from '#shared/document/tracker.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

export type FetchState = (id: SnapshotId) => Promise<Uint8Array>

export interface Pasts {
  readonly open: (id: SnapshotId) => Promise<Tracker>
}

/** How many opened states are kept: stepping to and fro between moments is instant, and memory is bounded. */
const KEPT = 16

export const createPasts = (fetchState: FetchState): Pasts => {
  const opened = new Map<SnapshotId, Promise<Tracker>>()
  return {
    open: id => {
      const known = opened.get(id)
      opened.delete(id)
      const past = known ?? fetchState(id).then(openState)
      opened.set(id, past)
      past.catch(() => opened.delete(id))
      for (const oldest of opened.keys()) if (opened.size > KEPT) opened.delete(oldest)
      return past
    },
  }
}

const openState = (state: Uint8Array): Tracker => {
  const doc = docFrom(state, 2)
  const tracker = readTracker(doc)
  doc.destroy()
  return tracker
}
