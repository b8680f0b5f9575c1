/**
 * When rooms work: all that have something to do at once, so that one commit and one frame to each reader carry it,
 * and then a pause that grows with what it took. Whoever finds the server idle waits for nothing.
 */
import type { Clock } from '#server/live/clock.ts'

/** How many times as long as its work took the server lets edits gather. */
const PAUSES = 64
/** Nobody waits longer than so many milliseconds for others. */
const LONGEST = 12
/** A shorter pause is over by the end of the turn. */
const SHORTEST = 0.5

export class Pace {
  readonly #clock: Clock
  #waiting: (() => void)[] = []
  #isPlanned = false
  /** When the last beat began, by the clock's `elapsed`, and what work has taken since. */
  #beatAt = Number.NEGATIVE_INFINITY
  #cost = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs it at the next beat; it must not throw. */
  next(run: () => void): void {
    this.#waiting.push(run)
    if (this.#isPlanned) return
    this.#isPlanned = true
    const pause = Math.min(LONGEST, PAUSES * this.#cost)
    const wait = this.#beatAt + pause - this.#clock.elapsed()
    if (wait >= SHORTEST) this.#clock.after(wait, () => this.#beat())
    else this.#clock.turn(() => this.#beat())
  }

  /** What else the rooms do counts as well. */
  work(run: () => void): void {
    const start = this.#clock.elapsed()
    run()
    this.#cost += this.#clock.elapsed() - start
  }

  #beat(): void {
    this.#isPlanned = false
    this.#beatAt = this.#clock.elapsed()
    this.#cost = 0
    const runs = this.#waiting
    this.#waiting = []
    this.work(() => {
      for (const run of runs) run()
    })
  }
}
