/** A store without a disk, for tests: keeps the contract, and fails or dawdles on request. */
import { zstdCompressSync } from 'node:zlib'
import type { DocumentName } from '#shared/access.ts'
import { encodeBody } from '#shared/history/chapter.ts'
import type { AccountId } from '#shared/ids.ts'
import {
  ForeignClientError,
  type Batch,
  type Checkpoint,
  type Entry,
  type Store,
} from '#server/store/store.ts'

/** Hooks get the number of the append, counted from 1. A throw fails it; a promise holds it and all behind it. */
export interface Faults {
  /** A failure here stores nothing. */
  readonly beforeAppend?: (nth: number, batches: readonly Batch[]) => void | Promise<void>
  /** A failure here is an answer that got lost: the batches are stored. */
  readonly afterAppend?: (nth: number, batches: readonly Batch[]) => void | Promise<void>
}

interface Shelf {
  readonly entries: Entry[]
  readonly clients: Map<number, AccountId>
  checkpoint: Checkpoint | null
}

/** What outlives a store: give it to the next one to open the same documents again. */
export type MemoryDisk = Map<DocumentName, Shelf>

const emptyShelf = (): Shelf => ({ entries: [], clients: new Map(), checkpoint: null })

/** Not `slice`: that of a Buffer is a view of the same bytes. */
const copyOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)

const copy = (entry: Entry): Entry => ({ ...entry, update: copyOf(entry.update) })

export const openMemory = (faults: Faults = {}, disk: MemoryDisk = new Map()): Store => {
  let appends = 0
  let closed = false
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other, as a single database connection would. */
  const inTurn = <T>(task: () => T | Promise<T>): Promise<T> => {
    if (closed) return Promise.reject(new Error('The store is closed'))
    const turn = last.then(task)
    last = turn.catch(() => undefined)
    return turn
  }

  const shelfOf = (document: DocumentName): Shelf => disk.get(document) ?? emptyShelf()

  /** Checks everything before it changes anything. */
  const write = (batches: readonly Batch[]): ReadonlyMap<DocumentName, number> => {
    const shelves = new Map(batches.map(({ document }) => [document, shelfOf(document)]))
    const bound = bind(batches, shelves)
    for (const [document, shelf] of shelves) {
      for (const [client, account] of bound.get(document) ?? []) shelf.clients.set(client, account)
      disk.set(document, shelf)
    }
    for (const { document, drafts } of batches) {
      const entries = shelves.get(document)?.entries ?? []
      for (const draft of drafts) entries.push(copy({ ...draft, seq: entries.length + 1 }))
    }
    return new Map([...shelves].map(([document, { entries }]) => [document, entries.length]))
  }

  return {
    load: document =>
      inTurn(() => {
        const { entries, clients, checkpoint } = shelfOf(document)
        return {
          checkpoint: checkpoint && { upTo: checkpoint.upTo, state: copyOf(checkpoint.state) },
          entries: entries.slice(checkpoint?.upTo ?? 0).map(copy),
          head: entries.length,
          clients: new Map(clients),
        }
      }),

    append: batches => {
      // As they are now: the caller may change its buffers while an earlier append holds this one up.
      const given = batches.map(batch => ({
        ...batch,
        drafts: batch.drafts.map(draft => ({ ...draft, update: copyOf(draft.update) })),
        clients: new Map(batch.clients),
      }))
      return inTurn(async () => {
        const nth = (appends += 1)
        await faults.beforeAppend?.(nth, given)
        const heads = write(given)
        await faults.afterAppend?.(nth, given)
        return heads
      })
    },

    readSince: (document, seq, upTo = Number.POSITIVE_INFINITY) =>
      inTurn(() => shelfOf(document).entries.slice(Math.max(0, seq), Math.max(0, upTo)).map(copy)),

    chapters: (document, seq) =>
      inTurn(() => {
        const { entries } = shelfOf(document)
        const from = Math.max(0, seq)
        return entries.length > from
          ? [{ firstSeq: from + 1, compressed: zstdCompressSync(encodeBody(entries.slice(from))) }]
          : []
      }),

    checkpoint: (document, { upTo, state }) => {
      const kept = { upTo, state: copyOf(state) }
      return inTurn(() => {
        const shelf = disk.get(document)
        if (!shelf || upTo > shelf.entries.length) return
        if (upTo > (shelf.checkpoint?.upTo ?? 0)) shelf.checkpoint = kept
      })
    },

    compact: () => inTurn(() => undefined),

    rewrite: (document, { checkpoint, updates }) =>
      inTurn(() => {
        const shelf = disk.get(document)
        if (!shelf) return
        for (const [index, entry] of shelf.entries.entries()) {
          const update = updates.get(entry.seq)
          if (update) shelf.entries[index] = copy({ ...entry, update })
        }
        const isSame = checkpoint !== null && checkpoint.upTo === shelf.checkpoint?.upTo
        shelf.checkpoint = isSame
          ? { upTo: checkpoint.upTo, state: copyOf(checkpoint.state) }
          : null
      }),

    scrub: () => inTurn(() => undefined),

    close: async () => {
      closed = true
      await last
    },
  }
}

/** The client ids that the batches bind, by document, if none of them is somebody else's. */
const bind = (
  batches: readonly Batch[],
  shelves: ReadonlyMap<DocumentName, Shelf>,
): ReadonlyMap<DocumentName, ReadonlyMap<number, AccountId>> => {
  const bound = new Map<DocumentName, Map<number, AccountId>>()
  for (const { document, clients } of batches) {
    const ours = bound.get(document) ?? new Map<number, AccountId>()
    bound.set(document, ours)
    for (const [client, account] of clients ?? []) {
      const owner = ours.get(client) ?? shelves.get(document)?.clients.get(client) ?? account
      if (owner !== account) throw new ForeignClientError(document, client)
      ours.set(client, account)
    }
  }
  return bound
}
