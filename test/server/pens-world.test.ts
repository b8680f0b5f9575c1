/** Seeded runs of the small world of pages: whatever happens, no two of them write in one place. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Pens } from '#server/live/pens.ts'
import type { PageBug } from '#test/server/pens-page.ts'
import { PensWorld, type Run } from '#test/server/pens-world.ts'

const STEPS = 300
const SEEDS = 150
/** For a test that runs many seeds, on a busy machine. */
const LONG = 60_000

const run = (seed: number, bug?: PageBug): Promise<Run> => new PensWorld(seed, bug).run(STEPS)

afterEach(() => vi.restoreAllMocks())

describe('no two pages write in one place, and all end up with the same', () => {
  test.each(Array.from({ length: SEEDS }, (_, nth) => nth + 1))('seed %i', async seed => {
    await expect(run(seed)).resolves.toBeDefined()
  })
})

test(
  'the runs reach what they are for',
  async () => {
    const reached = new Set<string>()
    let [opened, ids] = [0, 0]
    for (let seed = 1; seed <= 30; seed++) {
      const result = await run(seed)
      for (const what of result.reached) reached.add(what)
      opened += result.opened
      ids += result.ids
    }
    for (const what of [
      'an id is taken over',
      'an id comes too late',
      'an id is given back',
      'is closed',
      'crashes',
      'is frozen',
      'comes back',
      'the disk waits',
      'the server crashes',
      'the server edits',
    ])
      expect(reached).toContain(what)
    expect(ids).toBeLessThan(opened)
  },
  LONG,
)

describe('a planted bug is found', () => {
  const finds = async (bug?: PageBug): Promise<string | undefined> => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined)
    for (let seed = 1; seed <= 60; seed++) {
      const failure = await run(seed, bug).then(
        () => undefined,
        (error: Error) => error.message,
      )
      if (failure !== undefined) return failure
    }
    return undefined
  }

  test.each(['goes on writing', 'says where the saved part ends'] as const)(
    'a page that %s',
    async bug => {
      expect(await finds(bug)).toMatch(/have both written|something else/)
    },
    LONG,
  )

  test(
    'a server that lends an id twice',
    async () => {
      const lend = Pens.prototype.lend
      vi.spyOn(Pens.prototype, 'lend').mockImplementation(function (this: Pens, account, tab, at) {
        const pen = lend.call(this, account, tab, at)
        if (pen) this.giveBack(account, tab, pen)
        return pen
      })
      expect(await finds()).toMatch(/have both written/)
    },
    LONG,
  )
})
