/** Rooms work together, and the more it costs the longer they let edits gather. */
import { expect, test } from 'vitest'
import type { Clock } from '#server/live/clock.ts'
import { Pace } from '#server/live/pace.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const setUp = () => {
  const manual = new ManualClock(0)
  let worked = 0
  const clock: Clock = {
    now: manual.now,
    elapsed: () => manual.now() + worked,
    after: manual.after,
    turn: manual.turn,
  }
  const pace = new Pace(clock)
  const ran: string[] = []
  const next = (name: string, cost = 0): void =>
    pace.next(() => {
      ran.push(`${name} at ${manual.now()}`)
      worked += cost
    })
  return { manual, next, pace, ran, spend: (cost: number) => pace.work(() => (worked += cost)) }
}

test('an idle server works at the end of the turn, and all that wait work together', async () => {
  const { manual, next, ran } = setUp()
  next('a')
  next('b')
  expect(ran).toEqual([])
  await manual.settle()
  expect(ran).toEqual(['a at 0', 'b at 0'])
  await manual.advance(50)
  next('c')
  await manual.settle()
  expect(ran.at(-1)).toBe('c at 50')
})

test('after work there is a pause in proportion to it, in which more gathers', async () => {
  const { manual, next, ran } = setUp()
  next('a', 0.0625)
  await manual.settle()
  next('b')
  await manual.advance(3)
  expect(ran).toEqual(['a at 0'])
  next('c')
  await manual.advance(1)
  expect(ran.slice(1)).toEqual(['b at 3.9375', 'c at 3.9375'])
})

test('what is spread counts as work, and nobody waits longer than twelve milliseconds', async () => {
  const { manual, next, ran, spend } = setUp()
  next('a')
  await manual.settle()
  spend(2)
  next('b', 5)
  await manual.advance(11)
  expect(ran.at(-1)).toBe('b at 10')
  next('c')
  await manual.advance(12)
  expect(ran.at(-1)).toBe('c at 17')
})
