/** The server as a process of its own, that can be killed, starved of disk, or watched by another program. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Entered } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import { cookieOf, personNamed } from '#test/server/harness.ts'

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url))

export interface ProcessOptions {
  readonly folder: string
  /** 0 takes a free one. */
  readonly port?: number
  readonly environment?: Readonly<Record<string, string>>
  /** What runs the command instead of the system, such as `['strace', '-f']`. */
  readonly under?: readonly string[]
}

export interface ServerProcess {
  readonly child: ChildProcess
  readonly url: string
  /** What it wrote into its log. */
  readonly log: () => string
}

/** A process that may never come so far as to be ready. */
export const spawnServer = ({
  folder,
  port = 0,
  environment = {},
  under = [],
}: ProcessOptions): ChildProcess => {
  const [command = '', ...args] = [...under, process.execPath, MAIN]
  return spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATA_DIR: folder,
      // The typists here are faster than people.
      LIMIT_MESSAGES_AT_ONCE: '100000',
      LIMIT_MESSAGES_PER_SECOND: '100000',
      LIMIT_JOINS_AT_ONCE: '100000',
      ...environment,
    },
  })
}

export const startProcess = async (options: ProcessOptions): Promise<ServerProcess> => {
  const child = spawnServer(options)
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = once(child, 'exit')
  for (;;) {
    const url = /Parley is ready at (http:\S+)\n/.exec(out)?.[1]
    if (url !== undefined) return { child, url, log: () => err }
    const over = await Promise.race([
      once(child.stdout ?? child, 'data').then(() => false),
      ended.then(() => true),
    ])
    if (over) throw new Error(`It did not start: ${err}`)
  }
}

/** Resolves when it has ended. */
export const over = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

export const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  child.kill(signal)
  await over(child)
}

export interface Account {
  readonly id: AccountId
  readonly cookie: string
}

/** The first account and its demo tracker, and more editors of it. */
export const people = async (
  url: string,
  more: readonly string[] = [],
): Promise<{ readonly trackerId: TrackerId; readonly accounts: readonly Account[] }> => {
  const post = async (path: string, body: unknown, cookie = ''): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response
  }
  const account = async ({ headers }: Response): Promise<Account> => {
    const cookie = cookieOf({ status: 200, headers, body: null })
    const session = await fetch(new URL('/api/session', url), { headers: { cookie } })
    const { account } = (await session.json()) as { readonly account: { readonly id: string } }
    return { id: account.id as AccountId, cookie }
  }
  const setup = await post('/api/setup', personNamed('Ada'))
  const { trackerId } = (await setup.clone().json()) as Entered
  const owner = await account(setup)
  const accounts = [owner]
  for (const name of more) {
    const path = `/api/trackers/${trackerId}/invitations`
    const link = await post(path, { role: 'editor' }, owner.cookie)
    const { token } = (await link.json()) as { readonly token: string }
    const joined = await post(`/api/invitations/${token}/accept`, { account: personNamed(name) })
    accounts.push(await account(joined))
  }
  return { trackerId: trackerId as TrackerId, accounts }
}
