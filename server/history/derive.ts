/** From a stretch of the journal the rows of changes; in a thread of its own, because nobody waits for it. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as Y from 'yjs'
import { changesIn, ChangeLog, type Change } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import { openThread, type Thread } from '#server/thread.ts'

export interface Stretch {
  /** The document as it was at some earlier entry: a Yjs update V1, zstd-compressed; null for the empty one. */
  readonly state: Uint8Array | null
  /** What came between that and the stretch, written down already. */
  readonly before: readonly Uint8Array[]
  readonly entries: readonly Entry[]
  /** The runs before the stretch that may go on in it. */
  readonly runs: readonly Change[]
  /** Whether to answer the document as it is after the stretch. */
  readonly wantsState: boolean
}

export interface Derived {
  /** The runs that began or went on. */
  readonly changes: readonly Change[]
  readonly state: Uint8Array | null
}

export const openDeriving = (idleMs?: number): Thread<Stretch, Derived> =>
  openThread(new URL('derive-worker.ts', import.meta.url), idleMs)

export const derive = ({ before, entries, runs, state, wantsState }: Stretch): Derived => {
  const past = [...(state ? [new Uint8Array(zstdDecompressSync(state))] : []), ...before]
  const log = new ChangeLog(past, runs)
  const { doc } = log
  const changes = changesIn(entries, log)
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('The journal has a gap')
  const kept = wantsState ? new Uint8Array(zstdCompressSync(Y.encodeStateAsUpdate(doc))) : null
  doc.destroy()
  return { changes, state: kept }
}
