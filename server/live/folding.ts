/**
 * Folds a checkpoint and the entries after it into one state, in a thread of its own: that takes tens of milliseconds
 * in which nobody's edit could be answered.
 */
import { Worker } from 'node:worker_threads'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

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
  readonly id: number
  readonly state: Uint8Array | null
  /** Each with its length before it: one buffer moves faster than a thousand. */
  readonly updates: Uint8Array
}
export type FoldReply =
  | { readonly id: number; readonly state: Uint8Array }
  | { readonly id: number; readonly refusal: string }

/** The same in this thread: for the other one, and for tests. */
export const foldHere = (state: Uint8Array | null, updates: Iterable<Uint8Array>): Uint8Array => {
  const doc = new Y.Doc()
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

/** How long the thread stays without work. */
const IDLE = 30_000

/** The thread starts with the first call, and afresh after it has died or was let go. */
export const openFolding = (idleMs = IDLE): Folding => {
  let current: Thread | undefined
  let isClosed = false

  const letGo = async (thread: Thread | undefined): Promise<void> => {
    if (thread === current) current = undefined
    await thread?.end()
  }
  const started = (): Thread => {
    const thread: Thread = startThread({
      idleMs,
      onIdle: () => void letGo(thread),
      onEnd: () => void letGo(thread),
    })
    return thread
  }

  return {
    fold: (state, updates) => {
      if (isClosed) return Promise.reject(new Error('Folding is closed'))
      current ??= started()
      return current.fold(state, updates)
    },
    close: () => {
      isClosed = true
      return letGo(current)
    },
  }
}

interface Thread {
  readonly fold: Fold
  readonly end: () => Promise<void>
}

interface Waiting {
  readonly resolve: (state: Uint8Array) => void
  readonly reject: (error: Error) => void
}

const startThread = ({
  idleMs,
  onIdle,
  onEnd,
}: {
  readonly idleMs: number
  readonly onIdle: () => void
  readonly onEnd: () => void
}): Thread => {
  const worker = new Worker(new URL('folding-worker.ts', import.meta.url))
  // Nobody has to wait for it: without a checkpoint nothing is lost.
  worker.unref()
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let failure: unknown
  let idle: NodeJS.Timeout | undefined

  worker.on('message', (reply: FoldReply) => {
    const waiter = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('refusal' in reply) waiter?.reject(new Error(reply.refusal))
    else waiter?.resolve(reply.state)
    if (waiting.size === 0) idle = setTimeout(onIdle, idleMs).unref()
  })
  worker.on('error', error => {
    failure = error
  })
  worker.on('exit', () => {
    clearTimeout(idle)
    onEnd()
    for (const { reject } of waiting.values())
      reject(new Error('The thread that folds has ended', { cause: failure }))
    waiting.clear()
  })

  return {
    fold: (state, updates) =>
      new Promise((resolve, reject) => {
        clearTimeout(idle)
        const id = (calls += 1)
        waiting.set(id, { resolve, reject })
        const own = state && ownBuffer(state)
        const call: FoldCall = { id, state: own, updates: inOne(updates) }
        const buffers = [call.updates.buffer, ...(own ? [own.buffer] : [])]
        worker.postMessage(call, buffers as ArrayBuffer[])
      }),
    end: async () => void (await worker.terminate()),
  }
}

const inOne = (updates: readonly Uint8Array[]): Uint8Array => {
  const to = encoding.createEncoder()
  for (const update of updates) encoding.writeVarUint8Array(to, update)
  return encoding.toUint8Array(to)
}

/** A view would take along what belongs to others. */
const ownBuffer = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
