/** What each account asks of the server over all its connections: one account, however many tabs, has one allowance. */
import type { AccountId } from '#shared/ids.ts'
import { decodeFrame, kindOf } from '#shared/wire.ts'
import type { Clock } from '#server/live/clock.ts'
import { Bucket, type Limits } from '#server/live/limits.ts'
import { weigh, type Weight } from '#server/live/weighing.ts'

/** So many bytes, and so many pieces of an update, count as one message, and asking for a document as so many. */
const BYTES = 16 * 1024
const PIECES = 100
const ASK = 10
/** Smaller ones cannot hold enough to matter. */
const SMALL = 2 * 1024

export const costOf = (bytes: Uint8Array, { ranges, structs }: Limits): number => {
  if (kindOf(bytes) === 'ask') return ASK
  const weight = weightOf(bytes, { clients: structs, structs, ranges })
  const pieces = weight ? weight.clients + weight.structs + weight.ranges : 0
  return Math.max(1, Math.ceil(bytes.length / BYTES), Math.ceil(pieces / PIECES))
}

/** Of an update or an answer that could be heavy. */
const weightOf = (bytes: Uint8Array, most: Weight): Weight | undefined => {
  if (bytes.length <= SMALL || kindOf(bytes) === 'presence') return undefined
  const frame = decodeFrame(bytes)
  return frame?.kind === 'update' || frame?.kind === 'answer'
    ? weigh(frame.update, most)
    : undefined
}

/** How much of the largest answer that may be this one is; nothing where an update could be as large. */
const shareOf = (bytes: Uint8Array, limits: Limits): number => {
  const { answer, answerStructs, message, structs } = limits
  const most = { clients: answerStructs, structs: answerStructs, ranges: Infinity }
  // Deletions do not count: who comes back to an old document names all that were ever made.
  const pieces = weightOf(bytes, most)?.structs ?? 0
  return Math.max(
    bytes.length > message ? bytes.length / answer : 0,
    pieces > structs ? Math.min(1, pieces / answerStructs) : 0,
  )
}

export class Guests {
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #guests = new Map<AccountId, Guest>()

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock
    this.#limits = limits
  }

  /** One more connection of an account; undefined where it is one too many. */
  enter(account: AccountId): Visit | undefined {
    const now = this.#clock.now()
    let guest = this.#guests.get(account)
    if (!guest) this.#guests.set(account, (guest = newGuest(this.#limits, now)))
    if (guest.sockets >= this.#limits.sockets || !guest.joins.take(now)) return undefined
    return new Visit(guest, this.#clock, this.#limits)
  }

  /** Who has gone is remembered until going and coming back would win nothing. */
  forget(): void {
    const now = this.#clock.now()
    for (const [account, { answers, joins, messages, sockets }] of this.#guests)
      if (sockets === 0 && [answers, joins, messages].every(bucket => bucket.isFull(now)))
        this.#guests.delete(account)
  }
}

interface Guest {
  readonly joins: Bucket
  readonly messages: Bucket
  /** What its connections bring along when they begin, where that is more than an update: in largest ones. */
  readonly answers: Bucket
  sockets: number
  /** Bytes of messages that are still on their way in. */
  unfinished: number
}

/** So many of the largest answers at once, and one a minute. */
const LARGE_ANSWERS = 2
const MINUTE = 60

const newGuest = (limits: Limits, now: number): Guest => ({
  joins: new Bucket(limits.joins, limits.joinsPerSecond, now),
  messages: new Bucket(limits.burst, limits.sustained, now),
  answers: new Bucket(LARGE_ANSWERS, 1 / MINUTE, now),
  sockets: 0,
  unfinished: 0,
})

/** One connection's share of its account's allowance. */
export class Visit {
  readonly #guest: Guest
  readonly #clock: Clock
  readonly #limits: Limits
  #presence: Bucket | undefined
  #unfinished = 0
  #hasAnswered = false
  #isOver = false

  constructor(guest: Guest, clock: Clock, limits: Limits) {
    this.#guest = guest
    this.#clock = clock
    this.#limits = limits
    guest.sockets++
  }

  /** Bytes have come; false where too much of what is on its way is not complete. */
  arriving(bytes: number): boolean {
    this.#unfinished += bytes
    this.#guest.unfinished += bytes
    return this.#guest.unfinished <= this.#limits.unfinished
  }

  /**
   * A message is complete. Presence that is too much is ignored and not punished: stock clients echo everybody's,
   * and say their own again soon.
   */
  judge(bytes: Uint8Array): 'take' | 'ignore' | 'too fast' {
    this.#complete()
    const now = this.#clock.now()
    if (kindOf(bytes) === 'presence') {
      const { burst, sustained } = this.#limits
      this.#presence ??= new Bucket(burst, sustained, now)
      return this.#presence.take(now, costOf(bytes, this.#limits)) ? 'take' : 'ignore'
    }
    return this.#pay(bytes, now) ? 'take' : 'too fast'
  }

  leave(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#complete()
    this.#guest.sockets--
  }

  /** Everybody brings something along once, however much: as a message it counts as one. */
  #pay(bytes: Uint8Array, now: number): boolean {
    const { answers, messages } = this.#guest
    if (this.#hasAnswered || kindOf(bytes) !== 'answer')
      return messages.take(now, costOf(bytes, this.#limits))
    this.#hasAnswered = true
    return answers.take(now, shareOf(bytes, this.#limits)) && messages.take(now)
  }

  #complete(): void {
    this.#guest.unfinished -= this.#unfinished
    this.#unfinished = 0
  }
}
