/** The audit log is a chain: of rows one after the other, each with a hash of itself and of the one before. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { audit } from '#drizzle/sqlite/schema.ts'
import { AuditLog, hashOfRow, NO_ROW } from '#server/audit/audit-log.ts'
import { systemClock } from '#server/live/clock.ts'
import type { Storage } from '#server/store/database.ts'
import type { AccountId } from '#shared/ids.ts'
import { openStorage } from '#test/server/storage.ts'
import { ManualClock } from '#test/simulation/clock.ts'

// Every row waits for the disk.
vi.setConfig({ testTimeout: 30_000 })

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
const logAt = (now: () => number) =>
  new AuditLog({
    db: storage.db,
    clock: { ...systemClock, now },
    report: error => {
      throw error
    },
  })
const rows = () => storage.db.select().from(audit).orderBy(asc(audit.seq))

test('rows that come at once and after a restart are one chain without a gap', async () => {
  let now = 1_000
  const log = logAt(() => now++)
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      log.add({ what: 'signed in', by: ada, from: '192.0.2.1', detail: `${n}` }),
    ),
  )
  await logAt(() => now).add({ what: 'sign-in failed', by: null, from: '' })
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
  const log = logAt(() => 1)
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

test('a row whose storing was not heard of is not written over', async () => {
  let isDeaf = false
  const insert: Storage['db']['insert'] = table => {
    const real = storage.db.insert(table)
    if (!isDeaf) return real
    isDeaf = false
    const values = async (row: never) => {
      await real.values(row)
      throw new Error('The answer was lost')
    }
    return { values } as unknown as typeof real
  }
  const db = Object.assign(Object.create(storage.db) as Storage['db'], { insert })
  const log = new AuditLog({ db, clock: systemClock, report: () => undefined })
  await log.add({ what: 'signed in', by: ada, from: '' })
  isDeaf = true
  await expect(log.add({ what: 'exported', by: ada, from: '' })).rejects.toThrow('lost')
  await log.add({ what: 'signed out', by: ada, from: '' })
  const stored = await rows()
  expect(stored.map(({ what }) => what)).toEqual(['signed in', 'exported', 'signed out'])
  expect(stored[2]?.previous).toBe(stored[1]?.hash)
})

test('what no database would keep as it is does not break the chain', async () => {
  const log = logAt(() => 1)
  const detail = `a\0b\nc \uD800 ${'long '.repeat(1_000)}`
  await log.add({ what: 'signed in', by: { ...ada, name: 'A\0da' }, from: '', detail })
  const [stored] = await rows()
  const { hash, ...row } = stored as NonNullable<typeof stored>
  expect(hashOfRow(row)).toBe(hash)
  expect(row.byName).toBe('A da')
  expect(row.detail.length).toBe(1_000)
})

describe('what strangers cause', () => {
  const watched = () => {
    const clock = new ManualClock()
    const log = new AuditLog({ db: storage.db, clock, report: () => undefined })
    return { clock, log }
  }
  const failed = (from: string) => ({ what: 'sign-in failed', by: null, from }) as const
  const told = async () => (await rows()).map(({ detail, from }) => `${from} ${detail}`.trim())

  test('of many from one address are a few rows and a number, minute by minute', async () => {
    const { clock, log } = watched()
    for (let n = 0; n < 25; n++) await log.add(failed('192.0.2.1'))
    await log.add(failed('192.0.2.2'))
    await log.add({ what: 'signed in', by: ada, from: '192.0.2.1' })
    expect(await told()).toHaveLength(12)
    await clock.advance(60_000)
    await log.add(failed('192.0.2.1'))
    expect((await told()).slice(12)).toEqual(['192.0.2.1 and 15 more within a minute', '192.0.2.1'])
  })

  test('of very many addresses are a bounded number of rows', async () => {
    const { log } = watched()
    for (let n = 0; n < 1_000; n++) await log.add(failed(`2001:db8:${n.toString(16)}`))
    await log.close()
    expect(await told()).toHaveLength(201)
    expect((await told()).at(-1)).toBe('and 800 more from many addresses')
  })

  test('of one kind, or about one thing, hides nothing of another', async () => {
    const { log } = watched()
    const viewed = { what: 'share viewed', by: null, from: '192.0.2.1' } as const
    for (let n = 0; n < 300; n++) await log.add({ ...viewed, subject: `link ${n % 2}` })
    await log.add({ what: 'sign-in failed', by: null, from: '192.0.2.1', detail: 'as ada' })
    await log.close()
    expect((await told()).slice(20)).toEqual([
      '192.0.2.1 as ada',
      '192.0.2.1 and 140 more within a minute',
      '192.0.2.1 and 140 more within a minute',
    ])
    expect((await rows()).slice(-2).map(({ subject }) => subject)).toEqual(['link 0', 'link 1'])
  })
})
