/** Seeded runs of a small world, in which no promise may break at any step; what they reach, and that they replay. */
import '#test/simulation/chance.ts'
import { describe, expect, test } from 'vitest'
import { run } from '#test/simulation/run.ts'
import { REGRESSIONS, testSeeds } from '#test/simulation/seeds.ts'

describe('no promise is broken at any step, and all end with the same tracker', () => {
  for (const [seed, found] of REGRESSIONS)
    test(`seed ${seed}, which found: ${found}`, async () => {
      await expect(run(seed)).resolves.toBeDefined()
    })
  testSeeds(1, 500)
})

test('the same seed replays the same run', async () => {
  const [first, second] = [await run(7), await run(7)]
  expect(second.log).toEqual(first.log)
  expect(second.tracker).toEqual(first.tracker)
})

test('the runs reach what they are for', async () => {
  const reached = new Set<string>()
  for (let seed = 1; seed <= 60; seed++)
    for (const what of (await run(seed)).reached) reached.add(what)
  for (const what of REACHED) expect(reached).toContain(what)
}, 60_000)

const REACHED = [
  'edits offline',
  'a step is undone',
  'a restore is on disk',
  'a client id is lent',
  'a forger',
  'a slow reader',
  'a connection loses what the tab sends',
  'a connection loses what the server sends',
  'a room rests while people are there',
  't1 leaves memory',
  't1 rests',
  't1.discussion rests',
  't2 rests',
  'the server has much to do',
  'the server stops in good order',
  'the disk is full',
  'the disk is slow',
  'the disk does not answer',
  'the disk cannot be read',
  'reading takes long',
  'one document cannot be written',
  'no checkpoint',
  'the server dies at once',
  'the server dies before append',
  'the server dies after append, before spread',
  'the server dies after spread, before saved',
  'the server dies after saved, before spread',
  'the server dies between checkpoint and trimming',
  'cy becomes viewer',
  'cy becomes a stranger',
  'refused: the role may not write',
  'refused: lost the right to write',
  'refused: lost access',
  'refused: too slow',
  'refused: too much waits for the disk',
  'the machine has slept',
  "refused: another account's client id",
]
