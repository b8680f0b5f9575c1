/** Thins snapshots out as their retention says, one tracker after the other: when work has paused, and after a start. */
import { setImmediate } from 'node:timers/promises'
import type { Archive } from '#server/history/archive.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { mergersOf, thinnedOut, type Merger } from '#server/history/retention.ts'
import { Shelf, type Thinned } from '#server/history/shelf.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import type { Database } from '#server/store/database.ts'
import { compare } from '#shared/compare/compare.ts'
import { summarise } from '#shared/compare/summary.ts'
import { namedSnapshots } from '#shared/document/named-snapshots.ts'
import type { SnapshotId, TrackerId } from '#shared/ids.ts'
import type { Retention } from '#shared/snapshots.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface ThinningDeps {
  readonly db: Database
  readonly archive: Pick<Archive, 'tracker'>
  readonly matrices: Pick<Matrices, 'read'>
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
    this.#work ??= this.#drain().finally(() => (this.#work = undefined))
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
    const { value: named } = await matrices.read(trackerId, namedSnapshots)
    const known = all.map(it => (named.has(it.id) ? { ...it, isKept: true } : it))
    const going = thinnedOut(known, retention, now())
    const mergers = mergersOf(known, going, atOnce)
    await this.#shelf.thin(trackerId, await this.#merged(trackerId, mergers))
    return mergers.reduce((sum, merger) => sum + merger.going.length, 0) < going.size
  }

  async #merged(trackerId: TrackerId, mergers: readonly Merger[]): Promise<readonly Thinned[]> {
    const { archive } = this.#deps
    const told = await this.#shelf.told(mergers.flatMap(({ going, into }) => [...going, into]))
    const stateOf = async (id: SnapshotId): Promise<Tracker> => {
      const tracker = await archive.tracker(trackerId, id)
      if (!tracker) throw new Error(`Snapshot ${id} of tracker ${trackerId} has no state`)
      return tracker
    }
    const thinned: Thinned[] = []
    for (const { before, going, into } of mergers) {
      const summary = summarise(compare(await stateOf(before), await stateOf(into)))
      const ofOne = (id: SnapshotId) => told.get(id) ?? { authors: [], standsFor: 0 }
      const [kept, gone] = [ofOne(into), going.map(ofOne)]
      thinned.push({
        into,
        going,
        summary,
        authors: [...new Set([...gone.toReversed(), kept].flatMap(({ authors }) => authors))],
        standsFor: gone.reduce((sum, { standsFor }) => sum + standsFor + 1, kept.standsFor),
      })
      // A matrix takes milliseconds to read: others are served in between.
      await setImmediate()
    }
    return thinned
  }
}

const AT_ONCE = 20
