/** When each keystroke was sent and when others saw it, by one clock in one process. */
import * as Y from 'yjs'
import type { Keystroke } from '#test/bench/load/typist.ts'

/** A keystroke on its way. */
export interface Sent {
  readonly client: number
  readonly keystroke: Keystroke
  readonly at: number
}

/** Who is told of everything that happens to keystrokes. */
export interface Witness {
  readonly wrote: (sent: Sent) => void
  /** What a probe was given. */
  readonly heard: (update: Uint8Array, now: number) => void
  /** The server has told its writer that it is safe. */
  readonly saved: (sent: Sent, now: number) => void
}

interface Times {
  /** By Yjs clock. */
  readonly typed: number[]
  readonly erased: Map<number, number>
}

export interface Quantiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly worst: number
}

export class Ledger implements Witness {
  readonly #sent = new Map<number, Times>()
  /** Times are looked at only where the keystroke was sent in here. */
  #from = Number.POSITIVE_INFINITY
  #to = Number.POSITIVE_INFINITY
  #latencies: number[] = []
  #waits: number[] = []
  /** Keystrokes that were sent within the window, and arrivals at probes: of those, and of any during it. */
  sent = 0
  seen = 0
  arrivals = 0

  open(now: number): void {
    this.#from = now
    this.#to = Number.POSITIVE_INFINITY
    this.#latencies = []
    this.#waits = []
    this.sent = this.seen = this.arrivals = 0
  }

  close(now: number): void {
    this.#to = now
  }

  wrote({ at, client, keystroke: { clock, kind } }: Sent): void {
    let times = this.#sent.get(client)
    if (!times) this.#sent.set(client, (times = { typed: [], erased: new Map() }))
    if (kind === 'typed') times.typed[clock] = at
    else times.erased.set(clock, at)
    if (this.#isWithin(at)) this.sent++
  }

  /** Keystrokes of others than the bench's typists do not count. */
  heard(update: Uint8Array, now: number): void {
    const { ds, structs } = Y.decodeUpdate(update)
    for (const { id, length } of structs) {
      const sent = this.#sent.get(id.client)
      if (sent)
        for (let clock = id.clock; clock < id.clock + length; clock++)
          this.#saw(sent.typed[clock], now)
    }
    for (const [client, ranges] of ds.clients) {
      const sent = this.#sent.get(client)
      if (sent)
        for (const { clock, len } of ranges)
          for (let at = clock; at < clock + len; at++) this.#saw(sent.erased.get(at), now)
    }
  }

  saved({ at }: Sent, now: number): void {
    if (this.#isWithin(at)) this.#waits.push(now - at)
  }

  get latency(): Quantiles {
    return quantiles(this.#latencies)
  }

  get savedAfter(): Quantiles | undefined {
    return this.#waits.length === 0 ? undefined : quantiles(this.#waits)
  }

  #saw(sentAt: number | undefined, now: number): void {
    if (sentAt === undefined) return
    if (this.#isWithin(now)) this.arrivals++
    if (!this.#isWithin(sentAt)) return
    this.seen++
    this.#latencies.push(now - sentAt)
  }

  #isWithin(time: number): boolean {
    return time >= this.#from && time < this.#to
  }
}

export const quantiles = (values: readonly number[]): Quantiles => {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) }
}
