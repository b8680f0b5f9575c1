/**
 * What history keeps beside one document's journal, brought forward in stretches as a server does it, and held
 * against what the whole journal gives.
 */
import { isDeepStrictEqual } from 'node:util'
import { Attribution } from '#shared/history/attribution.ts'
import { changeKey, changesIn, LONGEST_PAUSE, type Change } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import { derive } from '#server/history/derive.ts'
import type { Bug } from '#test/simulation/bug.ts'
import type { Dice } from '#test/simulation/dice.ts'
import { hold, type Ledger } from '#test/simulation/ledger.ts'

export class Views {
  readonly #dice: Dice
  readonly #bug: Bug | undefined
  #attribution = new Attribution()
  readonly #rows = new Map<string, Change>()
  #state: Uint8Array | null = null
  /** Entries that the rows do not hold yet. */
  #waiting: Entry[] = []
  /** Entries since the last rebuild. */
  #fresh = 0

  constructor(dice: Dice, bug: Bug | undefined) {
    this.#dice = dice
    this.#bug = bug
  }

  add(entry: Entry): void {
    if (this.#bug?.missesEntries === true && entry.seq % 16 === 0) return
    this.#attribution.add(entry)
    this.#waiting.push(entry)
    this.#fresh++
    if (this.#dice.once(12)) this.#derive()
    if (this.#dice.once(12)) this.#reopen()
  }

  /** Held against a rebuild, where there is something new. */
  check(ledger: Ledger, entries: readonly Entry[]): void {
    if (this.#fresh === 0) return
    this.#fresh = 0
    this.#derive()
    const { name } = ledger.ref
    const anew = changesIn(entries).map(change => [changeKey(change), change] as const)
    hold(
      isDeepStrictEqual(new Map(this.#rows), new Map(anew)),
      `the rows of changes of ${name} are not those of its journal`,
    )
    const attribution = new Attribution()
    for (const entry of entries) attribution.add(entry)
    hold(
      isDeepStrictEqual(this.#attribution.encode(), attribution.encode()),
      `who wrote what in ${name} is not what its journal says`,
    )
    hold(ledger.attributes(attribution), `${name} attributes something to the wrong person`)
  }

  #derive(): void {
    const [first] = this.#waiting
    if (!first) return
    const runs =
      this.#bug?.losesRuns === true
        ? []
        : [...this.#rows.values()].filter(({ lastAt }) => first.at - lastAt <= LONGEST_PAUSE)
    const { changes, state } = derive({
      state: this.#state,
      before: [],
      entries: this.#waiting,
      runs,
      wantsState: true,
    })
    for (const change of changes) this.#rows.set(changeKey(change), change)
    this.#state = state
    this.#waiting = []
  }

  /** As after a restart: from the bytes that are kept. */
  #reopen(): void {
    const kept = Attribution.decode(this.#attribution.encode())
    hold(kept !== undefined, 'a table of who wrote what cannot be read back')
    if (kept) this.#attribution = kept
  }
}
