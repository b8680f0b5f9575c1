import { expect, test } from 'vitest'
import { Attempts } from '#server/accounts/attempts.ts'

const LIMIT = { most: 3, withinMs: 1_000 }

test('after too many failures a name has to wait, and then starts afresh', () => {
  let now = 5_000
  const attempts = new Attempts(() => now)
  for (let failure = 0; failure < 3; failure++) {
    expect(attempts.waitFor('ada', LIMIT)).toBe(0)
    attempts.failed('ada', LIMIT)
  }
  now += 400
  expect(attempts.waitFor('ada', LIMIT)).toBe(600)
  expect(attempts.waitFor('ben', LIMIT)).toBe(0)
  now += 600
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
  attempts.failed('ada', LIMIT)
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
})

test('a success forgives', () => {
  const attempts = new Attempts(() => 0)
  for (let failure = 0; failure < 3; failure++) attempts.failed('ada', LIMIT)
  attempts.forgive('ada')
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
})

test('a flood of names pushes out the oldest, not the newest', () => {
  const attempts = new Attempts(() => 0)
  for (let failure = 0; failure < 3; failure++) attempts.failed('old', LIMIT)
  for (let name = 0; name < 20_000; name++) attempts.failed(`flood ${name}`, LIMIT)
  for (let failure = 0; failure < 3; failure++) attempts.failed('new', LIMIT)
  expect(attempts.waitFor('old', LIMIT)).toBe(0)
  expect(attempts.waitFor('new', LIMIT)).toBeGreaterThan(0)
})
