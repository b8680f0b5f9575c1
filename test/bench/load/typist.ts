/** Somebody who types into a matrix: keystrokes as Yjs updates, written by hand because that costs a microsecond. */
import * as encoding from 'lib0/encoding'
import type { SeededText } from '#test/bench/load/matrix.ts'
import type { Dice } from '#test/simulation/dice.ts'

/** What a keystroke did: wrote the character with this clock, or took it back. */
export interface Keystroke {
  readonly kind: 'typed' | 'erased'
  readonly clock: number
  readonly update: Uint8Array
}

const STRING = 4
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
/** As people do: so many of a hundred keystrokes erase, and so many characters are written at one place. */
const ERASING = 8
const AT_ONE_PLACE = 40
const LETTERS = 'etaoin shrdlu cmfwyp vbgk '

export class Typist {
  readonly client: number
  readonly #texts: readonly SeededText[]
  readonly #dice: Dice
  #clock = 0
  #place: { readonly client: number; readonly left: number } | undefined
  /** Clocks of what was written at this place and still stands. */
  #written: number[] = []
  #many = 0

  constructor(client: number, texts: readonly SeededText[], dice: Dice) {
    this.client = client
    this.#texts = texts
    this.#dice = dice
  }

  /** How many characters it has written. */
  get clock(): number {
    return this.#clock
  }

  next(): Keystroke {
    if (this.#many++ % AT_ONE_PLACE === 0) this.#move()
    const erased = this.#dice.below(100) < ERASING ? this.#written.pop() : undefined
    return erased === undefined ? this.#type() : this.#erase(erased)
  }

  #move(): void {
    const text = this.#texts[this.#dice.below(this.#texts.length)]
    if (!text) throw new Error('There is no text to write into')
    // Never before the first character: that would have to name the text.
    this.#place = {
      client: text.client,
      left: text.clock + this.#dice.below(text.length - 1),
    }
    this.#written = []
    this.#many = 1
  }

  #type(): Keystroke {
    const place = this.#place
    if (!place) throw new Error('It has not moved anywhere yet')
    const clock = this.#clock++
    const isFirst = this.#many === 1
    const to = encoding.createEncoder()
    encoding.writeVarUint(to, 1)
    encoding.writeVarUint(to, 1)
    encoding.writeVarUint(to, this.client)
    encoding.writeVarUint(to, clock)
    encoding.writeUint8(to, STRING | HAS_ORIGIN | HAS_RIGHT_ORIGIN)
    encoding.writeVarUint(to, isFirst ? place.client : this.client)
    encoding.writeVarUint(to, isFirst ? place.left : clock - 1)
    encoding.writeVarUint(to, place.client)
    encoding.writeVarUint(to, place.left + 1)
    encoding.writeVarString(to, LETTERS[this.#dice.below(LETTERS.length)] ?? 'e')
    encoding.writeVarUint(to, 0)
    this.#written.push(clock)
    return { kind: 'typed', clock, update: encoding.toUint8Array(to) }
  }

  #erase(clock: number): Keystroke {
    const to = encoding.createEncoder()
    encoding.writeVarUint(to, 0)
    encoding.writeVarUint(to, 1)
    encoding.writeVarUint(to, this.client)
    encoding.writeVarUint(to, 1)
    encoding.writeVarUint(to, clock)
    encoding.writeVarUint(to, 1)
    return { kind: 'erased', clock, update: encoding.toUint8Array(to) }
  }
}
