/** Says when the event loop was held up for so long that people noticed, and by what, where that is known. */
import type { Clock } from '#server/live/clock.ts'
import type { Observer } from '#server/live/observer.ts'
import type { Log } from '#server/log.ts'

export interface WatchdogDeps {
  readonly clock: Pick<Clock, 'after' | 'elapsed'>
  readonly log: Log
  readonly observer: Pick<Observer, 'longestWork'>
  /** The request that came last. */
  readonly lastRequest: () => string | undefined
}

const BEAT = 500
const TOO_LONG = 1_000

/** Watches until the answer is called. */
export const watchEventLoop = ({ clock, log, observer, lastRequest }: WatchdogDeps) => {
  let stop: () => void
  const beat = (): void => {
    const due = clock.elapsed() + BEAT
    stop = clock.after(BEAT, () => {
      const late = clock.elapsed() - due
      const work = observer.longestWork()
      if (late > TOO_LONG)
        log.warn('event loop blocked', {
          milliseconds: Math.round(late),
          // What was shorter than half of it is not the culprit.
          operation: work && work.milliseconds > late / 2 ? work.what : 'unknown',
          lastRequest: lastRequest(),
        })
      beat()
    })
  }
  beat()
  return (): void => stop()
}
