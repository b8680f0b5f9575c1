/** One run of a world: the same seed is the same run, step by step. */
import { readTracker } from '#shared/document/tracker.ts'
import type { Tracker } from '#shared/tracker.ts'
import { heal } from '#test/simulation/calm.ts'
import { MATRIX } from '#test/simulation/cast.ts'
import { withChance } from '#test/simulation/chance.ts'
import { begin, step } from '#test/simulation/steps.ts'
import { World, type WorldOptions } from '#test/simulation/world.ts'

export const STEPS = 400

export interface Run {
  readonly log: readonly string[]
  readonly tracker: Tracker
  readonly reached: ReadonlySet<string>
  readonly entries: number
}

/** Rejects with the broken promise, the seed and the last of what happened. */
export const run = (
  seed: number,
  { steps = STEPS, ...options }: WorldOptions & { readonly steps?: number } = {},
): Promise<Run> =>
  withChance(seed + 1_000_000, async () => {
    const world = new World(seed, options)
    try {
      await begin(world)
      for (let nth = 0; nth < steps; nth++) {
        await step(world)
        world.check()
      }
      await heal(world)
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      const last = world.log.slice(-40).join('\n')
      const replay = `npm run simulate -- --seeds 1 --from ${seed} --steps ${steps}`
      throw new Error(`Seed ${seed}: ${what}. Replay: ${replay}. Before it:\n${last}`, {
        cause: error,
      })
    }
    const { truth } = world.ledger(MATRIX)
    return {
      log: world.log,
      tracker: readTracker(truth),
      reached: world.reached,
      entries: world.ledger(MATRIX).head,
    }
  })
