/** Past states of a tracker: fetched once, opened as plain data, and never changed. */
import { docFrom, readTracker } from '#shared/document/tracker.ts'
import type { SnapshotId } from '#shared/ids.ts'
import { timeIn, type MomentRef, type TimeRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface PastSources {
  /** Where the whole history has been read: from there. Undefined where it does not reach. */
  readonly here: (ref: MomentRef) => Promise<Tracker> | undefined
  /** A snapshot's state: a Yjs update V2. */
  readonly state: (id: SnapshotId) => Promise<Uint8Array>
  /** The tracker as it was at a time. */
  readonly at: (time: TimeRef) => Promise<Tracker>
}

export interface Pasts {
  readonly open: (ref: MomentRef) => Promise<Tracker>
}

/** How many opened states are kept: stepping to and fro between moments is instant, and memory is bounded. */
const KEPT = 16

export const createPasts = ({ at, here, state }: PastSources): Pasts => {
  const opened = new Map<MomentRef, Promise<Tracker>>()
  const fetched = (ref: MomentRef): Promise<Tracker> =>
    here(ref) ??
    (timeIn(ref) === undefined ? state(ref as SnapshotId).then(openState) : at(ref as TimeRef))
  return {
    open: ref => {
      const past = opened.get(ref) ?? fetched(ref)
      opened.delete(ref)
      opened.set(ref, past)
      past.catch(() => opened.delete(ref))
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
