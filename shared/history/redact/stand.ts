/**
 * Where a text stands, or ever stood, in a run of letters that came and went: also where it was typed letter by letter,
 * put together from two pieces, or interrupted by letters that were gone by then.
 */

/** Letters that came and went together: there from `from` on, and no more from `to` on. */
export interface Run {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** A letter: the nth of a run. */
export interface Letter {
  readonly run: number
  readonly at: number
}

export interface Stand {
  readonly letters: readonly Letter[]
  /** Whether the text stands there for as long as runs are known at all. */
  readonly isLasting: boolean
}

/** The end that never comes. */
export const FOREVER = Number.MAX_SAFE_INTEGER

/** A way through the letters: `found` of them match, at the times from `from` up to, not including, `to`. */
interface Way {
  readonly at: number
  readonly found: number
  readonly from: number
  readonly to: number
  readonly last: Step | null
}
interface Step {
  readonly at: number
  readonly before: Step | null
}

/** Every place at which the text stood at some time, in the order of the runs. */
export const standsOf = (text: string, runs: readonly Run[]): readonly Stand[] => {
  const places: Letter[] = []
  for (const [run, { text }] of runs.entries())
    for (let at = 0; at < text.length; at++) places.push({ run, at })
  if (text === '' || places.length < text.length) return []
  const runAt = (place: number): Run => runs[(places[place] as Letter).run] as Run
  const comes = soonest(places.length, runAt)
  const letterAt = (place: number): string | undefined => runAt(place).text[places[place]?.at ?? 0]

  const stands: Stand[] = []
  for (let start = 0; start < places.length; start++) {
    if (letterAt(start) !== text[0]) continue
    const { from, to } = runAt(start)
    const ways: Way[] = [{ at: start, found: 0, from, to, last: null }]
    const letters = new Set<number>()
    let isLasting = false
    for (let way = ways.pop(); way; way = ways.pop()) {
      let { at } = way
      const { found, from, last, to } = way
      // Typed from left to right, most ways have nothing more to come in their time.
      for (; (comes[at] ?? FOREVER) < to; at++) {
        const run = runAt(at)
        const [begins, ends] = [Math.max(from, run.from), Math.min(to, run.to)]
        if (begins >= ends) continue
        if (from < begins) ways.push({ ...way, at: at + 1, to: begins })
        if (ends < to) ways.push({ ...way, at: at + 1, from: ends })
        if (letterAt(at) !== text[found]) break
        const step = { at, before: last }
        if (found + 1 < text.length)
          ways.push({ at: at + 1, found: found + 1, from: begins, to: ends, last: step })
        else {
          for (let it: Step | null = step; it; it = it.before) letters.add(it.at)
          isLasting ||= ends === FOREVER
        }
        break
      }
    }
    if (letters.size === 0) continue
    stands.push({
      letters: [...letters].sort((a, b) => a - b).map(place => places[place] as Letter),
      isLasting,
    })
  }
  return stands
}

/** For each place when the first letter there or after it came. */
const soonest = (length: number, runAt: (place: number) => Run): readonly number[] => {
  const comes = Array.from<number>({ length })
  for (let at = length - 1; at >= 0; at--)
    comes[at] = Math.min(comes[at + 1] ?? FOREVER, runAt(at).from)
  return comes
}
