/** Real updates, damaged in every way: the guard lets nothing in that throws, waits for ever or does not open again. */
import { beforeAll, expect, test, vi } from 'vitest'
import { demoGround } from '#test/hostile/demo.ts'
import { runTrial, type Ground } from '#test/hostile/trial.ts'
import { ada, ADA_CLIENT, trackerState } from '#test/server/guard-world.ts'

// The machine may be busy with something else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let demo: Ground
beforeAll(async () => {
  demo = await demoGround()
})

const small = (): Ground => ({ state: trackerState(), clients: new Map([[ADA_CLIENT, ada]]) })

test.each([
  ...[1, 2, 3, 4, 5, 6].map(seed => ['a small tracker', seed, small] as const),
  ...[7, 8].map(seed => ['the demo', seed, () => demo] as const),
])('P5 on %s, seed %i: nothing harmful gets in', (_name, seed, ground) => {
  const outcome = runTrial({ ground: ground(), seed, mutations: 4_000, honest: 100 })
  expect(outcome).toMatchObject({ threw: 0, pending: 0, broken: 0, forged: 0, lost: 0, slow: 0 })
  expect(outcome.accepted).toBeGreaterThan(200)
  expect(outcome.others.size).toBeGreaterThan(10)
})
