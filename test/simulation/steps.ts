/** What happens in a world, one thing after the other, as its dice say. */
import { calm } from '#test/simulation/calm.ts'
import { DOCUMENTS } from '#test/simulation/cast.ts'
import { foundByChance } from '#test/simulation/edits.ts'
import { MACHINE } from '#test/simulation/machine.ts'
import { PEOPLE } from '#test/simulation/people.ts'
import type { WeightedStep } from '#test/simulation/step.ts'
import { USER } from '#test/simulation/tab.ts'
import { WEATHER } from '#test/simulation/weather.ts'
import type { World } from '#test/simulation/world.ts'

const STEPS: readonly WeightedStep[] = [
  ...PEOPLE,
  ...WEATHER,
  ...MACHINE,
  [1.5, (world, { part: { ref } }) => calm(world, ref)],
]
const TOTAL = STEPS.reduce((sum, [weight]) => sum + weight, 0)

/** Everybody comes, and finds a little to begin with. */
export const begin = async (world: World): Promise<void> => {
  for (const tab of world.network.tabs) world.network.plugIn(tab)
  await world.clock.settle()
  for (const ref of DOCUMENTS) {
    const [first] = world.network.tabsOf(ref)
    if (first && ref.kind === 'matrix')
      first.doc.transact(() => foundByChance(first.doc, world.dice), USER)
    await calm(world, ref)
  }
}

/** One thing that happens, drawn by the world's dice. */
export const step = async (world: World): Promise<void> => {
  const tab = world.dice.pick(world.network.tabs)
  let roll = world.dice.below(TOTAL * 1_000) / 1_000
  world.process.hasStored = false
  for (const [weight, happen] of STEPS) {
    roll -= weight
    if (roll >= 0) continue
    await happen(world, tab)
    break
  }
  await world.revive()
}
