/** How much a connection may ask of the server, as numbers; limit-table.ts says what each is for. */
import { LIMIT_TABLE, type LimitRow } from '#server/live/limit-table.ts'

export type LimitName = keyof typeof LIMIT_TABLE
export type Limits = Readonly<Record<LimitName, number>>

/** Pairs of which the first may not be above the second. */
export const LIMIT_ORDER: readonly (readonly [LimitName, LimitName])[] = [
  ['message', 'answer'],
  ['answer', 'unfinished'],
  ['structs', 'answerStructs'],
  ['clientIds', 'clientIdsADay'],
  ['sustained', 'burst'],
  ['joinsPerSecond', 'joins'],
  ['presence', 'presenceMessage'],
  ['drained', 'slow'],
  ['slow', 'tooSlow'],
  ['waitingDocument', 'waiting'],
  ['ping', 'dead'],
  ['headers', 'request'],
]

export const LIMIT_ROWS = Object.entries(LIMIT_TABLE) as readonly (readonly [LimitName, LimitRow])[]

export const limitsFrom = (read: (row: LimitRow) => number): Limits =>
  Object.fromEntries(LIMIT_ROWS.map(([name, limit]) => [name, read(limit)])) as Limits

export const LIMITS: Limits = limitsFrom(({ standard }) => standard)

/** What a connection brings along when it begins may be larger: nobody who was offline for long is locked out. */
export const forAnswers = (limits: Limits): Limits => ({
  ...limits,
  message: limits.answer,
  structs: limits.answerStructs,
  clientIds: limits.clientIdsADay,
})

/** A token bucket: so many at once, and so many each second for long. */
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

  /** Whether so many more are within the limit now. */
  take(now: number, many = 1): boolean {
    this.#refill(now)
    if (this.#left < many) return false
    this.#left -= many
    return true
  }

  isFull(now: number): boolean {
    this.#refill(now)
    return this.#left >= this.#size
  }

  #refill(now: number): void {
    const since = Math.max(0, now - this.#at)
    this.#left = Math.min(this.#size, this.#left + since * this.#perMillisecond)
    this.#at = now
  }
}
