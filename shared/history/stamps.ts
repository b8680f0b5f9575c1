/**
 * For every clock of every Yjs client: a stamp, a small number that says who and when. The first to arrive wins.
 * Per client these are sorted runs in typed arrays, twelve bytes each.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** Nobody has stamped this range. */
export const UNSTAMPED = -1

export type VisitRun = (from: number, to: number, stamp: number) => void

export class StampTable {
  readonly #clients = new Map<number, Runs>()

  /** Stamps what is not stamped yet of a client's clocks `from` up to, not including, `to`. */
  add(client: number, from: number, to: number, stamp: number): void {
    if (from >= to) return
    let runs = this.#clients.get(client)
    if (!runs) this.#clients.set(client, (runs = new Runs()))
    runs.add(from, to, stamp)
  }

  at(client: number, clock: number): number {
    return this.#clients.get(client)?.at(clock) ?? UNSTAMPED
  }

  /** Visits the whole range in order, run by run, with `UNSTAMPED` for what nobody has stamped. */
  visit(client: number, from: number, to: number, visit: VisitRun): void {
    const runs = this.#clients.get(client)
    if (runs) runs.visit(from, to, visit)
    else if (from < to) visit(from, to, UNSTAMPED)
  }

  get size(): number {
    let many = 0
    for (const runs of this.#clients.values()) many += runs.size
    return many
  }

  write(to: encoding.Encoder): void {
    encoding.writeVarUint(to, this.#clients.size)
    for (const [client, runs] of this.#clients) {
      encoding.writeVarUint(to, client)
      runs.write(to)
    }
  }

  static read(from: decoding.Decoder): StampTable {
    const table = new StampTable()
    for (let many = decoding.readVarUint(from); many > 0; many--) {
      const client = decoding.readVarUint(from)
      table.#clients.set(client, Runs.read(from))
    }
    return table
  }
}

const FIRST_ROOM = 4

/** One client's runs: sorted, without overlap, neighbours of one stamp joined. */
class Runs {
  #starts = new Uint32Array(FIRST_ROOM)
  #ends = new Uint32Array(FIRST_ROOM)
  #stamps = new Uint32Array(FIRST_ROOM)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(from: number, to: number, stamp: number): void {
    let index = this.#firstEndingAfter(from)
    let at = from
    while (at < to) {
      const next = index < this.#size ? (this.#starts[index] as number) : to
      if (at < next) index = this.#put(index, at, Math.min(next, to), stamp)
      if (index >= this.#size) return
      at = Math.max(at, this.#ends[index] as number)
      index++
    }
  }

  at(clock: number): number {
    const index = this.#firstEndingAfter(clock)
    const isInside = index < this.#size && (this.#starts[index] as number) <= clock
    return isInside ? (this.#stamps[index] as number) : UNSTAMPED
  }

  visit(from: number, to: number, visit: VisitRun): void {
    let at = from
    for (let index = this.#firstEndingAfter(from); at < to && index < this.#size; index++) {
      const start = Math.min(this.#starts[index] as number, to)
      if (at < start) visit(at, start, UNSTAMPED)
      const end = Math.min(this.#ends[index] as number, to)
      if (start < end) visit(Math.max(at, start), end, this.#stamps[index] as number)
      at = Math.max(at, end)
    }
    if (at < to) visit(at, to, UNSTAMPED)
  }

  /** Puts a run into the free space before `index`; answers the index of the run that then holds it. */
  #put(index: number, from: number, to: number, stamp: number): number {
    const joinsLeft =
      index > 0 && this.#ends[index - 1] === from && this.#stamps[index - 1] === stamp
    const joinsRight =
      index < this.#size && this.#starts[index] === to && this.#stamps[index] === stamp
    if (joinsLeft && joinsRight) {
      this.#ends[index - 1] = this.#ends[index] as number
      this.#shift(index + 1, -1)
      return index - 1
    }
    if (joinsLeft) {
      this.#ends[index - 1] = to
      return index - 1
    }
    if (joinsRight) {
      this.#starts[index] = from
      return index
    }
    this.#shift(index, 1)
    this.#starts[index] = from
    this.#ends[index] = to
    this.#stamps[index] = stamp
    return index
  }

  /** Moves the runs from `index` on by one place. */
  #shift(index: number, by: 1 | -1): void {
    if (by > 0 && this.#size === this.#starts.length) this.#grow(this.#size * 2)
    for (const column of [this.#starts, this.#ends, this.#stamps])
      column.copyWithin(index + by, index, this.#size)
    this.#size += by
  }

  #grow(room: number): void {
    const wider = (column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(room)
      grown.set(column.subarray(0, this.#size))
      return grown
    }
    this.#starts = wider(this.#starts)
    this.#ends = wider(this.#ends)
    this.#stamps = wider(this.#stamps)
  }

  /** New runs come at the end: looked at first. */
  #firstEndingAfter(clock: number): number {
    let high = this.#size
    if (high === 0 || (this.#ends[high - 1] as number) <= clock) return high
    let low = 0
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ends[middle] as number) <= clock) low = middle + 1
      else high = middle
    }
    return low
  }

  write(to: encoding.Encoder): void {
    encoding.writeVarUint(to, this.#size)
    let end = 0
    let stamp = 0
    for (let index = 0; index < this.#size; index++) {
      encoding.writeVarUint(to, (this.#starts[index] as number) - end)
      encoding.writeVarUint(to, (this.#ends[index] as number) - (this.#starts[index] as number))
      encoding.writeVarInt(to, (this.#stamps[index] as number) - stamp)
      end = this.#ends[index] as number
      stamp = this.#stamps[index] as number
    }
  }

  static read(from: decoding.Decoder): Runs {
    const runs = new Runs()
    const size = decoding.readVarUint(from)
    // A run takes three bytes at the least: bytes that are no table must not ask for gigabytes.
    if (size > from.arr.length / 3) throw new Error('more runs than bytes')
    runs.#grow(Math.max(FIRST_ROOM, size))
    let end = 0
    let stamp = 0
    for (let index = 0; index < size; index++) {
      const start = end + decoding.readVarUint(from)
      end = start + decoding.readVarUint(from)
      stamp += decoding.readVarInt(from)
      runs.#starts[index] = start
      runs.#ends[index] = end
      runs.#stamps[index] = stamp
    }
    runs.#size = size
    return runs
  }
}
