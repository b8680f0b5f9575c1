/** Checkpoints are folded in a thread of their own. */
import type { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { foldHere, openFolding } from '#server/live/folding.ts'

/** A checkpoint, the updates after it, and the text that they make. */
const written = (edits: number) => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'The delegation ')
  const state = Y.encodeStateAsUpdate(doc)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let nth = 0; nth < edits; nth++)
    if (nth % 7 === 6) text.delete(nth % text.length, 1)
    else text.insert(nth % text.length, String(nth % 10))
  return { state, updates, text: text.toString() }
}

const opened = (idleMs?: number) => {
  const threads: Worker[] = []
  const count = (thread: Worker): void => void threads.push(thread)
  process.on('worker', count)
  const folding = openFolding(idleMs)
  onTestFinished(async () => {
    process.off('worker', count)
    await folding.close()
  })
  return { folding, threads }
}

const textOf = (state: Uint8Array): string => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc.getText('text').toString()
}

test('a fold holds the checkpoint and everything after it, and says what folding here says', async () => {
  const { folding, threads } = opened()
  const { state, updates, text } = written(500)
  const here = foldHere(state, updates)
  const [first, fromNothing, unchanged] = await Promise.all([
    folding.fold(state.slice(), updates),
    folding.fold(null, [state.slice(), ...updates]),
    folding.fold(state.slice(), []),
  ])
  expect(first).toEqual(here)
  expect([textOf(first), textOf(fromNothing)]).toEqual([text, text])
  expect(textOf(unchanged)).toBe('The delegation ')
  expect(threads).toHaveLength(1)
})

test('only the state given away is taken: neither the updates nor the neighbours of a view', async () => {
  const { folding } = opened()
  const { state, updates, text } = written(20)
  const pool = new Uint8Array(state.length + 8)
  pool.set(state, 4)
  expect(textOf(await folding.fold(pool.subarray(4, 4 + state.length), updates))).toBe(text)
  expect(pool.length).toBe(state.length + 8)
  expect(textOf(await folding.fold(state, updates))).toBe(text)
})

test('a gap and bytes that cannot be read reject, and the next fold is well', async () => {
  const { folding, threads } = opened()
  const { state, updates, text } = written(20)
  await expect(folding.fold(state.slice(), updates.slice(3))).rejects.toThrow('gap')
  await expect(folding.fold(Uint8Array.of(1, 255, 3), [])).rejects.toThrow()
  expect(textOf(await folding.fold(state, updates))).toBe(text)
  expect(threads).toHaveLength(1)
})

test('a thread that dies rejects what it had; the next call starts a fresh one', async () => {
  const { folding, threads } = opened()
  const { state, updates, text } = written(20)
  await folding.fold(null, [])
  const lost = Promise.allSettled([folding.fold(null, updates), folding.fold(state.slice(), [])])
  await threads[0]?.terminate()
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(textOf(await folding.fold(state, updates))).toBe(text)
  expect(threads).toHaveLength(2)
})

test('an idle thread is let go, and comes back when it is needed', async () => {
  const { folding, threads } = opened(1)
  const left = async (nth: number): Promise<void> => {
    const thread = threads[nth]
    await expect.poll(() => thread?.threadId, { timeout: 10_000 }).toBe(-1)
  }
  await folding.fold(null, [])
  await left(0)
  await folding.fold(null, [])
  await left(1)
  expect(threads).toHaveLength(2)
})

test('after it was closed it folds no more', async () => {
  const { folding } = opened()
  const under = folding.fold(null, [])
  await folding.close()
  await expect(under).rejects.toThrow('ended')
  await expect(folding.fold(null, [])).rejects.toThrow('closed')
})
