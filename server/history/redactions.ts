/** Taking a text out of a tracker's whole life. */
import type { Account } from '#server/accounts/accounts.ts'
import type { Archive } from '#server/history/archive.ts'
import type { Matrices } from '#server/history/matrices.ts'
import type { Redacting } from '#server/history/redact.ts'
import { planRedaction, type Found } from '#server/history/redaction-plan.ts'
import type { RedactionTable } from '#server/history/redaction-table.ts'
import { tombstoneOf, type Rewriter } from '#server/history/rewriter.ts'
import type { Store } from '#server/store/store.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type { TrackerId } from '#shared/ids.ts'
import { withoutTexts } from '#shared/history/redact/brought.ts'
import type { Redaction } from '#shared/redactions.ts'

export interface RedactionsDeps {
  readonly matrices: Pick<Matrices, 'read'>
  readonly store: Pick<Store, 'readSince'>
  readonly table: RedactionTable
  readonly archive: Pick<Archive, 'authors' | 'packed'>
  readonly redacting: Redacting
  readonly rewriter: Rewriter
}

/** Texts of a tracker that are remembered, the latest. */
const MOST_REMEMBERED = 50

export class Redactions {
  readonly #deps: RedactionsDeps
  /** What was redacted since the start: in memory alone, for who comes back with it. */
  readonly #texts = new Map<TrackerId, readonly string[]>()

  constructor(deps: RedactionsDeps) {
    this.#deps = deps
  }

  /** Where the text stands; nothing changes. */
  async find(trackerId: TrackerId, text: string): Promise<Found> {
    const { value: tracker } = await this.#deps.matrices.read(trackerId, readTracker)
    return (await planRedaction(this.#deps, trackerId, text, tracker)).found
  }

  /** Answers `undefined` where the text never stood anywhere. */
  async redact(
    trackerId: TrackerId,
    by: Pick<Account, 'id' | 'name'>,
    text: string,
    reason: string,
  ): Promise<(Found & { readonly redaction: Redaction }) | undefined> {
    const { matrices, rewriter } = this.#deps
    // Where the disk refuses, nobody is sent away for nothing.
    await matrices.read(trackerId, () => undefined)
    const done = await rewriter.run(trackerId, by, [], async () => {
      const tracker = readTracker(await rewriter.stored(trackerId))
      const { found, plan } = await planRedaction(this.#deps, trackerId, text, tracker)
      if (found.places.length + found.snapshots + found.words === 0) return undefined
      const known = this.#texts.get(trackerId) ?? []
      this.#texts.set(trackerId, [...known, text].slice(-MOST_REMEMBERED))
      return { plan, reason, told: found }
    })
    return done && { ...done.told, redaction: done.redaction }
  }

  /** An update from before, without copies of what has been redacted since. */
  without(trackerId: TrackerId, update: Uint8Array): Uint8Array {
    const texts = this.#texts.get(trackerId)
    return texts ? withoutTexts(update, texts) : update
  }

  /**
   * Those that are done or under way, in the order in which they were made; without what went into a compartment of which
   * nobody else may know.
   */
  async list(trackerId: TrackerId): Promise<readonly (Redaction & { readonly done: boolean })[]> {
    const rows = (await this.#deps.table.of(trackerId)).filter(({ plan }) => !plan.moved?.isSilent)
    const authors = await this.#deps.archive.authors(rows.map(({ by }) => by))
    return rows.map((row, index) => ({
      ...tombstoneOf(row, authors[index]?.name ?? ''),
      done: row.doneAt !== null,
    }))
  }
}
