/** The server as a process of its own: how it starts, what it says when it cannot, and how it stops. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { cookieOf, personNamed } from '#test/server/harness.ts'
import { CLOSES } from '#shared/access.ts'
import type { Entered } from '#shared/api.ts'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

// Each test starts a process or two.
vi.setConfig({ testTimeout: 30_000 })

type Child = ChildProcessByStdio<null, Readable, Readable>
interface Run {
  readonly child: Child
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<number | null>
}

let folder: string
const running = new Set<Child>()

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-process-'))
})
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
  await rm(folder, { recursive: true, force: true })
})

const run = (environment: Readonly<Record<string, string>>): Run => {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder, ...environment },
  })
  running.add(child)
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return { child, out: () => out, err: () => err, ended }
}

/** The address in the line that says that it is ready. */
const ready = async ({ child, out, err, ended }: Run): Promise<string> => {
  const line = /^Parley is ready at (http:\S+)\n$/
  while (!line.test(out())) {
    const over = await Promise.race([
      once(child.stdout, 'data').then(() => false),
      ended.then(() => true),
    ])
    if (over) throw new Error(`It did not start: ${err()}`)
  }
  return line.exec(out())?.[1] ?? ''
}

test('it says one line when it is ready, and keeps its secret to itself', async () => {
  const server = run({})
  const url = await ready(server)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect((await stat(join(folder, 'session-secret'))).mode & 0o777).toBe(0o600)
  expect(server.err()).toBe('')
})

test('it names every fault at once and no stack', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const server = run({
    PORT: String(port),
    DATA_DIR: join(file, 'data'),
    INVITATION_DAYS: 'many',
  })
  expect(await server.ended).toBe(1)
  taken.close()
  const lines = server.err().trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe('Parley cannot start:')
  expect(server.err()).toContain('INVITATION_DAYS must be a whole number')
  expect(server.err()).toContain(`DATA_DIR: cannot write to the folder`)
  expect(server.err()).toContain(`PORT: ${port} on 127.0.0.1 is taken`)
  expect(server.out()).toBe('')
})

test('a second server on the same data is refused in one line', async () => {
  await ready(run({}))
  const second = run({})
  expect(await second.ended).toBe(1)
  expect(second.err()).toMatch(/^Parley cannot start: .*\n$/)
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s sends everybody away to come back, and what was stored is there again',
  async signal => {
    const first = run({})
    const url = await ready(first)
    const setup = await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(personNamed('Ada')),
    })
    const { trackerId } = (await setup.json()) as Entered
    const cookie = cookieOf({ status: 200, headers: setup.headers, body: null })
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live/${trackerId}`, {
      headers: { cookie },
    })
    await once(socket, 'message')

    first.child.kill(signal)
    const [code] = await once(socket, 'close')
    expect(code).toBe(CLOSES.unavailable.code)
    expect(await first.ended).toBe(0)
    expect(first.err()).toBe('')

    const again = await ready(run({}))
    const session = await fetch(`${again}/api/session`, { headers: { cookie } })
    expect(await session.json()).toMatchObject({ account: { name: 'Ada' } })
  },
)
