/** Delete sets: which clocks of which clients are deleted. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

export interface Range {
  readonly clock: number
  readonly len: number
}
export type Ranges = ReadonlyMap<number, readonly Range[]>

/** Past this clock Yjs's own arithmetic stops being exact in places. */
export const MAX_CLOCK = 2 ** 31

export const countRanges = (ranges: Ranges): number => {
  let many = 0
  for (const list of ranges.values()) many += list.length
  return many
}

/** The parts of the ranges that are not deleted yet: 'early' for own ones that have not arrived, else the fault. */
export const stillThere = (
  doc: Y.Doc,
  ranges: Ranges,
  endOf: (client: number) => number,
  mayBeNew: (client: number) => boolean,
): Ranges | string => {
  const kept = new Map<number, Range[]>()
  for (const [client, list] of ranges) {
    const state = Y.getState(doc.store, client)
    const end = Math.max(state, endOf(client))
    const left: Range[] = []
    for (const { clock, len } of merged(list)) {
      if (!(clock + len <= MAX_CLOCK)) return 'a range out of range'
      if (clock + len > end) return mayBeNew(client) ? 'early' : 'deletes what nobody wrote'
      live(doc.store.clients.get(client) ?? [], clock, Math.min(clock + len, state), left)
      if (clock + len > state) append(left, Math.max(clock, state), clock + len)
    }
    if (left.length > 0) kept.set(client, left)
  }
  return kept
}

/** Sorted and without overlap, so that a thousand ranges over one long text cost one walk over it. */
const merged = (ranges: readonly Range[]): readonly Range[] => {
  const joined: Range[] = []
  for (const { clock, len } of ranges.toSorted((a, b) => a.clock - b.clock)) {
    const last = joined.at(-1)
    if (!last || clock > last.clock + last.len) {
      if (len > 0) joined.push({ clock, len })
    } else if (clock + len > last.clock + last.len)
      joined[joined.length - 1] = { clock: last.clock, len: clock + len - last.clock }
  }
  return joined
}

const live = (
  structs: readonly (Y.Item | Y.GC)[],
  from: number,
  to: number,
  into: Range[],
): void => {
  if (from >= to) return
  for (let index = Y.findIndexSS(structs as (Y.Item | Y.GC)[], from); ; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= to) return
    if (!struct.deleted)
      append(into, Math.max(from, struct.id.clock), Math.min(to, struct.id.clock + struct.length))
  }
}

const append = (ranges: Range[], from: number, to: number): void => {
  const last = ranges.at(-1)
  if (last && last.clock + last.len === from)
    ranges[ranges.length - 1] = { clock: last.clock, len: to - last.clock }
  else ranges.push({ clock: from, len: to - from })
}

export const encodeRanges = (ranges: Ranges): Uint8Array => {
  const to = encoding.createEncoder()
  encoding.writeVarUint(to, ranges.size)
  for (const [client, list] of [...ranges].toSorted(([a], [b]) => b - a)) {
    encoding.writeVarUint(to, client)
    encoding.writeVarUint(to, list.length)
    for (const { clock, len } of list) {
      encoding.writeVarUint(to, clock)
      encoding.writeVarUint(to, len)
    }
  }
  return encoding.toUint8Array(to)
}
