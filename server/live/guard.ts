/**
 * What a client sent is never applied as it came: raw Yjs throws half-way, parks rubbish for ever and can build a
 * document that does not open again. The guard answers canonical bytes that are safe to apply and to store.
 */
import * as Y from 'yjs'
import { CLOSES, type Close } from '#shared/access.ts'
import { LAYOUT, layoutOf } from '#shared/document/layout.ts'
import { Blanker } from '#shared/history/redact/blanks.ts'
import type { AccountId } from '#shared/ids.ts'
import {
  countRanges,
  encodeRanges,
  stillThere,
  MAX_CLOCK,
  type Ranges,
} from '#server/live/ranges.ts'
import { isSequenceTrue } from '#server/live/sequence.ts'
import { encodeVector } from '#server/live/vector.ts'
import {
  deletesSigned,
  hasMatrix,
  misplaced,
  type Ground,
  type Struct,
} from '#server/live/placing.ts'
import { holdsMore, type Weight } from '#server/live/weighing.ts'

/** The document that an update is for, as the guard needs to know it. */
export interface Guarded extends Ground {
  /** To whom each Yjs client id in the document belongs. */
  readonly clients: ReadonlyMap<number, AccountId>
  /** Whether a client id is in other hands than the sender's, though it belongs to the same account. */
  readonly isElsewhere?: (client: number) => boolean
  /**
   * Whether it was made before its maker came (back). A column that they write about may have gone into a compartment meanwhile:
   * that is left out, and the rest of their work is not lost for it.
   */
  readonly isBrought?: boolean
}

export type Verdict =
  /** Apply and store these bytes; `clients` are the ids that they use for the first time. */
  | { readonly is: 'accepted'; readonly update: Uint8Array; readonly clients: readonly number[] }
  /** It holds nothing that the document does not have. */
  | { readonly is: 'nothing' }
  /** It builds on something that has not arrived. */
  | { readonly is: 'early' }
  | { readonly is: 'refused'; readonly close: Close; readonly why: string }

const MAX_CLIENT = 2 ** 32 - 1

const refused = (why: string, close: Close = CLOSES.malformed): Verdict => ({
  is: 'refused',
  close,
  why,
})

export const guard = (guarded: Guarded, account: AccountId, bytes: Uint8Array): Verdict => {
  const { clients, doc, kind, limits } = guarded
  if (bytes.length > limits.message) return refused('larger than a message may be', CLOSES.tooLarge)
  const most = { clients: limits.clientIds, structs: limits.structs, ranges: limits.ranges }
  const isTooMuch = holdsMore(bytes, most, () => known(doc))
  if (isTooMuch === undefined) return refused('not an update')
  if (isTooMuch) return refused('too much at once', CLOSES.tooLarge)
  const read = canonical(doc, bytes)
  if (!read) return refused('not an update')
  const { ranges, structs, update } = read
  if (structs.length > limits.structs) return refused('too many structs', CLOSES.tooLarge)

  const queues = byClient(structs)
  if (!queues) return refused('a client twice')
  const fresh: number[] = []
  for (const client of queues.keys()) {
    const owner = clients.get(client)
    if (owner === undefined) fresh.push(client)
    else if (owner !== account) return refused("another account's client id")
    else if (guarded.isElsewhere?.(client)) return refused("another tab's client id")
  }
  if (fresh.length > limits.clientIds) return refused('too many client ids', CLOSES.tooLarge)

  const order = integrable(doc, queues)
  if (typeof order === 'string') return order === 'early' ? { is: 'early' } : refused(order)
  const deletions = stillThere(
    doc,
    ranges,
    client => endOf(queues.get(client) ?? []),
    client => (clients.get(client) ?? account) === account,
  )
  if (typeof deletions === 'string')
    return deletions === 'early' ? { is: 'early' } : refused(deletions)
  if (countRanges(deletions) > limits.structs) return refused('too many deletions', CLOSES.tooLarge)
  if (structs.length === 0 && deletions.size === 0) return { is: 'nothing' }

  if (hasMatrix(kind) && layoutOf(doc) > LAYOUT) return refused('newer layout', CLOSES.newerLayout)
  const lost: Y.Item[] = []
  const lose = (item: Y.Item): unknown => lost.push(item)
  const astray = guarded.isBrought ? lose : undefined
  const fault = misplaced(guarded, account, order, { lost: lose, astray })
  if (fault) return refused(fault.why, fault.close)
  if (hasMatrix(kind) && deletesSigned(doc, account, deletions))
    return refused('a record that somebody else has signed goes')
  if (!isSequenceTrue(doc, order, update)) return refused('words between neighbours out of order')
  const accepted = withRanges(update, ranges, deletions)
  return {
    is: 'accepted',
    update: lost.length > 0 ? without(accepted, lost) : accepted,
    clients: fresh,
  }
}

/**
 * Words about what was taken away meanwhile are in no document, and need not be in the journal: it may have been taken away
 * because others must not read of it.
 */
const without = (update: Uint8Array, lost: readonly Y.Item[]): Uint8Array =>
  new Blanker(
    lost.map(({ id: { client, clock }, length }) => ({
      client,
      letters: [],
      values: [],
      gone: [[clock, length]],
    })),
  ).update(update)

/** What may be named again. A deletion covers a struct at least. */
const known = ({ store: { clients } }: Y.Doc): Weight => {
  let structs = 0
  for (const list of clients.values()) structs += list.length
  return { clients: clients.size, structs, ranges: structs }
}

interface Read {
  readonly update: Uint8Array
  readonly structs: readonly (Struct | Y.Skip)[]
  readonly ranges: Ranges
}

/** What the update brings that the document does not have, re-encoded by Yjs; undefined for bytes that are no update. */
const canonical = (doc: Y.Doc, bytes: Uint8Array): Read | undefined => {
  try {
    const update = Y.diffUpdate(bytes, stateVectorFor(doc, bytes))
    const { ds, structs } = Y.decodeUpdate(update)
    return { update, structs, ranges: ds.clients }
  } catch {
    // Yjs has no error of its own: about 200 different messages, stack overflows among them.
    return undefined
  }
}

/** A keystroke must not cost time in proportion to all the client ids that the document has ever seen. */
const SMALL = 8 * 1024

const stateVectorFor = (doc: Y.Doc, bytes: Uint8Array): Uint8Array => {
  if (bytes.length > SMALL) return Y.encodeStateVector(doc)
  const clients = [...Y.parseUpdateMeta(bytes).from.keys()]
  return encodeVector(new Map(clients.map(client => [client, Y.getState(doc.store, client)])))
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

/** The update with another delete set: it stands at the end, in an encoding that has one form only. */
const withRanges = (update: Uint8Array, then: Ranges, now: Ranges): Uint8Array => {
  if (then.size === 0 && now.size === 0) return update
  const structs = update.subarray(0, update.length - encodeRanges(then).length)
  const ranges = encodeRanges(now)
  const bytes = new Uint8Array(structs.length + ranges.length)
  bytes.set(structs)
  bytes.set(ranges, structs.length)
  return bytes
}
