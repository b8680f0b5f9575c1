/** Seeds as tests, in batches; the message of a failure names the seed and how to replay it. */
import { test } from 'vitest'
import { run } from '#test/simulation/run.ts'

/** Seeds on which a promise was broken once, each with what it found; they stay for ever. */
export const REGRESSIONS: readonly (readonly [seed: number, found: string])[] = [
  [112, 'who came while the server was stopping was shown what no disk held'],
  [232, 'a discussion that had left memory called edits saved'],
  [235, 'a matrix that had left memory called edits saved'],
  [264, 'a document that had left memory spread edits to who joined'],
]

const BATCH = 50
/** Far more than a batch takes: for a machine that has much else to do. */
const PATIENCE = 120_000

export const testSeeds = (from: number, to: number): void => {
  for (let first = from; first <= to; first += BATCH) {
    const last = Math.min(to, first + BATCH - 1)
    test(
      `seeds ${first} to ${last}`,
      async () => {
        for (let seed = first; seed <= last; seed++) await run(seed)
      },
      PATIENCE,
    )
  }
}
