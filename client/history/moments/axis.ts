/**
 * Where moments lie on the slider: along the time in which somebody worked, with the idle time between bursts of work
 * folded to a small gap. Months of a tracker and its five busy days fit on one line.
 */
import type { Log } from '#client/history/moments/log.ts'
import { LONGEST_PAUSE } from '#shared/history/changes.ts'
import { countUpTo } from '#shared/history/happenings.ts'

/** Work without a longer pause, by whoever it was. */
export interface Burst {
  readonly first: number
  readonly last: number
  /** Where it lies: shares of the whole, from 0 to 1. */
  readonly start: number
  readonly end: number
}

export interface Axis {
  readonly bursts: readonly Burst[]
  /** Where a moment lies, from 0 (before everything) to 1 (the last). */
  readonly placeOf: (seq: number) => number
  /** The moment at a place. */
  readonly seqAt: (place: number) => number
  /** How long the work took, without what is folded; milliseconds. */
  readonly worked: number
}

/** What all gaps together take, beside the work. */
const GAPS = 1 / 12
/** What the least burst is given, as a share of the average one. */
const LEAST = 1 / 20

export const axisOf = ({ last, times }: Log): Axis => {
  const runs = runsOf(times)
  const lengths = runs.map(({ from, to }) => to - from)
  const worked = lengths.reduce((sum, length) => sum + length, 0)
  const least = Math.max(1, (worked / Math.max(1, runs.length)) * LEAST)
  const gap = Math.max(1, ((worked + least * runs.length) * GAPS) / Math.max(1, runs.length))
  const starts: number[] = []
  let end = 0
  for (const length of lengths) {
    starts.push(end + gap)
    end += gap + length + least
  }
  const whole = Math.max(1, end)
  const lastOf = (run: number): number => (runs[run + 1]?.first ?? last + 1) - 1
  const bursts = runs.map(({ first }, run) => {
    const start = starts[run] as number
    return {
      first,
      last: lastOf(run),
      start: start / whole,
      end: (start + (lengths[run] as number) + least) / whole,
    }
  })
  const firsts = runs.map(({ first }) => first)
  return {
    bursts,
    worked,
    placeOf: seq => {
      const run = countUpTo(firsts, seq) - 1
      if (run < 0) return 0
      if (seq >= last) return 1
      const since = (times[seq - 1] as number) - (runs[run]?.from ?? 0)
      return ((starts[run] as number) + since) / whole
    },
    seqAt: place => {
      if (place >= 1) return last
      const at = place * whole
      const run = countUpTo(starts, at) - 1
      if (run < 0) return 0
      const time = (runs[run]?.from ?? 0) + at - (starts[run] as number)
      return Math.min(lastOf(run), countUpTo(times, time))
    },
  }
}

interface RunOfWork {
  readonly first: number
  readonly from: number
  readonly to: number
}

const runsOf = (times: Float64Array): readonly RunOfWork[] => {
  const runs: RunOfWork[] = []
  let first = 1
  for (let seq = 1; seq <= times.length; seq++) {
    const [at, next] = [times[seq - 1] as number, times[seq]]
    if (next !== undefined && next - at <= LONGEST_PAUSE) continue
    runs.push({ first, from: times[first - 1] as number, to: at })
    first = seq + 1
  }
  return runs
}
