/** A thousand attacks on a real server while honest people with stock clients type. The long one is a bench. */
import { expect, test } from 'vitest'
import { siege } from '#test/hostile/siege.ts'

test('P17 seed 7: under attack the server lives, honest edits arrive and are kept, and nothing is forged', async () => {
  const report = await siege({ attacks: 1_000, seed: 7 })
  expect(report).toMatchObject({
    isAlive: true,
    missing: 0,
    spoilt: 0,
    sentAway: 0,
    impostors: 0,
    forged: 0,
  })
  expect(report.typed).toBeGreaterThan(20)
  for (const code of [4400, 4401, 4403, 4404, 4413])
    expect([...report.closes.keys()]).toContain(code)
}, 240_000)
