/** A past state as plain data, read in a thread of its own: that takes tens of milliseconds, and nobody's edit should wait. */
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { docFrom, readTracker } from '#shared/document/tracker.ts'
import { openThread, type Thread } from '#server/thread.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface Replay {
  /** What to begin with: a Yjs update V2 in gzip; null for the empty document. */
  readonly state: Uint8Array | null
  /** What came after that. */
  readonly updates: readonly Uint8Array[]
}

export const openReplaying = (idleMs?: number): Thread<Replay, Tracker> =>
  openThread(new URL('replay-worker.ts', import.meta.url), idleMs)

export const replay = ({ state, updates }: Replay): Tracker => {
  const doc = state ? docFrom(new Uint8Array(gunzipSync(state)), 2) : new Y.Doc()
  try {
    Y.transact(doc, () => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    return readTracker(doc)
  } finally {
    doc.destroy()
  }
}
