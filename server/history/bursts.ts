/** The end of each working burst, when nobody has edited for some minutes: time for an automatic snapshot. */
import type * as Y from 'yjs'
import { AUTOMATIC, capture, type Snapshots } from '#server/history/snapshots.ts'
import type { TrackerId } from '#shared/ids.ts'

/** Runs `task` after so many milliseconds; the answer calls it off. */
export type After = (milliseconds: number, task: () => void) => () => void

export class Bursts {
  readonly #snapshots: Snapshots
  readonly #after: After
  readonly #idle: number
  readonly #onEnd: (trackerId: TrackerId) => void
  readonly #report: (error: unknown, trackerId: TrackerId) => void
  /** Trackers with a burst under way, each with what calls its end off. */
  readonly #running = new Map<TrackerId, () => void>()

  constructor(deps: {
    readonly snapshots: Snapshots
    readonly after: After
    /** Milliseconds without an edit after which a burst is over. */
    readonly idle: number
    /** A burst is over, and so is its snapshot. */
    readonly onEnd: (trackerId: TrackerId) => void
    readonly report: (error: unknown, trackerId: TrackerId) => void
  }) {
    this.#snapshots = deps.snapshots
    this.#after = deps.after
    this.#idle = deps.idle
    this.#onEnd = deps.onEnd
    this.#report = deps.report
  }

  /** Tells of edits that are on disk. */
  edited(trackerId: TrackerId): void {
    this.#running.get(trackerId)?.()
    this.#running.set(
      trackerId,
      this.#after(this.#idle, () => {
        this.#running.delete(trackerId)
        void this.#finish(trackerId, () => this.#snapshots.save(trackerId, AUTOMATIC))
      }),
    )
  }

  /** Ends the burst of a room that is about to close, with the state that is on disk. */
  async end(trackerId: TrackerId, doc: Y.Doc, seq: number): Promise<void> {
    const callOff = this.#running.get(trackerId)
    if (!callOff) return
    callOff()
    this.#running.delete(trackerId)
    await this.#finish(trackerId, () =>
      this.#snapshots.saveCaptured(trackerId, { ...capture(doc), seq }, AUTOMATIC),
    )
  }

  async #finish(trackerId: TrackerId, save: () => Promise<unknown>): Promise<void> {
    try {
      await save()
    } catch (error) {
      this.#report(error, trackerId)
    }
    this.#onEnd(trackerId)
  }
}
