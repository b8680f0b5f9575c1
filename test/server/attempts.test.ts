import { expect, test } from 'vitest'
import { Attempts } from '#server/accounts/attempts.ts'

const LIMIT = { most: 3, withinMs: 1_000 }

test('after too many failures a name has to wait, and then starts afresh', () => {
  let now = 5_000
  const attempts = new Attempts(() => now)
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(attempts.waitFor('ada', LIMIT)).toBe(0)
    attempts.begin('ada', LIMIT)
  }
  now += 400
  expect(attempts.waitFor('ada', LIMIT)).toBe(600)
  expect(attempts.waitFor('ben', LIMIT)).toBe(0)
  now += 600
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
  attempts.begin('ada', LIMIT)
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
})

test('one that succeeded does not count', () => {
  const attempts = new Attempts(() => 0)
  for (let attempt = 0; attempt < 10; attempt++) {
    attempts.begin('ada', LIMIT)
    attempts.takeBack('ada')
  }
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
})

test('a success forgives', () => {
  const attempts = new Attempts(() => 0)
  for (let attempt = 0; attempt < 3; attempt++) attempts.begin('ada', LIMIT)
  attempts.forgive('ada')
  expect(attempts.waitFor('ada', LIMIT)).toBe(0)
})

test('a flood of names pushes out the oldest, not the newest', () => {
  const attempts = new Attempts(() => 0)
  for (let attempt = 0; attempt < 3; attempt++) attempts.begin('old', LIMIT)
  for (let name = 0; name < 20_000; name++) attempts.begin(`flood ${name}`, LIMIT)
  for (let attempt = 0; attempt < 3; attempt++) attempts.begin('new', LIMIT)
  expect(attempts.waitFor('old', LIMIT)).toBe(0)
  expect(attempts.waitFor('new', LIMIT)).toBeGreaterThan(0)
})
