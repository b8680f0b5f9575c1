/** Trackers as files: out whole or as a sheet, in as a new tracker or into one that is there. */
import { setImmediate } from 'node:timers/promises'
import * as Y from 'yjs'
import type { Trackers } from '#server/accounts/trackers.ts'
import { readCsv, writeCsv } from '#server/exchange/csv.ts'
import { merge, type Merged } from '#server/exchange/merge.ts'
import { rebuild } from '#server/exchange/rebuild.ts'
import { readSheet, writeSheet } from '#server/exchange/sheet.ts'
import {
  readFile,
  writeFile,
  type PastMoment,
  type TrackerFile,
} from '#server/exchange/tracker-file.ts'
import type { Archive, Moment } from '#server/history/archive.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { capture, EMPTY, type Past, type Snapshots } from '#server/history/snapshots.ts'
import type { TextTable } from '#server/texts/text-table.ts'
import type { ImportReport } from '#shared/api.ts'
import { compare } from '#shared/compare/compare.ts'
import { summarise } from '#shared/compare/summary.ts'
import { SIGNED } from '#shared/document/layout.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { newId, type AccountId, type SnapshotId, type TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

/** A file to hand out, with the tracker's title for its name. */
export interface Exported<Content> {
  readonly title: string
  readonly content: Content
}

const UNTITLED = 'Imported tracker'

export class Exchange {
  readonly #archive: Archive
  readonly #matrices: Matrices
  readonly #snapshots: Snapshots
  readonly #texts: Pick<TextTable, 'add' | 'row'>
  readonly #trackers: Pick<Trackers, 'classificationOf' | 'classify' | 'enter'>
  readonly #now: () => number

  constructor(deps: {
    readonly archive: Archive
    readonly matrices: Matrices
    readonly snapshots: Snapshots
    readonly texts: Pick<TextTable, 'add' | 'row'>
    readonly trackers: Pick<Trackers, 'classificationOf' | 'classify' | 'enter'>
    readonly now: () => number
  }) {
    this.#archive = deps.archive
    this.#matrices = deps.matrices
    this.#snapshots = deps.snapshots
    this.#texts = deps.texts
    this.#trackers = deps.trackers
    this.#now = deps.now
  }

  async exportFile(id: TrackerId): Promise<Exported<TrackerFile>> {
    const { value: live } = await this.#matrices.read(id, capture)
    const snapshots = (await this.#archive.all(id)).toReversed()
    const content = await writeFile(
      { ...live, at: this.#now(), classification: await this.#trackers.classificationOf(id) },
      snapshots,
      snapshot => this.#archive.tracker(id, snapshot.id as SnapshotId),
      hash => this.#texts.row(id, hash),
    )
    return { title: live.tracker.title, content }
  }

  /** One snapshot as a tracker of its own, without a past. */
  async exportSnapshotFile(
    id: TrackerId,
    snapshotId: SnapshotId,
  ): Promise<Exported<TrackerFile> | undefined> {
    const found = await this.#snapshots.read(id, snapshotId)
    const state = await this.#archive.state(id, snapshotId)
    if (!found || !state) return undefined
    const { tracker } = found
    const content = await writeFile(
      {
        tracker,
        state,
        at: this.#now(),
        classification: await this.#trackers.classificationOf(id),
      },
      [],
      async () => tracker,
      hash => this.#texts.row(id, hash),
    )
    return { title: titleOf(found), content }
  }

  async exportSnapshotSheet(
    id: TrackerId,
    snapshotId: SnapshotId,
  ): Promise<Exported<string> | undefined> {
    const found = await this.#snapshots.read(id, snapshotId)
    if (!found) return undefined
    const line = await this.#trackers.classificationOf(id)
    return { title: titleOf(found), content: writeCsv(writeSheet(found.tracker, line)) }
  }

  async exportSheet(id: TrackerId): Promise<Exported<string>> {
    const { value: tracker } = await this.#matrices.read(id, readTracker)
    const line = await this.#trackers.classificationOf(id)
    return { title: tracker.title, content: writeCsv(writeSheet(tracker, line)) }
  }

  /**
   * Makes a new tracker of a file; the account owns it and is the author of its one edit. The people in the file
   * may have no account here, and a file can say anything: they are named in the notes of its snapshots only.
   */
  async importFile(given: unknown, owner: AccountId): Promise<TrackerId> {
    const { classification, past, texts, tracker } = await readFile(given)
    const ids = new Map(past.map(({ id }) => [id, newId<SnapshotId>()]))
    const signers = signersIn([tracker, ...past.map(({ tracker }) => tracker)], owner)
    const here = (of: Tracker): Tracker => signedAs(renamed(of, ids), signers)
    const moments = await pastOf(past, ids, owner, this.#now(), here)
    const id = newId<TrackerId>()
    await this.#matrices.edit(id, owner, doc => rebuild(doc, here(tracker)))
    await this.#trackers.enter(id, tracker.title || UNTITLED, owner)
    if (classification !== '') await this.#trackers.classify(id, classification)
    for (const text of texts)
      await this.#texts.add(id, { ...text, by: owner, at: Math.min(text.at, this.#now()) })
    for (const [snapshot, moment] of moments) await this.#archive.add(id, moment, snapshot)
    return id
  }

  /** One edit in the account's name, after a snapshot of what was there. */
  async importSheet(id: TrackerId, by: AccountId, bytes: Uint8Array): Promise<ImportReport> {
    const sheet = readSheet(readCsv(bytes))
    const { id: safety } = await this.#snapshots.save(id, {
      kind: 'before_import',
      label: '',
      note: '',
      by,
    })
    let merged: Merged | undefined
    await this.#matrices.edit(id, by, doc => {
      merged = merge(doc, sheet)
    })
    if (!merged) throw new Error(`The import into ${id} did not run`)
    return { ...merged, safety }
  }
}

/** "Talks, 2026-02-03 18.40 Round two": a colon cannot stand in the name of a file everywhere. */
const titleOf = ({ snapshot, tracker }: Past): string => {
  const [day, minute] = new Date(snapshot.at).toISOString().split('T')
  const when = `${day} ${minute?.slice(0, 5).replace(':', '.')}`
  return `${tracker.title.slice(0, 50)}, ${when} ${snapshot.label}`.trim()
}

/** The notes on restores and the meetings name snapshots, which have other ids here. */
const renamed = (tracker: Tracker, ids: ReadonlyMap<SnapshotId, SnapshotId>): Tracker => ({
  ...tracker,
  restores: tracker.restores.map(note => ({
    ...note,
    from: ids.get(note.from as SnapshotId) ?? note.from,
    safety: ids.get(note.safety) ?? note.safety,
  })),
  meetings: tracker.meetings.map(meeting => ({
    ...meeting,
    before: meeting.before && (ids.get(meeting.before) ?? null),
    after: meeting.after && (ids.get(meeting.after) ?? null),
  })),
})

/**
 * Who signed grades, changes of status and notes in a file, under names of no account: a file can say anything. Only the
 * importing account keeps its own; two who were different stay different.
 */
const signersIn = (
  trackers: readonly Tracker[],
  owner: AccountId,
): ReadonlyMap<AccountId, AccountId> => {
  const signers = new Map([[owner, owner]])
  for (const tracker of trackers)
    for (const root of SIGNED)
      for (const { by } of tracker[root])
        if (!signers.has(by)) signers.set(by, `imported-${signers.size}` as AccountId)
  return signers
}

const signedAs = (tracker: Tracker, signers: ReadonlyMap<AccountId, AccountId>): Tracker => ({
  ...tracker,
  ...Object.fromEntries(
    SIGNED.map(root => [
      root,
      tracker[root].map(record => ({ ...record, by: signers.get(record.by) ?? record.by })),
    ]),
  ),
})

/** The snapshots to be, built from the file's plain data before anything is stored. */
const pastOf = async (
  past: readonly PastMoment[],
  ids: ReadonlyMap<SnapshotId, SnapshotId>,
  owner: AccountId,
  now: number,
  here: (tracker: Tracker) => Tracker,
): Promise<readonly (readonly [SnapshotId, Moment])[]> => {
  const moments = []
  let before = EMPTY
  for (const { at, by, id, kind, label, note, pinned, standsFor, tracker, ...people } of past) {
    const doc = new Y.Doc()
    rebuild(doc, here(tracker))
    const moment: Moment = {
      // Older than the import, which is the first entry of the new journal.
      seq: 0,
      at: Math.min(at, now),
      kind,
      label,
      note: [note, credits(by, people)].filter(part => part !== '').join('\n\n'),
      by: kind === 'automatic' ? null : owner,
      authors: [],
      summary: summarise(compare(before, tracker)),
      state: Y.encodeStateAsUpdateV2(doc),
      pinned,
      standsFor,
    }
    doc.destroy()
    moments.push([ids.get(id) ?? newId<SnapshotId>(), moment] as const)
    before = tracker
    await setImmediate()
  }
  return moments
}

const credits = (
  by: string | null,
  { authors, signOffs }: Pick<PastMoment, 'authors' | 'signOffs'>,
): string => {
  const saved = by === null ? 'automatically' : `by ${by}`
  const edited = authors.length === 0 ? '' : `; edited by ${authors.join(', ')}`
  const signed = signOffs.map(({ at, by, note }) => {
    const remark = note === '' ? '' : `: ${note}`
    return ` Signed off by ${by}, ${signedOn.format(at)}${remark}.`
  })
  return `Imported. Saved ${saved}${edited}.${signed.join('')}`
}

const signedOn = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
