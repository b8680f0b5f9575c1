/** Words of a text that are found again, there by their place and in a corrected text by their quote. All in UTF-16 units. */
import type { Excerpt } from '#shared/sources.ts'

/** So many places on either side of where the words stood are looked at: of words that are everywhere none is the one. */
export const MAX_PLACES = 500

/** Up to so much of what stands before and after the words goes with them. */
export const CONTEXT = 32

/** Longer words are no quote any more, and a field holds no more. */
export const MAX_EXCERPT = 4_000

export type Anchor = Pick<Excerpt, 'start' | 'end' | 'exact' | 'prefix' | 'suffix'>
export type Span = Pick<Excerpt, 'start' | 'end'>

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/** Whether a place in a text is between the two halves of one character. */
const isWithin = (text: string, at: number): boolean =>
  at > 0 && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))

const clamped = (at: number, length: number): number =>
  Number.isFinite(at) ? Math.max(0, Math.min(Math.trunc(at), length)) : 0

/** The words between two places, in whichever order; undefined for none and for too many. Whole characters alone. */
export const anchor = (text: string, from: number, to: number): Anchor | undefined => {
  let start = clamped(Math.min(from, to), text.length)
  let end = clamped(Math.max(from, to), text.length)
  if (start === end) return undefined
  if (isWithin(text, start)) start--
  if (isWithin(text, end)) end++
  if (end - start > MAX_EXCERPT) return undefined
  let before = Math.max(0, start - CONTEXT)
  let after = Math.min(text.length, end + CONTEXT)
  if (isWithin(text, before)) before++
  if (isWithin(text, after)) after--
  return {
    start,
    end,
    exact: text.slice(start, end),
    prefix: text.slice(before, start),
    suffix: text.slice(end, after),
  }
}

/** Without the white space around it: a double click selects it too. */
export const trimmed = (text: string, from: number, to: number): Span => {
  const [start, end] = [Math.min(from, to), Math.max(from, to)]
  const words = text.slice(start, end)
  const lead = words.length - words.trimStart().length
  return { start: start + lead, end: Math.max(start + lead, start + words.trimEnd().length) }
}

/**
 * Where the words stand in a text that may be another than the one they were taken from: at their place where the quote
 * and all of its context are there; else, of all places with the very same words, where most of the context agrees, and
 * of those the nearest; else where only white space has changed. Undefined where they are not in this text.
 */
export const findExcerpt = (text: string, excerpt: Anchor): Span | undefined => {
  const { exact, prefix, start, suffix } = excerpt
  if (exact === '') return undefined
  const end = start + exact.length
  if (
    text.startsWith(exact, start) &&
    text.startsWith(suffix, end) &&
    text.slice(Math.max(0, start - prefix.length), start) === prefix
  )
    return { start, end }
  return (
    best(placesOf(text, exact, start), text, excerpt) ?? best(loosely(text, exact), text, excerpt)
  )
}

/** The nearest first, before the place and then from it on. */
function* placesOf(text: string, exact: string, from: number): Generator<Span> {
  let at = from > 0 ? text.lastIndexOf(exact, from - 1) : -1
  for (let left = MAX_PLACES; at >= 0 && left > 0; left--) {
    yield { start: at, end: at + exact.length }
    at = at > 0 ? text.lastIndexOf(exact, at - 1) : -1
  }
  at = text.indexOf(exact, from)
  for (let left = MAX_PLACES; at >= 0 && left > 0; left--) {
    yield { start: at, end: at + exact.length }
    at = text.indexOf(exact, at + 1)
  }
}

/** The same words with other white space between them, as after other line breaks. */
function* loosely(text: string, exact: string): Generator<Span> {
  const words = exact.trim().split(/\s+/)
  if (words.length < 2) return
  const pattern = new RegExp(words.map(word => RegExp.escape(word)).join('\\s+'), 'gu')
  for (const { 0: found, index } of text.matchAll(pattern).take(2 * MAX_PLACES))
    yield { start: index, end: index + found.length }
}

const best = (
  places: Iterable<Span>,
  text: string,
  { prefix, start, suffix }: Anchor,
): Span | undefined => {
  let found: Span | undefined
  let most = -1
  let distance = Infinity
  for (const place of places) {
    const agrees = sharedEnd(text, place.start, prefix) + sharedStart(text, place.end, suffix)
    const away = Math.abs(place.start - start)
    if (agrees < most || (agrees === most && away >= distance)) continue
    found = place
    most = agrees
    distance = away
  }
  return found
}

/** How many units before a place agree with the end of the prefix. */
const sharedEnd = (text: string, at: number, prefix: string): number => {
  let count = 0
  while (
    count < prefix.length &&
    count < at &&
    text.charCodeAt(at - 1 - count) === prefix.charCodeAt(prefix.length - 1 - count)
  )
    count++
  return count
}

const sharedStart = (text: string, at: number, suffix: string): number => {
  let count = 0
  while (
    count < suffix.length &&
    at + count < text.length &&
    text.charCodeAt(at + count) === suffix.charCodeAt(count)
  )
    count++
  return count
}
