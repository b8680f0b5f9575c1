/**
 * A process of its own that writes numbers into two documents through the journal, binding chapters and making
 * checkpoints on the way, and says in lines what it was promised: `<document> <how many numbers>`. It begins where the
 * disk says that it was.
 */
import { writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '#server/live/clock.ts'
import { Journal } from '#server/live/journal.ts'
import { openSqlite, type Sqlite } from '#server/store/sqlite.ts'
import { ada, name } from '#test/contract/store.ts'

const [, , folder = '', flushes = 'Infinity', size = '1'] = process.argv

const opened = async (): Promise<Sqlite> => {
  for (;;) {
    try {
      return await openSqlite(folder)
    } catch (error) {
      process.stderr.write(`${String(error)}\n`)
      await pause(20)
    }
  }
}
const { close, store } = await opened()
const silent = () => undefined
/** Twenty times less patient than the server. */
const clock = {
  ...systemClock,
  after: (milliseconds: number, run: () => void) => systemClock.after(milliseconds / 20, run),
}
const journal = new Journal(store, clock, {
  onFailing: silent,
  onRecovered: silent,
  onRefused: silent,
})

/** Calls that fail are tried again, as the server's own users would. */
const insist = async <T>(call: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await call()
    } catch {
      await pause(5)
    }
  }
}

const write = async (document: string): Promise<void> => {
  const last = (await insist(() => store.readSince(name(document), 0))).at(-1)
  let number = last ? new DataView(last.update.buffer).getUint32(0) : 0
  for (let flush = 1; flush <= Number(flushes); flush++) {
    const drafts = Array.from({ length: Number(size) }, () => {
      const update = new Uint8Array(24)
      new DataView(update.buffer).setUint32(0, (number += 1))
      return { account: ada, at: number, update }
    })
    const head = await new Promise<number>(resolve =>
      journal.append(name(document), drafts, new Map(), (_many, saved) => resolve(saved)),
    )
    writeSync(1, `${document} ${number}\n`)
    if (flush % 10 > 0) continue
    const state = new Uint8Array(2_000).fill(number)
    await store.checkpoint(name(document), { upTo: head, state }).catch(silent)
    await store.compact(name(document)).catch(silent)
  }
}

await Promise.all(['a', 'b'].map(write))
await close()
