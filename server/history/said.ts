/** What changed between moments, with the kinds that people have given to movements since: derived, never stored. */
import { asApi } from '#server/history/archive.ts'
import type { Moments } from '#server/history/moments.ts'
import type { Movements } from '#server/history/movements.ts'
import { EMPTY, type Snapshots } from '#server/history/snapshots.ts'
import type { ApiHistory, SnapshotEntry } from '#shared/api.ts'
import { compare } from '#shared/compare/compare.ts'
import { summarise, type KindsSaid, type Summary } from '#shared/compare/summary.ts'
import type { SnapshotId, TrackerId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'

export interface SaidDeps {
  readonly moments: Pick<Moments, 'find'>
  readonly movements: Pick<Movements, 'saidSince'>
  readonly snapshots: Pick<Snapshots, 'list'>
}

type Listed = Omit<ApiHistory, 'retention'>

/** Lines of a list that are reckoned anew at most, the newest of those that somebody has corrected. */
const MOST = 40
/** Summaries that are remembered. */
const REMEMBERED = 500

export class Said {
  readonly #deps: SaidDeps
  /** By the two snapshots and what was said: the oldest ones first. */
  #known = new Map<string, Summary>()

  constructor(deps: SaidDeps) {
    this.#deps = deps
  }

  /** What snapshots say is no longer what they said. */
  forget(): void {
    this.#known = new Map()
  }

  /** Undefined where one of the two is no snapshot of the tracker. */
  async summary(
    trackerId: TrackerId,
    from: MomentRef,
    to: MomentRef,
  ): Promise<Summary | undefined> {
    const { moments, movements } = this.#deps
    const before = await moments.find(trackerId, from)
    const after = await moments.find(trackerId, to)
    if (!before || !after) return undefined
    const said = await movements.saidSince(trackerId, before.seq)
    return summarise(compare(before.tracker, after.tracker), said(before.seq, after.seq))
  }

  /** The list, each line as it reads with what has been said since it was written. */
  async list(trackerId: TrackerId): Promise<Listed> {
    const said = await this.#deps.movements.saidSince(trackerId, 0)
    const { sinceThen, snapshots } = await this.#deps.snapshots.list(trackerId, said)
    const lines: SnapshotEntry[] = []
    let reckoned = 0
    for (const [place, entry] of snapshots.entries()) {
      const before = snapshots[place + 1]
      const ofEntry = said(before?.seq ?? 0, entry.seq)
      const isReckoned = ofEntry.size > 0 && reckoned < MOST
      if (isReckoned) reckoned += 1
      lines.push(isReckoned ? await this.#line(trackerId, before, entry, ofEntry) : entry)
    }
    return { snapshots: lines, sinceThen }
  }

  async #line(
    trackerId: TrackerId,
    before: SnapshotEntry | undefined,
    entry: SnapshotEntry,
    said: KindsSaid,
  ): Promise<SnapshotEntry> {
    const name = JSON.stringify([before?.id, entry.id, [...said].toSorted()])
    const known = this.#known
    let summary = known.get(name)
    if (!summary) {
      const then = await this.#tracker(trackerId, before)
      const now = await this.#tracker(trackerId, entry)
      // Thinned out since the list was read.
      if (!then || !now) return entry
      summary = summarise(compare(then, now), said)
      known.set(name, summary)
      const [oldest] = known.keys()
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest)
    }
    return { ...entry, summary: asApi(summary) }
  }

  async #tracker(trackerId: TrackerId, snapshot: SnapshotEntry | undefined) {
    const { moments } = this.#deps
    if (!snapshot) return EMPTY
    return (await moments.find(trackerId, snapshot.id as SnapshotId))?.tracker
  }
}
