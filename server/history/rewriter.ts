/**
 * Rewrites a tracker's whole life: journal, checkpoints, snapshots, what is derived of them and what people said of them.
 * First it is written down what goes, by where it stands; each step after that may be taken twice, so that a rewriting
 * which was interrupted is finished with the next start.
 */
import * as Y from 'yjs'
import type { Account } from '#server/accounts/accounts.ts'
import type { Archive } from '#server/history/archive.ts'
import type { After } from '#server/history/bursts.ts'
import type { Redacting } from '#server/history/redact.ts'
import { documentsOf } from '#server/history/redaction-plan.ts'
import type { Plan, RedactionRow, RedactionTable } from '#server/history/redaction-table.ts'
import type { Snapshots } from '#server/history/snapshots.ts'
import type { Rooms } from '#server/live/rooms.ts'
import type { Store } from '#server/store/store.ts'
import { parseDocumentName, type DocumentName } from '#shared/access.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { docFrom, readTitle } from '#shared/document/tracker.ts'
import type { Blanks } from '#shared/history/redact/blanks.ts'
import { newId, type RedactionId, type TrackerId } from '#shared/ids.ts'
import type { Redaction } from '#shared/redactions.ts'

export interface RewriterDeps {
  readonly rooms: Pick<Rooms, 'alone'>
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

/** What is to be done, and what the one who asked is told besides. */
export interface Planned<Told> {
  readonly plan: Plan
  readonly reason: string
  readonly told: Told
}

export class Rewriter {
  readonly #deps: RewriterDeps

  constructor(deps: RewriterDeps) {
    this.#deps = deps
  }

  /**
   * Plans with nobody in the tracker's documents and those of `others`, then carries it out. Answers `undefined` where
   * there is nothing to do.
   */
  run<Told>(
    trackerId: TrackerId,
    by: Pick<Account, 'id' | 'name'>,
    others: readonly DocumentName[],
    make: () => Promise<Planned<Told> | undefined>,
  ): Promise<{ readonly told: Told; readonly redaction: Redaction } | undefined> {
    const { now, rooms, snapshots, table } = this.#deps
    return snapshots.rewriting(trackerId, async () => {
      let row: RedactionRow | undefined
      try {
        const done = await rooms.alone(refsOf(trackerId, others), async () => {
          const planned = await make()
          if (!planned) return undefined
          const { plan, reason, told } = planned
          const id = newId<RedactionId>()
          const begun = { id, trackerId, by: by.id, at: now(), reason, plan, doneAt: null }
          await table.begin(begun)
          row = begun
          return { told, redaction: await this.#rewrite(row, by.name) }
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

  /** Goes on with what was interrupted. Never rejects: what fails is reported, and tried again. */
  async finish(): Promise<void> {
    const { archive, rooms, snapshots, table } = this.#deps
    try {
      for (const row of await table.unfinished())
        await snapshots.rewriting(row.trackerId, async () => {
          const [author] = await archive.authors([row.by])
          const others = (row.plan.moved?.edits ?? []).map(({ document }) => document)
          await rooms.alone(refsOf(row.trackerId, others), () =>
            this.#rewrite(row, author?.name ?? ''),
          )
          await this.#scrub(row)
        })
    } catch (error) {
      this.#again(error)
    }
  }

  /** What is on disk of a document. */
  async stored(name: DocumentName): Promise<Y.Doc> {
    const { checkpoint, entries } = await this.#deps.store.load(name)
    const doc = docFrom(checkpoint?.state ?? EMPTY)
    Y.transact(doc, () => {
      for (const { update } of entries) Y.applyUpdate(doc, update)
    })
    return doc
  }

  #again(error: unknown): void {
    this.#deps.report(error)
    this.#deps.after(AGAIN, () => void this.finish())
  }

  /** With nobody in the documents. */
  async #rewrite(row: RedactionRow, name: string): Promise<Redaction> {
    const { archive, forget, redacting, store, table } = this.#deps
    const { plan, trackerId } = row
    await this.#move(row)
    const all = new Map<DocumentName, Blanks>()
    for (const { blanks: planned, name } of plan.documents) {
      const { checkpoint } = await store.load(name)
      const updates = (await store.readSince(name, 0)).map(({ update }) => update)
      // Where it was interrupted, people went on writing about it.
      const since = plan.moved ? await redacting.take({ updates, ...plan.moved }) : []
      const blanks = [...planned, ...since]
      all.set(name, blanks)
      await store.rewrite(name, await redacting.blank({ updates, checkpoint, blanks }))
    }
    const tombstone = tombstoneOf(row, name)
    await this.#bury(row, tombstone)
    const blanks = all.get(trackerId) ?? []
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

  /** Into the compartment and out of the matrix, in one transaction of the disk, once. */
  async #move({ at, by, plan: { moved }, trackerId }: RedactionRow): Promise<void> {
    if (!moved) return
    const { store, table } = this.#deps
    const edits = await Promise.all(
      moved.edits.map(async ({ client, document, update }) => ({
        batch: {
          document,
          drafts: [{ account: by, at, update: new Uint8Array(Buffer.from(update, 'base64')) }],
          clients: new Map([[client, by]]),
        },
        isThere: (await store.load(document)).clients.has(client),
      })),
    )
    if (!edits.some(({ isThere }) => isThere)) await store.append(edits.map(({ batch }) => batch))
    await table.moveTexts(trackerId, moved)
  }

  /** Into the journal itself: whoever comes back hears of it with the first answer. */
  async #bury({ at, by, id, plan, trackerId }: RedactionRow, tombstone: Redaction): Promise<void> {
    const { settle, store, table } = this.#deps
    const doc = await this.stored(trackerId)
    await settle()
    await table.retitle(trackerId, readTitle(doc))
    if (plan.moved?.isSilent || redactionRecords.has(doc, id)) return
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
}

const refsOf = (trackerId: TrackerId, others: readonly DocumentName[]) => {
  const names = new Set<DocumentName>(documentsOf(trackerId).map(({ name }) => name))
  for (const name of others) names.add(name)
  return [...names].flatMap(name => parseDocumentName(name) ?? [])
}

/** Of a document in which nobody has ever written. */
const EMPTY = Y.encodeStateAsUpdate(new Y.Doc())

export const tombstoneOf = ({ at, id, plan, reason }: RedactionRow, by: string): Redaction => ({
  id,
  by,
  at,
  where: plan.where,
  reason,
})
