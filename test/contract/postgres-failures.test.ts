/** PostgreSQL refuses, vanishes, hangs and comes back: nothing acknowledged is lost, and nobody waits for ever. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { sql as query } from 'drizzle-orm'
import { trackers } from '#drizzle/sqlite/schema.ts'
import { systemClock } from '#server/live/clock.ts'
import { Rooms } from '#server/live/rooms.ts'
import type { Storage } from '#server/store/database.ts'
import { OutdatedError } from '#server/store/postgres-lease.ts'
import { openPostgres, type PostgresOptions } from '#server/store/postgres.ts'
import { DamagedError } from '#server/store/store.ts'
import { parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { newDatabase, onServer } from '#test/contract/postgres-server.ts'
import { describePostgres, eventually } from '#test/contract/postgres-tests.ts'
import { ada, batch, bytes, drafts, name } from '#test/contract/store.ts'
import { seededDice } from '#test/simulation/dice.ts'

const VERIFY = fileURLToPath(new URL('../../server/verify.ts', import.meta.url))
const A = name('a')
const B = name('b')
const asleep = query`SELECT pg_sleep(20)`
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

const closed = async ({ close }: Storage): Promise<string> => {
  await close()
  return 'it opened'
}

// A process may have to wait a second for another's lock, a room two for its next attempt.
vi.setConfig({ testTimeout: 30_000 })

describePostgres('a PostgreSQL that fails', server => {
  let url: string

  beforeEach(async () => {
    url = await newDatabase(server().url)
  })

  const open = async (options: PostgresOptions = {}) => {
    const storage = await openPostgres(url, options)
    onTestFinished(storage.close)
    return storage
  }
  const sql = (statement: string, values: readonly unknown[] = []) =>
    onServer(url, async client => (await client.query(statement, [...values])).rows)

  /** As an administrator would, or a network that drops connections. */
  const cutConnections = (which = 'true') =>
    sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
    )
  const WRITERS = `application_name LIKE 'parley %-%'`

  describe('at the start', () => {
    const refusal = async (change: (url: URL) => void): Promise<string> => {
      const wrong = new URL(url)
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
      const { close } = await openPostgres(url)
      await close()
      await sql(`INSERT INTO migrations VALUES (1000, 'x', 0)`)
      await expect(openPostgres(url)).rejects.toThrow(/newer Parley/)
      await sql('DELETE FROM migrations WHERE number = 1000')
      await open()
    })

    test('another migration under the same number is refused', async () => {
      const { close } = await openPostgres(url)
      await close()
      await sql(`UPDATE migrations SET hash = 'x' WHERE number = 0`)
      await expect(openPostgres(url)).rejects.toThrow(/migration 0/)
    })

    test('a database of something else is refused, and nothing of ours is left in it', async () => {
      await sql('CREATE TABLE trackers (id integer)')
      await expect(openPostgres(url)).rejects.toThrow(/"trackers" already exists/)
      const tables = await sql(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
      expect(tables).toEqual([{ tablename: 'trackers' }])
    })

    test('a server whose commits are not on disk is refused', async () => {
      const database = new URL(url).pathname.slice(1)
      await sql(`ALTER DATABASE "${database}" SET synchronous_commit = off`)
      const { store } = await open()
      expect(await store.append([batch(A, 1)])).toEqual(new Map([[A, 1]]))
      await sql('ALTER SYSTEM SET fsync = off')
      await sql('SELECT pg_reload_conf()')
      try {
        const attempt = () => openPostgres(url, { isShared: true }).then(closed, String)
        await eventually(attempt).toMatch(/not on disk.*fsync off/)
      } finally {
        await sql('ALTER SYSTEM RESET fsync')
        await sql('SELECT pg_reload_conf()')
      }
    })
  })

  describe('one process to a database', () => {
    test('a second one is refused, and let in when the first has gone', async () => {
      const first = await openPostgres(url)
      await expect(openPostgres(url)).rejects.toThrow(/another Parley process is using it/)
      await first.store.append([batch(A, 1)])
      await first.close()
      const { store } = await open()
      expect((await store.load(A)).head).toBe(1)
    })

    test('a lost connection is followed by another, which holds the database as before', async () => {
      const { store } = await open()
      await store.append([batch(A, 1)])
      await cutConnections()
      await eventually(() => store.append([batch(A, 2)]).catch(String)).toEqual(new Map([[A, 2]]))
      await expect(openPostgres(url)).rejects.toThrow(/another Parley process/)
      expect((await store.load(A)).head).toBe(2)
    })

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
    await cutConnections()
    await eventually(() => store.append([batch(A, 3)]).catch(String)).toEqual(new Map([[A, 3]]))
    // As a standby would be that took over without the last commit.
    await onServer(url, async client => {
      await client.query(`
        BEGIN; DELETE FROM journal WHERE document = 'a' AND last_seq = 3;
        UPDATE documents SET head = 2 WHERE name = 'a'; COMMIT`)
    })
    await cutConnections()
    expect(String(await lost)).toMatch(/lost edits that it had confirmed \(a\)/)
    await expect(store.append([batch(A, 4)])).rejects.toThrow(OutdatedError)
  })

  describe('in the middle of work', () => {
    test.each([1, 2, 3])(
      'connections that are cut lose nothing acknowledged, and double none of it (seed %i)',
      async seed => {
        const { store } = await open()
        const dice = seededDice(seed)
        const acknowledged = new Map<number, number>()
        let isWriting = true
        const write = async () => {
          for (const number of upTo(150))
            for (let isSaved = false; !isSaved;)
              try {
                const heads = await store.append([
                  { document: A, drafts: drafts(ada, number) },
                  { document: B, drafts: drafts(ada, number) },
                ])
                acknowledged.set(heads.get(A) ?? 0, number)
                isSaved = true
              } catch {
                await sleep(1)
              }
          isWriting = false
        }
        let cuts = 0
        const cut = async () => {
          for (;;) {
            await sleep(dice.below(30))
            if (!isWriting) return
            await cutConnections(WRITERS)
            cuts += 1
          }
        }
        await Promise.all([write(), cut()])

        expect(cuts).toBeGreaterThan(3)
        expect(acknowledged.size).toBe(150)
        const entries = await store.readSince(A, 0)
        expect(entries.map(({ seq }) => seq)).toEqual(upTo(entries.length))
        const numbers = entries.map(({ update }) => update[0])
        for (const [seq, number] of acknowledged) expect(numbers[seq - 1]).toBe(number)
        // One that was stored without an answer came again, after itself and before the next.
        expect(numbers).toEqual(numbers.toSorted((a = 0, b = 0) => a - b))
        expect(numbers.length - 150).toBeLessThanOrEqual(cuts)
        // Both documents or none.
        expect((await store.readSince(B, 0)).map(({ update }) => update[0])).toEqual(numbers)
      },
    )

    test('reading goes on with other connections', async () => {
      const { db, store } = await open()
      await store.append([batch(A, 1)])
      await Promise.all([store.load(A), store.readSince(A, 0), db.select().from(trackers)])
      await cutConnections()
      await eventually(() => store.load(A).catch(String)).toMatchObject({ head: 1 })
      await eventually(() => db.select().from(trackers).catch(String)).toEqual([])
    })

    test('a connection that breaks while it answers is an error of that question alone', async () => {
      const { db } = await open()
      const long = expect(db.values(asleep)).rejects.toThrow()
      const sleeping = () =>
        sql(`SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'`)
      await eventually(sleeping).toHaveLength(1)
      // Without a word: and all others go down with it, because it may have harmed what they share.
      for (const { pid } of await sleeping()) process.kill(pid, 'SIGKILL')
      await long
      await eventually(() => db.select().from(trackers).catch(String)).toEqual([])
    })

    test.each(['orderly', 'crash'] as const)(
      'a database that goes (%s) and comes back has all that rooms wrote meanwhile, in order',
      async how => {
        const { store } = await open()
        let failures = 0
        let recoveries = 0
        const rooms = new Rooms({
          store,
          clock: systemClock,
          onFailing: () => (failures += 1),
          onRecovered: () => (recoveries += 1),
        })
        const refs = ['t1', 't2'].map(id => parseDocumentName(id) as DocumentRef)
        const opened = await Promise.all(refs.map(ref => rooms.open(ref)))
        const saved: Promise<unknown>[] = []
        const keys = upTo(60).map(number => `k${number}`)
        for (const [index, key] of keys.entries()) {
          if (index === 15) {
            onTestFinished(server().start)
            await server().stop(how)
          }
          if (index === 45) {
            await eventually(() => failures).toBe(1)
            await server().start()
          }
          for (const room of opened)
            saved.push(room.edit(ada, doc => doc.getMap('tracker').set(key, index)))
          await sleep(2)
        }
        await Promise.all(saved)
        await rooms.closeAll()
        expect(recoveries).toBe(1)
        for (const { name } of refs) {
          const doc = new Y.Doc()
          for (const { update } of await store.readSince(name, 0)) Y.applyUpdate(doc, update)
          expect(doc.store.pendingStructs).toBeNull()
          expect([...doc.getMap('tracker').keys()]).toEqual(keys)
        }
      },
    )

    test('a server that hangs is an error after a while, and what it held up is not stored twice', async () => {
      const { store } = await open({ patience: 300 })
      await store.append([batch(A, 1)])
      const pids = await sql(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND ${WRITERS}`,
      )
      const signal = (how: 'SIGSTOP' | 'SIGCONT') => {
        for (const { pid } of pids) process.kill(pid, how)
      }
      signal('SIGSTOP')
      try {
        await expect(store.append([batch(A, 2)])).rejects.toThrow('timeout')
        // The one that hangs holds the database still: nobody can overtake what it may yet store.
        await expect(store.append([batch(A, 2)])).rejects.toThrow()
      } finally {
        signal('SIGCONT')
      }
      await eventually(() => store.append([batch(A, 3)]).catch(String)).toBeInstanceOf(Map)
      const numbers = (await store.readSince(A, 0)).map(({ update }) => update[0])
      expect([
        [1, 3],
        [1, 2, 3],
      ]).toContainEqual(numbers)
    })

    test('an edit behind a lock that is never given back is an error, not a hang', async () => {
      const { store } = await open({ patience: 300 })
      await store.append([batch(A, 1)])
      await onServer(url, async other => {
        await other.query('BEGIN')
        await other.query(`SELECT * FROM documents WHERE name = 'a' FOR UPDATE`)
        await expect(store.append([batch(A, 2)])).rejects.toThrow(/statement timeout/)
        await other.query('ROLLBACK')
      })
      expect(await store.append([batch(A, 2)])).toEqual(new Map([[A, 2]]))
    })
  })

  test.each([
    [`packed = set_byte(packed, 9, get_byte(packed, 9) # 255)`, /entries 2 to 2/],
    [`first_seq = 1`, /entry 2 is missing/],
  ])('damage is told with the document, and others are fine (%#)', async (change, words) => {
    const { store } = await open()
    await store.append([batch(A, 1), batch(B, 1)])
    await store.append([batch(A, 2)])
    await sql(`UPDATE journal SET ${change} WHERE document = 'a' AND last_seq = 2`)
    await expect(store.load(A)).rejects.toThrow(DamagedError)
    await expect(store.load(A)).rejects.toThrow(words)
    expect((await store.load(B)).head).toBe(1)
    expect(await store.append([batch(B, 2)])).toEqual(new Map([[B, 2]]))
  })

  test('a damaged checkpoint is passed over, because the journal holds everything', async () => {
    const { store } = await open()
    await store.append([batch(A, 1, 2, 3)])
    await store.checkpoint(A, { upTo: 2, state: bytes(1, 2, 3) })
    await sql(`UPDATE checkpoints SET state = '\\x010204'`)
    const { checkpoint, entries } = await store.load(A)
    expect(checkpoint).toBeNull()
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })
  test('npm run verify looks through it while Parley runs, and names what is damaged', async () => {
    const { store } = await open()
    const doc = new Y.Doc()
    for (const document of [A, B]) {
      doc.getMap('tracker').set('title', document)
      const update = Y.encodeStateAsUpdate(doc)
      const clients = new Map([[doc.clientID, ada]])
      await store.append([{ document, drafts: [{ account: ada, at: 1, update }], clients }])
    }
    const verify = async () => {
      const child = spawn(process.execPath, [VERIFY], { env: { DATABASE_URL: url } })
      const [out, err, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      expect(out + err).not.toContain(new URL(url).password)
      return { out, err, code }
    }
    const whole = await verify()
    expect(whole).toMatchObject({ err: '', code: 0 })
    expect(whole.out).toMatch(/^the database test-.*: 2 documents with 2 entries, all as it should/)

    await sql(`UPDATE journal SET packed = set_byte(packed, 9, 255) WHERE document = 'a'`)
    const harmed = await verify()
    expect(harmed.code).toBe(1)
    expect(harmed.err).toMatch(/^a: .*entries 1 to 1: wrong checksum/m)
    expect(harmed.err).not.toMatch(/^b: /m)
    expect(harmed.out).toMatch(/faults$/m)
  })
})
