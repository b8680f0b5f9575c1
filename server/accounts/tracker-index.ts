/** Keeps the list of trackers up to date with the documents: titles, and when each was last edited. */
import type { Edited, Trackers } from '#server/accounts/trackers.ts'
import type { TrackerId } from '#shared/ids.ts'

export interface TrackerIndexDeps {
  readonly trackers: Pick<Trackers, 'allEdited'>
  /** Runs the task after so many milliseconds. */
  readonly after: (milliseconds: number, task: () => void) => unknown
  readonly report: (error: unknown) => void
}

/** People who type would otherwise cost a row written for every flush of the journal; who looks sees it at once. */
const DELAY = 5_000
/** So many at once: between them edits are answered. */
const PORTION = 20

export class TrackerIndex {
  readonly #deps: TrackerIndexDeps
  readonly #pending = new Map<TrackerId, Edited>()
  #writing: Promise<void> = Promise.resolve()
  #isPlanned = false

  constructor(deps: TrackerIndexDeps) {
    this.#deps = deps
  }

  /** Tells of edits that are on disk. */
  edited(id: TrackerId, edited: Edited): void {
    this.#pending.set(id, edited)
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#deps.after(DELAY, () => void this.flush())
  }

  /** Writes what is pending; what cannot be written is reported, and written with the next edit. */
  flush(): Promise<void> {
    this.#isPlanned = false
    const batch = [...this.#pending]
    this.#pending.clear()
    this.#writing = this.#writing.then(async () => {
      try {
        for (let at = 0; at < batch.length; at += PORTION)
          await this.#deps.trackers.allEdited(batch.slice(at, at + PORTION))
      } catch (error) {
        this.#deps.report(error)
      }
    })
    return this.#writing
  }
}
