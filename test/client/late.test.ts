/** Parts of the client that cannot be fetched: a lost network is waited out, a newer client is loaded. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { persist, reloadWhenOutdated, type Surroundings } from '#client/ui/late.ts'

let stop: (() => void) | undefined
let reloads = 0
let reachable = true
let saved = true
let kept: Map<string, string>

const around: Surroundings = {
  isReachable: async () => reachable,
  isSaved: () => saved,
  reload: () => void reloads++,
  storage: {
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  },
}

/** As Vite says that a part cannot be had. */
const miss = async (part: string): Promise<void> => {
  dispatchEvent(Object.assign(new Event('vite:preloadError'), { payload: new Error(part) }))
  await Promise.resolve()
  await Promise.resolve()
}

beforeEach(() => {
  reloads = 0
  reachable = saved = true
  kept = new Map()
})
afterEach(() => {
  stop?.()
  vi.useRealTimers()
})

test('a part is asked for again when the network comes back', async () => {
  vi.useFakeTimers()
  let asked = 0
  const part = persist(async () => {
    asked++
    if (asked < 3) throw new Error('no network')
    return 'the part'
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toBe(1)
  dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toBe(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await part).toBe('the part')
})

test('a part that the server no longer has loads the page again, once', async () => {
  stop = reloadWhenOutdated(around)
  await miss('history')
  await miss('history')
  expect(reloads).toBe(1)
})

test('the same part missing after that does not load the page for ever', async () => {
  stop = reloadWhenOutdated(around)
  await miss('history')
  stop()
  stop = reloadWhenOutdated(around)
  await miss('history')
  expect(reloads).toBe(1)
})

test('with unsaved work the page stays', async () => {
  saved = false
  stop = reloadWhenOutdated(around)
  await miss('history')
  saved = true
  await miss('panel')
  expect(reloads).toBe(0)
})

test('without the server the page stays, and can still be loaded again later', async () => {
  reachable = false
  stop = reloadWhenOutdated(around)
  await miss('history')
  expect(reloads).toBe(0)
  reachable = true
  await miss('history')
  expect(reloads).toBe(1)
})
