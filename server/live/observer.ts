/**
 * What the live engine counts of itself: plain numbers, changed in place and read by whoever looks. Nothing here names
 * a document or a person, so that what is read may be shown.
 */
import { FRAME_KINDS, kindAt } from '#shared/wire.ts'
import type { Close } from '#shared/access.ts'

/** What goes through the sockets in one direction. */
export class Flow {
  bytes = 0
  /** In the order of `FRAME_KINDS`. */
  readonly frames = new Float64Array(FRAME_KINDS.length)
  unknown = 0

  count(frame: Uint8Array): void {
    this.bytes += frame.length
    const at = kindAt(frame)
    if (at < 0) this.unknown++
    else this.frames[at] = (this.frames[at] ?? 0) + 1
  }
}

/** How often a figure lay at or below each bound, and above them all. */
export class Distribution {
  readonly bounds: readonly number[]
  readonly counts: Float64Array
  sum = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = new Float64Array(bounds.length + 1)
  }

  add(value: number): void {
    let at = 0
    while (value > (this.bounds[at] ?? Infinity)) at++
    this.counts[at] = (this.counts[at] ?? 0) + 1
    this.sum += value
  }
}

export class Observer {
  readonly in = new Flow()
  readonly out = new Flow()
  /** Sockets that were let into a room, and how connections were ended by the server, by close code. */
  joined = 0
  /** Requests for a socket that were turned away before there was one, by status. */
  readonly turnedAway = new Map<string, number>()
  readonly closed = new Map<Close['code'], number>()
  /** Edits that the guard let in, that are on disk, and those that went out, counted once for each reader. */
  accepted = 0
  stored = 0
  delivered = 0
  readonly commitSeconds = new Distribution([
    0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1, 2, 4, 8,
  ])
  readonly commitEdits = new Distribution([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024])
  readonly commitDocuments = new Distribution([1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
  commitFailures = 0
  storageRestarts = 0
  opened = 0
  evicted = 0
  broken = 0
  #longest: Work | undefined

  turningAway(status: string): void {
    this.turnedAway.set(status, (this.turnedAway.get(status) ?? 0) + 1)
  }

  closing({ code }: Close): void {
    this.closed.set(code, (this.closed.get(code) ?? 0) + 1)
  }

  /** Something that held the event loop for so many milliseconds. */
  worked(what: string, milliseconds: number): void {
    if (milliseconds > (this.#longest?.milliseconds ?? 0)) this.#longest = { what, milliseconds }
  }

  /** The longest work since the last time that somebody asked. */
  longestWork(): Work | undefined {
    const longest = this.#longest
    this.#longest = undefined
    return longest
  }
}

export interface Work {
  readonly what: string
  readonly milliseconds: number
}
