/**
 * What lies on the disk of one document, read entry by entry as it gets there, and the promises that can be judged by
 * it: whose edit is filed under whom, and whether a piece of work is stored. Each entry is looked at once.
 */
import * as Y from 'yjs'
import type { DocumentRef } from '#shared/access.ts'
import type { Attribution } from '#shared/history/attribution.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Entry } from '#server/store/store.ts'

/** A promise that was not kept. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

export const hold = (isKept: boolean, promise: string): void => {
  if (!isKept) throw new Broken(promise)
}

type DeleteSet = Y.Transaction['deleteSet']

/** One character or value, as one number. */
type Place = number
const CLOCKS = 2 ** 20
const placeOf = (client: number, clock: number): Place => client * CLOCKS + clock

export const placesIn = ({ clients }: DeleteSet): Place[] => {
  const places: Place[] = []
  for (const [client, ranges] of clients)
    for (const { clock, len } of ranges)
      for (let at = clock; at < clock + len; at++) places.push(placeOf(client, at))
  return places
}

/** Something that was written and deleted, and has to be stored before anybody may rely on it. */
export class Work {
  readonly #written = new Map<number, number>()
  readonly #deleted = new Set<Place>()

  get isEmpty(): boolean {
    return this.#written.size === 0 && this.#deleted.size === 0
  }

  add({ afterState, beforeState, deleteSet }: Y.Transaction): void {
    for (const [client, clock] of afterState)
      if (clock > (beforeState.get(client) ?? 0)) this.#written.set(client, clock)
    for (const place of placesIn(deleteSet)) this.#deleted.add(place)
  }

  /** Strikes out what is stored by now. */
  settle(ledger: Ledger): void {
    for (const [client, clock] of this.#written)
      if (ledger.reaches(client, clock)) this.#written.delete(client)
    for (const place of this.#deleted) if (ledger.isDeleted(place)) this.#deleted.delete(place)
  }
}

export interface LedgerDeps {
  readonly ref: DocumentRef
  /** What is on disk at this moment. */
  readonly read: () => readonly Entry[]
  readonly mightWriteAt: (ref: DocumentRef, account: AccountId, at: number) => boolean
  readonly onEntry?: (entry: Entry) => void
}

export class Ledger {
  readonly ref: DocumentRef
  /** The document that the disk holds. */
  readonly truth = new Y.Doc()
  readonly #deps: LedgerDeps
  readonly #deleted = new Set<Place>()
  readonly #owners = new Map<number, AccountId>()
  readonly #deleters = new Map<AccountId, Set<Place>>()
  /** How far each client id has been written under, by anybody. */
  readonly #ends = new Map<number, number>()
  #read = 0

  constructor(deps: LedgerDeps) {
    this.ref = deps.ref
    this.#deps = deps
    this.truth.on('afterTransaction', ({ deleteSet }: Y.Transaction) => {
      for (const place of placesIn(deleteSet)) this.#deleted.add(place)
    })
  }

  /** How many entries there are. */
  get head(): number {
    return this.#read
  }

  /** This account may write under this Yjs client id, and no other. */
  owns(client: number, account: AccountId): void {
    const owner = this.#owners.get(client) ?? account
    hold(owner === account, `${account} writes under an id of ${owner}`)
    this.#owners.set(client, account)
  }

  /** Somebody writes, as this account; who holds a client id goes on where the one before ended. */
  writes(account: AccountId, { afterState, beforeState }: Y.Transaction): void {
    for (const [client, end] of afterState) {
      const from = beforeState.get(client) ?? 0
      if (end === from) continue
      this.owns(client, account)
      const last = this.#ends.get(client) ?? 0
      hold(from === last, `${this.ref.name}: two write under the client id ${client}`)
      this.#ends.set(client, end)
    }
  }

  ownerOf(client: number): AccountId | undefined {
    return this.#owners.get(client)
  }

  /** This account has deleted these; others may have as well. */
  deletes(account: AccountId, places: Iterable<Place>): void {
    let own = this.#deleters.get(account)
    if (!own) this.#deleters.set(account, (own = new Set()))
    for (const place of places) own.add(place)
  }

  reaches(client: number, clock: number): boolean {
    return Y.getState(this.truth.store, client) >= clock
  }

  isDeleted(place: Place): boolean {
    return this.#deleted.has(place)
  }

  /** Takes in what has reached the disk. */
  absorb(): void {
    const entries = this.#deps.read()
    hold(entries.length >= this.#read, `${this.ref.name} has lost entries that were on disk`)
    for (; this.#read < entries.length; this.#read++) {
      const entry = entries[this.#read]
      if (entry) this.#enter(entry)
    }
  }

  /** Somebody is shown this: all of it must be stored. */
  witness(who: string, update: Uint8Array): void {
    this.absorb()
    const { ds, structs } = Y.decodeUpdate(update)
    const isStored =
      structs.every(({ id, length }) => this.reaches(id.client, id.clock + length)) &&
      placesIn(ds).every(place => this.#deleted.has(place))
    hold(isStored, `${who} is shown what is not on disk`)
  }

  /** Whether every character and value, and every deletion of one, is said to be of who did it. */
  attributes(attribution: Attribution): boolean {
    for (const client of this.truth.store.clients.keys()) {
      const stretches = attribution.writersOf(client, 0, Y.getState(this.truth.store, client))
      if (stretches.some(({ stamp }) => stamp?.account !== this.#owners.get(client))) return false
    }
    for (const place of this.#deleted) {
      const [stretch] = attribution.deletersOf(Math.floor(place / CLOCKS), place % CLOCKS, 1)
      const account = stretch?.stamp?.account
      if (account !== undefined && this.#deleters.get(account)?.has(place) !== true) return false
    }
    return true
  }

  /** Whether a document holds exactly what the disk holds. */
  equals(doc: Y.Doc): boolean {
    return sameState(this.truth, doc) && doc.store.pendingStructs === null
  }

  #enter(entry: Entry): void {
    const { account, at, seq, update } = entry
    const { ref } = this
    hold(seq === this.#read + 1, `${ref.name}: entry ${seq} stands at place ${this.#read + 1}`)
    hold(
      this.#deps.mightWriteAt(ref, account, at),
      `${ref.name}: ${account} wrote without the right to`,
    )
    const { ds, structs } = Y.decodeUpdate(update)
    for (const { id } of structs)
      hold(
        this.#owners.get(id.client) === account,
        `${ref.name}: an edit of ${this.#owners.get(id.client)} is filed under ${account}`,
      )
    const own = this.#deleters.get(account)
    for (const place of placesIn(ds))
      hold(
        this.#deleted.has(place) || own?.has(place) === true,
        `${ref.name}: ${account} is said to have deleted what others did`,
      )
    Y.applyUpdate(this.truth, update)
    const { pendingDs, pendingStructs } = this.truth.store
    hold(pendingStructs === null && pendingDs === null, `the journal of ${ref.name} has a gap`)
    for (const { id, length } of structs) this.#noteGone(id.client, id.clock, id.clock + length)
    this.#deps.onEntry?.(entry)
  }

  /** What came under something that was gone already is gone without having been deleted. */
  #noteGone(client: number, from: number, to: number): void {
    const structs = this.truth.store.clients.get(client) ?? []
    for (let index = Y.findIndexSS(structs, from); ; index++) {
      const struct = structs[index]
      if (!struct || struct.id.clock >= to) return
      if (!(struct instanceof Y.GC)) continue
      const end = Math.min(to, struct.id.clock + struct.length)
      for (let at = Math.max(from, struct.id.clock); at < end; at++)
        this.#deleted.add(placeOf(client, at))
    }
  }
}

/** Equal in what was written and in what was deleted. */
const sameState = (a: Y.Doc, b: Y.Doc): boolean => {
  if (a.store.clients.size !== b.store.clients.size) return false
  for (const client of a.store.clients.keys())
    if (Y.getState(a.store, client) !== Y.getState(b.store, client)) return false
  return Y.equalDeleteSets(
    Y.createDeleteSetFromStructStore(a.store),
    Y.createDeleteSetFromStructStore(b.store),
  )
}
