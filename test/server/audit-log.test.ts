/** The audit log is a chain: of rows one after the other, each with a hash of itself and of the one before. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { audit } from '#drizzle/sqlite/schema.ts'
import { AuditLog, hashOfRow, NO_ROW } from '#server/audit/audit-log.ts'
import type { Storage } from '#server/store/database.ts'
import type { AccountId } from '#shared/ids.ts'
import { openStorage } from '#test/server/storage.ts'

let folder: string
let storage: Storage
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-'))
  storage = await openStorage(folder)
})
afterEach(async () => {
  await storage.close()
  await rm(folder, { recursive: true, force: true })
})

const ada = { id: 'ada' as AccountId, name: 'Ada' }
const rows = () => storage.db.select().from(audit).orderBy(asc(audit.seq))

test('rows that come at once and after a restart are one chain without a gap', async () => {
  let now = 1_000
  const log = new AuditLog(storage.db, () => now++)
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      log.add({ what: 'signed in', by: ada, from: '192.0.2.1', detail: `${n}` }),
    ),
  )
  await new AuditLog(storage.db, () => now).add({ what: 'sign-in failed', by: null, from: '' })
  const stored = await rows()
  expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, n) => n + 1))
  expect(stored.map(({ detail }) => detail)).toEqual([
    ...Array.from({ length: 20 }, (_, n) => `${n}`),
    '',
  ])
  for (const [index, { hash, ...row }] of stored.entries()) {
    expect(row.previous).toBe(stored[index - 1]?.hash ?? NO_ROW)
    expect(hash).toBe(hashOfRow(row))
  }
  expect(stored.at(-1)).toMatchObject({ by: null, byName: '', trackerId: null, subject: '' })
})

test('a row that could not be stored leaves no gap, and stops none that follows', async () => {
  const log = new AuditLog(storage.db, () => 1)
  await log.add({ what: 'signed in', by: ada, from: '' })
  const tooMuch = { what: null } as unknown as { what: 'signed in' }
  const failed = log.add({ ...tooMuch, by: ada, from: '' })
  const next = log.add({ what: 'signed out', by: ada, from: '' })
  await expect(failed).rejects.toThrow()
  await next
  expect((await rows()).map(({ seq, what }) => [seq, what])).toEqual([
    [1, 'signed in'],
    [2, 'signed out'],
  ])
})
