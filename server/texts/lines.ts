/** Puts the pieces of a printed page into lines, and each line into the order in which it is read. */
import { typed } from '#server/texts/letters.ts'

/** A run of glyphs as it was printed; its letters are in reading order already. */
export interface Piece {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Direction = 'left' | 'right' | 'number' | 'neutral'

/** Written from the right: Hebrew, Arabic and the scripts of their block. */
const FROM_RIGHT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/
const DIGIT = /[\d\u0660-\u0669\u06F0-\u06F9]/
const LETTER = /\p{L}/u

const directionOf = (text: string): Direction => {
  const stripped = text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, '0')
  if (FROM_RIGHT.test(stripped)) return 'right'
  if (LETTER.test(stripped)) return 'left'
  return DIGIT.test(stripped) ? 'number' : 'neutral'
}

export interface Line {
  readonly text: string
  /** Whether more than the usual room is left above it. */
  readonly isApart: boolean
}

/** Of the height of its letters: what stands higher or lower than that is another line, what does not is a small sign. */
const SAME_LINE = 0.55
/** What stands lower than that begins another paragraph. */
const SAME_PARAGRAPH = 1.7

/** Pieces of one line follow each other. */
export const linesOf = (pieces: readonly Piece[]): readonly Line[] => {
  const lines: { readonly pieces: Piece[]; readonly isApart: boolean }[] = []
  let previous: Piece | undefined
  for (const piece of pieces) {
    const line = lines.at(-1)
    const height = Math.max(piece.height, previous?.height ?? 0, 1)
    const down = previous === undefined ? 0 : previous.y - piece.y
    const isSame = line !== undefined && Math.abs(down) < SAME_LINE * height
    if (isSame) line.pieces.push(piece)
    else lines.push({ pieces: [piece], isApart: down < 0 || down > SAME_PARAGRAPH * height })
    // A mark above a letter does not move the line.
    if (!isSame || piece.width > 0) previous = piece
  }
  return lines.map(({ isApart, pieces }) => ({ text: lineOf(pieces), isApart }))
}

const lineOf = (pieces: readonly Piece[]): string => {
  const directions = pieces.map(({ text }) => directionOf(text))
  if (!directions.includes('right')) return typed(pieces.map(({ text }) => text).join(''))
  return typed(
    inOrder(pieces, isFromRight(pieces))
      .map(({ isReversed, text }) => (isReversed ? mirrored(text) : text))
      .join(''),
  )
}

/** What most of its letters say. */
const isFromRight = (pieces: readonly Piece[]): boolean => {
  let balance = 0
  for (const { text } of pieces)
    for (const character of text) {
      const direction = directionOf(character)
      if (direction === 'right') balance += 1
      if (direction === 'left') balance -= 1
    }
  return balance >= 0
}

/** What stands at the edge of words from the left, such as a full stop, may belong to what is read from the right. */
const EDGES = /^([\s.,:;!?…،؛؟()[\]{}«»"']*)(.*?)([\s.,:;!?…،؛؟()[\]{}«»"']*)$/u

const apart = (piece: Piece): readonly Piece[] => {
  if (directionOf(piece.text) === 'right') return [piece]
  const each = piece.width / piece.text.length
  let { x } = piece
  return (EDGES.exec(piece.text)?.slice(1) ?? []).flatMap(text => {
    const width = each * text.length
    x += width
    return text === '' ? [] : { ...piece, text, x: x - width, width }
  })
}

interface Levelled extends Piece {
  readonly level: number
  readonly isReversed: boolean
}

/** The rules of Unicode's bidirectional algorithm, backwards: from how the pieces stand to how they are read. */
const inOrder = (pieces: readonly Piece[], isBaseRight: boolean): readonly Levelled[] => {
  const base = isBaseRight ? 1 : 0
  const standing = pieces.flatMap(apart).toSorted((a, b) => middleOf(a) - middleOf(b))
  const directions = standing.map(({ text }) => directionOf(text))
  const strong = (from: number, step: 1 | -1): 0 | 1 => {
    for (let at = from; at >= 0 && at < standing.length; at += step) {
      if (directions[at] === 'right') return 1
      if (directions[at] === 'left') return 0
    }
    return base
  }
  const levelled = standing.map((piece, at): Levelled => {
    const level = levelOf(directions[at] ?? 'neutral', strong(at, -1), strong(at, 1), base)
    return { ...piece, level, isReversed: level % 2 === 1 }
  })
  const highest = levelled.reduce((most, { level }) => Math.max(most, level), 0)
  for (let level = highest; level > 0; level -= 1) reverseFrom(levelled, level)
  return levelled
}

const levelOf = (direction: Direction, before: 0 | 1, after: 0 | 1, base: number): number => {
  const isAmongRight = before === 1 && after === 1
  switch (direction) {
    case 'right':
      return 1
    case 'left':
      return base === 1 ? 2 : 0
    case 'number':
      return isAmongRight || base === 1 ? 2 : 0
    case 'neutral':
      if (isAmongRight) return 1
      return before === 0 && after === 0 ? (base === 1 ? 2 : 0) : base
  }
}

/** Turns round every run of pieces of this level and above. */
const reverseFrom = (pieces: Levelled[], level: number): void => {
  let start = 0
  while (start < pieces.length) {
    let end = start
    while (end < pieces.length && (pieces[end]?.level ?? 0) >= level) end += 1
    const run = pieces.slice(start, end).toReversed()
    pieces.splice(start, run.length, ...run)
    start = end + 1
  }
}

const middleOf = ({ width, x }: Piece): number => x + width / 2

const BRACKETS = '()[]{}<>«»‹›'

/** A bracket within words from the right is printed as its counterpart. */
const mirrored = (text: string): string =>
  text.replace(/[()[\]{}<>«»‹›]/g, bracket => {
    const at = BRACKETS.indexOf(bracket)
    return BRACKETS[at % 2 === 0 ? at + 1 : at - 1] ?? bracket
  })
