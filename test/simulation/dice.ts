/** Chance that can be replayed: the same seed throws the same numbers. */

export interface Dice {
  /** A whole number from 0 up to, and without, `many`. */
  readonly below: (many: number) => number
  readonly pick: <T>(list: readonly [T, ...T[]]) => T
  /** True once in so many throws. */
  readonly once: (inSoMany: number) => boolean
}

const diceOf = (below: (many: number) => number): Dice => ({
  below,
  pick: list => list[below(list.length)] ?? list[0],
  once: inSoMany => below(inSoMany) === 0,
})

/** Mulberry32: 32 bits of state, so that every seed is another run. */
export const seededDice = (seed: number): Dice => {
  let state = seed >>> 0
  return diceOf(many => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * many)
  })
}

/** Throws what it is given, over and over: for a property test that shrinks. */
export const givenDice = (numbers: readonly number[]): Dice => {
  let at = 0
  return diceOf(many => ((numbers[at++ % Math.max(1, numbers.length)] ?? 0) >>> 0) % many)
}
