import { expect, test } from 'vitest'
import { Requests } from '#server/routes/tracing.ts'

test('a stop waits for all that is being worked on, also what failed or began meanwhile', async () => {
  const requests = new Requests()
  await requests.settled()
  const [first, second, third] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ]
  const told: string[] = []
  const failed = requests.track(first.promise).catch(() => told.push('failed'))
  void requests.track(second.promise)
  const settled = requests.settled().then(() => told.push('settled'))
  first.reject(new Error('disk'))
  await failed
  void requests.track(third.promise)
  second.resolve()
  await second.promise
  expect(told).toEqual(['failed'])
  third.resolve()
  await settled
  expect(told).toEqual(['failed', 'settled'])
})
