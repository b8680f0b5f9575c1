/** A disk under dice: slow, failing before or after it has written, and left behind by a crash at any moment. */
import type { DocumentName } from '#shared/access.ts'
import { openMemory, type MemoryDisk } from '#server/store/memory.ts'
import type { Batch, Store } from '#server/store/store.ts'

/** What a server could do wrong, as a store would make it look. */
export type DiskBug = 'acknowledges early' | 'swallows failures'

export class DiceDisk {
  readonly kept: MemoryDisk = new Map()
  /** Appends that will fail: before anything is written, or with everything written and the answer lost. */
  failures: ('before' | 'after')[] = []
  #isSlow = false
  #gate = Promise.withResolvers<void>()
  #process = 0

  get isSlow(): boolean {
    return this.#isSlow
  }

  slowDown(): void {
    if (this.#isSlow) return
    this.#isSlow = true
    this.#gate = Promise.withResolvers()
  }

  speedUp(): void {
    this.#isSlow = false
    this.#gate.resolve()
  }

  /** The process is gone: what it is writing at this moment arrives or not, and nothing after it. */
  crash(writeArrives: boolean): void {
    this.#process++
    this.failures = []
    if (writeArrives) this.speedUp()
    this.#isSlow = false
    // What did not arrive never will.
    this.#gate = Promise.withResolvers()
  }

  /** The store of a new process on this disk. */
  open(bug?: DiskBug): Store {
    const process = this.#process
    const store = openMemory(
      {
        beforeAppend: async () => {
          if (process !== this.#process) await never
          if (this.#isSlow) await this.#gate.promise
          if (this.failures[0] === 'before') {
            this.failures.shift()
            throw new Error('The disk is full')
          }
        },
        afterAppend: () => {
          if (this.failures.shift() === 'after') throw new Error('The answer got lost')
        },
      },
      this.kept,
    )
    return bug ? faulty(store, bug) : store
  }
}

const never = new Promise<void>(() => undefined)

const faulty = (store: Store, bug: DiskBug): Store => {
  const heads = new Map<DocumentName, number>()
  const guess = (batches: readonly Batch[]): ReadonlyMap<DocumentName, number> => {
    for (const { document, drafts } of batches)
      heads.set(document, (heads.get(document) ?? 0) + drafts.length)
    return heads
  }
  return {
    ...store,
    append: async batches => {
      const written = store.append(batches)
      if (bug === 'swallows failures') return written.catch(() => guess(batches))
      written.catch(() => undefined)
      return guess(batches)
    },
  }
}
