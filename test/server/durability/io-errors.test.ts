/**
 * Writes and flushes that fail, one after the other, wherever they stand in a commit; and deaths in the middle of
 * binding chapters and making checkpoints.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isCompressed } from '#server/store/packed.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { name } from '#test/contract/store.ts'
import { end } from '#test/server/durability/process.ts'
import { needStrace } from '#test/server/durability/strace.ts'
import { seededDice } from '#test/simulation/dice.ts'

vi.setConfig({ testTimeout: 120_000 })

const WRITE = [process.execPath, fileURLToPath(new URL('writer.ts', import.meta.url))]

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-io-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Written {
  /** By document, the last number that was promised. */
  readonly promised: ReadonlyMap<string, number>
  readonly lines: number
}

/** Runs to its own end, or to the end that `after` brings it so many promises later. */
const written = async (
  [command = '', ...args]: readonly string[],
  after?: { readonly promises: number; readonly act: (child: ChildProcess) => void },
): Promise<Written> => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => end(child, 'SIGKILL'))
  const over = once(child, 'close')
  const promised = new Map<string, number>()
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [document = '', number] = line.split(' ')
    promised.set(document, Number(number))
    if (++lines === after?.promises) after.act(child)
  }
  await over
  return { promised, lines }
}

/** Everything promised is there, in order, without holes. What was tried again may be there twice. */
const expectWhole = async (folder: string, { promised }: Written): Promise<void> => {
  const { close, store } = await openSqlite(folder)
  for (const [document, last] of promised) {
    const entries = await store.readSince(name(document), 0)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    const numbers = entries.map(({ update }) => new DataView(update.buffer).getUint32(0))
    const first = [...new Set(numbers)]
    expect(first).toEqual(first.map((_, index) => index + 1))
    expect(first.length).toBeGreaterThanOrEqual(last)
    const stored = await store.load(name(document))
    expect(stored.head).toBe(entries.length)
    expect(stored.entries).toEqual(entries.slice(stored.checkpoint?.upTo ?? 0))
  }
  await close()
}

/**
 * By what strace counts, which is the calls of each thread: after an I/O error the store's thread leaves, and the
 * next one's first commits must get through. A commit is about twelve writes: every place in it has its turn.
 */
const FAILURES = [
  ...Array.from({ length: 12 }, (_, more) => ['pwrite64', 'EIO', `${25 + more}`] as const),
  ...[3, 8, 13].map(nth => ['pwrite64', 'ENOSPC', `${nth}+31`] as const),
  ...[5, 6, 8].map(nth => ['fsync', 'EIO', `${nth}`] as const),
]

for (const [call, error, when] of FAILURES)
  test(`P1 ${call} that fails with ${error} at call ${when}, again and again, loses and reorders nothing`, async context => {
    needStrace(context)
    const folder = await newFolder()
    const before = await written([...WRITE, folder, '1', '1'])
    const faults = ['-e', `trace=${call}`, '-e', `inject=${call}:error=${error}:when=${when}`]
    const trace = join(folder, 'trace')
    const under = ['strace', '-D', '-f', '-qq', '-o', trace, ...faults]
    const result = await written([...under, ...WRITE, folder, '8', '3'])
    expect(before.lines).toBe(2)
    expect(Object.fromEntries(result.promised)).toEqual({ a: 25, b: 25 })
    expect(await readFile(trace, 'latin1')).toContain('(INJECTED)')
    await expectWhole(folder, result)
  })

test.each([1, 2, 3])(
  'P1 a death among chapters and checkpoints loses and doubles nothing (seed %i)',
  async seed => {
    const chance = seededDice(seed)
    const folder = await newFolder()
    const promised = new Map<string, number>()
    for (let death = 0; death < 4; death++) {
      const promises = 10 + chance.below(40)
      const act = (child: ChildProcess): void => void child.kill('SIGKILL')
      const result = await written([...WRITE, folder, 'Infinity', '120'], { promises, act })
      for (const [document, last] of result.promised) promised.set(document, last)
      await expectWhole(folder, { promised, lines: 0 })
    }
    expect(await chaptersIn(folder)).toBeGreaterThan(2)
  },
)

const chaptersIn = async (folder: string): Promise<number> => {
  const database = new DatabaseSync(join(folder, 'parley.db'), { readOnly: true })
  const rows = database.prepare('SELECT packed FROM journal').all()
  database.close()
  return rows.filter(({ packed }) => packed instanceof Uint8Array && isCompressed(packed)).length
}
