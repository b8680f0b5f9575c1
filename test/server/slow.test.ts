/** Readers that stop reading, over real sockets. The long one is a bench. */
import { expect, test } from 'vitest'
import { slowReaders } from '#test/hostile/slow.ts'

test('P18 readers that stop reading cost little: cut off, or brought up to date once they read again', async () => {
  const { current, cut, without, withThem } = await slowReaders({
    seat: { core: undefined, isAhead: false },
    stopping: 2,
    traffic: 40_000_000,
    seconds: 8,
    stalledMs: 5_000,
  })
  expect({ cut, current }).toEqual({ cut: 1, current: 1 })
  // Without a bound they would cost all of the traffic.
  expect(withThem.peak - without.peak).toBeLessThan(40_000_000)
}, 240_000)
