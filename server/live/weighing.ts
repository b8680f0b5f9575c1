/**
 * How much an update holds, told from its bytes before anything is made of them: Yjs would build a quarter of a
 * million structs of half a megabyte first and be asked whether they are too many afterwards.
 */

export interface Weight {
  readonly clients: number
  readonly structs: number
  /** Of deletions. */
  readonly ranges: number
}

const GONE = 0
const SKIPPED = 10
const CONTENT = 31
const HAS_ORIGIN = 128
const HAS_RIGHT = 64
const HAS_SUB = 32
/** Values within values; far below where Yjs, which recurs, would overflow its stack. */
const DEEPEST = 100

/**
 * Whether an update V1 holds more than it may; undefined for bytes that are none. `known`: what it may name again,
 * because whoever was away for long names all that was ever deleted.
 */
export const holdsMore = (
  bytes: Uint8Array,
  most: Weight,
  known: () => Weight,
): boolean | undefined => {
  const weight = weigh(bytes, most)
  if (!weight || !isAbove(weight, most)) return weight && false
  const all = sum(most, known())
  const again = weigh(bytes, all)
  return again && isAbove(again, all)
}

const isAbove = (weight: Weight, most: Weight): boolean =>
  weight.clients > most.clients || weight.structs > most.structs || weight.ranges > most.ranges

const sum = (a: Weight, b: Weight): Weight => ({
  clients: a.clients + b.clients,
  structs: a.structs + b.structs,
  ranges: a.ranges + b.ranges,
})

/** What is above the bounds is not counted to its end. Undefined for bytes that are no update V1. */
export const weigh = (bytes: Uint8Array, most: Weight): Weight | undefined => {
  const at = new Cursor(bytes)
  const weight = { clients: 0, structs: 0, ranges: 0 }
  const isOver = (): boolean => isAbove(weight, most)
  weight.clients = at.count()
  for (let clients = weight.clients; clients > 0 && at.isWell && !isOver(); clients--) {
    const structs = at.count()
    weight.structs += structs
    at.number()
    at.number()
    if (isOver()) break
    for (let left = structs; left > 0 && at.isWell; left--) skipStruct(at)
  }
  if (isOver()) return weight
  for (let clients = at.count(); clients > 0 && at.isWell && !isOver(); clients--) {
    at.number()
    const ranges = at.count()
    weight.ranges += Math.max(1, ranges)
    for (let left = isOver() ? 0 : ranges; left > 0 && at.isWell; left--) {
      at.number()
      at.number()
    }
  }
  return at.isWell ? weight : undefined
}

const skipStruct = (at: Cursor): void => {
  const info = at.byte()
  if (info === SKIPPED || (info & CONTENT) === GONE) return void at.number()
  if (info & HAS_ORIGIN) skipId(at)
  if (info & HAS_RIGHT) skipId(at)
  if (!(info & (HAS_ORIGIN | HAS_RIGHT))) {
    if (at.number() === 1) at.skip(at.number())
    else skipId(at)
    if (info & HAS_SUB) at.skip(at.number())
  }
  skipContent(at, info & CONTENT)
}

const skipId = (at: Cursor): void => {
  at.number()
  at.number()
}

/** By the number of its kind, as Yjs writes it. */
const skipContent = (at: Cursor, kind: number): void => {
  switch (kind) {
    case 1: // deleted
      return void at.number()
    case 2: // JSON, each value a string
      for (let left = at.count(); left > 0 && at.isWell; left--) at.skip(at.number())
      return
    case 3: // bytes
    case 4: // words
    case 5: // an embedded object, as a string
      return at.skip(at.number())
    case 6: // a format: its name, and its value as a string
      at.skip(at.number())
      return at.skip(at.number())
    case 7: // a type; XML elements and hooks have a name
      return [3, 5].includes(at.number()) ? at.skip(at.number()) : undefined
    case 8:
      for (let left = at.count(); left > 0 && at.isWell; left--) skipValue(at, DEEPEST)
      return
    case 9: // a document: its name and its options
      at.skip(at.number())
      return skipValue(at, DEEPEST)
    default:
      at.isWell = false
  }
}

const skipValue = (at: Cursor, depth: number): void => {
  if (depth === 0) {
    at.isWell = false
    return
  }
  switch (127 - at.byte()) {
    case 0: // undefined
    case 1: // null
    case 6: // false
    case 7: // true
      return
    case 2: // a whole number: its bits go on in further bytes as a plain number's do
      return void at.number()
    case 3:
      return at.skip(4)
    case 4:
    case 5:
      return at.skip(8)
    case 8: // a string
    case 11: // bytes
      return at.skip(at.number())
    case 9: // an object
      for (let left = at.count(); left > 0 && at.isWell; left--) {
        at.skip(at.number())
        skipValue(at, depth - 1)
      }
      return
    case 10: // a list
      for (let left = at.count(); left > 0 && at.isWell; left--) skipValue(at, depth - 1)
      return
    default:
      at.isWell = false
  }
}

class Cursor {
  /** False once something was read that is not there. */
  isWell = true
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) this.isWell = false
    return byte ?? 0
  }

  /** How many of something follow; each takes a byte at least. */
  count(): number {
    const many = this.number()
    if (many <= this.#bytes.length - this.#at) return many
    this.isWell = false
    return 0
  }

  number(): number {
    let [number, scale] = [0, 1]
    for (;;) {
      const byte = this.byte()
      number += (byte & 127) * scale
      if (byte < 128) return number
      scale *= 128
      if (number > Number.MAX_SAFE_INTEGER) {
        this.isWell = false
        return 0
      }
    }
  }

  skip(many: number): void {
    this.#at += many
    if (this.#at > this.#bytes.length) this.isWell = false
  }
}
