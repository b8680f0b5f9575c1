/** Who has told a share link's password: a random word for a while, which a browser brings back. Gone with the process. */
import { newSecret } from '#server/accounts/secrets.ts'

interface Opening {
  readonly link: string
  readonly until: number
}

export const OPEN_FOR_MS = 60 * 60_000
/** The oldest go first, so that a flood costs no memory. */
const MOST = 10_000

export class Openings {
  readonly #now: () => number
  readonly #openings = new Map<string, Opening>()

  constructor(now: () => number) {
    this.#now = now
  }

  add(link: string): string {
    const oldest = this.#openings.keys().next()
    if (this.#openings.size >= MOST && !oldest.done) this.#openings.delete(oldest.value)
    const word = newSecret()
    this.#openings.set(word, { link, until: this.#now() + OPEN_FOR_MS })
    return word
  }

  holds(word: string, link: string): boolean {
    const opening = this.#openings.get(word)
    return opening !== undefined && opening.link === link && opening.until > this.#now()
  }
}
