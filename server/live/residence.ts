/** Whether a room's document is in memory: it is read when somebody wants it, and may leave while nobody does. */
import type { Clock } from '#server/live/clock.ts'
import type { LiveDoc } from '#server/live/live-doc.ts'

export interface ResidenceDeps {
  readonly clock: Clock
  /** Reads the document from disk. */
  readonly read: () => Promise<LiveDoc>
  /** It has come, or has left. */
  readonly moved: (live: LiveDoc | undefined) => void
}

export class Residence {
  readonly #deps: ResidenceDeps
  #live: LiveDoc | undefined
  #reading: Promise<void> | undefined
  #usedAt: number
  #isOver = false

  constructor(live: LiveDoc, deps: ResidenceDeps) {
    this.#deps = deps
    this.#usedAt = deps.clock.now()
    this.#become(live)
  }

  get live(): LiveDoc | undefined {
    return this.#live
  }

  get usedAt(): number {
    return this.#usedAt
  }

  /** Somebody works with the document. */
  use(): void {
    this.#usedAt = this.#deps.clock.now()
  }

  /** Rejects when it cannot be read; the next call tries again. */
  wake(): Promise<void> {
    this.use()
    if (this.#live || this.#isOver) return Promise.resolve()
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  rest(): void {
    this.#live?.destroy()
    this.#become(undefined)
  }

  /** It never comes back. */
  end(): void {
    this.#isOver = true
    this.#live?.destroy()
  }

  /** At once where it is in memory, else as soon as it is. */
  with(act: (live: LiveDoc) => void, failed: (error: unknown) => void): void {
    if (this.#live) return act(this.#live)
    this.wake().then(() => {
      if (this.#live && !this.#isOver) act(this.#live)
    }, failed)
  }

  async #read(): Promise<void> {
    const live = await this.#deps.read()
    if (!this.#isOver) this.#become(live)
  }

  #become(live: LiveDoc | undefined): void {
    this.#live = live
    this.#deps.moved(live)
  }
}
