/** Something that can happen in a world, to or by a tab, and how often in comparison with the others. */
import type { Tab } from '#test/simulation/tab.ts'
import type { World } from '#test/simulation/world.ts'

export type Step = (world: World, tab: Tab) => void | Promise<void>
export type WeightedStep = readonly [weight: number, step: Step]
