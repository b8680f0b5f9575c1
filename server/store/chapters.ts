/**
 * Chapters: about a thousand entries of a document in one compressed row, which takes the place of the small rows
 * that the flushes wrote. Oldest first, so that a document's rows are chapters and then a growing tail.
 */
import type { DocumentName } from '#shared/access.ts'
import type { Chapter } from '#shared/history/chapter.ts'
import { compressedBody, isCompressed, packCompressed } from '#server/store/packed.ts'
import { entriesOf, type PackedRow } from '#server/store/rows.ts'
import { DamagedError } from '#server/store/store.ts'

/** A run of rows is full when it holds so many entries, or so many bytes: a chapter is read as a whole. */
export const CHAPTER = { entries: 1_000, bytes: 1024 * 1024 } as const

/** Rows of any size as chapters. Throws a DamagedError when one of them cannot be read. */
export const chaptersOf = (
  document: DocumentName,
  rows: readonly PackedRow[],
): readonly Chapter[] => {
  const bound = rows.findLastIndex(isChapter) + 1
  return [
    ...rows.slice(0, bound),
    ...Array.from(runsIn(rows.slice(bound)), ({ run }) => bindChapter(document, run)),
  ].map(row => opened(document, row))
}

const opened = (document: DocumentName, { firstSeq, packed }: PackedRow): Chapter => {
  try {
    return { firstSeq, compressed: compressedBody(packed) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DamagedError(document, `the chapter from entry ${firstSeq} on: ${why}`)
  }
}

export const isChapter = ({ packed }: PackedRow): boolean => isCompressed(packed)

/**
 * The next rows to bind: as many of the oldest small rows as fill a chapter, or none while they are too few. `rows`
 * are the ones after the last chapter, ascending; no more of them are taken than needed.
 */
export const nextRun = (rows: Iterable<PackedRow>): readonly PackedRow[] => {
  for (const { isFull, run } of runsIn(rows)) if (isFull) return run
  return []
}

interface Run {
  readonly run: readonly PackedRow[]
  /** The last one may be too short. */
  readonly isFull: boolean
}

function* runsIn(rows: Iterable<PackedRow>): Generator<Run> {
  let run: PackedRow[] = []
  let bytes = 0
  for (const row of rows) {
    run.push(row)
    bytes += row.packed.length
    const entries = row.lastSeq - (run[0]?.firstSeq ?? 0) + 1
    if (entries < CHAPTER.entries && bytes < CHAPTER.bytes) continue
    yield { run, isFull: true }
    run = []
    bytes = 0
  }
  if (run.length > 0) yield { run, isFull: false }
}

/** The one row that says what the rows of the run say. Throws a DamagedError when one of them cannot be read. */
export const bindChapter = (document: DocumentName, run: readonly PackedRow[]): PackedRow => {
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) throw new Error('A chapter of nothing')
  const entries = entriesOf(document, run, first.firstSeq - 1)
  const chapter = { ...first, lastSeq: last.lastSeq, packed: packCompressed(entries) }
  if (entriesOf(document, [chapter], first.firstSeq - 1).length !== entries.length)
    throw new DamagedError(document, `entries ${first.firstSeq} to ${last.lastSeq} do not bind`)
  return chapter
}
