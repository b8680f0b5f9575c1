/**
 * The Yjs client ids of one document under which somebody writes next: a document costs every browser time in
 * proportion to the ids that it has ever seen, so what a tab gives back is lent to its account's next tab. Two who
 * write under one id ruin the document without a word. So an id is lent only by the process to which it was given
 * back, once, and at the very clock at which it was given back. Nothing of this is stored: a table would come back
 * with a backup, as would the document, and lend what somebody still holds.
 */
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Pen } from '#shared/wire.ts'
import { Bucket } from '#server/live/limits.ts'

/** A page that may be lent an id, by a name that it chose; the same on each of its connections. */
export type TabName = string

/** More than these per account are forgotten, which costs an id and harms nobody. */
const MOST_RESTING = 32
const MOST_HELD = 4_096
const MOST_DOCUMENTS = 10_000
const DAY = 24 * 3600

/** Who writes in an account's name without a tab. */
const SERVER = Symbol('the server')

export class Pens {
  readonly #resting = new Map<AccountId, Map<number, number>>()
  readonly #holders = new Map<number, TabName | typeof SERVER>()
  readonly #servers = new Map<AccountId, number>()
  /** What each account may still bring of new ids. */
  readonly #new = new Map<AccountId, Bucket>()

  /** An id that no tab has any more, for this one alone. `clockOf`: where the edits under an id end now. */
  lend(account: AccountId, tab: TabName, clockOf: (client: number) => number): Pen | undefined {
    const resting = this.#resting.get(account)
    for (const [client, clock] of resting ?? []) {
      resting?.delete(client)
      // Somebody has written under it who had no right to: it is never lent again.
      if (clockOf(client) !== clock) continue
      this.#hold(client, tab)
      return { client, clock }
    }
    return undefined
  }

  /** The tab will never write under this id again. */
  giveBack(account: AccountId, tab: TabName, { client, clock }: Pen): void {
    if (this.isElsewhere(client, tab)) return
    this.#holders.delete(client)
    const resting = this.#resting.get(account) ?? new Map<number, number>()
    if (resting.size >= MOST_RESTING) return
    this.#resting.set(account, resting.set(client, clock))
  }

  /** Whether another tab was lent this id and has not given it back, or the server writes under it. */
  isElsewhere(client: number, tab: TabName | undefined): boolean {
    const holder = this.#holders.get(client)
    return holder !== undefined && holder !== tab
  }

  /** Whether an account may bring so many new ids, of so many a day. */
  mayBring(account: AccountId, many: number, aDay: number, now: number): boolean {
    if (many === 0) return true
    let bucket = this.#new.get(account)
    if (!bucket) this.#new.set(account, (bucket = new Bucket(aDay, aDay / DAY, now)))
    return bucket.take(now, many)
  }

  /** Under which id the server has written in this account's name since it started. */
  serverPen(account: AccountId): number | undefined {
    return this.#servers.get(account)
  }

  keepServerPen(account: AccountId, client: number): void {
    this.#servers.set(account, client)
    this.#hold(client, SERVER)
  }

  /** The oldest are forgotten: an honest tab keeps to its id unwatched. */
  #hold(client: number, holder: TabName | typeof SERVER): void {
    this.#holders.delete(client)
    this.#holders.set(client, holder)
    for (const oldest of this.#holders.keys()) {
      if (this.#holders.size <= MOST_HELD) break
      this.#holders.delete(oldest)
    }
  }
}

/** The pens of every document that was open lately: they outlive its room, which leaves memory sooner. */
export class PenDrawers {
  readonly #drawers = new Map<DocumentName, Pens>()

  of(name: DocumentName): Pens {
    const pens = this.#drawers.get(name) ?? new Pens()
    this.#drawers.delete(name)
    this.#drawers.set(name, pens)
    for (const oldest of this.#drawers.keys()) {
      if (this.#drawers.size <= MOST_DOCUMENTS) break
      this.#drawers.delete(oldest)
    }
    return pens
  }
}
