/** Sizes reckoned from what is in a row, never measured on the screen: the same text is as high on every visit. */
import { barSteps, stanceWords } from '#client/matrix/scale.ts'
import type { Cell } from '#shared/cells.ts'
import type { Scale } from '#shared/issues.ts'

export const DENSITIES = ['compact', 'normal', 'roomy'] as const
export type Density = (typeof DENSITIES)[number]

export interface Sizes {
  readonly column: number
  /** The first column, with the issues' titles. */
  readonly head: number
  /** The header row. */
  readonly top: number
  readonly padding: number
  /** The most lines of a position that a cell shows. */
  readonly lines: number
  /** The most lines of a stance's label, and of an issue's description. */
  readonly labelled: number
  readonly described: number
  readonly foot: number
  /** The most lines of each of two claims that contradict each other. */
  readonly contested: number
  readonly least: number
}

export const LINE = 18
/** What stands below the stance, before the position. */
const STANCE_GAP = 2
/** The line of an issue's description. */
const SMALL_LINE = 16
export const BASKET_HEIGHT = 34
export const SLIM_HEIGHT = 28

const SIZES: Readonly<Record<Density, Sizes>> = {
  compact: {
    column: 176,
    head: 208,
    top: 48,
    padding: 5,
    lines: 1,
    labelled: 1,
    described: 0,
    foot: 0,
    contested: 0,
    least: 30,
  },
  normal: {
    column: 200,
    head: 240,
    top: 52,
    padding: 8,
    lines: 3,
    labelled: 2,
    described: 3,
    foot: 17,
    contested: 1,
    least: 52,
  },
  roomy: {
    column: 280,
    head: 300,
    top: 56,
    padding: 12,
    lines: 6,
    labelled: 3,
    described: 4,
    foot: 18,
    contested: 2,
    least: 68,
  },
}
export const sizesOf = (density: Density): Sizes => SIZES[density]

/** Widths of the printable ASCII characters from the space on, in tenths of a pixel: Inter at 13 px, as measured. */
const WIDTHS = [
  37, 37, 61, 82, 83, 128, 84, 39, 47, 47, 65, 86, 37, 60, 37, 47, 82, 53, 79, 80, 84, 77, 81, 76,
  80, 81, 37, 39, 86, 86, 86, 66, 126, 91, 85, 95, 94, 78, 77, 97, 97, 35, 74, 87, 74, 117, 98, 99,
  83, 99, 84, 83, 84, 97, 91, 131, 89, 88, 82, 47, 41, 47, 61, 59, 42, 73, 80, 74, 80, 76, 44, 80,
  77, 31, 31, 71, 31, 114, 77, 78, 80, 80, 51, 69, 43, 77, 73, 106, 71, 73, 72, 55, 43, 55, 86,
] as const

/** In tenths of a pixel. Other scripts by their usual width: near enough to tell two lines from three. */
const widthOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x7f) return WIDTHS[code - 0x20] ?? 0
  const isCombining = (code >= 0x300 && code <= 0x36f) || code === 0x200c || code === 0x200d
  if (isCombining) return 0
  if (code >= 0x590 && code <= 0x8ff) return 58
  if (code >= 0x2010 && code <= 0x2027) return 70
  return (code >= 0x1100 && code <= 0x11ff) || code >= 0x2e80 ? 130 : 78
}

const REMEMBERED = 20_000
const remembered = new Map<string, number>()
/** What a tracker said is not to outlive it on this page: it may have been redacted. */
export const forgetTexts = (): void => remembered.clear()

/** How many lines a text takes at a width, up to `most` + 1, which says that it is cut. */
export const lineCount = (text: string, width: number, most: number): number => {
  if (text === '') return 0
  const key = `${width}/${most}/${text}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const lines = countLines(text, width, most)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(key, lines)
  return lines
}

const countLines = (text: string, width: number, most: number): number => {
  const room = width * 10
  let lines = 0
  for (const paragraph of text.split('\n')) {
    lines++
    let filled = 0
    for (const word of paragraph.split(/(?<=[ -])/)) {
      let wide = 0
      for (const character of word) wide += widthOf(character)
      // A space may hang over the end of a line.
      const inked = word.endsWith(' ') ? wide - WIDTHS[0] : wide
      if (filled > 0 && filled + inked > room) {
        lines++
        filled = 0
      }
      for (filled += wide; filled - (wide - inked) > room; filled -= room) lines++
      if (lines > most) return most + 1
    }
    if (lines > most) return most + 1
  }
  return lines
}

/** Whether the first line holds a stance or says what is known instead of one. */
export const hasStanceLine = (cell: Cell): boolean =>
  cell.stance !== null ||
  cell.aspiration !== null ||
  cell.walkAway !== null ||
  (cell.scope !== null && cell.scope !== 'on_table') ||
  cell.knowledge === 'agenda_only' ||
  cell.knowledge === 'agreed'

export const hasFoot = (cell: Cell): boolean => cell.claimIds.length > 0 || cell.confidence !== null

/** A step of the stance's bar, and what stands between the bar and its label. */
export const STEP = 9
const LABEL_GAP = 5
/** Labels are set bolder than the positions whose widths are known. */
const BOLDER = 1.05

/** The lines that a stance takes, with its label beside the bar; 0 where there is none. */
export const stanceLines = (
  cell: Cell,
  scale: Scale,
  sizes: Pick<Sizes, 'column' | 'labelled'>,
): number => {
  if (!hasStanceLine(cell)) return 0
  const room = (textWidth(sizes) - barSteps(scale) * STEP - LABEL_GAP) / BOLDER
  const lines = lineCount(stanceWords(cell, scale.points), room, sizes.labelled)
  return Math.max(1, Math.min(sizes.labelled, lines))
}

/** What stands above and between two claims that contradict each other. */
const CONTEST_GAP = 4

export const cellHeight = (cell: Cell, scale: Scale, sizes: Sizes, isContested = false): number => {
  const lines = Math.min(sizes.lines, lineCount(cell.position, textWidth(sizes), sizes.lines))
  const stance = stanceLines(cell, scale, sizes)
  return (
    2 * sizes.padding +
    (stance > 0 ? stance * LINE + STANCE_GAP : 0) +
    lines * LINE +
    (isContested && sizes.contested > 0 ? 2 * (sizes.contested * SMALL_LINE + CONTEST_GAP) : 0) +
    (hasFoot(cell) ? sizes.foot : 0)
  )
}

/** A changed cell shows what it was and what it is, so it may take more lines than one that is merely read. */
const MARKED_LINES = 12

export const markedHeight = (text: string, sizes: Sizes): number =>
  2 * sizes.padding + Math.min(MARKED_LINES, lineCount(text, textWidth(sizes), MARKED_LINES)) * LINE

/** What a line of position text may fill of a cell. */
export const textWidth = (sizes: Pick<Sizes, 'column'>): number => sizes.column - 25

export const isCut = (text: string, sizes: Sizes): boolean =>
  lineCount(text, textWidth(sizes), sizes.lines) > sizes.lines

export const titleHeight = (title: string, description: string, sizes: Sizes): number => {
  const width = sizes.head - 36
  const titleLines = Math.min(2, lineCount(title, width * 0.93, 2))
  const smaller = 12 / 13
  const described = Math.min(
    sizes.described,
    lineCount(description, width / smaller, sizes.described),
  )
  return 2 * sizes.padding + Math.max(1, titleLines) * LINE + described * SMALL_LINE
}

/** Where each of several things begins that stand one after another; one more entry says where the last one ends. */
export const startsOf = (lengths: readonly number[]): readonly number[] => {
  const starts = [0]
  let end = 0
  for (const length of lengths) starts.push((end += length))
  return starts
}

/** The index of the thing that covers `at`; the first or last one beyond the ends. */
export const indexAt = (starts: readonly number[], at: number): number => {
  let low = 0
  let high = Math.max(0, starts.length - 2)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}

export interface Span {
  readonly first: number
  /** Exclusive. */
  readonly end: number
}

/** What to draw of a long list: what `from` to `to` shows, `beyond` pixels further on both sides. */
export const spanOf = (
  starts: readonly number[],
  from: number,
  to: number,
  beyond: number,
): Span => {
  const many = starts.length - 1
  if (many <= 0) return { first: 0, end: 0 }
  return { first: indexAt(starts, from - beyond), end: indexAt(starts, to + beyond) + 1 }
}

export const sameSpan = (a: Span, b: Span): boolean => a.first === b.first && a.end === b.end
