/** The one change of what was appended: other updates in the places of some entries, row by row. */
import type { DocumentName } from '#shared/access.ts'
import { isChapter } from '#server/store/chapters.ts'
import { pack, packCompressed } from '#server/store/packed.ts'
import { entriesOf, type PackedRow } from '#server/store/rows.ts'

/** Updates by the numbers of their entries. */
export type Updates = ReadonlyMap<number, Uint8Array>

/** The row with the updates in it; undefined where none of them belongs there. Throws a DamagedError. */
export const rewritten = (
  document: DocumentName,
  row: PackedRow,
  updates: Updates,
): PackedRow | undefined => {
  let isConcerned = false
  for (let seq = row.firstSeq; seq <= row.lastSeq && !isConcerned; seq++)
    isConcerned = updates.has(seq)
  if (!isConcerned) return undefined
  const edits = entriesOf(document, [row], row.firstSeq - 1).map(({ seq, ...edit }) => ({
    ...edit,
    update: updates.get(seq) ?? edit.update,
  }))
  return { ...row, packed: isChapter(row) ? packCompressed(edits) : pack(edits) }
}
