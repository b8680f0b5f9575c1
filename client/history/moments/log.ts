/** When each entry of the journal was written and by whom, as the worker tells it: moments by number and by time. */
import type { News } from '#client/history/moments/messages.ts'
import { countUpTo } from '#shared/history/happenings.ts'
import type { AccountId } from '#shared/ids.ts'

/** Of each entry, from the first on. */
interface Columns {
  /** Never earlier than the one before. */
  readonly times: Float64Array
  /** The place of its account in `accounts`. */
  readonly by: Uint16Array
  readonly accounts: readonly AccountId[]
  /** The moments at which somebody was done with something, ascending. */
  readonly stops: Uint32Array
}

export interface Log extends Columns {
  /** The number of the last entry. */
  readonly last: number
  /** The latest time up to a moment; just before the first entry for the moment before everything. */
  readonly timeOf: (seq: number) => number
  /** Whose edit led to the moment. */
  readonly accountOf: (seq: number) => AccountId | undefined
  /** The last entry that had come by then. */
  readonly seqAt: (time: number) => number
  /** The next moment, after or before this one, at which somebody was done with something. */
  readonly stopBeside: (seq: number, by: 1 | -1) => number
}

export const logOf = (columns: Columns): Log => {
  const { accounts, by, stops, times } = columns
  const last = times.length
  return {
    ...columns,
    last,
    timeOf: seq => (seq > 0 ? times[seq - 1] : (times[0] ?? 1) - 1) ?? 0,
    accountOf: seq => accounts[by[seq - 1] ?? -1],
    seqAt: time => countUpTo(times, time),
    stopBeside: (seq, step) => {
      if (step > 0) return stops[countUpTo(stops, seq)] ?? last
      return stops[countUpTo(stops, seq - 1) - 1] ?? 0
    },
  }
}

export const EMPTY_LOG = logOf({
  times: new Float64Array(),
  by: new Uint16Array(),
  accounts: [],
  stops: new Uint32Array(),
})

/** What is known after the news, of which some may be known already. */
export const extended = (log: Log, { accounts, after, by, stops, times }: News): Log =>
  logOf({
    times: joined(Float64Array, log.times.subarray(0, after), times),
    by: joined(Uint16Array, log.by.subarray(0, after), by),
    accounts,
    stops,
  })

const joined = <Column extends Float64Array | Uint16Array>(
  Kind: new (length: number) => Column,
  first: Column,
  second: Column,
): Column => {
  const all = new Kind(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}
