/** Words of a text are found again: at their place, by their quote in a corrected text, and never half a character of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anchor, findExcerpt, MAX_EXCERPT, trimmed, type Anchor } from '#shared/evidence/anchor.ts'

const SEED = 20_260_206

const REPORT = `Tehran orders talks “strictly within the nuclear issue”.

رئیس‌جمهور دستور آغاز گفت‌وگوها را داد؛ گفت‌وگوها در ترکیه خواهد بود.
A diplomat: talks in Istanbul 🕊️ on Friday. Talks in Istanbul, says a second one 👩🏽‍💻.`

const words = fc.oneof(
  fc.constantFrom('talks ', 'گفت‌وگوها ', '🕊️', '👩🏽‍💻 ', '𝕏', '\n', 'e\u0301', ''),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const texts = fc
  .array(words, { minLength: 1, maxLength: 60 })
  .map(parts => parts.join('').toWellFormed())

const selection = fc.record({
  text: texts,
  a: fc.double({ min: 0, max: 1, noNaN: true }),
  b: fc.double({ min: 0, max: 1, noNaN: true }),
})
const anchored = (text: string, a: number, b: number): Anchor | undefined =>
  anchor(text, Math.floor(a * (text.length + 1)), Math.floor(b * (text.length + 1)))

const quoteOf = (text: string, words: string, after = 0): Anchor => {
  const start = text.indexOf(words, after)
  const found = anchor(text, start, start + words.length)
  if (!found || start < 0) throw new Error(`“${words}” is not in the text`)
  return found
}
const foundIn = (text: string, excerpt: Anchor): string | undefined => {
  const span = findExcerpt(text, excerpt)
  return span && text.slice(span.start, span.end)
}

test('of words that are everywhere the nearest of those around their place are looked at', () => {
  const [text, far] = ['a'.repeat(1_000_000), 700_000]
  const excerpt = { start: far, end: far + 1, exact: 'a', prefix: 'b', suffix: 'a' }
  const found = Array.from({ length: 2_000 }, (_, nth) =>
    findExcerpt(text, { ...excerpt, start: far + nth }),
  )
  expect(found.map(span => span?.start)).toEqual(found.map((_, nth) => far + nth))
})

test('whatever is selected in whatever text is found again where it was, in whole characters', () => {
  fc.assert(
    fc.property(selection, ({ a, b, text }) => {
      const found = anchored(text, a, b)
      if (!found) return
      expect(found.exact).toBe(text.slice(found.start, found.end))
      expect(text.slice(0, found.start).endsWith(found.prefix)).toBe(true)
      expect(text.slice(found.end).startsWith(found.suffix)).toBe(true)
      for (const part of [found.exact, found.prefix, found.suffix])
        expect(part.isWellFormed()).toBe(true)
      expect(findExcerpt(text, found)).toEqual({ start: found.start, end: found.end })
    }),
    { seed: SEED, numRuns: 2_000 },
  )
})

test('after edits outside the quote the same words are found, and the only ones at their own place', () => {
  fc.assert(
    fc.property(
      selection,
      fc.array(
        fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(8), put: words }),
        { maxLength: 6 },
      ),
      ({ a, b, text }, edits) => {
        const found = anchored(text, a, b)
        if (!found) return
        let before = text.slice(0, found.start)
        let after = text.slice(found.end)
        const edit = (part: string, at: number, cut: number, put: string): string => {
          const from = Math.floor(at * (part.length + 1))
          return part.slice(0, from) + put + part.slice(from + cut)
        }
        for (const { at, cut, put } of edits)
          if (at < 0.5) before = edit(before, at * 2, cut, put).toWellFormed()
          else after = edit(after, at * 2 - 1, cut, put).toWellFormed()
        const corrected = before + found.exact + after
        const span = findExcerpt(corrected, found)
        expect(span && corrected.slice(span.start, span.end)).toBe(found.exact)
        if (corrected.indexOf(found.exact) === corrected.lastIndexOf(found.exact))
          expect(span?.start).toBe(before.length)
      },
    ),
    { seed: SEED, numRuns: 2_000 },
  )
})

describe('in a corrected text', () => {
  test('of several places with the same words the one with the same surroundings is meant', () => {
    const second = quoteOf(REPORT, 'alks in Istanbul', REPORT.indexOf('Friday'))
    const corrected = REPORT.replace(
      'A diplomat: ',
      'A European diplomat, who asked not to be named: ',
    )
    expect(findExcerpt(corrected, second)?.start).toBe(corrected.lastIndexOf('alks in Istanbul'))
  })

  test('where the surroundings say nothing, the nearest is meant', () => {
    const excerpt = { exact: 'no', prefix: '', suffix: '', start: 90, end: 92 }
    const text = `${'.'.repeat(10)}no${'.'.repeat(90)}no`
    expect(findExcerpt(text, excerpt)?.start).toBe(102)
  })

  test('the same words at the old place do not win over the place with the right surroundings', () => {
    const text = 'He said no. She said no.'
    const hers = quoteOf(text, 'no', 15)
    const corrected = `${'x'.repeat(hers.start)}no! ${text}`
    expect(findExcerpt(corrected, hers)?.start).toBe(corrected.lastIndexOf('no'))
  })

  test('other line breaks between the words do not lose them', () => {
    const excerpt = quoteOf(REPORT, 'strictly within the nuclear issue')
    expect(foundIn(REPORT.replace('within the', 'within\n   the'), excerpt)).toBe(
      'strictly within\n   the nuclear issue',
    )
  })

  test('Persian words are found after what stands before them has changed', () => {
    const excerpt = quoteOf(REPORT, 'گفت‌وگوها در ترکیه')
    expect(foundIn(`تصحیح: ${REPORT.replace('Tehran', 'Iran')}`, excerpt)).toBe('گفت‌وگوها در ترکیه')
  })

  test('words that are gone are not found, and no others in their place', () => {
    const excerpt = quoteOf(REPORT, 'strictly within')
    expect(findExcerpt(REPORT.replace('strictly ', ''), excerpt)).toBeUndefined()
    expect(findExcerpt(REPORT, { ...excerpt, exact: '' })).toBeUndefined()
    expect(findExcerpt('', excerpt)).toBeUndefined()
  })
})

test('half of a character is never selected', () => {
  const text = 'a🕊b'
  expect(anchor(text, 2, 4)).toMatchObject({ exact: '🕊b', start: 1, prefix: 'a' })
  expect(anchor(text, 0, 2)).toMatchObject({ exact: 'a🕊', end: 3, suffix: 'b' })
  const long = `🕊${'x'.repeat(31)}here${'y'.repeat(31)}🕊`
  const found = quoteOf(long, 'here')
  expect([found.prefix, found.suffix]).toEqual(['x'.repeat(31), 'y'.repeat(31)])
})

test('nothing and too much is no excerpt; a place outside the text is its edge', () => {
  const text = 'x'.repeat(MAX_EXCERPT + 1)
  expect(anchor(text, 5, 5)).toBeUndefined()
  expect(anchor(text, 0, MAX_EXCERPT + 1)).toBeUndefined()
  expect(anchor(text, MAX_EXCERPT, 0)?.exact).toHaveLength(MAX_EXCERPT)
  expect(anchor('abc', -5, 1e9)?.exact).toBe('abc')
})

test('a selection loses the white space around it', () => {
  expect(trimmed('a  word \n', 1, 9)).toEqual({ start: 3, end: 7 })
  expect(trimmed('a   b', 1, 4)).toEqual({ start: 4, end: 4 })
})

test('finding a frequent word in a text of two million characters ends soon', () => {
  const text = 'talks in a hall '.repeat(125_000)
  const begin = performance.now()
  const excerpt = quoteOf(text, 'hall', 1_000_000)
  expect(findExcerpt(`x${text}`, excerpt)?.start).toBe(excerpt.start + 1)
  expect(performance.now() - begin).toBeLessThan(5_000)
})
