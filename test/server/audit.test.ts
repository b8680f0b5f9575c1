/** What `npm run verify` finds, and what a backup taken in the middle of work holds. */
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { snapshots, sourceTexts, trackers } from '#drizzle/sqlite/schema.ts'
import { Changes } from '#server/history/changes.ts'
import { derive, type Stretch } from '#server/history/derive.ts'
import { pack } from '#server/store/packed.ts'
import { auditDatabase } from '#server/store/postgres-audit.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'
import { openSqlite, type Sqlite } from '#server/store/sqlite.ts'
import type { Draft } from '#server/store/store.ts'
import { hashOf, TextTable } from '#server/texts/text-table.ts'
import type { TextHash, TrackerId } from '#shared/ids.ts'
import { newDatabase } from '#test/contract/postgres-server.ts'
import { describePostgres } from '#test/contract/postgres-tests.ts'
import { ada, bo, name } from '#test/contract/store.ts'

// Every append waits for the disk.
vi.setConfig({ testTimeout: 30_000 })

const A = name('a')
const B = name('b')

let folder: string
let file: string
let sqlite: Sqlite

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-audit-'))
  file = join(folder, 'parley.db')
  sqlite = await openSqlite(folder)
})
afterEach(async () => {
  await sqlite.close()
  await rm(folder, { recursive: true })
})

/** A document as two people type it, one flush an edit. */
class Typed {
  readonly doc = new Y.Doc()
  /** How many edits were made. */
  edits = 0
  readonly #hers = new Y.Doc()
  readonly #his = new Y.Doc()

  edit(nth: number): Draft {
    const [doc, account] = nth % 3 === 0 ? [this.#his, bo] : [this.#hers, ada]
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(doc)))
    let update: Uint8Array | undefined
    doc.once('update', (bytes: Uint8Array) => (update = bytes))
    const text = doc.getText('text/i/p/position')
    if (nth % 5 === 4) text.delete(nth % text.length, 1)
    else if (nth % 5 === 3) doc.getMap('cells').set(`i/p/${nth % 2}`, { nth })
    else text.insert((nth * 7) % (text.length + 1), `${nth} `)
    if (!update) throw new Error('No change')
    Y.applyUpdate(this.doc, update)
    this.edits++
    return { account, at: 1_795_385_520_000 + nth, update }
  }

  get clients() {
    return new Map([
      [this.#hers.clientID, ada],
      [this.#his.clientID, bo],
    ])
  }
  get state() {
    return Y.encodeStateAsUpdate(this.doc)
  }
}

const write = async (document: typeof A, edits: number): Promise<Typed> => {
  const typed = new Typed()
  for (let nth = 0; nth < edits; nth++)
    await sqlite.store.append([{ document, drafts: [typed.edit(nth)], clients: typed.clients }])
  return typed
}

/** Two documents, one of them with all that there is. */
const fill = async (edits = 60): Promise<Typed> => {
  const typed = await write(A, edits)
  await sqlite.store.checkpoint(A, { upTo: edits, state: typed.state })
  const tail = Array.from({ length: 5 }, (_, nth) => typed.edit(edits + nth))
  await sqlite.store.append([{ document: A, drafts: tail }])
  await sqlite.store.compact(A)
  await sqlite.db.insert(trackers).values({ id: 'a', title: 'A', createdAt: 1, editedAt: 2 })
  await sqlite.db.insert(snapshots).values({
    id: 's1',
    trackerId: 'a',
    seq: 3,
    at: 1,
    kind: 'manual',
    label: '',
    note: '',
    by: null,
    authors: [],
    summary: {},
    state: gzipSync(Y.encodeStateAsUpdateV2(typed.doc)),
  })
  await write(B, 10)
  return typed
}

/** Closes the database and changes it behind Parley's back. */
const tamper = async (...statements: readonly string[]) => {
  await sqlite.close()
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false })
  for (const statement of statements) database.exec(statement)
  database.close()
}

const FLIPPED = "CAST(substr(packed, 1, 30) || x'ff' || substr(packed, 32) AS BLOB)"

test('a sound database has no faults, and looking leaves it as it is', async () => {
  await fill(1_100)
  await sqlite.close()
  const before = await readFile(file)
  const log = { rows: 0, head: { seq: 0, hash: '' }, faults: [] }
  expect(auditFile(file)).toEqual({ documents: 2, entries: 1_115, log, faults: [] })
  expect(Buffer.compare(await readFile(file), before)).toBe(0)
})

test.each([
  [
    'a flipped byte',
    [`UPDATE journal SET packed = ${FLIPPED} WHERE document = 'a' AND last_seq = 7`],
    ['a: entries 7 to 7: wrong checksum'],
  ],
  [
    'two rows cut short',
    [
      "UPDATE journal SET packed = substr(packed, 1, length(packed) - 2) WHERE document = 'a' AND last_seq IN (7, 40)",
    ],
    ['a: entries 7 to 7: wrong checksum', 'a: entries 40 to 40: wrong checksum'],
  ],
  [
    'a missing row',
    ["DELETE FROM journal WHERE document = 'a' AND last_seq = 7"],
    ['a: entry 7 is missing'],
  ],
  [
    'a missing end',
    ["DELETE FROM journal WHERE document = 'a' AND last_seq > 60"],
    ['a: the journal: it ends with entry 60, not 65'],
  ],
  [
    'a row in the place of another',
    [
      "UPDATE journal SET packed = (SELECT packed FROM journal WHERE document = 'a' AND last_seq = 9) WHERE document = 'a' AND last_seq = 6",
    ],
    ['a: an entry up to 6 builds on what never came'],
  ],
  [
    'a damaged checkpoint',
    ["UPDATE checkpoints SET state = x'0000'"],
    ['a: the checkpoint: wrong checksum'],
  ],
  [
    'a checkpoint of another moment',
    ['UPDATE checkpoints SET seq = 59'],
    ['a: the checkpoint at entry 59: it is not what the journal says'],
  ],
  [
    'a damaged snapshot',
    ['UPDATE snapshots SET state = substr(state, 1, 40)'],
    [expect.stringMatching(/^a: snapshot s1: /)],
  ],
  [
    'a snapshot from the future',
    ['UPDATE snapshots SET seq = 66'],
    ['a: snapshot s1: entry 66 never came'],
  ],
  [
    "somebody else's client ids",
    ["UPDATE clients SET account = 'eve' WHERE document = 'b'"],
    [
      expect.stringMatching(/^b: entry 1: client id \d+ is another account's$/),
      expect.stringMatching(/^b: entry 2: /),
    ],
  ],
  [
    "nobody's client ids",
    ["DELETE FROM clients WHERE document = 'b' AND account = 'bo'"],
    [expect.stringMatching(/^b: entry 1: client id \d+ belongs to nobody$/)],
  ],
  [
    'a row without a document',
    ["DELETE FROM documents WHERE name = 'b'"],
    [
      ...Array(10).fill(
        expect.stringMatching(/^the file: row \d+ of journal refers to no documents$/),
      ),
      'b: the journal: it ends with entry 10, not 0',
    ],
  ],
] as const)('%s is found, and nothing else', async (_, statements, faults) => {
  await fill()
  await tamper(...statements)
  expect(auditFile(file).faults).toEqual(faults)
})

test('a text that is not what its hash says is found, a redacted one is what it should be', async () => {
  await fill()
  const table = new TextTable(sqlite.db)
  const [changed, redacted, torn] = ['changed', 'redacted', 'torn'].map(hashOf)
  for (const text of ['changed', 'redacted', 'torn']) {
    const row = { kind: 'pasted', name: '', bytes: 1, by: ada, at: 1, redactedAt: null } as const
    await table.add(A as TrackerId, { ...row, hash: hashOf(text), text })
  }
  await table.change(A as TrackerId, redacted as TextHash, row => ({
    ...row,
    text: '████████',
    redactedAt: 2,
  }))
  const other = gzipSync('another').toString('hex')
  await tamper(
    `UPDATE source_texts SET packed = x'${other}', sum = '${hashOf('another')}' WHERE hash = '${changed}'`,
    `UPDATE source_texts SET packed = substr(packed, 1, 12) WHERE hash = '${torn}'`,
  )
  const { faults } = auditFile(file)
  expect(faults).toHaveLength(2)
  expect(faults).toContain(`a: the text ${changed?.slice(0, 12)}…: it is not what its hash says`)
  expect(faults.join()).toContain(`a: the text ${torn?.slice(0, 12)}…: `)
})

describePostgres('on PostgreSQL', server => {
  test('a text that is not what its hash says is found, too', async () => {
    const url = await newDatabase(server().url)
    const { close, db, store } = await openPostgres(url)
    const draft = { account: ada, at: 1, update: Y.encodeStateAsUpdate(new Y.Doc()) }
    await store.append([{ document: A, drafts: [draft] }])
    await db.insert(trackers).values({ id: 'a', title: 'A', createdAt: 1, editedAt: 2 })
    const row = { kind: 'pasted', name: '', bytes: 1, by: ada, at: 1, redactedAt: null } as const
    await new TextTable(db).add(A as TrackerId, { ...row, hash: hashOf('kept'), text: 'kept' })
    expect((await auditDatabase(url)).faults).toEqual([])
    await db.update(sourceTexts).set({ packed: gzipSync('another') })
    expect((await auditDatabase(url)).faults).toEqual([
      expect.stringMatching(/^a: the text [\da-f]{12}…: it is not what its hash says$/),
    ])
    await close()
  })
})

test('a checkpoint with a right checksum and wrong words is found', async () => {
  const { doc } = await fill()
  doc.getText('text/i/p/position').insert(0, 'x')
  const wrong = Buffer.from(Y.encodeStateAsUpdate(doc))
  await tamper(
    `UPDATE checkpoints SET state = x'${wrong.toString('hex')}', checksum = ${crc32(wrong)}`,
  )
  expect(auditFile(file).faults).toEqual([
    'a: the checkpoint at entry 60: it is not what the journal says',
  ])
})

test('a record of changes that is not what the journal says is found', async () => {
  await fill()
  const { db, store } = sqlite
  const inThisThread = async (stretch: Stretch) => derive(stretch)
  const changes = new Changes({ db, store, derive: inThisThread, report: () => undefined })
  await changes.catchUp('a' as TrackerId)
  await tamper()
  expect(auditFile(file).faults).toEqual([])
  await tamper('UPDATE changes SET after = \'"forged"\' WHERE first_seq = 1')
  expect(auditFile(file).faults).toEqual([
    'a: the record of changes: cells/i/p/position from entry 1 on is not what the journal says',
  ])
  await tamper('UPDATE change_marks SET version = 0')
  expect(auditFile(file).faults).toEqual([])
  await tamper('DROP TABLE changes', 'DROP TABLE change_marks')
  expect(auditFile(file).faults).toEqual([])
})

test('an edit that cannot be applied is found', async () => {
  await fill()
  const broken = Buffer.from(pack([{ account: ada, at: 1, update: Uint8Array.of(9, 9, 9) }]))
  await tamper(
    `UPDATE journal SET packed = x'${broken.toString('hex')}' WHERE document = 'b' AND last_seq = 4`,
  )
  expect(auditFile(file).faults).toHaveLength(1)
  expect(auditFile(file).faults[0]).toMatch(/^b: /)
})

test('a file that is torn in many places is reported', async () => {
  await fill(300)
  await sqlite.close()
  const torn = await open(file, 'r+')
  const { size } = await torn.stat()
  for (let at = 8_192; at < size - 4_096; at += 3 * 4_096)
    await torn.write(Buffer.alloc(4_096, 0xa5), 0, 4_096, at)
  await torn.close()
  let faults: readonly string[]
  try {
    ;({ faults } = auditFile(file))
  } catch (error) {
    faults = [String(error)]
  }
  expect(faults.length).toBeGreaterThan(0)
})

test('a database in use, no database, and none at all are told apart', async () => {
  expect(() => auditFile(file)).toThrow(/parley\.db is in use: stop Parley first/)
  expect(() => auditFile(join(folder, 'none.db'))).toThrow('There is no database')
  expect(() => auditFile(join(import.meta.dirname, 'audit.test.ts'))).toThrow(
    'not a Parley database',
  )
})

test('a backup in the middle of work is one moment of it, and the work goes on', async () => {
  await fill(300)
  const large = new Y.Doc()
  large.getText('text/i/p/position').insert(0, 'Many words. '.repeat(700_000))
  const update = Y.encodeStateAsUpdate(large)
  await sqlite.store.append([
    {
      document: name('d'),
      drafts: [{ account: ada, at: 1, update }],
      clients: new Map([[large.clientID, ada]]),
    },
  ])
  const copy = join(folder, 'copy.db')
  const typed = new Typed()
  const append = () =>
    sqlite.store.append([
      { document: name('c'), drafts: [typed.edit(typed.edits)], clients: typed.clients },
    ])
  await append()
  const backup = { isDone: false }
  const backedUp = sqlite.backup(copy).finally(() => (backup.isDone = true))
  while (!backup.isDone) await append()
  const during = typed.edits
  await backedUp
  await append()
  expect(during).toBeGreaterThan(1)
  const copied = auditFile(copy)
  expect(copied.faults).toEqual([])
  const database = new DatabaseSync(copy, { readOnly: true })
  const head = Number(
    database.prepare("SELECT head FROM documents WHERE name = 'c'").get()?.['head'],
  )
  database.close()
  expect(head).toBeGreaterThanOrEqual(1)
  expect(head).toBeLessThanOrEqual(during)
  expect(copied.entries).toBe(305 + 10 + 1 + head)
})

test('a backup that begins while something is being written waits for it', async () => {
  const typed = new Typed()
  const drafts = Array.from({ length: 400 }, (_, edit) => typed.edit(edit))
  for (let round = 0; round < 40; round++) {
    const copy = join(folder, `copy-${round}.db`)
    const backedUp = sqlite.backup(copy)
    await sqlite.store.append([{ document: name(`c${round}`), drafts, clients: typed.clients }])
    await backedUp
    expect(auditFile(copy).faults).toEqual([])
  }
})

test('a backup onto the database itself is refused', async () => {
  await fill()
  await expect(sqlite.backup(file)).rejects.toThrow(/parley\.db is in use: name another file/)
  expect((await sqlite.store.load(A)).head).toBe(65)
})

test('a backup to where nothing can be written fails, and touches nothing else', async () => {
  await fill()
  await expect(sqlite.backup(join(folder, 'nowhere', 'copy.db'))).rejects.toThrow()
  expect((await sqlite.store.load(A)).head).toBe(65)
  await sqlite.backup(join(folder, 'copy.db'))
  expect((await stat(join(folder, 'copy.db'))).size).toBeGreaterThan(0)
})

test('closing ends a backup that is under way', async () => {
  await fill(300)
  const backedUp = sqlite.backup(join(folder, 'copy.db')).then(
    () => 'done',
    () => 'ended',
  )
  await sqlite.close()
  expect(['done', 'ended']).toContain(await backedUp)
})
