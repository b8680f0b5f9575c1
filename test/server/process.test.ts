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
import { cookieOf, PASSWORD, personNamed } from '#test/server/harness.ts'
import { stockClient } from '#test/server/stock-client.ts'
import { CLOSES } from '#shared/access.ts'
import type { Entered } from '#shared/api.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import type { TrackerId } from '#shared/ids.ts'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const FAULTY = { NODE_OPTIONS: `--import ${new URL('faulty-process.ts', import.meta.url).href}` }

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

const run = (
  environment: Readonly<Record<string, string>>,
  [command, ...args]: readonly [string, ...string[]] = [process.execPath, MAIN],
): Run => {
  const child = spawn(command, args, {
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

interface Line {
  readonly level: string
  readonly at: string
  readonly event: string
  readonly [field: string]: unknown
}
/** Each line of the log is JSON; the last one, like the others, is whole. */
const logOf = ({ err }: Run): readonly Line[] =>
  err()
    .split(/(?<=\n)/)
    .map(line => {
      expect(line.endsWith('\n')).toBe(true)
      return JSON.parse(line) as Line
    })

/** The first account, on its own tracker, and what it has to say to be known again. */
const setUp = async (url: string) => {
  const answer = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(personNamed('Ada')),
  })
  const { trackerId } = (await answer.json()) as Entered
  const cookie = cookieOf({ status: 200, headers: answer.headers, body: null })
  return { trackerId: trackerId as TrackerId, cookie }
}

test('it says one line when it is ready, and keeps its secret to itself', async () => {
  const server = run({})
  const url = await ready(server)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect((await stat(join(folder, 'session-secret'))).mode & 0o777).toBe(0o600)
  expect(server.err()).toBe('')
})

test('it names every fault at once and no stack', async () => {
  const taken = [0, 0].map(port => createServer().listen(port, '127.0.0.1'))
  await Promise.all(taken.map(server => once(server, 'listening')))
  const [people, operators] = taken.map(server => (server.address() as AddressInfo).port)
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const server = run({
    PORT: String(people),
    METRICS_PORT: String(operators),
    METRICS_TOKEN: 'too short',
    DATA_DIR: join(file, 'data'),
    INVITATION_DAYS: 'many',
  })
  expect(await server.ended).toBe(1)
  for (const other of taken) other.close()
  const lines = server.err().trimEnd().split('\n')
  expect(lines).toHaveLength(6)
  expect(lines[0]).toBe('Parley cannot start:')
  expect(server.err()).toContain('INVITATION_DAYS must be a whole number')
  expect(server.err()).toContain('METRICS_TOKEN must have at least 16 characters')
  expect(server.err()).toContain(`DATA_DIR: cannot write to the folder`)
  expect(server.err()).toContain(` PORT: ${people} on 127.0.0.1 is taken`)
  expect(server.err()).toContain(`METRICS_PORT: ${operators} on 127.0.0.1 is taken`)
  expect(server.err()).not.toContain('too short')
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
    const { trackerId, cookie } = await setUp(url)
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live/${trackerId}`, {
      headers: { cookie, origin: url },
    })
    await once(socket, 'message')

    first.child.kill(signal)
    const [code] = await once(socket, 'close')
    expect(code).toBe(CLOSES.unavailable.code)
    expect(await first.ended).toBe(0)
    expect(logOf(first)).toMatchObject([
      { level: 'info', event: 'stopping', signal },
      { level: 'info', event: 'stopped' },
    ])

    const again = await ready(run({}))
    const session = await fetch(`${again}/api/session`, { headers: { cookie } })
    expect(await session.json()).toMatchObject({ account: { name: 'Ada' } })
  },
)

test.each([
  ['uncaughtException', 'SIGUSR2'],
  ['unhandledRejection', 'SIGHUP'],
] as const)('an %s is in the log, and ends the server in good order', async (event, signal) => {
  const server = run(FAULTY)
  const url = await ready(server)
  const { trackerId, cookie } = await setUp(url)
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live/${trackerId}`, {
    headers: { cookie, origin: url },
  })
  await once(socket, 'message')
  server.child.kill(signal)
  const [code] = await once(socket, 'close')
  expect(code).toBe(CLOSES.unavailable.code)
  expect(await server.ended).toBe(1)
  expect(logOf(server)).toMatchObject([
    { level: 'error', event, message: 'planted', stack: expect.stringContaining('faulty-process') },
    { event: 'stopped' },
  ])
})

const SQLITE_IO_ERROR = 10
const SQLITE_FULL = 13

/** A server whose disk takes nothing, and an edit that waits for it. */
const faultyDisk = async (code: number, environment: Readonly<Record<string, string>> = {}) => {
  const server = run({ ...FAULTY, ...environment })
  const url = await ready(server)
  const { trackerId, cookie } = await setUp(url)
  const { doc, provider } = stockClient(url, cookie, trackerId)
  await new Promise(done => provider.once('sync', done))
  await writeFile(join(folder, 'disk-fault'), String(code))
  describeTracker(doc, { title: 'Waiting' })
  await said(server, 'storage fails')
  const repair = () => rm(join(folder, 'disk-fault'))
  return { server, url, repair, leave: () => provider.destroy() }
}

const said = async (server: Run, event: string): Promise<void> => {
  while (!server.err().includes(`"event":"${event}"`)) {
    const over = await Promise.race([
      once(server.child.stderr, 'data').then(() => false),
      server.ended.then(() => true),
    ])
    if (over) throw new Error(`It ended without a word of "${event}": ${server.err()}`)
  }
}

test('what a full disk keeps from being stored within the time to stop is told', async () => {
  const { server, leave } = await faultyDisk(SQLITE_FULL, { STOP_SECONDS: '1' })
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(1)
  expect(logOf(server).at(-1)).toMatchObject({
    level: 'error',
    event: 'stopped before everything was stored',
    edits: 1,
    documents: 1,
  })
  leave()
})

test('a second signal ends it at once, and what is left behind is told', async () => {
  const { server, leave } = await faultyDisk(SQLITE_FULL)
  server.child.kill('SIGINT')
  await said(server, 'stopping')
  // One that comes at once is the terminal's, passed on by npm: a person takes longer.
  const signals = setInterval(() => server.child.kill('SIGINT'), 50)
  expect(await server.ended).toBe(1)
  clearInterval(signals)
  expect(logOf(server).filter(({ event }) => event === 'stopping')).toHaveLength(1)
  expect(logOf(server).at(-1)).toMatchObject({ event: 'stopped at once', edits: 1, documents: 1 })
  leave()
})

test('a storage that has to be opened again is told and counted, until it is back', async () => {
  const token = 'a token for operators'
  const { server, url, repair, leave } = await faultyDisk(SQLITE_IO_ERROR, { METRICS_TOKEN: token })
  await said(server, 'storage was lost and opened again')
  await repair()
  await said(server, 'storage is back')
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const metrics = await answer.text()
  expect(metrics).toMatch(/^parley_storage_restarts_total [1-9]/m)
  for (const what of ['accepted', 'stored'])
    expect(metrics).toMatch(new RegExp(`^parley_edits_${what}_total 1$`, 'm'))
  expect(metrics).toMatch(/^parley_storing 1$/m)
  leave()
})

test('a log that cannot be written hinders nobody', async () => {
  const onFullDisk = ['sh', '-c', 'exec "$0" "$1" 2>/dev/full', process.execPath, MAIN] as const
  const server = run({ LOG_LEVEL: 'debug' }, onFullDisk)
  const url = await ready(server)
  for (let nth = 0; nth < 3; nth++) expect((await fetch(`${url}/api/trackers`)).status).toBe(401)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

test('an event loop that hangs is told', async () => {
  const server = run(FAULTY)
  await ready(server)
  server.child.kill('SIGWINCH')
  await said(server, 'event loop blocked')
  expect(logOf(server)[0]?.['milliseconds']).toBeGreaterThan(1_000)
})

test('a folder that cannot be made is refused in time', async () => {
  const server = run({ DATA_DIR: '/proc/parley/data' })
  expect(await server.ended).toBe(1)
  expect(server.err()).toContain('DATA_DIR: cannot write to the folder "/proc/parley/data"')
})

test('the log of a whole day has no secrets and no content in it, whatever its level', async () => {
  const server = run({ LOG_LEVEL: 'debug' })
  const url = await ready(server)
  const { trackerId, cookie } = await setUp(url)
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(new URL(path, url), {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const { email } = personNamed('Ada')
  const invited = await ask('POST', `/api/trackers/${trackerId}/invitations`, { role: 'viewer' })
  const { token } = (await invited.json()) as { token: string }
  await ask('GET', `/api/invitations/${token}`)
  await ask('POST', '/api/auth/sign-in/email', { email, password: 'a wrong guess' })
  await ask('GET', '/api/session?email=somebody@example.org')
  await ask('POST', `/api/trackers/${trackerId}/snapshots`, { label: 'Our last offer' })
  const { doc, provider } = stockClient(url, cookie, trackerId)
  await new Promise(done => provider.once('sync', done))
  describeTracker(doc, { title: 'Our very last offer' })
  const stranger = new WebSocket(`${url.replace('http', 'ws')}/live/${trackerId}`)
  await once(stranger, 'close')
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  provider.destroy()

  const log = logOf(server)
  expect(log.at(-1)?.event).toBe('stopped')
  const events = log.map(({ event }) => event)
  for (const event of ['request', 'joined', 'refused']) expect(events).toContain(event)
  const sessionToken = /=([^.%]+)/.exec(cookie)?.[1] ?? cookie
  const kept = [PASSWORD, 'wrong guess', email, 'somebody', 'Ada', token, sessionToken, 'offer']
  for (const secret of kept) expect(server.err()).not.toContain(secret)
})
