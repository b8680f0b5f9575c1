/** Seeded runs of a small world. A seed that fails stays here as a regression. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seededDice } from '#test/simulation/dice.ts'
import { World, type PlantedBug, type Run } from '#test/simulation/world.ts'

const STEPS = 400
const SEEDS = 150
const REGRESSIONS: readonly number[] = []

const run = (seed: number, bug?: PlantedBug): Promise<Run> => {
  // Ranks are jittered with Math.random; Yjs itself draws nothing here, because each tab is given its client id.
  const dice = seededDice(seed + 1_000_000)
  vi.spyOn(Math, 'random').mockImplementation(() => dice.below(2 ** 32) / 2 ** 32)
  return new World(seed, bug).run(STEPS)
}

beforeEach(() => vi.spyOn(console, 'log').mockImplementation(() => undefined))
afterEach(() => vi.restoreAllMocks())

describe('no promise is broken at any step, and all end with the same tracker', () => {
  test.each([...REGRESSIONS, ...Array.from({ length: SEEDS }, (_, nth) => nth + 1)])(
    'seed %i',
    async seed => {
      await expect(run(seed)).resolves.toBeDefined()
    },
  )
})

test('the same seed replays the same run', async () => {
  const [first, second] = [await run(7), await run(7)]
  expect(second.log).toEqual(first.log)
  expect(second.tracker).toEqual(first.tracker)
})

test('the runs reach what they are for', async () => {
  const reached = new Set<string>()
  for (let seed = 1; seed <= 30; seed++)
    for (const what of (await run(seed)).reached) reached.add(what)
  for (const what of [
    'edits offline',
    'the disk: full',
    'the disk: mute',
    'the disk: slow',
    'the server crashes while it writes',
    'the room is forgotten',
    'is sent away: 4403',
    'refused: the role may not write',
  ])
    expect(reached).toContain(what)
})

describe('a planted bug is found', () => {
  const bugs: readonly [PlantedBug, RegExp][] = [
    ['acknowledges early', /not on disk/],
    ['swallows failures', /not on disk|gap/],
    ['saved on receipt', /says "saved"/],
    ['saved before the answer', /says "saved"/],
  ]
  test.each(bugs)('%s', async (bug, broken) => {
    const found: string[] = []
    for (let seed = 1; seed <= 40 && found.length === 0; seed++)
      await run(seed, bug).catch((error: Error) => found.push(error.message))
    expect(found[0]).toMatch(broken)
  })
})
