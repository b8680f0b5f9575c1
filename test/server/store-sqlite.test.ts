import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { documents } from '#drizzle/sqlite/schema.ts'
import { DatabaseError } from '#server/store/database.ts'
import { PRAGMAS } from '#server/store/sqlite-file.ts'
import { openSqlite, type Sqlite } from '#server/store/sqlite.ts'
import { DamagedError } from '#server/store/store.ts'
import { ada, batch, bytes, name } from '#test/contract/store.ts'

// Every append waits for the disk.
vi.setConfig({ testTimeout: 30_000 })

const A = name('a')
const B = name('b')
const WRITER = fileURLToPath(new URL('store-writer.ts', import.meta.url))

let folder: string
let sqlite: Sqlite

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sqlite-'))
  sqlite = await openSqlite(folder)
})

afterEach(async () => {
  await sqlite.close()
  await rm(folder, { recursive: true })
})

/** Changes the closed file behind Parley's back. */
const tamper = async (statement: string) => {
  await sqlite.close()
  const file = new DatabaseSync(join(folder, 'parley.db'))
  file.exec(statement)
  file.close()
}

const reopen = async () => {
  await sqlite.close()
  sqlite = await openSqlite(folder)
}

describe('opening', () => {
  test.each(Object.entries(PRAGMAS))('PRAGMA %s is %s', async (pragma, wanted) => {
    expect(await sqlite.db.values(sql.raw(`PRAGMA ${pragma}`))).toEqual([[wanted]])
  })

  test('the same is true of the connection that follows a failed one', async () => {
    await endThread()
    for (const [pragma, wanted] of Object.entries(PRAGMAS)) {
      expect(await sqlite.db.values(sql.raw(`PRAGMA ${pragma}`))).toEqual([[wanted]])
    }
  })

  test('a second one on the same folder is refused, in this process and in another', async () => {
    await expect(openSqlite(folder)).rejects.toThrow(/Another process is using .*parley\.db/)
    const other = new Promise<string>(resolve => {
      execFile(process.execPath, [WRITER, folder], (_error, _stdout, stderr) => resolve(stderr))
    })
    expect(await other).toMatch(/Another process is using .*parley\.db/)
    await sqlite.store.append([batch(A, 1)])
  })

  test('a database that a newer Parley has used is refused, and left as it is', async () => {
    await tamper("INSERT INTO migrations VALUES (1000, 'x', 0)")
    await expect(openSqlite(folder)).rejects.toThrow(/newer Parley/)
    await tamper('DELETE FROM migrations WHERE number = 1000')
    await reopen()
  })

  test('a database with another migration under the same number is refused', async () => {
    await tamper("UPDATE migrations SET hash = 'x' WHERE number = 0")
    await expect(openSqlite(folder)).rejects.toThrow(/migration 0/)
  })

  test('a file that is no database is refused', async () => {
    await sqlite.close()
    await writeFile(join(folder, 'parley.db'), 'Dear diary, '.repeat(1_000))
    await expect(openSqlite(folder)).rejects.toThrow(/not a Parley database/)
  })
})

/** How a page begins that holds rows, in SQLite's file format. */
const LEAF = 13

describe('damage', () => {
  beforeEach(async () => {
    await sqlite.store.append([batch(A, 1, 2), batch(B, 1)])
    await sqlite.store.append([batch(A, 3)])
    await sqlite.store.append([batch(A, 4)])
  })

  test.each([
    [
      'a flipped bit',
      "packed = CAST(substr(packed, 1, 9) || x'ff' || substr(packed, 11) AS BLOB)",
      /entries 3 to 3/,
    ],
    ['a row cut short', 'packed = substr(packed, 1, length(packed) - 1)', /entries 3 to 3/],
    ['a row without bytes', "packed = x''", /entries 3 to 3/],
    ['a row that swallowed its neighbour', 'first_seq = 2', /entry 3 is missing/],
  ])('%s is reported with the document, and others are fine', async (_, change, message) => {
    await tamper(`UPDATE journal SET ${change} WHERE document = 'a' AND last_seq = 3`)
    await reopen()
    await expect(sqlite.store.load(A)).rejects.toThrow(message)
    await expect(sqlite.store.load(A)).rejects.toThrow(DamagedError)
    await expect(sqlite.store.load(A)).rejects.toMatchObject({ document: A })
    expect((await sqlite.store.load(B)).entries).toHaveLength(1)
    expect(await sqlite.store.append([batch(B, 2)])).toEqual(new Map([[B, 2]]))
    expect(await sqlite.store.readSince(A, 3)).toHaveLength(1)
  })

  test.each([
    [2, 'entry 1 is missing'],
    [3, 'entry 3 is missing'],
    [4, 'end with entry 4'],
  ])('a missing row that ended with entry %i is reported', async (seq, message) => {
    await tamper(`DELETE FROM journal WHERE document = 'a' AND last_seq = ${seq}`)
    await reopen()
    await expect(sqlite.store.load(A)).rejects.toThrow(message)
  })

  test('a torn page of the file keeps those shut whose rows lie on it, and no others', async () => {
    const [torn, sound] = [name('torn-document'), name('sound-document')]
    for (const document of [torn, sound])
      for (let flush = 0; flush < 300; flush++) await sqlite.store.append([batch(document, flush)])
    await sqlite.close()
    const file = join(folder, 'parley.db')
    const bytes = await readFile(file)
    let pages = 0
    for (let at = 0; at < bytes.length; at += 4_096) {
      const page = bytes.subarray(at, at + 4_096)
      if (page[0] !== LEAF || !page.includes(torn) || page.includes(sound)) continue
      page.fill(0xff, 0, 8)
      pages++
    }
    expect(pages).toBeGreaterThan(2)
    await writeFile(file, bytes)
    sqlite = await openSqlite(folder)
    await expect(sqlite.store.load(torn)).rejects.toThrow(DamagedError)
    await expect(sqlite.store.readSince(torn, 0)).rejects.toMatchObject({ document: torn })
    expect((await sqlite.store.load(sound)).entries).toHaveLength(300)
    expect(await sqlite.store.append([batch(sound, 1)])).toEqual(new Map([[sound, 301]]))
  })

  test('a damaged checkpoint is passed over, because the journal holds everything', async () => {
    await sqlite.store.checkpoint(A, { upTo: 3, state: bytes(1, 2, 3) })
    await tamper("UPDATE checkpoints SET state = x'010204'")
    await reopen()
    const { checkpoint, entries } = await sqlite.store.load(A)
    expect(checkpoint).toBeNull()
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  })
})

describe('chapters', () => {
  const rows = () =>
    sqlite.db.values(sql`SELECT first_seq, last_seq FROM journal WHERE document = 'a' ORDER BY 1`)
  const typed = async (flushes: number) => {
    const { head } = await sqlite.store.load(A)
    const update = (nth: number) => Uint8Array.from({ length: 20 }, (_, at) => (at < 17 ? 7 : nth))
    for (let flush = 0; flush < flushes; flush++) {
      const drafts = [1, 2, 3, 4].map(more => {
        const nth = head + flush * 4 + more
        return { account: ada, at: 1_795_385_520_000 + nth * 130, update: update(nth) }
      })
      await sqlite.store.append([{ document: A, drafts }])
    }
  }

  test('take the place of full runs of rows, and leave the tail', async () => {
    await typed(560)
    await sqlite.store.compact(A)
    const tail = Array.from({ length: 60 }, (_, nth) => [2_001 + nth * 4, 2_004 + nth * 4])
    expect(await rows()).toEqual([[1, 1_000], [1_001, 2_000], ...tail])
    await typed(189)
    await sqlite.store.compact(A)
    expect(await rows()).toHaveLength(2 + 249)
    await typed(1)
    await sqlite.store.compact(A)
    expect(await rows()).toEqual([1, 1_001, 2_001].map(first => [first, first + 999]))
  })

  test('take about eight bytes an edit', async () => {
    await typed(500)
    await sqlite.store.compact(A)
    const [[size] = []] = await sqlite.db.values(sql`SELECT sum(length(packed)) FROM journal`)
    expect(Number(size) / 2_000).toBeLessThan(10)
  })

  test('are not made of what is damaged, which stays as it is', async () => {
    await typed(300)
    await sqlite.store.append([batch(B, 1)])
    await tamper("UPDATE journal SET packed = x'00' WHERE document = 'a' AND last_seq = 40")
    await reopen()
    const before = await rows()
    await expect(sqlite.store.compact(A)).rejects.toThrow(DamagedError)
    await expect(sqlite.store.compact(A)).rejects.toThrow('entries 37 to 40')
    expect(await rows()).toEqual(before)
    expect((await sqlite.store.load(B)).head).toBe(1)
  })

  test('that are damaged are reported', async () => {
    await typed(300)
    await sqlite.store.compact(A)
    await tamper(
      "UPDATE journal SET packed = CAST(substr(packed, 1, 400) || x'ff' || substr(packed, 402) AS BLOB) WHERE last_seq = 1000",
    )
    await reopen()
    await expect(sqlite.store.load(A)).rejects.toThrow('entries 1 to 1000: wrong checksum')
    expect((await sqlite.store.readSince(A, 1_000)).length).toBe(200)
    await expect(sqlite.store.chapters(A, 0)).rejects.toThrow(DamagedError)
    await expect(sqlite.store.chapters(A, 0)).rejects.toThrow('from entry 1 on: wrong checksum')
    expect(await sqlite.store.chapters(A, 1_000)).toHaveLength(1)
  })
})

/** Ends the thread that owns the file, as a crash of it would. */
const endThread = async () => {
  const started = Promise.withResolvers<Worker>()
  process.once('worker', started.resolve)
  await reopen()
  await (await started.promise).terminate()
}

describe('failing', () => {
  test('a full disk fails the append, keeps what is read, and passes', async () => {
    await sqlite.store.append([batch(A, 1)])
    const [[pages] = []] = await sqlite.db.values(sql`PRAGMA page_count`)
    await sqlite.db.run(sql.raw(`PRAGMA max_page_count = ${Number(pages) + 2}`))
    const large = { account: ada, at: 1, update: new Uint8Array(1_000_000) }
    const full = sqlite.store.append([batch(B, 1), { document: A, drafts: [large] }])
    await expect(full).rejects.toThrow(DatabaseError)
    await expect(full).rejects.toMatchObject({ code: 13 })
    expect((await sqlite.store.load(A)).head).toBe(1)
    expect((await sqlite.store.load(B)).head).toBe(0)
    await sqlite.db.run(sql`PRAGMA max_page_count = 1000000`)
    expect(await sqlite.store.append([{ document: A, drafts: [large] }])).toEqual(new Map([[A, 2]]))
  })

  test('after an I/O error nothing is answered from the old connection', async () => {
    const large = { account: ada, at: 1, update: new Uint8Array(3_000_000) }
    await sqlite.store.append([batch(A, 1)])
    await reopen()
    await sqlite.store.append([{ document: B, drafts: [large] }])
    const threads: Worker[] = []
    const count = (worker: Worker) => threads.push(worker)
    process.on('worker', count)
    await truncate(join(folder, 'parley.db-wal'), 100)
    await expect(sqlite.store.load(B)).rejects.toMatchObject({ name: 'DatabaseError' })
    await expect.poll(() => sqlite.store.load(A).catch(String)).toMatchObject({ head: 1 })
    process.off('worker', count)
    expect(threads).toHaveLength(1)
    expect(await sqlite.store.append([batch(A, 2)])).toEqual(new Map([[A, 2]]))
  })

  test('a thread that ends rejects what is pending; the next call opens the file again', async () => {
    const started = Promise.withResolvers<Worker>()
    process.once('worker', started.resolve)
    await reopen()
    await sqlite.store.append([batch(A, 1)])
    const thread = await started.promise
    const long = sql`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000000) SELECT count(*) FROM n`
    const counting = Promise.allSettled([sqlite.db.values(long)])
    // Drizzle passes a statement on some microtasks later; what follows must stand behind it.
    await new Promise(setImmediate)
    const [loaded, selected] = await Promise.allSettled([
      sqlite.store.load(A),
      sqlite.db.select().from(documents),
      thread.terminate(),
    ])
    const [counted] = await counting
    expect([counted.status, loaded.status, selected.status]).toEqual(Array(3).fill('rejected'))
    expect((await sqlite.store.load(A)).head).toBe(1)
    expect(await sqlite.store.append([batch(A, 2)])).toEqual(new Map([[A, 2]]))
  })

  test.each([1, 40, 150])('SIGKILL after %i promises loses none', async promises => {
    await sqlite.close()
    const writer = spawn(process.execPath, [WRITER, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const promised = new Map<string, number>()
    let lines = 0
    for await (const line of createInterface({ input: writer.stdout })) {
      const [document = '', head] = line.split(' ')
      promised.set(document, Number(head))
      if ((lines += 1) === promises) writer.kill('SIGKILL')
    }
    sqlite = await openSqlite(folder)
    expect(promised.size).toBeGreaterThan(0)
    for (const [document, head] of promised) {
      const entries = await sqlite.store.readSince(name(document), 0)
      expect(entries.length).toBeGreaterThanOrEqual(head)
      expect(entries.map(({ seq, update }) => [seq, update[0]])).toEqual(
        entries.map((_, index) => [index + 1, (index + 1) % 256]),
      )
    }
  })
})

test('values that SQLite does not know go in as ones that it does', async () => {
  const values = await sqlite.db.values(
    sql`SELECT ${true}, ${false}, ${new Date(5)}, ${Buffer.from('..x..').subarray(2, 3)}, ${null}`,
  )
  expect(values).toEqual([[1, 0, 5, bytes(120), null]])
})
