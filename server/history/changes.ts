/**
 * The record of changes of every tracker: brought up to the journal's end when work has paused, and before somebody
 * reads it. Nothing here is the truth: the same journal always gives the same rows.
 */
import {
  ChangeTable,
  type ChangeQuery,
  type Mark,
  type Newest,
} from '#server/history/change-table.ts'
import type { Derived, Stretch } from '#server/history/derive.ts'
import type { Database } from '#server/store/database.ts'
import type { Store } from '#server/store/store.ts'
import { LONGEST_PAUSE, type Change } from '#shared/history/changes.ts'
import type { TrackerId } from '#shared/ids.ts'

export interface ChangesDeps {
  readonly db: Database
  readonly store: Store
  readonly derive: (stretch: Stretch) => Promise<Derived>
  /** Told of what failed while nobody waited for it. */
  readonly report: (error: unknown, trackerId: TrackerId) => void
  /** Entries that are worked on at once. */
  readonly stretch?: number
  /** Entries after which the document is kept anew, so that the next stretch need not begin far back. */
  readonly keepStateEvery?: number
}

export class Changes {
  readonly #store: Store
  readonly #report: ChangesDeps['report']
  readonly #stretch: number
  readonly #keepStateEvery: number
  readonly #table: ChangeTable
  readonly #derive: ChangesDeps['derive']
  /** One at a time for each tracker. */
  readonly #turns = new Map<TrackerId, Promise<void>>()
  readonly #waiting = new Set<TrackerId>()
  #isDraining = false
  #isClosed = false

  constructor({ db, derive, keepStateEvery = 1_000, report, store, stretch = 2_000 }: ChangesDeps) {
    this.#store = store
    this.#report = report
    this.#stretch = stretch
    this.#keepStateEvery = keepStateEvery
    this.#table = new ChangeTable(db)
    this.#derive = derive
  }

  /** Writes the rows of everything that is in the journal by now. */
  catchUp(trackerId: TrackerId): Promise<void> {
    return this.#inTurn(trackerId, async () => {
      let mark: Mark | null = await this.#begin(trackerId)
      while (mark) mark = await this.#advance(trackerId, mark)
    })
  }

  /** The journal is another one now: what was derived of it goes, also what is being derived at this moment. */
  forget(trackerId: TrackerId): Promise<void> {
    return this.#inTurn(trackerId, () => this.#table.clear(trackerId))
  }

  #inTurn(trackerId: TrackerId, task: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(trackerId) ?? Promise.resolve()).then(task)
    const settled = turn.catch(() => undefined)
    this.#turns.set(trackerId, settled)
    void settled.then(() => {
      if (this.#turns.get(trackerId) === settled) this.#turns.delete(trackerId)
    })
    return turn
  }

  /** The same when there is time, one tracker after the other; what fails is made good by the next time. */
  catchUpLater(trackerId: TrackerId): void {
    if (this.#isClosed) return
    this.#waiting.add(trackerId)
    void this.#drain()
  }

  /** In the order of the cells: what was changed last in each, and by whom one of the fields. */
  async newest(
    trackerId: TrackerId,
    cells: readonly { readonly issueId: string; readonly partyId: string }[],
    fields: readonly string[],
  ): Promise<readonly (Newest | undefined)[]> {
    await this.catchUp(trackerId)
    return Promise.all(
      cells.map(({ issueId, partyId }) => this.#table.newest(trackerId, issueId, partyId, fields)),
    )
  }

  /** The rows of everything that is in the journal by now. */
  async read(trackerId: TrackerId, query: ChangeQuery): Promise<readonly Change[]> {
    await this.catchUp(trackerId)
    return this.#table.read(trackerId, query)
  }

  /** What differs from how it was after an entry, oldest first. */
  async since(trackerId: TrackerId, seq: number): Promise<readonly Change[]> {
    await this.catchUp(trackerId)
    return this.#table.since(trackerId, seq)
  }

  /** What has not been written is written when somebody reads it. */
  close(): void {
    this.#isClosed = true
    this.#waiting.clear()
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    for (const trackerId of this.#waiting) {
      this.#waiting.delete(trackerId)
      await this.catchUp(trackerId).catch((error: unknown) => {
        if (!this.#isClosed) this.#report(error, trackerId)
      })
    }
    this.#isDraining = false
  }

  async #begin(trackerId: TrackerId): Promise<Mark> {
    const mark = await this.#table.mark(trackerId)
    if (mark) return mark
    await this.#table.clear(trackerId)
    return { seq: 0, stateSeq: 0 }
  }

  /** The mark after the next stretch; null at the journal's end. */
  async #advance(trackerId: TrackerId, { seq, stateSeq }: Mark): Promise<Mark | null> {
    const entries = await this.#store.readSince(trackerId, seq, seq + this.#stretch)
    const last = entries.at(-1)
    if (!last) return null
    const written = seq > stateSeq ? await this.#store.readSince(trackerId, stateSeq, seq) : []
    const since = Math.min(...entries.map(({ at }) => at)) - LONGEST_PAUSE
    const wantsState = last.seq - stateSeq >= this.#keepStateEvery
    const { changes, state } = await this.#derive({
      state: stateSeq > 0 ? await this.#table.state(trackerId) : null,
      before: written.map(({ update }) => update),
      entries,
      runs: await this.#table.openRuns(trackerId, seq, since),
      wantsState,
    })
    const mark = { seq: last.seq, stateSeq: wantsState ? last.seq : stateSeq }
    await this.#table.write(trackerId, changes, mark, state)
    return mark
  }
}
