/**
 * Writes every room's edits to the store: one transaction at a time for all of them, and while it is under way the
 * next gathers. What fails is tried again for ever, and nothing of that document overtakes it. What waits is bounded:
 * whoever appends asks first whether there is room.
 */
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Clock } from '#server/live/clock.ts'
import { LIMITS, type Limits } from '#server/live/limits.ts'
import { ForeignClientError, type Batch, type Draft, type Store } from '#server/store/store.ts'

/** Tells a room that so many more of its drafts are on disk, and the number of the last of them. */
export type Saved = (many: number, head: number) => void

interface Pending {
  drafts: Draft[]
  clients: Map<number, AccountId>
  saved: Saved
}
/** A batch that failed, in wait for its next turn. */
interface Failed extends Pending {
  readonly tries: number
  readonly retryAt: number
}

/** What is in memory and not on disk yet. */
export interface Backlog {
  readonly edits: number
  readonly documents: number
  readonly bytes: number
  /** By the clock, when the oldest of it was accepted; undefined where nothing waits. */
  readonly since: number | undefined
}

export interface JournalListener {
  readonly onFailing: (error: unknown) => void
  readonly onRecovered: () => void
  /**
   * The store will never take what this document has waiting, so it is forgotten: none of it was acknowledged or
   * shown, and what the document is must be read from disk again.
   */
  readonly onRefused: (document: DocumentName, error: unknown) => void
}

const FIRST_DELAY = 50
const LONGEST_DELAY = 2_000
/** Bytes that an edit takes in memory besides its update. */
const OVERHEAD = 200

export class Journal {
  readonly #store: Store
  readonly #clock: Clock
  readonly #listener: JournalListener
  readonly #limits: Pick<Limits, 'waiting' | 'waitingDocument'>
  /** Bytes that are not on disk yet, of all documents and of each. */
  #bytes = 0
  readonly #bytesOf = new Map<DocumentName, number>()
  readonly #gathering = new Map<DocumentName, Pending>()
  readonly #failed = new Map<DocumentName, Failed>()
  /** What the store has at present. */
  #underWay: ReadonlyMap<DocumentName, Pending> = new Map()
  #writing = false
  #wake: (() => void) | undefined
  #idle: (() => void)[] = []

  constructor(
    store: Store,
    clock: Clock,
    listener: JournalListener,
    limits: Pick<Limits, 'waiting' | 'waitingDocument'> = LIMITS,
  ) {
    this.#limits = limits
    this.#store = store
    this.#clock = clock
    this.#listener = listener
  }

  /** Takes edits of one document, in order. `saved` is the room's, the same for each call of one room. */
  append(
    document: DocumentName,
    drafts: readonly Draft[],
    clients: ReadonlyMap<number, AccountId>,
    saved: Saved,
  ): void {
    const pending = this.#gathering.get(document)
    if (pending) {
      pending.drafts.push(...drafts)
      for (const [client, account] of clients) pending.clients.set(client, account)
    } else this.#gathering.set(document, { drafts: [...drafts], clients: new Map(clients), saved })
    this.#count(document, weigh(drafts))
    this.#start()
  }

  /** Whether so much waits, of this document or of all, that no more edits of it should be let in. */
  isFull(document: DocumentName): boolean {
    const { waiting, waitingDocument } = this.#limits
    return this.#bytes >= waiting || (this.#bytesOf.get(document) ?? 0) >= waitingDocument
  }

  /** Bytes in memory that are not on disk yet. */
  get waiting(): number {
    return this.#bytes
  }

  /** Walks through all that waits: for whoever looks now and then. */
  backlog(): Backlog {
    // What is tried again is in two places.
    const all = new Set([...this.#underWay, ...this.#failed].map(([name]) => name))
    const drafts = [
      ...[...all].map(name => (this.#failed.get(name) ?? this.#underWay.get(name))?.drafts ?? []),
      ...[...this.#gathering.values()].map(({ drafts }) => drafts),
    ]
    const times = drafts.flatMap(([first]) => first?.at ?? [])
    return {
      edits: drafts.reduce((sum, { length }) => sum + length, 0),
      documents: this.#bytesOf.size,
      bytes: this.#bytes,
      since: times.length > 0 ? Math.min(...times) : undefined,
    }
  }

  /** Whether the last attempt to write this document failed. */
  isFailing(document: DocumentName): boolean {
    return this.#failed.has(document)
  }

  /** Resolves when everything appended so far, and what comes meanwhile, is on disk. */
  whenIdle(): Promise<void> {
    if (!this.#writing && this.#gathering.size === 0 && this.#failed.size === 0)
      return Promise.resolve()
    return new Promise(resolve => this.#idle.push(resolve))
  }

  #start(): void {
    if (this.#writing) return
    this.#wake?.()
    this.#wake = undefined
    this.#writing = true
    void this.#write()
  }

  async #write(): Promise<void> {
    // Rooms append one after the other, at one moment: all of that is one transaction.
    await undefined
    for (;;) {
      const healthy = new Map([...this.#gathering].filter(([name]) => !this.#failed.has(name)))
      if (healthy.size > 0) {
        for (const name of healthy.keys()) this.#gathering.delete(name)
        await this.#attempt(healthy)
        continue
      }
      // Each alone: one document that cannot be written must not hold up the others.
      const now = this.#clock.now()
      const due = [...this.#failed].filter(([, { retryAt }]) => retryAt <= now)
      if (due.length === 0) break
      for (const [name, failed] of due) await this.#attempt(new Map([[name, failed]]), failed.tries)
    }
    this.#writing = false
    if (this.#failed.size > 0) this.#sleep()
    else for (const resolve of this.#idle.splice(0)) resolve()
  }

  #sleep(): void {
    const next = Math.min(...[...this.#failed.values()].map(({ retryAt }) => retryAt))
    const delay = Math.max(1, next - this.#clock.now())
    this.#wake = this.#clock.after(delay, () => {
      this.#wake = undefined
      this.#start()
    })
  }

  async #attempt(batches: ReadonlyMap<DocumentName, Pending>, tries = 0): Promise<void> {
    let heads: ReadonlyMap<DocumentName, number>
    this.#underWay = batches
    try {
      heads = await this.#store.append(
        [...batches].map(([document, { clients, drafts }]): Batch => ({
          document,
          drafts,
          clients,
        })),
      )
    } catch (error) {
      if (error instanceof ForeignClientError && batches.has(error.document))
        this.#refused(batches, error)
      else this.#failedOnce(batches, error, tries)
      return
    } finally {
      this.#underWay = new Map()
    }
    const failing = this.#failed.size > 0
    for (const name of batches.keys()) this.#failed.delete(name)
    for (const [name, { drafts, saved }] of batches) {
      this.#count(name, -weigh(drafts))
      saved(drafts.length, heads.get(name) ?? 0)
    }
    if (failing && this.#failed.size === 0) this.#listener.onRecovered()
  }

  #failedOnce(batches: ReadonlyMap<DocumentName, Pending>, error: unknown, tries: number): void {
    if (this.#failed.size === 0) this.#listener.onFailing(error)
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** tries)
    const retryAt = this.#clock.now() + delay
    for (const [name, { clients, drafts, saved }] of batches)
      this.#failed.set(name, { clients, drafts, saved, tries: tries + 1, retryAt })
  }

  /** One document is at fault: the others go back to the front of their queues. */
  #refused(batches: ReadonlyMap<DocumentName, Pending>, error: ForeignClientError): void {
    for (const [name, { clients, drafts, saved }] of batches) {
      if (name === error.document) continue
      const later = this.#gathering.get(name)
      this.#gathering.set(name, {
        drafts: [...drafts, ...(later?.drafts ?? [])],
        clients: new Map([...clients, ...(later?.clients ?? [])]),
        saved,
      })
    }
    const wasFailing = this.#failed.delete(error.document)
    this.#gathering.delete(error.document)
    this.#count(error.document, -(this.#bytesOf.get(error.document) ?? 0))
    this.#listener.onRefused(error.document, error)
    if (wasFailing && this.#failed.size === 0) this.#listener.onRecovered()
  }

  #count(document: DocumentName, more: number): void {
    this.#bytes += more
    const bytes = (this.#bytesOf.get(document) ?? 0) + more
    if (bytes > 0) this.#bytesOf.set(document, bytes)
    else this.#bytesOf.delete(document)
  }
}

const weigh = (drafts: readonly Draft[]): number =>
  drafts.reduce((bytes, { update }) => bytes + update.length + OVERHEAD, 0)
