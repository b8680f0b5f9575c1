/** Every entry with which something began or ended to be there, in the order of the entries. */
import type { Thing } from '#shared/history/thing.ts'

export class Happenings {
  readonly #things: Thing[] = []
  readonly #numbers = new Map<Thing, number>()
  /** Sorted: of each happening its entry and the number of its thing. */
  #seqs: Uint32Array = new Uint32Array()
  #of: Uint32Array = new Uint32Array()
  /** Not yet sorted. */
  #newSeqs: number[] = []
  #newOf: number[] = []
  #upTo = 0

  /** Notes what happens to a thing; what is known already is not noted again. */
  markOf(thing: Thing): (seq: number) => void {
    let number = this.#numbers.get(thing)
    if (number === undefined) {
      number = this.#things.push(thing) - 1
      this.#numbers.set(thing, number)
    }
    return seq => {
      if (seq <= this.#upTo) return
      this.#newSeqs.push(seq)
      this.#newOf.push(number)
    }
  }

  /** Puts what was noted, up to an entry, into its order: by counting, for there may be hundreds of thousands. */
  sortUpTo(last: number): void {
    const [before, first, many] = [this.#seqs.length, this.#upTo + 1, this.#newSeqs.length]
    const places = new Uint32Array(last - this.#upTo + 1)
    for (const seq of this.#newSeqs) places[seq - first + 1] = (places[seq - first + 1] ?? 0) + 1
    for (let entry = 1; entry < places.length; entry++)
      places[entry] = (places[entry] as number) + (places[entry - 1] as number)
    const [seqs, of] = [new Uint32Array(before + many), new Uint32Array(before + many)]
    seqs.set(this.#seqs)
    of.set(this.#of)
    for (let index = 0; index < many; index++) {
      const seq = this.#newSeqs[index] as number
      const place = before + (places[seq - first] as number)
      places[seq - first] = place - before + 1
      seqs[place] = seq
      of[place] = this.#newOf[index] as number
    }
    this.#seqs = seqs
    this.#of = of
    this.#newSeqs = []
    this.#newOf = []
    this.#upTo = last
  }

  /** All to which something happened after one entry and up to another. */
  between(after: number, upTo: number): ReadonlySet<Thing> {
    const numbers = new Set(
      this.#of.subarray(countUpTo(this.#seqs, after), countUpTo(this.#seqs, upTo)),
    )
    return new Set(Array.from(numbers, number => this.#things[number] as Thing))
  }

  visit(visit: (thing: Thing, seq: number) => void): void {
    for (const [index, seq] of this.#seqs.entries())
      visit(this.#things[this.#of[index] as number] as Thing, seq)
  }
}

/** How many members of a rising list are not above the limit. */
export const countUpTo = (members: ArrayLike<number>, limit: number): number => {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((members[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
