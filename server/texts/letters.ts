/**
 * Letters as they are typed, from the shapes that a page is printed with: Arabic letters joined to their neighbours,
 * ligatures such as `ﬁ`.
 */

/** Arabic, Hebrew and Latin shapes that stand for letters of their own; CJK compatibility stays as it is. */
const SHAPE = /[\uFB00-\uFDFF\uFE70-\uFEFC]/g

const letterOf = (shape: string): string => shape.normalize('NFKC')

/** Shapes of a letter that could join what follows and do not. */
const ENDINGS: ReadonlySet<string> = new Set(
  [
    [0xfb50, 0xfbff],
    [0xfe80, 0xfef4],
  ].flatMap(([from = 0, to = 0]) => {
    const shapes = Array.from({ length: to - from + 1 }, (_, index) =>
      String.fromCharCode(from + index),
    )
    // Letters that join on both sides have four shapes: alone, last, first, in between.
    return [...Map.groupBy(shapes, letterOf).values()]
      .filter(({ length }) => length === 4)
      .flatMap(four => four.slice(0, 2))
  }),
)

const ARABIC = /[\u0620-\u064A\u066E-\u06D3\uFB50-\uFDFF\uFE70-\uFEFC]/

const NON_JOINER = '\u200C'

/**
 * In reading order. Where a letter ends within a word although it could join, the writer has put a non-joiner, which no
 * page shows: Persian spells with it.
 */
export const typed = (printed: string): string => {
  let text = ''
  for (let at = 0; at < printed.length; at += 1) {
    const shape = printed[at] ?? ''
    text += shape
    if (ENDINGS.has(shape) && ARABIC.test(printed[at + 1] ?? '')) text += NON_JOINER
  }
  // A mark that is printed alone stands on a blank of its own.
  return text.replace(SHAPE, letterOf).replace(/ (?=[\u064B-\u065F\u0670])/g, '')
}
