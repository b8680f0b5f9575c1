/** How deep elements lie inside each other: what lies too deep was made to keep a parser busy. */
import { Unfit } from '#server/texts/unfit.ts'

/** Browsers stop at 512. */
const DEEPEST = 2_000

export class Depth {
  #open = 0

  enter(): void {
    this.#open += 1
    if (this.#open > DEEPEST) throw new Unfit('too_heavy')
  }

  leave(): void {
    this.#open -= 1
  }
}
