/** P1, P2, P3 with the real process: whatever dies whenever, what was promised or seen is on disk, truly filed. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { DocumentName } from '#shared/access.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { pack, unpack } from '#server/store/packed.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'
import { openFile } from '#server/store/sqlite-file.ts'
import { ada } from '#test/contract/store.ts'
import { findInFile, judge } from '#test/server/durability/judge.ts'
import { runKills } from '#test/server/durability/kills.ts'
import { end, over, people, spawnServer, startProcess } from '#test/server/durability/process.ts'
import { Typist } from '#test/server/durability/typist.ts'
import { seededDice } from '#test/simulation/dice.ts'

const BACKUP = fileURLToPath(new URL('../../../server/backup.ts', import.meta.url))

vi.setConfig({ testTimeout: 240_000 })

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-kills-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test.each([1, 2])(
  'P1 P2 P3 ten SIGKILLs and a SIGTERM while six people type (seed %i)',
  async seed => {
    const deaths = Array.from({ length: 11 }, (_, nth) => (nth === 5 ? 'SIGTERM' : 'SIGKILL'))
    const { broken, claims, edits } = await runKills({ folder: await newFolder(), seed, deaths })
    expect(broken).toEqual([])
    expect(edits).toBeGreaterThan(200)
    expect(claims).toBeGreaterThan(100)
  },
)

test('P1 a death at any moment of the first start leaves what the next start can use (seed 3)', async () => {
  const folder = await newFolder()
  const chance = seededDice(3)
  for (let death = 0; death < 8; death++) {
    const child = spawnServer({ folder })
    await pause(chance.below(1_200))
    await end(child, 'SIGKILL')
  }
  const server = await startProcess({ folder })
  onTestFinished(() => end(server.child, 'SIGKILL'))
  const { trackerId } = await people(server.url)
  await end(server.child, 'SIGKILL')
  expect(judge(await findInFile(folder, trackerId), [])).toEqual([])
})

test('P1 a death in the middle of a backup leaves the database whole, and no half copy under its name (seed 4)', async () => {
  const folder = await newFolder()
  const chance = seededDice(4)
  let server = await startProcess({ folder })
  const port = Number(new URL(server.url).port)
  onTestFinished(() => end(server.child, 'SIGKILL'))
  const { accounts, trackerId } = await people(server.url)
  const typists = accounts.map(account => new Typist(server.url, trackerId, account))
  onTestFinished(() => typists.forEach(typist => typist.leave()))
  const [typist] = typists
  await typist?.until('synced', () => typist.provider.synced)
  const first = <Id extends string>(root: string): Id =>
    [...(typist?.doc.getMap(root).keys() ?? [])][0] as Id
  const cell = typist?.text(first<IssueId>('issues'), first<PartyId>('parties'))
  for (let nth = 0; nth < 30; nth++) cell?.insert(0, `${nth} `.repeat(10_000))
  await typist?.until('saved', () => typist.isSaved)
  for (let nth = 0; nth < 8; nth++) {
    const copy = join(folder, `copy-${nth}.db`)
    const backup = spawn(process.execPath, [BACKUP, copy], {
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], DATA_DIR: folder },
    })
    cell?.insert(0, `while it was copied ${nth} `)
    await pause(250 + chance.below(500))
    if (chance.once(2)) {
      await end(backup, 'SIGKILL')
    } else {
      await end(server.child, 'SIGKILL')
      await over(backup)
      expect(judge(await findInFile(folder, trackerId), typists)).toEqual([])
      server = await startProcess({ folder, port })
    }
    if (existsSync(copy)) expect(auditFile(copy).faults).toEqual([])
  }
  await end(server.child, 'SIGKILL')
  expect(judge(await findInFile(folder, trackerId), typists)).toEqual([])
})

test('P1 a death in the migration of an older database leaves what the next start can use (seed 5)', async () => {
  const folder = await newFolder()
  const chance = seededDice(5)
  const document = 'old' as DocumentName
  await olderDatabase(folder, document)
  for (let death = 0; death < 8; death++) {
    const child = spawnServer({ folder })
    await pause(chance.below(1_000))
    await end(child, 'SIGKILL')
    expect(entriesIn(folder, document)).toBe(2)
  }
  const server = await startProcess({ folder })
  await end(server.child, 'SIGKILL')
  expect(entriesIn(folder, document)).toBe(2)
})

/** As the first Parley left it: one migration, one document. */
const olderDatabase = async (folder: string, document: DocumentName): Promise<void> => {
  const migrations = fileURLToPath(new URL('../../../drizzle/sqlite/migrations', import.meta.url))
  const first = join(folder, 'migrations')
  await cp(migrations, first, { recursive: true })
  const journal = join(first, 'meta', '_journal.json')
  const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8')) as {
    readonly entries: readonly unknown[]
  }
  expect(entries.length).toBeGreaterThan(1)
  await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 1) }))
  const database = openFile(join(folder, 'parley.db'), first)
  const packed = pack([1, 2].map(at => ({ account: ada, at, update: new Uint8Array() })))
  database.prepare('INSERT INTO documents (name, head) VALUES (?, 2)').run(document)
  database
    .prepare('INSERT INTO journal (document, last_seq, first_seq, packed) VALUES (?, 2, 1, ?)')
    .run(document, packed)
  database.close()
}

const entriesIn = (folder: string, document: DocumentName): number => {
  const database = new DatabaseSync(join(folder, 'parley.db'), { readOnly: true })
  try {
    const row = database.prepare('SELECT packed FROM journal WHERE document = ?').get(document)
    return unpack(row?.['packed'] as Uint8Array).length
  } finally {
    database.close()
  }
}
