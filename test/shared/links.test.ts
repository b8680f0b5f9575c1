/** Whatever somebody typed, or a peer put there: what is no address of the web or of mail never becomes a link. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkOf } from '#shared/links.ts'

const SEED = 20261130

describe('P40 a link', () => {
  test.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    [' HTTP://Example.org ', 'http://example.org/'],
    ['mailto:desk@example.org', 'mailto:desk@example.org'],
    ['https://مثال.إختبار/', 'https://xn--mgbh0fb.xn--kgbechtv/'],
  ])('%s leads there', (typed, href) => expect(linkOf(typed)).toBe(href))

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u200Bjavascript:alert(1)',
    ' javascript:alert(1)',
    'javascript&colon;alert(1)',
    'javascript:https://example.org',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://example.org/x',
    'filesystem:https://example.org/x',
    'view-source:https://example.org',
    'file:///etc/passwd',
    'ftp://example.org',
    'tel:112',
    'intent://example.org#Intent;end',
    '//evil.example',
    '/\\evil.example',
    'evil.example',
    '?tab=x',
    'https://',
    'https://bank.example@evil.example/',
    'https://bank.example:pass@evil.example/',
    'https://example.org/\u202Egro.live',
    'https://example.org/a b',
    '',
  ])('%j is none', typed => expect(linkOf(typed)).toBeUndefined())

  test(`is never anything else, whatever was typed (seed ${SEED})`, () => {
    const piece = fc.constantFrom(
      'java',
      'script',
      ':',
      'data',
      'https',
      'mailto',
      '//',
      '\\',
      '@',
      '\t',
      '\n',
      '\0',
      '%0a',
      '&#58;',
      '\u200B',
      '\uFEFF',
      'evil.example',
      '#',
      '?',
      'x',
      ' ',
      '\u202E',
      'ſ',
      'K',
    )
    const typed = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join('')),
      fc.webPath().map(path => `https://example.org${path}`),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(typed, words => {
        const href = linkOf(words)
        if (href === undefined) return
        expect(href).toMatch(/^(?:https?:\/\/[^/@\\]+(?:[/?#]|$)|mailto:)/)
        // A browser reads it again, with the page as its base: it must be the same to it.
        expect(new URL(href, 'https://parley.example/t/1').href).toBe(href)
      }),
      { seed: SEED, numRuns: 1_000 },
    )
  })
})
