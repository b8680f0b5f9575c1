/** Time as the live engine sees it, passed in so that tests never sleep and a simulation decides what happens when. */

export interface Clock {
  /** Whole milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds and their parts since some moment, never backwards: for how long something took. */
  readonly elapsed: () => number
  /** Runs once after so many milliseconds; the answer cancels it. */
  readonly after: (milliseconds: number, run: () => void) => () => void
  /** Runs at the end of this turn of the event loop, when everything that has arrived is there. */
  readonly turn: (run: () => void) => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  turn: run => {
    setImmediate(run)
  },
}
