/** Thins snapshots out as their retention says, one tracker after the other: when work has paused, and after a start. */
import type { Matrices } from '#server/history/matrices.ts'
import type { Moments } from '#server/history/moments.ts'
import { mergersOf, thinnedOut, type Merger } from '#server/history/retention.ts'
import { Shelf, type Thinned } from '#server/history/shelf.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import type { Database } from '#server/store/database.ts'
import { namedSnapshots } from '#shared/document/named-snapshots.ts'
import type { SnapshotId, TrackerId } from '#shared/ids.ts'
import type { Retention } from '#shared/snapshots.ts'

export interface ThinningDeps {
  readonly db: Database
  readonly matrices: Pick<Matrices, 'read'>
  readonly moments: Pick<Moments, 'summary'>
  readonly snapshots: Pick<Snapshots, 'inTurn'>
  readonly retention: Retention
  readonly now: () => number
  /** Told of what failed; nothing has gone then, and the next time makes it good. */
  readonly report: (error: unknown) => void
  /** Snapshots that go in one transaction. */
  readonly atOnce?: number
}

export class Thinning {
  readonly #deps: ThinningDeps
  readonly #shelf: Shelf
  readonly #waiting = new Set<TrackerId>()
  #work: Promise<void> | undefined
  #isClosed = false

  constructor(deps: ThinningDeps) {
    this.#deps = deps
    this.#shelf = new Shelf(deps.db)
  }

  /** Thins out every tracker that needs it, when there is time. */
  async begin(): Promise<void> {
    try {
      for (const trackerId of await this.#shelf.crowded()) this.later(trackerId)
    } catch (error) {
      this.#failed(error)
    }
  }

  later(trackerId: TrackerId): void {
    if (this.#isClosed) return
    this.#waiting.add(trackerId)
    this.#work ??= this.#drain()
  }

  /** Until there is no more to thin out; in between others have their turn. */
  async thin(trackerId: TrackerId): Promise<void> {
    const { snapshots } = this.#deps
    while (!this.#isClosed && (await snapshots.inTurn(trackerId, () => this.#step(trackerId))));
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#waiting.clear()
    await this.#work
  }

  async #drain(): Promise<void> {
    for (const trackerId of this.#waiting) {
      this.#waiting.delete(trackerId)
      await this.thin(trackerId).catch((error: unknown) => this.#failed(error))
    }
    this.#work = undefined
  }

  #failed(error: unknown): void {
    if (!this.#isClosed) this.#deps.report(error)
  }

  /** One transaction; answers whether there is more to do. */
  async #step(trackerId: TrackerId): Promise<boolean> {
    const { atOnce = AT_ONCE, matrices, now, retention } = this.#deps
    const all = await this.#shelf.read(trackerId)
    // Most of the time nothing goes, and the document need not be opened.
    if (thinnedOut(all, retention, now()).size === 0) return false
    const namedNow = async () => (await matrices.read(trackerId, namedSnapshots)).value
    const named = await namedNow()
    const known = all.map(it => (named.has(it.id) ? { ...it, isKept: true } : it))
    const going = thinnedOut(known, retention, now())
    const mergers = mergersOf(known, going, atOnce)
    const thinned = await this.#merged(trackerId, mergers)
    const gone = mergers.flatMap(merger => merger.going)
    // Somebody may have come to use one of them meanwhile: then all is looked at again.
    const stillNamed = await namedNow()
    if (gone.some(id => stillNamed.has(id))) return true
    await this.#shelf.thin(trackerId, thinned)
    return gone.length < going.size
  }

  async #merged(trackerId: TrackerId, mergers: readonly Merger[]): Promise<readonly Thinned[]> {
    const { moments } = this.#deps
    const told = await this.#shelf.told(mergers.flatMap(({ going, into }) => [...going, into]))
    const thinned: Thinned[] = []
    for (const { before, going, into } of mergers) {
      if (this.#isClosed) break
      const summary = await moments.summary(trackerId, before, into)
      if (!summary) throw new Error(`Snapshots of tracker ${trackerId} have no state`)
      const ofOne = (id: SnapshotId) => told.get(id) ?? { authors: [], standsFor: 0 }
      const [kept, gone] = [ofOne(into), going.map(ofOne)]
      thinned.push({
        into,
        going,
        summary,
        authors: [...new Set([...gone.toReversed(), kept].flatMap(({ authors }) => authors))],
        standsFor: gone.reduce((sum, { standsFor }) => sum + standsFor + 1, kept.standsFor),
      })
    }
    return thinned
  }
}

const AT_ONCE = 20
