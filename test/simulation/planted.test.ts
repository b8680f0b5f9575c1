/** The checks of the simulation are checked: each planted bug breaks a promise in one of a few seeds. */
import '#test/simulation/chance.ts'
import { expect, test } from 'vitest'
import { BUGS } from '#test/simulation/bugs.ts'
import { run } from '#test/simulation/run.ts'

const SEEDS = 40

test.each(BUGS.map(bug => [bug.name, bug] as const))(
  '%s',
  async (_name, bug) => {
    const broken: string[] = []
    for (let seed = 1; seed <= SEEDS && broken.length === 0; seed++)
      await run(seed, { bug }).catch((error: Error) => broken.push(error.message))
    expect(broken[0]).toMatch(bug.found)
  },
  60_000,
)
