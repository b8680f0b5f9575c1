/** P36: `npm run verify` finds whatever was done to the audit log behind the server’s back. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { audit } from '#drizzle/sqlite/schema.ts'
import { AuditLog, hashOfRow, type ChainEnd } from '#server/audit/audit-log.ts'
import { AuditReading } from '#server/audit/audit-reading.ts'
import { headInWords, readHead } from '#server/audit/chain.ts'
import { systemClock } from '#server/live/clock.ts'
import type { Audit } from '#server/store/audit.ts'
import type { Storage } from '#server/store/database.ts'
import { auditDatabase } from '#server/store/postgres-audit.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import type { AccountId } from '#shared/ids.ts'
import { newDatabase, onServer } from '#test/contract/postgres-server.ts'
import { describePostgres } from '#test/contract/postgres-tests.ts'

interface Place {
  readonly open: () => Promise<Storage>
  /** As whoever holds the database may, with the guards of the table out of the way. */
  readonly tamper: (statement: string) => Promise<unknown>
  readonly look: (kept?: ChainEnd) => Promise<Audit>
}

const ada = { id: 'ada' as AccountId, name: 'Ada' }
const ROWS = 6

const everyManipulation = (place: Place): void => {
  let head: ChainEnd

  beforeAll(async () => {
    const storage = await place.open()
    const log = new AuditLog({ db: storage.db, clock: systemClock, report: () => undefined })
    for (let n = 1; n <= ROWS; n++)
      await log.add({ what: 'exported', by: ada, from: '192.0.2.1', detail: `the ${n}th “دری”` })
    head = await new AuditReading(storage.db).head()
    await storage.close()
    await place.tamper('CREATE TABLE kept AS SELECT * FROM audit')
  })
  beforeEach(() => place.tamper('DELETE FROM audit; INSERT INTO audit SELECT * FROM kept'))

  const faultsAfter = async (statement: string, kept?: ChainEnd) => {
    await place.tamper(statement)
    return (await place.look(kept)).faults
  }

  test('a log that nobody touched is as it should be, and tells its head', async () => {
    expect((await place.look(head)).faults).toEqual([])
    expect((await place.look()).log).toEqual({ rows: ROWS, head, faults: [] })
    expect(readHead(headInWords(head))).toEqual(head)
  })

  test('a row of which any column was changed', async () => {
    const changes = [
      'at = at + 1',
      `what = 'imported'`,
      `"by" = NULL`,
      `by_name = 'Bo'`,
      `"from" = ''`,
      `tracker_id = 'one'`,
      `subject = 'bo'`,
      `detail = ''`,
    ]
    for (const change of changes) {
      const faults = await faultsAfter(
        `DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; UPDATE audit SET ${change} WHERE seq = 3`,
      )
      expect(faults, change).toEqual(['the audit log: row 3 is not as it was written'])
    }
  })

  test('a row that was changed together with its hash', async () => {
    const storage = await place.open()
    const stored = await storage.db
      .select()
      .from(audit)
      .where(sql`seq = 3`)
    await storage.close()
    const { hash: _, ...row } = stored[0] as NonNullable<(typeof stored)[0]>
    const hash = hashOfRow({ ...row, byName: 'Bo' })
    expect(
      await faultsAfter(`UPDATE audit SET by_name = 'Bo', hash = '${hash}' WHERE seq = 3`),
    ).toEqual(['the audit log: row 4 does not follow the row before it'])
  })

  test('rows that were removed, in the middle and at the beginning', async () => {
    expect(await faultsAfter('DELETE FROM audit WHERE seq = 3')).toEqual([
      'the audit log: row 3 is missing',
    ])
    expect(await faultsAfter('DELETE FROM audit WHERE seq < 4')).toEqual([
      'the audit log: rows 1 to 3 are missing',
    ])
  })

  test('a gap that was closed by moving the others up', async () => {
    await place.tamper('DELETE FROM audit WHERE seq = 5')
    expect(await faultsAfter('UPDATE audit SET seq = 5 WHERE seq = 6')).toEqual([
      'the audit log: row 5 is not as it was written',
      'the audit log: row 5 does not follow the row before it',
    ])
  })

  test('rows that changed places', async () => {
    await place.tamper('UPDATE audit SET seq = 99 WHERE seq = 2')
    await place.tamper('UPDATE audit SET seq = 2 WHERE seq = 3')
    const faults = await faultsAfter('UPDATE audit SET seq = 3 WHERE seq = 99')
    expect(faults).toContain('the audit log: row 2 is not as it was written')
    expect(faults).toContain('the audit log: row 3 is not as it was written')
  })

  test('a row that was put in', async () => {
    const row = { at: 1, what: 'exported', by: null, byName: '', from: '', trackerId: null }
    const forged = { ...row, seq: ROWS + 1, subject: '', detail: '', previous: 'f'.repeat(64) }
    const values = `${forged.seq}, 1, 'exported', NULL, '', '', NULL, '', '', '${forged.previous}'`
    expect(
      await faultsAfter(`INSERT INTO audit VALUES (${values}, '${hashOfRow(forged)}')`),
    ).toEqual([`the audit log: row ${ROWS + 1} does not follow the row before it`])
  })

  test('a tail that was cut off shows against a head that was kept, and only so', async () => {
    expect(await faultsAfter(`DELETE FROM audit WHERE seq = ${ROWS}`)).toEqual([])
    expect((await place.look(head)).faults).toEqual([
      `the audit log: row ${ROWS}, the head that was kept, is not there`,
    ])
    // The server goes on where the log ends now.
    const storage = await place.open()
    const log = new AuditLog({ db: storage.db, clock: systemClock, report: () => undefined })
    await log.add({ what: 'signed in', by: ada, from: '' })
    await storage.close()
    expect((await place.look()).faults).toEqual([])
    expect((await place.look(head)).faults).toEqual([
      `the audit log: row ${ROWS} is another one than that of the head that was kept`,
    ])
  })

  test('a log that was emptied shows against a head that was kept', async () => {
    expect(await faultsAfter('DELETE FROM audit', head)).toHaveLength(1)
  })
}

describe('on SQLite', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-chain-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const file = () => join(folder, 'parley.db')

  everyManipulation({
    open: () => openSqlite(folder),
    tamper: async statement => {
      const database = new DatabaseSync(file())
      for (const trigger of ['audit_stays', 'audit_keeps', 'audit_replaces_none'])
        database.exec(`DROP TRIGGER IF EXISTS ${trigger}`)
      database.exec(statement)
      database.close()
    },
    look: async kept => auditFile(file(), kept),
  })

  test('the guards of the table hold against replacing, too', async () => {
    const guarded = await mkdtemp(join(tmpdir(), 'parley-chain-'))
    const storage = await openSqlite(guarded)
    const log = new AuditLog({ db: storage.db, clock: systemClock, report: () => undefined })
    await log.add({ what: 'signed in', by: ada, from: '' })
    for (const statement of [
      'INSERT OR REPLACE INTO audit SELECT * FROM audit',
      'DELETE FROM audit',
      'UPDATE audit SET at = 0',
    ])
      await expect(storage.db.run(sql.raw(statement))).rejects.toMatchObject({
        cause: { message: expect.stringContaining('rows of the audit log are not') },
      })
    await storage.close()
    await rm(guarded, { recursive: true })
  })
})

describePostgres('on PostgreSQL', server => {
  let url = ''
  beforeAll(async () => {
    url = await newDatabase(server().url)
  })

  everyManipulation({
    open: () => openPostgres(url),
    tamper: statement =>
      onServer(url, async client => {
        await client.query('ALTER TABLE audit DISABLE TRIGGER ALL')
        await client.query(statement)
        await client.query('ALTER TABLE audit ENABLE TRIGGER ALL')
      }),
    look: kept => auditDatabase(url, kept),
  })

  test('the guards of the table hold against emptying it, too', async () => {
    for (const statement of ['TRUNCATE audit', 'DELETE FROM audit', 'UPDATE audit SET at = 0'])
      await expect(onServer(url, client => client.query(statement))).rejects.toThrow(
        'neither changed nor removed',
      )
  })

  test('the log is searched as it is on SQLite', async () => {
    const storage = await openPostgres(url)
    const reading = new AuditReading(storage.db)
    const found = async (query: Parameters<AuditReading['page']>[0]) =>
      (await reading.page(query, 10)).map(({ seq }) => seq)
    expect(await found({ text: 'THE 3TH' })).toEqual([3])
    expect(await found({ text: 'دری', person: 'ada', from: '192.0.2.1', since: 1 })).toHaveLength(
      ROWS,
    )
    expect(await found({ text: '%' })).toEqual([])
    expect(await found({ text: '\\' })).toEqual([])
    expect(await found({ until: 1 })).toEqual([])
    expect(await found({ what: 'exported', without: ['exported'] })).toEqual([])
    await storage.close()
  })
})
