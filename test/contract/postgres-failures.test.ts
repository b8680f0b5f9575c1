/** PostgreSQL refuses, vanishes, hangs and comes back: nothing acknowledged is lost, and nobody waits for ever. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql as query } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { trackers } from '#drizzle/sqlite/schema.ts'
import { systemClock } from '#server/live/clock.ts'
import { Rooms } from '#server/live/rooms.ts'
import { DamagedError } from '#server/store/store.ts'
import { parseDocumentName, type DocumentRef } from '#shared/access.ts'
import { onServer } from '#test/contract/postgres-server.ts'
import {
  describePostgres,
  eventually,
  freshDatabase,
  WRITERS,
} from '#test/contract/postgres-tests.ts'
import { ada, batch, bytes, drafts, name } from '#test/contract/store.ts'
import { startServer } from '#test/server/harness.ts'
import { seededDice } from '#test/simulation/dice.ts'

const VERIFY = fileURLToPath(new URL('../../server/verify.ts', import.meta.url))
const A = name('a')
const B = name('b')
const asleep = query`SELECT pg_sleep(20)`
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describePostgres('a PostgreSQL that fails', server => {
  const { cut, open, sql, url } = freshDatabase(server)

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
      const cutNowAndThen = async () => {
        for (;;) {
          await sleep(dice.below(30))
          if (!isWriting) return
          await cut(WRITERS)
          cuts += 1
        }
      }
      await Promise.all([write(), cutNowAndThen()])

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
    await cut()
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

  test('while it is away, who asks over HTTP is told to try again, and then is answered', async () => {
    vi.stubEnv('TEST_POSTGRES', server().url)
    onTestFinished(() => void vi.unstubAllEnvs())
    const parley = await startServer()
    onTestFinished(parley.close)
    const { owner, trackerId } = await parley.createFirstAccount()
    const read = () => parley.ask('GET', `/api/trackers/${trackerId}`, { cookie: owner.cookie })
    onTestFinished(server().start)
    await server().stop('crash')
    expect(await read()).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    await server().start()
    await eventually(async () => (await read()).status).toBe(200)
  })

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
    await onServer(url(), async other => {
      await other.query('BEGIN')
      await other.query(`SELECT * FROM documents WHERE name = 'a' FOR UPDATE`)
      await expect(store.append([batch(A, 2)])).rejects.toThrow(/statement timeout/)
      await other.query('ROLLBACK')
    })
    expect(await store.append([batch(A, 2)])).toEqual(new Map([[A, 2]]))
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
      const child = spawn(process.execPath, [VERIFY], { env: { DATABASE_URL: url() } })
      const [out, err, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      expect(out + err).not.toContain(new URL(url()).password)
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
