/** How long an edit waits for the disk: one append of 1, 64 and 512 small edits, flushed with fsync. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'
import { openSqlite } from '#server/store/sqlite.ts'
import { ada, name } from '#test/contract/store.ts'

test('append on SQLite', async ({ bench }) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const { store, close } = await openSqlite(folder)
  onTestFinished(async () => {
    await close()
    await rm(folder, { recursive: true })
  })
  const appends = [1, 64, 512].map(count => {
    const update = new Uint8Array(16)
    const drafts = Array.from({ length: count }, () => ({ account: ada, at: Date.now(), update }))
    return bench(`${count} edits`, async () => {
      await store.append([{ document: name(`bench-${count}`), drafts }])
    })
  })
  const [one, many, most] = appends
  if (one && many && most) await bench.compare(one, many, most)
})
