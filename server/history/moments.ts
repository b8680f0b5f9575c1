/** Trackers as they were: at a snapshot, after an entry of the journal, or at a time. */
import type { Archive } from '#server/history/archive.ts'
import type { Replay } from '#server/history/replay.ts'
import type { Entry, Store } from '#server/store/store.ts'
import { compare } from '#shared/compare/compare.ts'
import { summarise, type Summary } from '#shared/compare/summary.ts'
import type { SnapshotId, TrackerId } from '#shared/ids.ts'
import { timeIn, type MomentRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface PastMoment {
  /** The number of the last entry in it; 0 is before everything, and what an imported snapshot has. */
  readonly seq: number
  /** When that was; for a snapshot when it was taken. */
  readonly at: number
  readonly tracker: Tracker
}

/** Clocks step back: how much older than a time a snapshot has to be for its last entry to be so too. */
const LEEWAY = 60_000

export class Moments {
  readonly #archive: Archive
  readonly #store: Pick<Store, 'readSince'>
  readonly #replay: (replay: Replay) => Promise<Tracker>

  constructor(deps: {
    readonly archive: Archive
    readonly store: Pick<Store, 'readSince'>
    readonly replay: (replay: Replay) => Promise<Tracker>
  }) {
    this.#archive = deps.archive
    this.#store = deps.store
    this.#replay = deps.replay
  }

  /** Undefined where the tracker has no such snapshot. */
  async find(trackerId: TrackerId, ref: MomentRef): Promise<PastMoment | undefined> {
    const time = timeIn(ref)
    if (time !== undefined) return this.#atTime(trackerId, time)
    const snapshot = await this.#archive.find(trackerId, ref as SnapshotId)
    const state = snapshot && (await this.#archive.packed(trackerId, ref as SnapshotId))
    if (!snapshot || !state) return undefined
    const tracker = await this.#replay({ state, updates: [] })
    return { seq: snapshot.seq, at: snapshot.at, tracker }
  }

  /** What changed from one to the other; undefined where one of them is no snapshot of the tracker. */
  async summary(
    trackerId: TrackerId,
    from: MomentRef,
    to: MomentRef,
  ): Promise<Summary | undefined> {
    const before = await this.find(trackerId, from)
    const after = await this.find(trackerId, to)
    return before && after && summarise(compare(before.tracker, after.tracker))
  }

  /** After an entry, or the last one where there are not so many. */
  async after(trackerId: TrackerId, seq: number): Promise<PastMoment> {
    const base = await this.#base(trackerId, snapshot => snapshot.seq <= seq)
    const entries = await this.#store.readSince(trackerId, base.seq, seq)
    return this.#replayed(base, entries)
  }

  async #atTime(trackerId: TrackerId, time: number): Promise<PastMoment> {
    const base = await this.#base(trackerId, snapshot => snapshot.at <= time - LEEWAY)
    const entries = await this.#store.readSince(trackerId, base.seq)
    const after = entries.findIndex(({ at }) => at > time)
    return this.#replayed(base, after < 0 ? entries : entries.slice(0, after))
  }

  /** The newest snapshot that is old enough: what came after it is all that has to be replayed. */
  async #base(
    trackerId: TrackerId,
    isOldEnough: (snapshot: Pick<Base, 'at' | 'seq'>) => boolean,
  ): Promise<Base> {
    for (const { at, id, seq } of await this.#archive.all(trackerId)) {
      if (seq === 0 || !isOldEnough({ at, seq })) continue
      const state = await this.#archive.packed(trackerId, id as SnapshotId)
      // It may have been thinned out meanwhile.
      if (state) return { seq, at, state }
    }
    return { seq: 0, at: 0, state: null }
  }

  async #replayed({ at, seq, state }: Base, entries: readonly Entry[]): Promise<PastMoment> {
    const tracker = await this.#replay({ state, updates: entries.map(({ update }) => update) })
    const last = entries.at(-1)
    return { seq: last?.seq ?? seq, at: last?.at ?? at, tracker }
  }
}

interface Base {
  readonly seq: number
  readonly at: number
  /** As it is stored; null for the empty document. */
  readonly state: Uint8Array | null
}
