import { expect, test } from 'vitest'
import { ago } from '#client/ui/when.ts'
import { returnPath } from '#client/start/way.ts'
import { initials } from '#client/ui/avatar.tsx'

test.each([
  ['/t/abc?at=1', '/t/abc?at=1'],
  ['/join/xyz', '/join/xyz'],
  ['https://elsewhere.example/t/abc', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
])('after signing in %s leads to %s', (wanted, path) => {
  expect(returnPath(wanted)).toBe(path)
})

const HOUR = 3_600_000
test.each([
  [20_000, 'just now'],
  [-5_000, 'just now'],
  [60_000, '1 minute ago'],
  [HOUR * 5.5, '5 hours ago'],
  [HOUR * 24, 'yesterday'],
  [HOUR * 24 * 40, 'last month'],
])('%d milliseconds are said as %s', (since, words) => {
  const now = Date.UTC(2026, 1, 4)
  expect(ago(now - since, now)).toBe(words)
})

test.each([
  ['Leyla Hosseini', 'LH'],
  ['Mira', 'M'],
  ['Ana de la Cruz', 'AC'],
  ['سارا احمدی', 'سا'],
  ['  ', ''],
  ['𝔐ira', '𝔐'],
])('%s is %s in a circle', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
