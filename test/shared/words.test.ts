import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareWords } from '#shared/compare/words.ts'

const drawn = (then: string, now: string): string =>
  compareWords(then, now)
    .map(({ kind, text }) =>
      kind === 'kept' ? text : kind === 'deleted' ? `[-${text}-]` : `{+${text}+}`,
    )
    .join('')

test('what was inserted, deleted and replaced is told word by word', () => {
  expect(drawn('relief at once', 'early relief at once')).toBe('{+early +}relief at once')
  expect(drawn('relief at once', 'relief')).toBe('relief[- at once-]')
  expect(drawn('ten years of limits', 'twelve years of limits')).toBe(
    '[-ten-]{+twelve+} years of limits',
  )
  expect(drawn('', 'new')).toBe('{+new+}')
  expect(drawn('same', 'same')).toBe('same')
})

test('a word that both texts happen to have does not cut a replacement to pieces', () => {
  expect(
    drawn(
      'Istanbul on Friday, say officials of both sides.',
      'Muscat on Friday, confirmed by the foreign minister.',
    ),
  ).toBe(
    '[-Istanbul on Friday, say officials of both sides-]{+Muscat on Friday, confirmed by the foreign minister+}.',
  )
  expect(drawn('one two three four five six', 'one 2 three four five 6')).toBe(
    'one [-two-]{+2+} three four five [-six-]{+6+}',
  )
})

test('the kept and deleted words are the old text, the kept and inserted ones the new (seed 5)', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ' ', '  ', '.', 'ایران', '🕊️'), { maxLength: 40 })
    .map(words => words.join(''))
  fc.assert(
    fc.property(text, text, (then, now) => {
      const parts = compareWords(then, now)
      const without = (kind: string): string =>
        parts.flatMap(part => (part.kind === kind ? [] : [part.text])).join('')
      expect([without('inserted'), without('deleted')]).toEqual([then, now])
    }),
    { seed: 5, numRuns: 500 },
  )
})
