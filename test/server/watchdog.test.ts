/** What is told of a server that hangs, and of a storage that does not answer. */
import { expect, test } from 'vitest'
import { Observer } from '#server/live/observer.ts'
import type { Log } from '#server/log.ts'
import { readinessOf } from '#server/readiness.ts'
import { watchEventLoop } from '#server/watchdog.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const watched = () => {
  const clock = new ManualClock()
  const observer = new Observer()
  const said: unknown[] = []
  const line: Log['warn'] = (event, fields) => void said.push({ event, ...fields })
  const log: Log = { debug: line, info: line, warn: line, error: line }
  const lastRequest = () => 'GET /api/trackers'
  return { clock, observer, said, stop: watchEventLoop({ clock, log, observer, lastRequest }) }
}

test('an event loop that runs is not worth a line, and a short hitch neither', async () => {
  const { clock, said } = watched()
  await clock.advance(60_000)
  clock.tick(1_200)
  await clock.advance(5_000)
  expect(said).toEqual([])
})

test('a blocked one is told, with the work that took most of it', async () => {
  const { clock, observer, said } = watched()
  await clock.advance(3_000)
  observer.worked('a turn of a room', 900)
  observer.worked('opening a document', 2_400)
  observer.worked('a turn of a room', 10)
  clock.tick(3_500)
  await clock.advance(5_000)
  expect(said).toEqual([
    {
      event: 'event loop blocked',
      milliseconds: 3_000,
      operation: 'opening a document',
      lastRequest: 'GET /api/trackers',
    },
  ])
})

test('work that was shorter, or before, is not blamed', async () => {
  const { clock, observer, said } = watched()
  observer.worked('opening a document', 5_000)
  await clock.advance(1_000)
  observer.worked('a turn of a room', 100)
  clock.tick(4_000)
  await clock.advance(1_000)
  expect(said).toMatchObject([{ operation: 'unknown' }])
})

test('nobody watches any more once that was called off', async () => {
  const { clock, said, stop } = watched()
  await clock.advance(2_000)
  stop()
  expect(clock.timers).toBe(0)
  clock.tick(10_000)
  await clock.advance(10_000)
  expect(said).toEqual([])
})

test('a storage that does not answer in time is not ready, and is not asked by everybody who asks', async () => {
  const clock = new ManualClock()
  let probes = 0
  let answer = Promise.withResolvers<void>()
  const readiness = readinessOf({
    clock,
    isStopping: () => false,
    isStoring: () => true,
    probe: () => {
      probes++
      return answer.promise
    },
  })
  const asked = Promise.all(Array.from({ length: 100 }, readiness))
  await clock.advance(2_000)
  expect(new Set((await asked).map(({ ready }) => ready))).toEqual(new Set([false]))
  expect(probes).toBe(1)
  answer.resolve()
  answer = Promise.withResolvers()
  answer.resolve()
  expect(await readiness()).toEqual({ ready: true })
  expect(probes).toBe(2)
})
