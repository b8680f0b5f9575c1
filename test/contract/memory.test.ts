import { expect, test } from 'vitest'
import { openMemory, type MemoryDisk } from '#server/store/memory.ts'
import { batch, describeStore, name } from '#test/contract/store.ts'

describeStore('memory', async () => {
  const disk: MemoryDisk = new Map()
  return { open: async () => openMemory({}, disk), remove: async () => disk.clear() }
})

const A = name('a')

test('an append can be made to fail, storing nothing', async () => {
  const store = openMemory({
    beforeAppend: nth => {
      if (nth === 2) throw new Error('disk full')
    },
  })
  await store.append([batch(A, 1)])
  await expect(store.append([batch(A, 2)])).rejects.toThrow('disk full')
  expect(await store.append([batch(A, 3)])).toEqual(new Map([[A, 2]]))
})

test('an append can be held, and holds what comes after it', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const store = openMemory({ beforeAppend: nth => (nth === 1 ? released : undefined) })
  const order: string[] = []
  const first = store.append([batch(A, 1)]).then(() => order.push('first'))
  const second = store.append([batch(A, 2)]).then(() => order.push('second'))
  const loaded = store.load(A).then(() => order.push('loaded'))
  expect(order).toEqual([])
  release()
  await Promise.all([first, second, loaded])
  expect(order).toEqual(['first', 'second', 'loaded'])
})

test('an answer can get lost after the append is stored', async () => {
  const store = openMemory({ afterAppend: () => Promise.reject(new Error('connection lost')) })
  await expect(store.append([batch(A, 1)])).rejects.toThrow('connection lost')
  expect((await store.load(A)).head).toBe(1)
})
