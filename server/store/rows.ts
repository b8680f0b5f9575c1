/** What the journal's rows say: their entries in order, each row intact and beginning where the one before ended. */
import { crc32 } from 'node:zlib'
import type { DocumentName } from '#shared/access.ts'
import { unpack } from '#server/store/packed.ts'
import { DamagedError, type Checkpoint, type Draft, type Entry } from '#server/store/store.ts'

/** The entries `firstSeq` to `lastSeq`, packed. */
export interface PackedRow {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly packed: Uint8Array
}

/** The entries of the rows that come after `from`, up to `upTo`; the rows before and after may be left out. */
export const entriesOf = (
  document: DocumentName,
  rows: readonly PackedRow[],
  from: number,
  upTo = Number.POSITIVE_INFINITY,
): readonly Entry[] => {
  const entries: Entry[] = []
  let expected = rows[0] && rows[0].firstSeq <= from + 1 ? rows[0].firstSeq : from + 1
  for (const row of rows) {
    const drafts = draftsOf(document, row)
    const { firstSeq, lastSeq } = row
    if (firstSeq !== expected || drafts.length !== lastSeq - firstSeq + 1) {
      throw new DamagedError(document, `entry ${expected} is missing`)
    }
    for (const [index, draft] of drafts.entries()) {
      const seq = firstSeq + index
      if (seq > from && seq <= upTo) entries.push({ ...draft, seq })
    }
    expected = lastSeq + 1
  }
  return entries
}

const draftsOf = (
  document: DocumentName,
  { firstSeq, lastSeq, packed }: PackedRow,
): readonly Draft[] => {
  try {
    return unpack(packed)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DamagedError(document, `entries ${firstSeq} to ${lastSeq}: ${why}`)
  }
}

/** A checkpoint as it is stored. */
export interface CheckpointRow {
  readonly seq: number
  /** CRC-32 of `state`. */
  readonly checksum: number
  readonly state: Uint8Array
}

export const checkpointRow = ({ state, upTo }: Checkpoint): CheckpointRow => ({
  seq: upTo,
  checksum: crc32(state),
  state,
})

export const isSound = ({ checksum, state }: CheckpointRow): boolean => crc32(state) === checksum
