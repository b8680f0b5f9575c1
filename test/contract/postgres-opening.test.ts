/** How Parley begins to use a PostgreSQL database, whom it lets in, and when it lets go for ever. */
import { setTimeout as sleep } from 'node:timers/promises'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import * as schema from '#drizzle/postgres/schema.ts'
import type { Storage } from '#server/store/database.ts'
import { OutdatedError } from '#server/store/postgres-lease.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { onServer } from '#test/contract/postgres-server.ts'
import {
  describePostgres,
  eventually,
  freshDatabase,
  WRITERS,
} from '#test/contract/postgres-tests.ts'
import { batch, bytes, name } from '#test/contract/store.ts'

const A = name('a')
const B = name('b')

const closed = async ({ close }: Storage): Promise<string> => {
  await close()
  return 'it opened'
}

describePostgres('a PostgreSQL database', server => {
  const { cut, open, sql, url } = freshDatabase(server)

  describe('at the start', () => {
    const refusal = async (change: (url: URL) => void): Promise<string> => {
      const wrong = new URL(url())
      change(wrong)
      const error = await openPostgres(wrong.href).then(String, String)
      expect(error).not.toContain('hunter2')
      return error
    }

    test.each<[string, (url: URL) => void, RegExp]>([
      ['a wrong password', to => (to.password = 'hunter2'), /password authentication failed/],
      ['a database that is not there', to => (to.pathname = 'nowhere'), /"nowhere" does not exist/],
      [
        'a name that nobody answers to',
        to => (to.host = 'localhost:1'),
        /on localhost:1: .*ECONNREFUSED/,
      ],
      ['a port where nobody listens', to => (to.port = '1'), /on 127\.0\.0\.1:1: .*ECONNREFUSED/],
    ])('%s is told, without a password', async (_, change, words) => {
      expect(await refusal(change)).toMatch(words)
    })

    test('what a newer Parley has used is refused, and left as it is', async () => {
      const { close } = await openPostgres(url())
      await close()
      await sql(`INSERT INTO migrations VALUES (1000, 'x', 0)`)
      await expect(openPostgres(url())).rejects.toThrow(/newer Parley/)
      await sql('DELETE FROM migrations WHERE number = 1000')
      await open()
    })

    test('another migration under the same number is refused', async () => {
      const { close } = await openPostgres(url())
      await close()
      await sql(`UPDATE migrations SET hash = 'x' WHERE number = 0`)
      await expect(openPostgres(url())).rejects.toThrow(/migration 0/)
    })

    test('a database of something else is refused, and nothing of ours is left in it', async () => {
      await sql('CREATE TABLE trackers (id integer)')
      await expect(openPostgres(url())).rejects.toThrow(/"trackers" already exists/)
      const tables = await sql(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
      expect(tables).toEqual([{ tablename: 'trackers' }])
    })

    test('the migrations make the tables that the schema describes', async () => {
      await open()
      const made = await sql(`
        SELECT table_name AS "table", column_name AS "column", is_nullable = 'NO' AS "notNull",
               data_type || coalesce(' COLLATE "' || collation_name || '"', '') AS type
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT IN ('migrations', 'lease')`)
      const described = Object.values(schema)
        .filter(table => is(table, PgTable))
        .flatMap(table => {
          const { columns, name } = getTableConfig(table)
          return columns.map(column => ({
            table: name,
            column: column.name,
            notNull: column.notNull,
            type: column.getSQLType(),
          }))
        })
      const byName = (rows: readonly object[]) => rows.map(row => JSON.stringify(row)).sort()
      expect(byName(made)).toEqual(byName(described))
    })

    test('a server whose commits are not on disk is refused', async () => {
      const database = new URL(url()).pathname.slice(1)
      await sql(`ALTER DATABASE "${database}" SET synchronous_commit = off`)
      const { store } = await open()
      expect(await store.append([batch(A, 1)])).toEqual(new Map([[A, 1]]))
      await sql('ALTER SYSTEM SET fsync = off')
      await sql('SELECT pg_reload_conf()')
      try {
        const attempt = () => openPostgres(url(), { isShared: true }).then(closed, String)
        await eventually(attempt).toMatch(/not on disk.*fsync off/)
      } finally {
        await sql('ALTER SYSTEM RESET fsync')
        await sql('SELECT pg_reload_conf()')
      }
    })
  })

  describe('one process to a database', () => {
    test('a second one is refused, and let in when the first has gone', async () => {
      const first = await openPostgres(url())
      await expect(openPostgres(url())).rejects.toThrow(/another Parley process is using it/)
      await first.store.append([batch(A, 1)])
      await first.close()
      const { store } = await open()
      expect((await store.load(A)).head).toBe(1)
    })

    test('a lost connection is followed by another, which holds the database as before', async () => {
      const { store } = await open()
      await store.append([batch(A, 1)])
      await cut()
      await eventually(() => store.append([batch(A, 2)]).catch(String)).toEqual(new Map([[A, 2]]))
      await expect(openPostgres(url())).rejects.toThrow(/another Parley process/)
      expect((await store.load(A)).head).toBe(2)
    })

    test.each([0, 100, 105, 110, 120])(
      'closing while it connects anew leaves no connection behind (after %i ms)',
      async milliseconds => {
        const { close } = await open()
        await cut()
        await sleep(milliseconds)
        await close()
        const left = () =>
          sql(`SELECT application_name FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()`)
        await eventually(left).toEqual([])
        await sleep(300)
        expect(await left()).toEqual([])
      },
    )

    test('who lost it to another process writes nothing any more, and says so once', async () => {
      const lost: unknown[] = []
      const first = await open({ onOutdated: error => void lost.push(error) })
      await first.store.append([batch(A, 1)])
      // It waits for the lock, and so is there first when the connection breaks.
      const waiting = open()
      await eventually(() => sql(`SELECT 1 FROM pg_stat_activity WHERE ${WRITERS}`)).toHaveLength(2)
      await sql(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`,
      )
      const second = await waiting
      await second.store.append([batch(A, 2)])

      await expect(first.store.append([batch(A, 3)])).rejects.toThrow()
      await eventually(() => lost).toHaveLength(1)
      expect(lost[0]).toBeInstanceOf(OutdatedError)
      await expect(first.store.append([batch(A, 3)])).rejects.toThrow(OutdatedError)
      await expect(first.store.checkpoint(A, { upTo: 1, state: bytes(1) })).rejects.toThrow(
        OutdatedError,
      )
      await second.close()
      await sleep(300)
      await expect(first.store.append([batch(A, 3)])).rejects.toThrow(OutdatedError)
      expect(lost).toHaveLength(1)
      expect(await (await open()).store.load(A)).toMatchObject({ head: 2, checkpoint: null })
    })

    test('a process that is idle learns without an edit that it was taken over', async () => {
      const { promise: lost, resolve: onOutdated } = Promise.withResolvers<unknown>()
      await open({ onOutdated })
      const second = open()
      await eventually(() => sql(`SELECT 1 FROM pg_stat_activity WHERE ${WRITERS}`)).toHaveLength(2)
      await sql(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`,
      )
      await second
      expect(await lost).toBeInstanceOf(OutdatedError)
    })
  })

  test('a database that has lost what it confirmed is not written on, as if nothing had happened', async () => {
    const { promise: lost, resolve: onOutdated } = Promise.withResolvers<unknown>()
    const { store } = await open({ onOutdated })
    await store.append([batch(A, 1), batch(B, 1)])
    await store.append([batch(A, 2)])
    await cut()
    await eventually(() => store.append([batch(A, 3)]).catch(String)).toEqual(new Map([[A, 3]]))
    // As a standby would be that took over without the last commit.
    await onServer(url(), async client => {
      await client.query(`
        BEGIN; DELETE FROM journal WHERE document = 'a' AND last_seq = 3;
        UPDATE documents SET head = 2 WHERE name = 'a'; COMMIT`)
    })
    await cut()
    expect(String(await lost)).toMatch(/lost edits that it had confirmed \(a\)/)
    await expect(store.append([batch(A, 4)])).rejects.toThrow(OutdatedError)
  })
})
