/** P40: what people write never becomes markup or script, since nothing in the sources makes any of it. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'client', 'server', 'shared'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter(path => /\.(?:tsx?|html)$/.test(path))
  .map(path => ({ path, text: readFileSync(path, 'utf8') }))

const where = (pattern: RegExp, inside = /./): readonly string[] =>
  sources.flatMap(({ path, text }) =>
    inside.test(path)
      ? [...text.matchAll(pattern)].map(([found]) => `${path}: ${found.trim()}`)
      : [],
  )

test('only client/trusted.ts reads markup or starts a worker', () => {
  const sinks =
    /\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|parseHTMLUnsafe|setHTMLUnsafe|srcdoc|DOMParser|document\.write|new Worker)\b/g
  expect([...new Set(where(sinks, /^client\//))]).toEqual([
    'client/trusted.ts: DOMParser',
    'client/trusted.ts: new Worker',
  ])
})

test('nothing makes code of text, in pages or in the server', () => {
  const code = /\beval\(|\bnew Function\b|\bsetTimeout\(\s*['"`]|\bfrom 'node:vm'|['"]javascript:/g
  expect(where(code)).toEqual([])
})

test('pages escape what they hold: nothing is handed to them as markup that is done', () => {
  expect(where(/from 'hono\/html'.*raw|\braw\(|import \{[^}]*\braw\b[^}]*\} from 'hono/g)).toEqual(
    [],
  )
})

test('no style and no handler is written into markup, where the policy of pages would refuse it', () => {
  expect(where(/<[a-z][^<>]*\s(?:style|on[a-z]+)="[^"]*"/g, /^client\/.*\.(?:tsx|html)$/)).toEqual(
    [],
  )
  expect(where(/<script(?![^>]*\ssrc=)[^>]*>|<style/g, /^client\/|^server\/sharing\//)).toEqual([])
})

test('what opens in a tab of its own tells that tab nothing of us', () => {
  const links = where(/<a\b[^>]*target="_blank"[^>]*>/g)
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter(link => !/rel="noopener/.test(link))).toEqual([])
})
