/** How much a connection may ask of the server. An honest team stays far below every one of them. */

export interface Limits {
  /** Bytes of one message; a larger one closes with 4413. */
  readonly message: number
  /** Structs, and separately delete ranges, that one update may bring anew. */
  readonly structs: number
  /** Delete ranges in one update, known ones included: an honest answer carries all that were ever made. */
  readonly ranges: number
  /** Characters of one stored value. */
  readonly words: number
  /** Values in one stored array or object, counted through all its levels. */
  readonly values: number
  /** Levels of one stored array or object. */
  readonly depth: number
  /** Yjs client ids that one connection may bring anew, and one account in a day. */
  readonly clientIds: number
  readonly clientIdsADay: number
  /** Bytes of the document's state. */
  readonly document: number
  /** Bytes of a state vector, on top of what the document's own takes. */
  readonly stateVector: number
  /** Bytes of updates that wait for a connection's first answer. */
  readonly held: number
  /** Messages at once, and each second for long. */
  readonly burst: number
  readonly sustained: number
  /** Bytes of one presence state, of one presence message, and milliseconds between two presence frames. */
  readonly presence: number
  readonly presenceMessage: number
  readonly presenceGap: number
  /** Bytes that wait in a socket: stop sending; go on; give up. */
  readonly slow: number
  readonly drained: number
  readonly tooSlow: number
  /** Milliseconds that a reader may stay behind, and after which a silent connection hears something. */
  readonly stalled: number
  readonly silence: number
}

const KIB = 1024
const MIB = 1024 * KIB

export const LIMITS: Limits = {
  message: MIB,
  structs: 20_000,
  ranges: 100_000,
  words: 64 * KIB,
  values: 1_000,
  depth: 4,
  clientIds: 16,
  clientIdsADay: 256,
  document: 32 * MIB,
  stateVector: 64 * KIB,
  held: MIB,
  burst: 200,
  sustained: 50,
  presence: 4 * KIB,
  presenceMessage: 256 * KIB,
  presenceGap: 50,
  slow: MIB,
  drained: 64 * KIB,
  tooSlow: 8 * MIB,
  stalled: 30_000,
  silence: 12_000,
}

/** A token bucket: `take` answers whether one more is within the limit now. */
export class Bucket {
  readonly #size: number
  readonly #perMillisecond: number
  #left: number
  #at: number

  constructor(size: number, perSecond: number, now: number) {
    this.#size = size
    this.#perMillisecond = perSecond / 1000
    this.#left = size
    this.#at = now
  }

  take(now: number, many = 1): boolean {
    const since = Math.max(0, now - this.#at)
    this.#left = Math.min(this.#size, this.#left + since * this.#perMillisecond)
    this.#at = now
    if (this.#left < many) return false
    this.#left -= many
    return true
  }
}
