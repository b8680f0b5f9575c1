/**
 * Who wrote and who deleted what, and when: an index over the journal, kept up entry by entry. It speaks of Yjs ids,
 * so it answers for the live document and for any older state of it alike.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Entry } from '#shared/history/entry.ts'
import { StampTable, UNSTAMPED } from '#shared/history/stamps.ts'
import type { AccountId, RestoreId } from '#shared/ids.ts'

/** Who did something, and when: times are exact to the table's grain. */
export interface Stamp {
  readonly account: AccountId
  /** Milliseconds since 1970. */
  readonly at: number
  /** The restore by which the account brought it back, or took it away; null for a deed of its own. */
  readonly restore: RestoreId | null
}

/** A stretch of text, or of clocks, of one stamp; null where the journal does not tell. */
export interface Stretch {
  readonly length: number
  readonly stamp: Stamp | null
}

const FORMAT = 1
/** Edits of one account within so many milliseconds are one. */
const GRAIN = 10_000

export class Attribution {
  readonly #grain: number
  readonly #stamps: Stamp[] = []
  /** The newest stamp of each account and restore. */
  readonly #newest = new Map<string, number>()
  #written = new StampTable()
  #deleted = new StampTable()
  #upTo = 0

  constructor(grain = GRAIN) {
    this.#grain = grain
  }

  /** The number of the last entry that is in it. */
  get upTo(): number {
    return this.#upTo
  }

  /** The number of runs, in which its size and cost are reckoned. */
  get size(): number {
    return this.#written.size + this.#deleted.size
  }

  /** Takes the next entry of the journal; one that it has already changes nothing. */
  add({ account, at, seq, update }: Entry): void {
    if (seq <= this.#upTo) return
    const { ds, structs } = Y.decodeUpdate(update)
    // What a document begins with may hold notes of restores too, as after an import.
    const restore = seq === 1 ? null : restoreIn(structs, ds)
    const stamp = this.#stamp(account, at, restore)
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      const { client, clock } = struct.id
      this.#written.add(client, clock, clock + struct.length, stamp)
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) this.#deleted.add(client, clock, clock + len, stamp)
    this.#upTo = seq
  }

  /** Who wrote the characters of a text that are there now, in reading order; lengths in UTF-16 units. */
  authorsOf(text: Pick<Y.Text, '_start'>): readonly Stretch[] {
    const stretches: { length: number; stamp: Stamp | null }[] = []
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      const { client, clock } = item.id
      this.#written.visit(client, clock, clock + item.length, (from, to, number) => {
        const stamp = this.#stampAt(number)
        const last = stretches.at(-1)
        if (last && last.stamp === stamp) last.length += to - from
        else stretches.push({ length: to - from, stamp })
      })
    }
    return stretches
  }

  /** Who gave a key of a map its present value, or took it away; undefined where there has never been one. */
  setterOf(map: Pick<Y.Map<unknown>, '_map'>, key: string): Stamp | null | undefined {
    const item = map._map.get(key)
    if (!item) return undefined
    // Earlier values that were deleted too may have become one item with the last.
    const { client, clock } = item.lastId
    return this.#stampAt((item.deleted ? this.#deleted : this.#written).at(client, clock))
  }

  /** Who wrote a range of clocks, in order. */
  writersOf(client: number, clock: number, length: number): readonly Stretch[] {
    return this.#stretches(this.#written, client, clock, length)
  }

  /**
   * Who deleted a range of clocks, in order; null where nobody did. What is deleted and was deleted by nobody has
   * never been visible: it came too late, into something that was removed or a key that somebody else had set.
   */
  deletersOf(client: number, clock: number, length: number): readonly Stretch[] {
    return this.#stretches(this.#deleted, client, clock, length)
  }

  encode(): Uint8Array {
    const to = encoding.createEncoder()
    encoding.writeVarUint(to, FORMAT)
    encoding.writeVarUint(to, this.#grain)
    encoding.writeVarUint(to, this.#upTo)
    const names = namesIn(this.#stamps)
    encoding.writeVarUint(to, names.size)
    for (const name of names.keys()) encoding.writeVarString(to, name)
    encoding.writeVarUint(to, this.#stamps.length)
    let before = 0
    for (const { account, at, restore } of this.#stamps) {
      encoding.writeVarUint(to, names.get(account) ?? 0)
      encoding.writeVarUint(to, restore === null ? 0 : (names.get(restore) ?? 0) + 1)
      encoding.writeVarInt(to, at - before)
      before = at
    }
    this.#written.write(to)
    this.#deleted.write(to)
    return encoding.toUint8Array(to)
  }

  /** Undefined for bytes that are not what `encode` of this version gave: make it anew from the journal. */
  static decode(bytes: Uint8Array): Attribution | undefined {
    try {
      const from = decoding.createDecoder(bytes)
      if (decoding.readVarUint(from) !== FORMAT) return undefined
      const attribution = new Attribution(decoding.readVarUint(from))
      attribution.#read(from)
      return decoding.hasContent(from) ? undefined : attribution
    } catch {
      return undefined
    }
  }

  #read(from: decoding.Decoder): void {
    this.#upTo = decoding.readVarUint(from)
    const names: string[] = []
    for (let many = decoding.readVarUint(from); many > 0; many--)
      names.push(decoding.readVarString(from))
    let at = 0
    for (let many = decoding.readVarUint(from); many > 0; many--) {
      const account = names[decoding.readVarUint(from)] as AccountId
      const restore = (names[decoding.readVarUint(from) - 1] ?? null) as RestoreId | null
      at += decoding.readVarInt(from)
      this.#newStamp({ account, at, restore })
    }
    this.#written = StampTable.read(from)
    this.#deleted = StampTable.read(from)
  }

  #stamp(account: AccountId, at: number, restore: RestoreId | null): number {
    const newest = this.#newest.get(nameOf(account, restore)) ?? UNSTAMPED
    const known = this.#stamps[newest]
    if (known && Math.floor(known.at / this.#grain) === Math.floor(at / this.#grain)) return newest
    return this.#newStamp({ account, at, restore })
  }

  #newStamp(stamp: Stamp): number {
    const number = this.#stamps.push(stamp) - 1
    this.#newest.set(nameOf(stamp.account, stamp.restore), number)
    return number
  }

  #stampAt(number: number): Stamp | null {
    return this.#stamps[number] ?? null
  }

  #stretches(table: StampTable, client: number, clock: number, length: number): Stretch[] {
    const stretches: Stretch[] = []
    table.visit(client, clock, clock + length, (from, to, number) =>
      stretches.push({ length: to - from, stamp: this.#stampAt(number) }),
    )
    return stretches
  }
}

const nameOf = (account: AccountId, restore: RestoreId | null): string =>
  restore === null ? account : `${account} ${restore}`

const namesIn = (stamps: readonly Stamp[]): ReadonlyMap<string, number> => {
  const names = new Map<string, number>()
  for (const { account, restore } of stamps)
    for (const name of restore === null ? [account] : [account, restore])
      if (!names.has(name)) names.set(name, names.size)
  return names
}

/**
 * A restore leaves its note in the same transaction. Its key is fresh, so the item names the root that it is in; one
 * that is taken back and done again counts as a deed of its own, and so do several that came in one piece.
 */
const restoreIn = (
  structs: readonly (Y.Item | Y.GC | Y.Skip)[],
  deleted: Parameters<typeof Y.isDeleted>[0],
): RestoreId | null => {
  const notes: string[] = []
  for (const struct of structs)
    if (
      struct instanceof Y.Item &&
      (struct.parent as unknown) === 'restores' &&
      struct.parentSub !== null &&
      !Y.isDeleted(deleted, struct.id)
    )
      notes.push(struct.parentSub)
  return notes.length === 1 ? (notes[0] as RestoreId) : null
}
