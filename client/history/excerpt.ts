/** Long texts in a small cell: what changed, with a few words around it. */
import { compareWords, type WordPart } from '#shared/compare/words.ts'

/** How much of the unchanged words is kept on either side of a change. */
const CONTEXT = 36

/** The parts that changed, and of the kept ones what stands beside a change. */
export const excerpt = (then: string, now: string): readonly WordPart[] => {
  const parts = compareWords(then, now)
  return parts.map((part, index) => {
    if (part.kind !== 'kept') return part
    const [isFirst, isLast] = [index === 0, index === parts.length - 1]
    return { kind: 'kept', text: shortened(part.text, isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT) }
  })
}

/** The text without its middle, cut between words; an end of which nothing is wanted is left out whole. */
const shortened = (text: string, fromStart: number, fromEnd: number): string => {
  if (text.length <= fromStart + fromEnd + 12) return text
  const start = fromStart === 0 ? '' : text.slice(0, fromStart).replace(/\S*$/u, '')
  const end = fromEnd === 0 ? '' : text.slice(text.length - fromEnd).replace(/^\S*/u, '')
  return `${start}…${end}`
}

/** Lines break at words, so a text takes more of them than its length says. */
const RAGGED = 12

/** About what the excerpt will say, reckoned without comparing words: for the height of a row that nobody sees yet. */
export const roughExcerpt = (then: string, now: string): string => {
  const room = Math.min(then.length, now.length)
  let start = 0
  while (start < room && then[start] === now[start]) start++
  let end = 0
  while (end < room - start && then[then.length - 1 - end] === now[now.length - 1 - end]) end++
  // Whole words: a change inside one strikes all of it.
  while (start > 0 && now[start - 1] !== ' ') start--
  while (end > 0 && now[now.length - end] !== ' ') end--
  const around = CONTEXT + RAGGED
  const before = now.slice(Math.max(0, start - around), start)
  const after = now.slice(now.length - end, now.length - end + around)
  return `${before}${then.slice(start, then.length - end)} ${now.slice(start, now.length - end)} ${after}`
}
