import { expect, test, vi } from 'vitest'
import { Attempts, beginGuess, countSignIn, waitToSignIn } from '#server/accounts/attempts.ts'
import { inTurn } from '#server/accounts/hashing.ts'

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

test('a flood of names pushes out the oldest of their kind, not the newest, and none of another kind', () => {
  const attempts = new Attempts(() => 0)
  for (let attempt = 0; attempt < 3; attempt++) attempts.begin('flood old', LIMIT)
  for (let attempt = 0; attempt < 3; attempt++) attempts.begin('account old', LIMIT)
  for (let name = 0; name < 20_000; name++) attempts.begin(`flood ${name}`, LIMIT)
  for (let attempt = 0; attempt < 3; attempt++) attempts.begin('flood new', LIMIT)
  expect(attempts.waitFor('flood old', LIMIT)).toBe(0)
  expect(attempts.waitFor('flood new', LIMIT)).toBeGreaterThan(0)
  expect(attempts.waitFor('account old', LIMIT)).toBeGreaterThan(0)
})

test('an account is signed in to so many times and then has to wait, also with the right password', () => {
  let now = 0
  const attempts = new Attempts(() => now)
  for (let nth = 0; nth < 30; nth++) {
    expect(waitToSignIn(attempts, 'ada@example.org')).toBe(0)
    countSignIn(attempts, 'ada@example.org')
  }
  expect(waitToSignIn(attempts, 'ada@example.org')).toBeGreaterThan(0)
  expect(waitToSignIn(attempts, 'ben@example.org')).toBe(0)
  now += 15 * 60_000
  expect(waitToSignIn(attempts, 'ada@example.org')).toBe(0)
})

test('passwords are hashed a few at a time, in turn, and of too many the last are sent away', async () => {
  const turn = inTurn(2, 2)
  const ends: (() => void)[] = []
  const begun: number[] = []
  const ask = (nth: number) =>
    turn(async () => {
      begun.push(nth)
      await new Promise<void>(resolve => ends.push(resolve))
      return nth
    })
  const asked = [1, 2, 3, 4].map(ask)
  await expect(ask(5)).rejects.toThrow('Too many')
  expect(begun).toEqual([1, 2])
  ends.shift()?.()
  expect(await asked[0]).toBe(1)
  await vi.waitFor(() => expect(begun).toEqual([1, 2, 3]))
  ends.shift()?.()
  await vi.waitFor(() => expect(begun).toEqual([1, 2, 3, 4]))
  for (const end of ends) end()
  expect(await Promise.all(asked)).toEqual([1, 2, 3, 4])
})

test('guesses at a shared page keep nobody at the same address from signing in', () => {
  const attempts = new Attempts(() => 0)
  for (let nth = 0; nth < 60; nth++) beginGuess(attempts, '192.0.2.1', `page ${nth}`, 'share link')
  expect(beginGuess(attempts, '192.0.2.1', 'page', 'share link')).toBeGreaterThan(0)
  expect(beginGuess(attempts, '192.0.2.1', 'ada@example.org')).toBeTypeOf('function')
})
