/** What the journal promises all rooms together. */
import { expect, test } from 'vitest'
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import { Journal } from '#server/live/journal.ts'
import { openMemory, type Faults } from '#server/store/memory.ts'
import type { Batch, Draft } from '#server/store/store.ts'
import { ManualClock } from '#test/simulation/clock.ts'

const [one, two] = ['one' as DocumentName, 'two' as DocumentName]
const draft = (byte: number): Draft => ({
  account: 'ada' as AccountId,
  at: byte,
  update: Uint8Array.of(byte),
})
const none = new Map<number, AccountId>()
const OVERHEAD = 200

const setUp = (faults: Faults = {}, limits = { waiting: 1e6, waitingDocument: 1e6 }) => {
  const clock = new ManualClock()
  const store = openMemory(faults)
  const said: string[] = []
  const listener = {
    onFailing: () => said.push('failing'),
    onRecovered: () => said.push('recovered'),
    onRefused: (document: DocumentName) => said.push(`${document}: refused`),
  }
  const journal = new Journal(store, clock, listener, limits)
  const saved = (document: DocumentName) => (many: number, head: number) =>
    said.push(`${document}: ${many} more, up to ${head}`)
  const write = (document: DocumentName, ...bytes: number[]): void =>
    journal.append(document, bytes.map(draft), none, saved(document))
  const bytes = async (document: DocumentName): Promise<number[]> =>
    (await store.load(document)).entries.map(({ update }) => update[0] ?? 0)
  return { clock, journal, said, saved, store, write, bytes }
}

/** What is appended at one moment is one transaction, which begins right after. */
const underWay = (): Promise<void> => Promise.resolve()

test('what is appended at one moment, of all documents, is one transaction', async () => {
  const appends: string[] = []
  const { clock, write } = setUp({
    beforeAppend: (_nth, batches) => {
      appends.push(batches.map(({ document, drafts }) => `${document}${drafts.length}`).join('+'))
    },
  })
  write(one, 1)
  write(two, 2)
  write(one, 3)
  await clock.settle()
  expect(appends).toEqual(['one2+two1'])
})

test('writes what gathers during one commit as the next one, for all documents together', async () => {
  const appends: string[] = []
  const disk = Promise.withResolvers<void>()
  const { clock, said, write } = setUp({
    beforeAppend: (_nth, batches) => {
      appends.push(batches.map(({ document, drafts }) => `${document}${drafts.length}`).join('+'))
      return disk.promise
    },
  })
  write(one, 1)
  await underWay()
  write(one, 2)
  write(two, 3)
  write(one, 4)
  await clock.settle()
  expect(said).toEqual([])
  disk.resolve()
  await clock.settle()
  expect(appends).toEqual(['one1', 'one2+two1'])
  expect(said).toEqual(['one: 1 more, up to 1', 'one: 2 more, up to 3', 'two: 1 more, up to 1'])
})

test('tries again for ever, in order, ever more slowly up to two seconds', async () => {
  const tries: number[] = []
  let isBroken = true
  const { bytes, clock, journal, said, write } = setUp({
    beforeAppend: () => {
      tries.push(clock.now())
      if (isBroken) throw new Error('The disk is full')
    },
  })
  write(one, 1)
  await clock.settle()
  write(one, 2)
  await clock.advance(20_000)
  const gaps = tries.slice(1).map((at, nth) => at - (tries[nth] ?? 0))
  expect(gaps.slice(0, 6)).toEqual([50, 100, 200, 400, 800, 1_600])
  expect(new Set(gaps.slice(6))).toEqual(new Set([2_000]))
  expect(journal.isFailing(one)).toBe(true)
  expect(said).toEqual(['failing'])
  isBroken = false
  const idle = journal.whenIdle()
  await clock.advance(2_000)
  await idle
  expect(await bytes(one)).toEqual([1, 2])
  expect(said).toEqual(['failing', 'one: 1 more, up to 1', 'recovered', 'one: 1 more, up to 2'])
})

test('does not let a document that cannot be written hold up the others', async () => {
  const isPoisoned = ({ document }: Batch): boolean => document === one
  const { bytes, clock, write } = setUp({
    beforeAppend: (_nth, batches) => {
      if (batches.some(isPoisoned)) throw new Error('One of them cannot be written')
    },
  })
  write(two, 0)
  write(one, 1)
  write(two, 2)
  await clock.advance(100)
  write(two, 3)
  await clock.settle()
  expect(await bytes(two)).toEqual([0, 2, 3])
  expect(await bytes(one)).toEqual([])
})

test('is full when too many bytes wait, of one document or of all, and has room again after the disk took them', async () => {
  let isBroken = true
  const limits = { waiting: 5 * (OVERHEAD + 1), waitingDocument: 3 * (OVERHEAD + 1) }
  const { clock, journal, write } = setUp(
    {
      beforeAppend: () => {
        if (isBroken) throw new Error('The disk is full')
      },
    },
    limits,
  )
  const full = () => [one, two].map(document => journal.isFull(document))
  write(one, 1)
  await clock.settle()
  write(one, 2)
  expect(full()).toEqual([false, false])
  write(one, 3)
  expect(full()).toEqual([true, false])
  await clock.advance(5_000)
  expect(full()).toEqual([true, false])
  write(two, 1, 2)
  expect(full()).toEqual([true, true])
  expect(journal.waiting).toBe(limits.waiting)
  isBroken = false
  await clock.advance(5_000)
  expect(full()).toEqual([false, false])
  expect(journal.waiting).toBe(0)
})

test('gives up what the store will never take, and nothing else', async () => {
  const { bytes, clock, journal, said, saved, store, write } = setUp()
  await store.append([{ document: one, drafts: [], clients: new Map([[7, 'bo' as AccountId]]) }])
  write(two, 0)
  await underWay()
  journal.append(one, [draft(1)], new Map([[7, 'ada' as AccountId]]), saved(one))
  write(two, 1)
  write(one, 2)
  write(two, 2)
  await clock.settle()
  expect(said).toEqual(['two: 1 more, up to 1', 'one: refused', 'two: 2 more, up to 3'])
  expect(await bytes(one)).toEqual([])
  expect(await bytes(two)).toEqual([0, 1, 2])
  expect(journal.waiting).toBe(0)
  await journal.whenIdle()
  write(one, 3)
  await clock.settle()
  expect(await bytes(one)).toEqual([3])
  expect(said.at(-1)).toBe('one: 1 more, up to 1')
})

test('gives it up also when the disk had failed before', async () => {
  let isBroken = true
  const { bytes, clock, journal, said, saved, store, write } = setUp({
    beforeAppend: () => {
      if (isBroken) throw new Error('The disk is full')
    },
  })
  journal.append(one, [draft(1)], new Map([[7, 'ada' as AccountId]]), saved(one))
  write(two, 1)
  await clock.settle()
  write(one, 2)
  isBroken = false
  await store.append([{ document: one, drafts: [], clients: new Map([[7, 'bo' as AccountId]]) }])
  await clock.advance(5_000)
  await journal.whenIdle()
  expect(said).toEqual(['failing', 'one: refused', 'two: 1 more, up to 1', 'recovered'])
  expect(await bytes(two)).toEqual([1])
  expect([journal.isFailing(one), journal.waiting]).toEqual([false, 0])
})

test('tells what waits and since when: in memory, at the disk, and to be tried again', async () => {
  let isBroken = false
  const disk = Promise.withResolvers<void>()
  const { clock, journal, write } = setUp({
    beforeAppend: nth => {
      if (nth === 1) return disk.promise
      if (isBroken) throw new Error('The disk is full')
      return undefined
    },
  })
  const waits = () => {
    const { documents, edits, since } = journal.backlog()
    return { documents, edits, since }
  }
  const nothing = { documents: 0, edits: 0, since: undefined }
  expect(waits()).toEqual(nothing)
  write(one, 3)
  await underWay()
  write(one, 4, 5)
  write(two, 6)
  expect(waits()).toEqual({ documents: 2, edits: 4, since: 3 })
  isBroken = true
  disk.resolve()
  await clock.settle()
  expect(waits()).toEqual({ documents: 2, edits: 3, since: 4 })
  write(one, 7)
  await clock.advance(5_000)
  expect(waits()).toEqual({ documents: 2, edits: 4, since: 4 })
  expect(journal.backlog().bytes).toBe(journal.waiting)
  isBroken = false
  await clock.advance(5_000)
  expect(waits()).toEqual(nothing)
})
