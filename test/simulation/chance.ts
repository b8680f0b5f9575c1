/**
 * The chance that the product itself draws (ids, client ids, ranks), taken from a seed for as long as a run lasts. To
 * be imported before anything that loads Yjs, which keeps hold of `getRandomValues` from its first moment.
 */
import { webcrypto } from 'node:crypto'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

let dice: Dice | undefined

const trueValues = webcrypto.getRandomValues.bind(webcrypto)
const trueNumber = Math.random

const values = <T extends Parameters<typeof trueValues>[0]>(into: T): T => {
  if (!dice || !ArrayBuffer.isView(into)) return trueValues(into)
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
  for (let at = 0; at < bytes.length; at++) bytes[at] = dice.below(256)
  return into
}
Object.defineProperty(webcrypto, 'getRandomValues', { value: values, configurable: true })
Math.random = () => (dice ? dice.below(2 ** 32) / 2 ** 32 : trueNumber())

/** The same seed, the same chance; one run at a time. */
export const withChance = async <T>(seed: number, run: () => Promise<T>): Promise<T> => {
  dice = seededDice(seed)
  try {
    return await run()
  } finally {
    dice = undefined
  }
}
