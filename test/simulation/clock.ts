/** A clock that a test turns by hand. */
import type { Clock } from '#server/live/clock.ts'

interface Timer {
  readonly at: number
  readonly run: () => void
}

export class ManualClock implements Clock {
  #now: number
  readonly #timers = new Set<Timer>()
  #turns: (() => void)[] = []
  /** Milliseconds that pass between two looks at the clock: a server that has much to do. */
  busy = 0

  constructor(now = 1_700_000_000_000) {
    this.#now = now
  }

  readonly now = (): number => (this.#now += this.busy)
  readonly elapsed = (): number => (this.#now += this.busy)

  readonly after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + milliseconds, run }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  readonly turn = (run: () => void): void => {
    this.#turns.push(run)
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size
  }

  /** Time passes, and nobody has looked yet. */
  tick(milliseconds: number): void {
    this.#now += milliseconds
  }

  /** Ends the turn of the event loop; whatever that starts is run as well. */
  async settle(): Promise<void> {
    do {
      for (const run of this.#turns.splice(0)) run()
      await untilIdle()
    } while (this.#turns.length > 0)
  }

  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds
    await this.settle()
    for (;;) {
      let next: Timer | undefined
      for (const timer of this.#timers)
        if (timer.at <= until && (!next || timer.at < next.at)) next = timer
      if (!next) break
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await this.settle()
    }
    this.#now = Math.max(this.#now, until)
  }
}

/** One turn of the real event loop: every promise that can settle has settled. */
const untilIdle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
