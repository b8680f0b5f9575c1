/** P1 as the system sees it: between an edit and the word that it is saved, the disk is told to write. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { end, people, startProcess } from '#test/server/durability/process.ts'
import { needStrace } from '#test/server/durability/strace.ts'
import { Typist } from '#test/server/durability/typist.ts'

vi.setConfig({ testTimeout: 120_000 })

const EDITS = 50
test('P1 an fsync stands between every edit and its saved', async context => {
  needStrace(context)
  const folder = await mkdtemp(join(tmpdir(), 'parley-fsync-'))
  const trace = join(folder, 'trace')
  // `-D`: the child is the server itself, and strace looks on.
  const calls = 'trace=fsync,fdatasync,write,writev,sendto,sendmsg'
  const under = ['strace', '-D', '-f', '-q', '-xx', '-s', '256', '-e', calls, '-o', trace]
  const server = await startProcess({ folder, under })
  onTestFinished(async () => {
    await end(server.child, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const { accounts, trackerId } = await people(server.url)
  const [account] = accounts
  if (!account) throw new Error('Nobody is there')
  const typist = new Typist(server.url, trackerId, account)
  onTestFinished(() => typist.leave())
  await typist.until('synced', () => typist.provider.synced)
  const one = <Id extends string>(root: string): Id => [...typist.doc.getMap(root).keys()][0] as Id
  const cell = typist.text(one<IssueId>('issues'), one<PartyId>('parties'))
  for (let nth = 0; nth < EDITS; nth++) {
    cell.insert(0, String(nth % 10))
    await typist.until(`edit ${nth} saved`, () => typist.isSaved)
  }
  await end(server.child, 'SIGTERM')
  const isOver = new RegExp(`^${server.child.pid} +\\+\\+\\+ exited`, 'm')
  const traced = (): Promise<string> => readFile(trace, 'latin1')
  await expect.poll(traced, { timeout: 30_000 }).toMatch(isOver)

  const events = eventsIn(await traced())
  const lastEdits = events.lastIndexOf('saved')
  const between = events
    .slice(0, lastEdits + 1)
    .join(' ')
    .split('saved')
    .slice(-EDITS - 1, -1)
  expect(events.filter(event => event === 'saved').length).toBeGreaterThanOrEqual(EDITS)
  expect(between.filter(part => !part.includes('flushed'))).toEqual([])
})

/** What of the trace matters, in its order: a flush that has ended well, and a frame that says saved. */
const eventsIn = (trace: string): readonly ('flushed' | 'saved')[] =>
  trace.split('\n').flatMap(line => {
    if (/\bf(data)?sync\b.*= 0$/.test(line)) return ['flushed' as const]
    return SAVED_FRAME.test(line) ? ['saved' as const] : []
  })

/**
 * A binary WebSocket frame of two or three bytes, the first of them message type 100, in strace's hexadecimals; the
 * frame's head and body may be two parts of one call.
 */
const SAVED_FRAME = /\\x82\\x0[23](?:", iov_len=\d+\}, \{iov_base=")?\\x64/
