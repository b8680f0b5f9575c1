/** A tracker with its snapshots as one JSON file: writing it, and reading one that anybody may have written. */
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import {
  packText,
  textInFile,
  textsNamedIn,
  unpackTexts,
  type FileText,
} from '#server/exchange/texts-in-file.ts'
import { faultsOf, trackerSchema } from '#server/exchange/tracker-schema.ts'
import { Unreadable } from '#server/exchange/unreadable.ts'
import type { TextRow } from '#server/texts/text-table.ts'
import {
  MAX_CLASSIFICATION_LENGTH,
  ONE_LINE,
  SNAPSHOT_KINDS,
  type SnapshotEntry,
} from '#shared/api.ts'
import { isId, type SnapshotId, type TextHash } from '#shared/ids.ts'
import { MAX_LABEL_LENGTH, MAX_REMARK_LENGTH } from '#shared/snapshots.ts'
import type { Tracker } from '#shared/tracker.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

const MIB = 1_024 * 1_024
/** What one snapshot may unpack to, and all of a file's together. */
const MOST_UNPACKED = 32 * MIB
const MOST_UNPACKED_IN_ALL = 256 * MIB

const VERSION = 1

/** The last millisecond that a `Date` can hold. */
const LAST_DATE = 8_640_000_000_000_000

const name = z.string().max(200)
const snapshotInFile = z.object({
  id: z.string().refine(isId, 'is not an id'),
  at: z.number().int().nonnegative(),
  kind: z.enum(SNAPSHOT_KINDS),
  label: z.string().max(MAX_LABEL_LENGTH),
  note: z.string().max(8_000),
  /** Names, because the accounts are another server's. */
  by: name.nullable(),
  authors: z.array(name).max(1_000),
  pinned: z.boolean().default(false),
  standsFor: z.number().int().nonnegative().max(1_000_000).default(0),
  signOffs: z
    .array(
      z.object({
        by: name,
        at: z.number().int().nonnegative().max(LAST_DATE),
        note: z.string().max(MAX_REMARK_LENGTH),
      }),
    )
    .max(1_000)
    .default([]),
  /** The tracker as it was: JSON, gzip, base64. */
  tracker: z.base64(),
})

const file = z.object({
  format: z.literal('parley'),
  version: z.number().int(),
  exportedAt: z.number().int().nonnegative(),
  /** The line that it left under; '' for none. */
  classification: z.string().max(MAX_CLASSIFICATION_LENGTH).regex(ONE_LINE).default(''),
  tracker: trackerSchema,
  /** The live document, a Yjs update V2 in base64: for scripts. An import builds its own from `tracker`. */
  document: z.string(),
  snapshots: z.array(snapshotInFile).max(5_000),
  /** Of the sources, also of those that only snapshots know. */
  texts: z.array(textInFile).max(5_000).default([]),
})
export type TrackerFile = z.infer<typeof file>

export const NO_TRACKER_FILE = 'This is not a tracker exported from Parley. Choose a file that is.'

/** What every file has to begin with; the rest is checked by `readFile`, with words about what does not fit. */
export const trackerFileHead = z
  .looseObject({ format: z.string(), version: z.number() })
  .meta({ id: 'TrackerFile' })

export interface PastMoment extends Omit<z.infer<typeof snapshotInFile>, 'tracker' | 'id'> {
  readonly id: SnapshotId
  readonly tracker: Tracker
}

export const writeFile = async (
  live: {
    readonly tracker: Tracker
    readonly state: Uint8Array
    readonly at: number
    readonly classification: string
  },
  snapshots: readonly SnapshotEntry[],
  trackerOf: (snapshot: SnapshotEntry) => Promise<Tracker | undefined>,
  textOf: (hash: TextHash) => Promise<TextRow | undefined>,
): Promise<TrackerFile> => {
  const past = []
  const named = new Set(textsNamedIn(live.tracker))
  for (const snapshot of snapshots) {
    const { at, authors, by, id, kind, label, note, pinned, signOffs, standsFor } = snapshot
    const tracker = await trackerOf(snapshot)
    // Thinned out since the list was read.
    if (!tracker) continue
    for (const hash of textsNamedIn(tracker)) named.add(hash)
    const packed = await compress(JSON.stringify(tracker))
    past.push({
      id,
      at,
      kind,
      label,
      note,
      by: by?.name ?? null,
      authors: authors.map(({ name }) => name),
      pinned,
      standsFor,
      signOffs: signOffs.map(({ at, by, note }) => ({ by: by.name, at, note })),
      tracker: packed.toString('base64'),
    })
  }
  const texts = []
  for (const hash of named) {
    const row = await textOf(hash)
    if (row) texts.push(await packText(row))
  }
  return {
    format: 'parley',
    version: VERSION,
    exportedAt: live.at,
    classification: live.classification,
    tracker: live.tracker,
    document: Buffer.from(live.state).toString('base64'),
    snapshots: past,
    texts,
  }
}

/** Rejects with words where the file is not an export of Parley, or one of a newer version. */
export const readFile = async (
  given: unknown,
): Promise<{
  readonly classification: string
  readonly tracker: Tracker
  readonly past: readonly PastMoment[]
  readonly texts: readonly FileText[]
}> => {
  const head = trackerFileHead.safeParse(given)
  if (!head.success || head.data.format !== 'parley') throw new Unreadable(NO_TRACKER_FILE)
  if (head.data.version > VERSION)
    throw new Unreadable(
      'This file was written by a newer version of Parley. Update this one first.',
    )
  const read = file.safeParse(given)
  if (!read.success) throw new Unreadable(`This file is damaged (${faultsOf(read.error)}).`)
  const past: PastMoment[] = []
  let unpacked = 0
  for (const [index, { tracker, ...snapshot }] of read.data.snapshots.entries()) {
    const json = await unpack(tracker, index)
    unpacked += json.length
    if (unpacked > MOST_UNPACKED_IN_ALL)
      throw new Unreadable('The snapshots in this file are too large. Export fewer of them.')
    past.push({ ...snapshot, id: snapshot.id as SnapshotId, tracker: parse(json, index) })
    // Somebody's large file is not everybody's pause.
    await setImmediate()
  }
  const texts = await unpackTexts(read.data.texts)
  const { classification } = read.data
  return {
    classification,
    tracker: read.data.tracker,
    past: past.toSorted((a, b) => a.at - b.at),
    texts,
  }
}

const damaged = (index: number, why: string): Unreadable =>
  new Unreadable(`This file is damaged (snapshots.${index}: ${why}).`)

const unpack = async (packed: string, index: number): Promise<string> => {
  try {
    const bytes = await decompress(Buffer.from(packed, 'base64'), {
      maxOutputLength: MOST_UNPACKED,
    })
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw damaged(index, 'cannot be unpacked, or is too large')
  }
}

const parse = (json: string, index: number): Tracker => {
  let given: unknown
  try {
    given = JSON.parse(json)
  } catch {
    throw damaged(index, 'is not JSON')
  }
  const read = trackerSchema.safeParse(given)
  if (!read.success) throw damaged(index, faultsOf(read.error))
  return read.data
}
