/** Why things were changed between two entries of the journal, in the order in which the changes began. */
import type { MatrixView } from '#client/live/view.ts'

export const reasonsBetween = (
  view: Pick<MatrixView, 'movements' | 'reasons'>,
  after: number,
  upTo: number,
): readonly string[] => {
  const begun = Object.entries(view.movements())
    .map(([key, { reasonId }]) => ({ reasonId, seq: Number(key.split('/').at(-1)) }))
    .filter(({ reasonId, seq }) => reasonId !== null && seq > after && seq <= upTo)
    .toSorted((a, b) => a.seq - b.seq)
  if (begun.length === 0) return []
  const words = new Map<string, string>(view.reasons().map(({ id, text }) => [id, text]))
  return [...new Set(begun.map(({ reasonId }) => words.get(reasonId ?? '') ?? ''))].filter(Boolean)
}
