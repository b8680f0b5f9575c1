/** The second half of the seeds: a file of their own is run beside the first. */
import '#test/simulation/chance.ts'
import { describe } from 'vitest'
import { testSeeds } from '#test/simulation/seeds.ts'

describe('no promise is broken at any step, and all end with the same tracker', () => {
  testSeeds(501, 1_000)
})
