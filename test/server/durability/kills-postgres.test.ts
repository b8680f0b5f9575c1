/** P1, P2, P3 with the real process on PostgreSQL: whatever dies whenever, what was promised or seen is stored. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openPostgres } from '#server/store/postgres.ts'
import { newDatabase, onServer } from '#test/contract/postgres-server.ts'
import { describePostgres, eventually } from '#test/contract/postgres-tests.ts'
import type { Found } from '#test/server/durability/judge.ts'
import { runKills } from '#test/server/durability/kills.ts'
import { end, spawnServer, startProcess } from '#test/server/durability/process.ts'
import type { DocumentName } from '#shared/access.ts'

vi.setConfig({ testTimeout: 240_000 })

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-kills-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const findInDatabase = async (url: string, document: DocumentName): Promise<Found> => {
  const { close, store } = await openPostgres(url, { isShared: true })
  try {
    const { clients } = await store.load(document)
    return { entries: await store.readSince(document, 0), clients, faults: [] }
  } finally {
    await close()
  }
}

describePostgres('the process on PostgreSQL', server => {
  test('P1 P2 P3 seven SIGKILLs and a SIGTERM while six people type (seed 1)', async () => {
    const url = await newDatabase(server().url)
    const deaths = Array.from({ length: 8 }, (_, nth) => (nth === 4 ? 'SIGTERM' : 'SIGKILL'))
    const { broken, claims, edits } = await runKills({
      folder: await newFolder(),
      seed: 1,
      deaths,
      environment: { DATABASE_URL: url },
      find: document => findInDatabase(url, document),
    })
    expect(broken).toEqual([])
    expect(edits).toBeGreaterThan(100)
    expect(claims).toBeGreaterThan(50)
  })

  test('a second process on the same database is refused in one line, without the password', async () => {
    const url = await newDatabase(server().url)
    const environment = { DATABASE_URL: url }
    const first = await startProcess({ folder: await newFolder(), environment })
    onTestFinished(() => end(first.child, 'SIGKILL'))
    const second = spawnServer({ folder: await newFolder(), environment })
    let said = ''
    second.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    await eventually(() => second.exitCode).toBe(1)
    expect(said).toMatch(/^Parley cannot start: .*another Parley process is using it.*\n$/)
    expect(said).not.toContain(new URL(url).password)
  })
  test('a process whose database another has used ends, so that it is started anew', async () => {
    const url = await newDatabase(server().url)
    const environment = { DATABASE_URL: url }
    const { child, log } = await startProcess({ folder: await newFolder(), environment })
    onTestFinished(() => end(child, 'SIGKILL'))
    await onServer(url, async client => {
      await client.query(`UPDATE lease SET holder = 'another'`)
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted`,
      )
    })
    await eventually(() => child.exitCode).toBe(1)
    expect(log()).toContain('Another Parley process has taken the database over')
  })
})
