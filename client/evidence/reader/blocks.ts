/** A text in blocks, so that a browser draws only what is in sight of it, and in each block what is marked. */
import type { Span } from '#shared/evidence/anchor.ts'
import type { ExcerptId } from '#shared/ids.ts'

/** About so much of a text is laid out at a time. */
const BLOCK = 3_000

/** More in one block are not told apart by anybody. */
const MOST_MARKS = 300

/** All of the text, cut at the ends of lines, else between words, never within a character. */
export const blocksOf = (text: string): readonly Span[] => {
  const blocks: Span[] = []
  for (let start = 0; start < text.length;) {
    const end = endOfBlock(text, start)
    blocks.push({ start, end })
    start = end
  }
  return blocks
}

const endOfBlock = (text: string, start: number): number => {
  const most = start + BLOCK
  if (most >= text.length) return text.length
  // Only here: a text without line ends would be searched to its beginning each time.
  const block = text.slice(start, most)
  const line = block.lastIndexOf('\n')
  if (line >= 0) return start + line + 1
  const space = block.lastIndexOf(' ')
  if (space >= 0) return start + space + 1
  const unit = text.charCodeAt(most)
  return unit >= 0xdc00 && unit <= 0xdfff ? most - 1 : most
}

export interface Marked extends Span {
  readonly id: ExcerptId
}

/** Words of a block with all the excerpts that they belong to, outermost first. */
export interface Piece extends Span {
  readonly ids: readonly ExcerptId[]
}

export const piecesOf = (block: Span, marks: readonly Marked[]): readonly Piece[] => {
  const within = marks
    .values()
    .filter(({ end, start }) => start < block.end && end > block.start)
    .take(MOST_MARKS)
    .toArray()
  const cuts = [
    ...new Set([
      block.start,
      block.end,
      ...within.flatMap(({ end, start }) => [
        Math.max(start, block.start),
        Math.min(end, block.end),
      ]),
    ]),
  ].sort((a, b) => a - b)
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? end
    const ids = within
      .filter(mark => mark.start <= start && mark.end >= end)
      .toSorted((a, b) => b.end - b.start - (a.end - a.start))
      .map(({ id }) => id)
    return { start, end, ids }
  })
}
