/**
 * What a client sent is never applied as it came: raw Yjs throws half-way, parks rubbish for ever and can build a
 * document that does not open again. The guard answers canonical bytes that are safe to apply and to store.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { CLOSES, type Close } from '#shared/access.ts'
import { LAYOUT, layoutOf } from '#shared/document/layout.ts'
import type { AccountId } from '#shared/ids.ts'
import { isSequenceTrue } from '#server/live/sequence.ts'
import { misplaced, type Ground, type Struct } from '#server/live/placing.ts'

/** The document that an update is for, as the guard needs to know it. */
export interface Guarded extends Ground {
  /** To whom each Yjs client id in the document belongs. */
  readonly clients: ReadonlyMap<number, AccountId>
}

export type Verdict =
  /** Apply and store these bytes; `clients` are the ids that they use for the first time. */
  | { readonly is: 'accepted'; readonly update: Uint8Array; readonly clients: readonly number[] }
  /** It holds nothing that the document does not have. */
  | { readonly is: 'nothing' }
  /** It builds on something that has not arrived. */
  | { readonly is: 'early' }
  | { readonly is: 'refused'; readonly close: Close; readonly why: string }

interface Range {
  readonly clock: number
  readonly len: number
}
type Ranges = ReadonlyMap<number, readonly Range[]>

/** Past this clock Yjs's own arithmetic stops being exact in places. */
const MAX_CLOCK = 2 ** 31
const MAX_CLIENT = 2 ** 32 - 1

const refused = (why: string, close: Close = CLOSES.malformed): Verdict => ({
  is: 'refused',
  close,
  why,
})

export const guard = (guarded: Guarded, account: AccountId, bytes: Uint8Array): Verdict => {
  const { clients, doc, kind, limits } = guarded
  if (bytes.length > limits.message) return refused('larger than a message may be', CLOSES.tooLarge)
  const read = canonical(doc, bytes)
  if (!read) return refused('not an update')
  const { ranges, structs, update } = read
  if (structs.length > limits.structs) return refused('too many structs', CLOSES.tooLarge)
  if (count(ranges) > limits.ranges) return refused('too many delete ranges', CLOSES.tooLarge)

  const queues = byClient(structs)
  if (!queues) return refused('a client twice')
  const fresh: number[] = []
  for (const client of queues.keys()) {
    const owner = clients.get(client)
    if (owner === undefined) fresh.push(client)
    else if (owner !== account) return refused("another account's client id")
  }
  if (fresh.length > limits.clientIds) return refused('too many client ids', CLOSES.tooLarge)

  const order = integrable(doc, queues)
  if (typeof order === 'string') return order === 'early' ? { is: 'early' } : refused(order)
  const deletions = stillThere(doc, ranges, queues, client => {
    const owner = clients.get(client)
    return owner === undefined || owner === account
  })
  if (typeof deletions === 'string')
    return deletions === 'early' ? { is: 'early' } : refused(deletions)
  if (count(deletions) > limits.structs) return refused('too many deletions', CLOSES.tooLarge)
  if (structs.length === 0 && deletions.size === 0) return { is: 'nothing' }

  if (kind === 'matrix' && layoutOf(doc) > LAYOUT)
    return refused('newer layout', CLOSES.newerLayout)
  const fault = misplaced(guarded, order)
  if (fault) return refused(fault.why, fault.close)
  if (!isSequenceTrue(doc, order, update)) return refused('words between neighbours out of order')
  return { is: 'accepted', update: withRanges(update, ranges, deletions), clients: fresh }
}

const count = (ranges: Ranges): number => {
  let many = 0
  for (const list of ranges.values()) many += list.length
  return many
}

interface Read {
  readonly update: Uint8Array
  readonly structs: readonly (Struct | Y.Skip)[]
  readonly ranges: Ranges
}

/** What the update brings that the document does not have, re-encoded by Yjs; undefined for bytes that are no update. */
const canonical = (doc: Y.Doc, bytes: Uint8Array): Read | undefined => {
  try {
    const update = Y.diffUpdate(bytes, Y.encodeStateVector(doc))
    const { ds, structs } = Y.decodeUpdate(update)
    return { update, structs, ranges: ds.clients }
  } catch {
    // Yjs has no error of its own: about 200 different messages, stack overflows among them.
    return undefined
  }
}

type Queues = ReadonlyMap<number, readonly (Struct | Y.Skip)[]>

/** Undefined where one client's structs come in two sections, which no honest encoder writes. */
const byClient = (structs: readonly (Struct | Y.Skip)[]): Queues | undefined => {
  const queues = new Map<number, (Struct | Y.Skip)[]>()
  let current: (Struct | Y.Skip)[] = []
  let client = -1
  for (const struct of structs) {
    if (struct.id.client !== client) {
      client = struct.id.client
      if (queues.has(client)) return undefined
      queues.set(client, (current = []))
    }
    current.push(struct)
  }
  return queues
}

const endOf = (queue: readonly (Struct | Y.Skip)[]): number => {
  const last = queue.at(-1)
  return last ? last.id.clock + last.length : 0
}

/**
 * The structs in an order in which each finds what it builds on, so that Yjs parks nothing: 'early' where
 * something is missing, else the fault.
 */
const integrable = (doc: Y.Doc, queues: Queues): readonly Struct[] | string => {
  const waiting: { readonly structs: readonly Struct[]; next: number }[] = []
  const ends = new Map<number, number>()
  const stateOf = (client: number): number => ends.get(client) ?? Y.getState(doc.store, client)
  let many = 0
  for (const [client, queue] of queues) {
    if (!(client <= MAX_CLIENT)) return 'a client id out of range'
    let clock = Y.getState(doc.store, client)
    const structs: Struct[] = []
    for (const struct of queue) {
      if (struct.id.clock > clock || struct instanceof Y.Skip) return 'early'
      if (struct.id.clock < clock || !(struct.length > 0)) return 'overlapping structs'
      clock += struct.length
      structs.push(struct)
    }
    if (!(clock < MAX_CLOCK)) return 'a clock out of range'
    many += structs.length
    waiting.push({ structs, next: 0 })
  }
  const order: Struct[] = []
  for (let moved = true; moved;) {
    moved = false
    for (const queue of waiting)
      for (;;) {
        const struct = queue.structs[queue.next]
        if (!struct || !needs(struct).every(id => id.clock < stateOf(id.client))) break
        order.push(struct)
        ends.set(struct.id.client, struct.id.clock + struct.length)
        queue.next++
        moved = true
      }
  }
  return order.length === many ? order : 'early'
}

const needs = (struct: Struct): readonly Y.ID[] => {
  if (!(struct instanceof Y.Item)) return []
  return [struct.origin, struct.rightOrigin, struct.parent].filter(id => id instanceof Y.ID)
}

/** The parts of the ranges that are not deleted yet: 'early' for own ones that have not arrived, else the fault. */
const stillThere = (
  doc: Y.Doc,
  ranges: Ranges,
  queues: Queues,
  mayBeNew: (client: number) => boolean,
): Ranges | string => {
  const kept = new Map<number, Range[]>()
  for (const [client, list] of ranges) {
    const state = Y.getState(doc.store, client)
    const end = Math.max(state, endOf(queues.get(client) ?? []))
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

/** The update with another delete set: it stands at the end, in an encoding that has one form only. */
const withRanges = (update: Uint8Array, then: Ranges, now: Ranges): Uint8Array => {
  const structs = update.subarray(0, update.length - encodeRanges(then).length)
  const ranges = encodeRanges(now)
  const bytes = new Uint8Array(structs.length + ranges.length)
  bytes.set(structs)
  bytes.set(ranges, structs.length)
  return bytes
}

const encodeRanges = (ranges: Ranges): Uint8Array => {
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
