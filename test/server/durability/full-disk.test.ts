/**
 * A disk that takes nothing more, under the real process: edits wait in order, nobody is told that they are saved,
 * and all of it is stored when there is room again.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { findInFile, judge } from '#test/server/durability/judge.ts'
import { end, people, startProcess } from '#test/server/durability/process.ts'
import { Typist } from '#test/server/durability/typist.ts'

vi.setConfig({ testTimeout: 120_000 })

/** No file of the process may grow beyond so many bytes: a write that would fails, as on a full disk. */
const limitFiles = (pid: number | undefined, bytes: number | 'unlimited'): void => {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`])
}

test.each([0, 30_000])(
  'P1 P2 a full disk delays, and loses and reorders nothing (%i bytes left)',
  async left => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-full-'))
    const server = await startProcess({ folder })
    onTestFinished(async () => {
      await end(server.child, 'SIGKILL')
      await rm(folder, { recursive: true, force: true })
    })
    const { accounts, trackerId } = await people(server.url, ['Bo'])
    const typists = accounts.map(account => new Typist(server.url, trackerId, account))
    onTestFinished(() => typists.forEach(typist => typist.leave()))
    const [ada, bo] = typists
    if (!ada || !bo) throw new Error('Nobody is there')
    for (const typist of typists) await typist.until('synced', () => typist.provider.synced)
    const one = <Id extends string>(root: string): Id => [...ada.doc.getMap(root).keys()][0] as Id
    const [issue, party] = [one<IssueId>('issues'), one<PartyId>('parties')]
    const cells = typists.map(typist => typist.text(issue, party))
    const [hers, his] = cells
    if (!hers || !his) throw new Error('No cell')

    hers.insert(0, 'Before. ')
    await ada.until('saved', () => ada.isSaved)
    await bo.until('seen', () => his.toString().startsWith('Before. '))

    const sizes = await Promise.all(
      (await readdir(folder)).map(async name => (await stat(join(folder, name))).size),
    )
    limitFiles(server.child.pid, Math.max(...sizes) + left)
    // Far more than what the write-ahead log could overwrite of itself.
    const words = Array.from({ length: 100 }, (_, nth) => `${nth} ${'word '.repeat(200)}`)
    for (const word of words) hers.insert(hers.length, word)
    await expect.poll(() => server.log(), { timeout: 20_000 }).toContain('storage fails')
    his.insert(0, 'While it was full. ')
    const isDown = async (): Promise<number> => (await fetch(`${server.url}/healthz`)).status
    await expect.poll(isDown, { timeout: 20_000 }).toBe(503)
    expect(ada.isSaved).toBe(false)
    expect(bo.isSaved).toBe(false)
    expect(his.toString()).not.toContain(words.at(-1))
    expect(hers.toString()).not.toContain('While it was full.')

    limitFiles(server.child.pid, 'unlimited')
    for (const typist of typists) await typist.until('saved', () => typist.isSaved)
    await ada.until('seen', () => hers.toString().startsWith('While it was full. '))
    await bo.until('seen', () => his.toString() === hers.toString())
    expect(hers.toString()).toContain(`Before. `)
    expect(hers.toString().endsWith(words.join(''))).toBe(true)
    await expect.poll(() => server.log(), { timeout: 20_000 }).toContain('storage is back')
    await end(server.child, 'SIGKILL')
    expect(judge(await findInFile(folder, trackerId), typists)).toEqual([])
  },
)
