import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '#server/store/sqlite.ts'
import { holdsText } from '#test/contract/files.ts'
import { describeStore } from '#test/contract/store.ts'
import { describeTables } from '#test/contract/tables.ts'

describeStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-store-'))
  return {
    open: async () => (await openSqlite(folder)).store,
    holds: text => holdsText(folder, text),
    remove: () => rm(folder, { recursive: true }),
  }
})

describeTables('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-tables-'))
  return { open: () => openSqlite(folder), remove: () => rm(folder, { recursive: true }) }
})
