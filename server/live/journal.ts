/**
 * Writes every room's edits to the store: one transaction at a time for all of them, and while it is under way the
 * next gathers. What fails is tried again for ever, and nothing of that document overtakes it.
 */
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Batch, Draft, Store } from '#server/store/store.ts'

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

export interface JournalListener {
  readonly onFailing: (error: unknown) => void
  readonly onRecovered: () => void
}

const FIRST_DELAY = 50
const LONGEST_DELAY = 2_000

export class Journal {
  readonly #store: Store
  readonly #clock: Clock
  readonly #listener: JournalListener
  readonly #gathering = new Map<DocumentName, Pending>()
  readonly #failed = new Map<DocumentName, Failed>()
  #writing = false
  #wake: (() => void) | undefined
  #idle: (() => void)[] = []

  constructor(store: Store, clock: Clock, listener: JournalListener) {
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
    this.#start()
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
    try {
      heads = await this.#store.append(
        [...batches].map(([document, { clients, drafts }]): Batch => ({
          document,
          drafts,
          clients,
        })),
      )
    } catch (error) {
      if (this.#failed.size === 0) this.#listener.onFailing(error)
      const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** tries)
      const retryAt = this.#clock.now() + delay
      for (const [name, { clients, drafts, saved }] of batches)
        this.#failed.set(name, { clients, drafts, saved, tries: tries + 1, retryAt })
      return
    }
    const failing = this.#failed.size > 0
    for (const name of batches.keys()) this.#failed.delete(name)
    for (const [name, { drafts, saved }] of batches) saved(drafts.length, heads.get(name) ?? 0)
    if (failing && this.#failed.size === 0) this.#listener.onRecovered()
  }
}
