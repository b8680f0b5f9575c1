/** Where each member stands in each tracker: what they have seen, and what of others' work they have reviewed. */
import type { Changes } from '#server/history/changes.ts'
import { turns } from '#server/history/turns.ts'
import { signed, type Sign, type Visit } from '#server/history/visit.ts'
import { VisitTable, type Reviewed, type Seen } from '#server/history/visit-table.ts'
import type { Database } from '#server/store/database.ts'
import type { Store } from '#server/store/store.ts'
import { touched } from '#shared/history/touched.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

interface VisitsDeps {
  readonly db: Database
  readonly changes: Pick<Changes, 'catchUp' | 'catchUpLater'>
  readonly store: Pick<Store, 'readSince'>
  readonly now: () => number
}

export interface Standing extends Visit {
  /** What was reviewed by itself, beyond what counts as reviewed as a whole. */
  readonly reviewed: readonly Reviewed[]
  /** How many things others have changed since. */
  readonly unreviewed: number
}

/** Nobody waits for more entries than these: a list for the record of changes, a sign for what was seen. */
const SOON = 5_000

export class Visits {
  readonly #table: VisitTable
  readonly #changes: VisitsDeps['changes']
  readonly #store: VisitsDeps['store']
  readonly #now: () => number
  /** What one account's tabs say at once is taken one after the other. */
  readonly #inTurn = turns()

  constructor({ changes, db, now, store }: VisitsDeps) {
    this.#store = store
    this.#table = new VisitTable(db)
    this.#changes = changes
    this.#now = now
  }

  /** A sign of life from a tab that shows the tracker, or the last one from a tab that `left` at a time. */
  sign(
    trackerId: TrackerId,
    account: AccountId,
    { hasArrived, left }: Pick<Sign, 'hasArrived'> & { readonly left?: number | undefined },
  ): Promise<Standing> {
    return this.#inTurn(trackerId, async () => {
      const known = await this.#table.visit(trackerId, account)
      const there = await this.#table.head(trackerId)
      const head =
        known && left !== undefined ? await this.#seenBy(trackerId, known, there, left) : there
      const at = Math.min(this.#now(), left ?? Infinity)
      const visit = signed(known, { at, hasArrived, head })
      await this.#table.put(trackerId, account, visit)
      return this.#settled(trackerId, account, visit)
    })
  }

  async visit(trackerId: TrackerId, account: AccountId): Promise<Visit> {
    const sign = { at: this.#now(), hasArrived: true, head: await this.#table.head(trackerId) }
    // Who was never here has missed nothing.
    return (await this.#table.visit(trackerId, account)) ?? signed(undefined, sign)
  }

  /** Everything up to an entry, or some things. */
  review(
    trackerId: TrackerId,
    account: AccountId,
    upTo: number,
    addresses?: readonly string[],
  ): Promise<Standing> {
    return this.#inTurn(trackerId, async () => {
      const visit = await this.#known(trackerId, account)
      const seq = Math.min(upTo, await this.#table.head(trackerId))
      if (addresses) await this.#table.review(trackerId, account, addresses, seq)
      else if (seq > visit.reviewedSeq) await this.#table.setReviewed(trackerId, account, seq)
      return this.#settled(trackerId, account, await this.#known(trackerId, account))
    })
  }

  /** Takes back that some things were reviewed, as far as they were changed after an entry. */
  unreview(
    trackerId: TrackerId,
    account: AccountId,
    addresses: readonly string[],
    since: number,
  ): Promise<Standing> {
    return this.#inTurn(trackerId, async () => {
      const visit = await this.#known(trackerId, account)
      await this.#changes.catchUp(trackerId)
      const items = touched(await this.#table.since(trackerId, Math.min(since, visit.reviewedSeq)))
      const wanted = new Set(addresses)
      const changedAt = [...items].flatMap(([address, seen]) =>
        wanted.has(address) ? seen.map(({ lastSeq }) => lastSeq) : [],
      )
      const floor = Math.min(visit.reviewedSeq, Math.max(since, Math.min(...changedAt) - 1))
      // The others stay as they are: what counted as reviewed with all the rest now does by itself.
      const others = [...items.keys()].filter(address => !wanted.has(address))
      const kept = new Set((await this.#table.reviewed(trackerId, account)).map(it => it.address))
      if (floor < visit.reviewedSeq) {
        const fresh = others.filter(address => !kept.has(address))
        await this.#table.review(trackerId, account, fresh, visit.reviewedSeq)
        await this.#table.put(trackerId, account, { ...visit, reviewedSeq: floor })
      }
      await this.#table.forget(trackerId, account, addresses)
      return this.#standing(trackerId, account, { ...visit, reviewedSeq: floor })
    })
  }

  /** Of every tracker in which others have changed something that the account has not reviewed, how much. */
  async unreviewed(account: AccountId): Promise<ReadonlyMap<TrackerId, number>> {
    const counts = new Map<TrackerId, number>()
    for (const { head, recorded, trackerId, ...visit } of await this.#table.behind(account)) {
      if (head - recorded > SOON) this.#changes.catchUpLater(trackerId)
      // A tracker that cannot be read says so when it is opened.
      else await this.#changes.catchUp(trackerId).catch(() => undefined)
      const reviewed = await this.#table.reviewed(trackerId, account)
      const many = await this.#count(trackerId, account, visit.reviewedSeq, reviewed)
      if (many > 0) counts.set(trackerId, many)
    }
    return counts
  }

  /** What there was to see when somebody left who had seen everything up to the last sign. */
  async #seenBy(
    trackerId: TrackerId,
    { seenSeq }: Visit,
    head: number,
    left: number,
  ): Promise<number> {
    if (head <= seenSeq || head - seenSeq > SOON) return seenSeq
    const entries = await this.#store.readSince(trackerId, seenSeq, head)
    const later = entries.findIndex(({ at }) => at > left)
    const seen = later < 0 ? entries : entries.slice(0, later)
    return seen.at(-1)?.seq ?? seenSeq
  }

  async #known(trackerId: TrackerId, account: AccountId): Promise<Visit> {
    const known = await this.#table.visit(trackerId, account)
    if (known) return known
    const visit = await this.visit(trackerId, account)
    await this.#table.put(trackerId, account, visit)
    return visit
  }

  /** Where nothing of others is left, all that has been seen is reviewed. */
  async #settled(trackerId: TrackerId, account: AccountId, visit: Visit): Promise<Standing> {
    const standing = await this.#standing(trackerId, account, visit)
    if (standing.unreviewed > 0 || visit.reviewedSeq >= visit.seenSeq) return standing
    await this.#table.setReviewed(trackerId, account, visit.seenSeq)
    return { ...standing, reviewedSeq: visit.seenSeq, reviewed: [] }
  }

  async #standing(trackerId: TrackerId, account: AccountId, visit: Visit): Promise<Standing> {
    const reviewed = await this.#table.reviewed(trackerId, account)
    const isBehind = (await this.#table.head(trackerId)) > visit.reviewedSeq
    if (isBehind) await this.#changes.catchUp(trackerId)
    const unreviewed = isBehind
      ? await this.#count(trackerId, account, visit.reviewedSeq, reviewed)
      : 0
    return { ...visit, reviewed, unreviewed }
  }

  async #count(
    trackerId: TrackerId,
    account: AccountId,
    floor: number,
    reviewed: readonly Reviewed[],
  ): Promise<number> {
    const items = touched(await this.#table.since(trackerId, floor))
    const upTo = new Map(reviewed.map(({ address, seq }) => [address, seq]))
    const isNews = (address: string, { account: by, issueId, lastSeq, partyId }: Seen): boolean => {
      const covering = [address, `issue/${issueId}`, `party/${partyId}`]
      return by !== account && covering.every(it => (upTo.get(it) ?? floor) < lastSeq)
    }
    return [...items].filter(([address, seen]) => seen.some(it => isNews(address, it))).length
  }
}
