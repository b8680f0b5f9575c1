/**
 * Takes a text out of a tracker's whole life: journal, checkpoints, snapshots, what is derived of them and what people
 * said of them. First it is written down what goes, by where it stands; each step after that may be taken twice, so
 * that a redaction which was interrupted is finished with the next start.
 */
import * as Y from 'yjs'
import type { Account } from '#server/accounts/accounts.ts'
import type { Archive } from '#server/history/archive.ts'
import type { After } from '#server/history/bursts.ts'
import type { Matrices } from '#server/history/matrices.ts'
import type { Redacting } from '#server/history/redact.ts'
import { documentsOf, planRedaction, type Found } from '#server/history/redaction-plan.ts'
import type { RedactionRow, RedactionTable } from '#server/history/redaction-table.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import type { Rooms } from '#server/live/rooms.ts'
import type { Store } from '#server/store/store.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { docFrom, readTitle, readTracker } from '#shared/document/tracker.ts'
import { newId, type RedactionId, type TrackerId } from '#shared/ids.ts'
import { withoutTexts } from '#shared/history/redact/brought.ts'
import type { Redaction } from '#shared/redactions.ts'

export interface RedactionsDeps {
  readonly rooms: Pick<Rooms, 'alone'>
  readonly matrices: Pick<Matrices, 'read'>
  readonly store: Store
  readonly table: RedactionTable
  readonly archive: Pick<Archive, 'authors' | 'packed'>
  readonly snapshots: Pick<Snapshots, 'rewriting'>
  readonly redacting: Redacting
  /** Writes what is still to be written of the documents into tables. */
  readonly settle: () => Promise<void>
  /** Forgets what was derived of a tracker's journal, or is about to be written of it. */
  readonly forget: (trackerId: TrackerId) => Promise<void>
  readonly now: () => number
  readonly after: After
  /** Told of what failed; it is tried again. */
  readonly report: (error: unknown) => void
}

/** It has begun, and something keeps it from its end: it goes on by itself. */
export class Unfinished extends Error {}

const AGAIN = 60_000

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
    const { matrices, now, rooms, snapshots, table } = this.#deps
    // Where the disk refuses, nobody is sent away for nothing.
    await matrices.read(trackerId, () => undefined)
    return snapshots.rewriting(trackerId, async () => {
      let row: RedactionRow | undefined
      try {
        const done = await rooms.alone(documentsOf(trackerId), async () => {
          const tracker = readTracker(await this.#stored(trackerId))
          const { found, plan } = await planRedaction(this.#deps, trackerId, text, tracker)
          if (found.places.length + found.snapshots + found.words === 0) return undefined
          const id = newId<RedactionId>()
          row = { id, trackerId, by: by.id, at: now(), reason, plan, doneAt: null }
          await table.begin(row)
          const known = this.#texts.get(trackerId) ?? []
          this.#texts.set(trackerId, [...known, text].slice(-MOST_REMEMBERED))
          return { ...found, redaction: await this.#rewrite(row, by.name) }
        })
        if (row) await this.#scrub(row)
        return done
      } catch (error) {
        if (!row) throw error
        this.#again(error)
        throw new Unfinished('A redaction is not finished', { cause: error })
      }
    })
  }

  /** An update from before, without copies of what has been redacted since. */
  without(trackerId: TrackerId, update: Uint8Array): Uint8Array {
    const texts = this.#texts.get(trackerId)
    return texts ? withoutTexts(update, texts) : update
  }

  /** Those that are done or under way, in the order in which they were made. */
  async list(trackerId: TrackerId): Promise<readonly (Redaction & { readonly done: boolean })[]> {
    const rows = await this.#deps.table.of(trackerId)
    const authors = await this.#deps.archive.authors(rows.map(({ by }) => by))
    return rows.map((row, index) => ({
      ...tombstoneOf(row, authors[index]?.name ?? ''),
      done: row.doneAt !== null,
    }))
  }

  /** Goes on with what was interrupted. Never rejects: what fails is reported, and tried again. */
  async finish(): Promise<void> {
    const { archive, rooms, snapshots, table } = this.#deps
    try {
      for (const row of await table.unfinished())
        await snapshots.rewriting(row.trackerId, async () => {
          const [author] = await archive.authors([row.by])
          const refs = documentsOf(row.trackerId)
          await rooms.alone(refs, () => this.#rewrite(row, author?.name ?? ''))
          await this.#scrub(row)
        })
    } catch (error) {
      this.#again(error)
    }
  }

  #again(error: unknown): void {
    this.#deps.report(error)
    this.#deps.after(AGAIN, () => void this.finish())
  }

  /** With nobody in the documents. */
  async #rewrite(row: RedactionRow, name: string): Promise<Redaction> {
    const { archive, forget, redacting, store, table } = this.#deps
    const { plan, trackerId } = row
    for (const { blanks, name } of plan.documents) {
      const { checkpoint } = await store.load(name)
      const updates = (await store.readSince(name, 0)).map(({ update }) => update)
      await store.rewrite(name, await redacting.blank({ updates, checkpoint, blanks }))
    }
    const tombstone = tombstoneOf(row, name)
    await this.#bury(row, tombstone)
    const blanks = plan.documents.find(it => it.name === trackerId)?.blanks ?? []
    for (const id of await table.snapshots(trackerId)) {
      const state = await archive.packed(trackerId, id)
      const own = plan.snapshots.find(it => it.id === id)?.blanks ?? []
      const call = { blanks: [blanks, own], text: null, texts: [] }
      const shot = state && (await redacting.snapshot({ state, ...call }))
      if (shot?.state) await table.putState(trackerId, id, shot.state)
    }
    await table.blank(trackerId, plan.beside, row.at)
    await forget(trackerId)
    return tombstone
  }

  /** Into the journal itself: whoever comes back hears of it with the first answer. */
  async #bury({ at, by, id, trackerId }: RedactionRow, tombstone: Redaction): Promise<void> {
    const { settle, store, table } = this.#deps
    const doc = await this.#stored(trackerId)
    await settle()
    await table.retitle(trackerId, readTitle(doc))
    if (redactionRecords.has(doc, id)) return
    let update: Uint8Array | undefined
    doc.once('update', (bytes: Uint8Array) => (update = bytes))
    redactionRecords.put(doc, id, tombstone)
    if (!update) throw new Error('A tombstone that changes nothing')
    const drafts = [{ account: by, at, update }]
    await store.append([{ document: trackerId, drafts, clients: new Map([[doc.clientID, by]]) }])
  }

  async #scrub(row: RedactionRow): Promise<void> {
    const { now, store, table } = this.#deps
    await store.scrub()
    await table.done(row, now())
  }

  async #stored(trackerId: TrackerId): Promise<Y.Doc> {
    const { checkpoint, entries } = await this.#deps.store.load(trackerId)
    const doc = docFrom(checkpoint?.state ?? EMPTY)
    Y.transact(doc, () => {
      for (const { update } of entries) Y.applyUpdate(doc, update)
    })
    return doc
  }
}

/** Of a document in which nobody has ever written. */
const EMPTY = Y.encodeStateAsUpdate(new Y.Doc())

const tombstoneOf = ({ at, id, plan, reason }: RedactionRow, by: string): Redaction => ({
  id,
  by,
  at,
  where: plan.where,
  reason,
})
