/**
 * Folds a checkpoint and the entries after it into one state, in a thread of its own: that takes tens of milliseconds
 * in which nobody's edit could be answered.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { sparseDoc } from '#shared/document/sparse.ts'
import { openThread } from '#server/thread.ts'

/**
 * The full state (update V1) after all of the updates. Rejects when they have a gap or cannot be read. The state is
 * given away: its bytes move to the other thread.
 */
export type Fold = (state: Uint8Array | null, updates: readonly Uint8Array[]) => Promise<Uint8Array>

export interface Folding {
  readonly fold: Fold
  /** Ends the thread; what is under way rejects. */
  readonly close: () => Promise<void>
}

export interface FoldCall {
  readonly state: Uint8Array | null
  /** Each with its length before it: one buffer moves faster than a thousand. */
  readonly updates: Uint8Array
}

/** The same in this thread: for the other one, and for tests. */
export const foldHere = (state: Uint8Array | null, updates: Iterable<Uint8Array>): Uint8Array => {
  const doc = sparseDoc()
  try {
    Y.transact(doc, () => {
      if (state) Y.applyUpdate(doc, state)
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('The journal has a gap')
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}

/** `idleMs`: how long the thread stays without work. */
export const openFolding = (idleMs?: number): Folding => {
  const file = new URL('folding-worker.ts', import.meta.url)
  const thread = openThread<FoldCall, Uint8Array>(file, idleMs)
  return {
    fold: (state, updates) => {
      const own = state && ownBuffer(state)
      const call: FoldCall = { state: own, updates: inOne(updates) }
      return thread.call(call, [call.updates, ...(own ? [own] : [])].map(bufferOf))
    },
    close: thread.close,
  }
}

/** What memory is given away with the bytes. */
export const bufferOf = ({ buffer }: Uint8Array): ArrayBuffer => buffer as ArrayBuffer

const inOne = (updates: readonly Uint8Array[]): Uint8Array => {
  const to = encoding.createEncoder()
  for (const update of updates) encoding.writeVarUint8Array(to, update)
  return encoding.toUint8Array(to)
}

/** A view would take along what belongs to others. */
const ownBuffer = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
