/** A disk under dice: slow, failing before or after it has written, and left behind by a process that dies. */
import type { DocumentName } from '#shared/access.ts'
import { openMemory, type MemoryDisk } from '#server/store/memory.ts'
import type { Entry, Store } from '#server/store/store.ts'

/** Where a process may die, named by what it has and has not done. */
export const CRASH_POINTS = [
  'before append',
  'after append, before spread',
  'after spread, before saved',
  'after saved, before spread',
  'between checkpoint and trimming',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

/** One life of the server: when it dies, nothing that it does afterwards counts. */
export class Process {
  isDead = false
  /** Where it is about to die. */
  doom: CrashPoint | undefined
  /** It has stored something and not yet told of it. */
  hasStored = false
  readonly #onDeath: (point: string) => void

  constructor(onDeath: (point: string) => void) {
    this.#onDeath = onDeath
  }

  die(point: string): void {
    if (this.isDead) return
    this.isDead = true
    this.#onDeath(point)
  }

  /** Dies here, if this is the place. */
  reach(point: CrashPoint): void {
    if (this.doom === point) this.die(point)
  }
}

const never = new Promise<never>(() => undefined)

export class DiceDisk {
  readonly kept: MemoryDisk = new Map()
  /** Appends that will fail: before anything is written, or with everything written and the answer lost. */
  failures: ('before' | 'after')[] = []
  /** So many appends of this document will fail, and no other's. */
  readonly refused = new Map<DocumentName, number>()
  /** So many reads, and so many checkpoints, will fail. */
  failedLoads = 0
  failedCheckpoints = 0
  #isSlow = false
  #gate = Promise.withResolvers<void>()
  /** What was read gets to who asked for it only later. */
  #lag: PromiseWithResolvers<void> | undefined
  /** What a dead process was writing gets there all the same. */
  #lastWriteArrives = false

  entries(document: DocumentName): readonly Entry[] {
    return this.kept.get(document)?.entries ?? []
  }

  get isSlow(): boolean {
    return this.#isSlow || this.#lag !== undefined
  }

  /** Whether this document can be written at present. */
  takes(document: DocumentName): boolean {
    return !this.isSlow && this.failures.length === 0 && !this.refused.has(document)
  }

  slowDown(): void {
    if (this.#isSlow) return
    this.#isSlow = true
    this.#gate = Promise.withResolvers()
  }

  lagBehind(): void {
    this.#lag ??= Promise.withResolvers()
  }

  speedUp(): void {
    this.#isSlow = false
    this.#gate.resolve()
    this.#lag?.resolve()
    this.#lag = undefined
  }

  mend(): void {
    this.failures = []
    this.refused.clear()
    this.failedLoads = 0
    this.failedCheckpoints = 0
    this.speedUp()
  }

  /** The process is gone: what it is writing at this moment arrives or not, and nothing after it. */
  abandon(lastWriteArrives: boolean): void {
    this.#lastWriteArrives = lastWriteArrives && this.#isSlow
    this.mend()
  }

  /** The store of a new process on this disk. */
  open(process: Process): Store {
    const store = openMemory(
      {
        beforeAppend: async (_nth, batches) => {
          process.reach('before append')
          if (process.isDead) await never
          if (this.#isSlow) await this.#gate.promise
          if (process.isDead && !this.#lastWriteArrives) await never
          this.#lastWriteArrives = false
          this.#mayFail(batches.map(({ document }) => document))
        },
        afterAppend: async () => {
          process.hasStored = true
          process.reach('after append, before spread')
          if (process.isDead) await never
          if (this.failures[0] !== 'after') return
          this.failures.shift()
          throw new Error('The answer got lost')
        },
      },
      this.kept,
    )
    return {
      ...store,
      load: document => {
        if (process.isDead) return never
        if (this.failedLoads === 0)
          return ofLiving(process, late(store.load(document), this.#lag?.promise))
        this.failedLoads--
        return Promise.reject(new Error('The disk cannot be read'))
      },
      append: batches => ofLiving(process, store.append(batches)),
      readSince: (document, seq, upTo) => ofLiving(process, store.readSince(document, seq, upTo)),
      checkpoint: async (document, checkpoint) => {
        if (process.isDead) return never
        if (this.failedCheckpoints > 0) {
          this.failedCheckpoints--
          throw new Error('The disk is full')
        }
        await ofLiving(process, store.checkpoint(document, checkpoint))
        process.reach('between checkpoint and trimming')
        return process.isDead ? never : undefined
      },
      compact: document => ofLiving(process, store.compact(document)),
      rewrite: (document, rewriting) => ofLiving(process, store.rewrite(document, rewriting)),
    }
  }

  #mayFail(documents: readonly DocumentName[]): void {
    if (this.failures[0] === 'before') {
      this.failures.shift()
      throw new Error('The disk is full')
    }
    for (const document of documents) {
      const left = this.refused.get(document)
      if (left === undefined) continue
      if (left > 1) this.refused.set(document, left - 1)
      else this.refused.delete(document)
      throw new Error(`${document} cannot be written`)
    }
  }
}

const late = async <T>(asked: Promise<T>, until: Promise<void> | undefined): Promise<T> => {
  const answer = await asked
  await until
  return answer
}

/** A dead process hears nothing of what it asked for. */
const ofLiving = async <T>(process: Process, asked: Promise<T>): Promise<T> => {
  try {
    const answer = await asked
    return process.isDead ? await never : answer
  } catch (error) {
    if (process.isDead) return never
    throw error
  }
}
