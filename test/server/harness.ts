/** The whole server in this process, on a port of its own and in a folder of its own, and people who use it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '#server/config.ts'
import { systemClock, type Clock } from '#server/live/clock.ts'
import type { Log } from '#server/log.ts'
import { startParley, type Parley } from '#server/parley.ts'
import type { Database, Storage } from '#server/store/database.ts'
import type { Store } from '#server/store/store.ts'
import type { Role } from '#shared/access.ts'
import type { ApiSession, Entered, InvitationLink } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'
import { openStorage } from '#test/server/storage.ts'

export const PASSWORD = 'correct horse battery staple'

export interface Answer<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

export interface Ask {
  readonly cookie?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Somebody who is signed in. */
export interface Person {
  readonly id: AccountId
  readonly name: string
  readonly email: string
  readonly cookie: string
}

export interface TestServer {
  readonly url: string
  readonly folder: string
  readonly parley: Parley
  /** What the server wrote into its log. */
  readonly logged: readonly (readonly [event: string, fields: unknown, level: keyof Log])[]
  readonly ask: <Body = unknown>(method: string, path: string, ask?: Ask) => Promise<Answer<Body>>
  /** The first account, and the demo tracker in which it lands. */
  readonly createFirstAccount: (
    name?: string,
  ) => Promise<{ readonly owner: Person; readonly trackerId: TrackerId }>
  readonly signIn: (email: string, password?: string) => Promise<string>
  /** Invites somebody new and joins as them. */
  readonly invite: (
    owner: Person,
    trackerId: TrackerId,
    role: Exclude<Role, 'owner'>,
    name: string,
  ) => Promise<Person>
  /** Stops the process's part and starts it again on the same folder and port. */
  readonly restart: () => Promise<void>
  /** The two halves of a restart, for what happens in between. */
  readonly stop: () => Promise<void>
  readonly startAgain: () => Promise<void>
  /** While it is broken, the disk takes no edits. */
  readonly breakDisk: (isBroken: boolean) => void
  /** Takes the database away under the running server. */
  readonly closeDatabase: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface HarnessOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly clock?: Clock
  /** For those who must know it before; any free one otherwise. */
  readonly port?: number
  /** The built client, for tests with a browser. */
  readonly clientFolder?: string
  /** What the server takes for its database, for those who look at what is asked of it. */
  readonly database?: (db: Database) => Database
}

export const startServer = async ({
  environment = {},
  clock = systemClock,
  clientFolder,
  port = 0,
  database = db => db,
}: HarnessOptions = {}): Promise<TestServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-'))
  const logged: (readonly [string, unknown, keyof Log])[] = []
  const at =
    (level: keyof Log): Log['info'] =>
    (event, fields) =>
      void logged.push([event, fields, level])
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  let storage: Storage
  let isDiskBroken = false
  const start = async (port: number): Promise<Parley> => {
    const { config, faults } = parseConfig({ ...environment, PORT: String(port), DATA_DIR: folder })
    if (faults.length > 0) throw new Error(faults.join('\n'))
    const opened = await openStorage(folder)
    const append: Store['append'] = batches =>
      isDiskBroken ? Promise.reject(new Error('disk I/O error')) : opened.store.append(batches)
    storage = { ...opened, db: database(opened.db), store: { ...opened.store, append } }
    return startParley({ config, storage, secret: 's'.repeat(32), clientFolder, clock, log })
  }
  let parley = await start(port)
  const { url } = parley

  let isRunning = true
  const stop = async (): Promise<void> => {
    isRunning = false
    await parley.close()
  }
  const startAgain = async (): Promise<void> => {
    parley = await start(Number(new URL(url).port))
    isRunning = true
  }

  const ask = async <Body>(method: string, path: string, { cookie, body, headers }: Ask = {}) => {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const answer = isJson && text !== '' ? (JSON.parse(text) as Body) : (text as Body)
    return { status: response.status, headers: response.headers, body: answer }
  }

  const personOf = async (cookie: string): Promise<Person> => {
    const { body } = await ask<ApiSession>('GET', '/api/session', { cookie })
    if (!body.account) throw new Error('Nobody is signed in')
    const { id, name, email } = body.account
    return { id: id as AccountId, name, email, cookie }
  }

  return {
    url,
    folder,
    logged,
    get parley() {
      return parley
    },
    ask,
    createFirstAccount: async (name = 'Ada') => {
      const answer = await ask<Entered>('POST', '/api/setup', { body: personNamed(name) })
      expectOk(answer)
      const owner = await personOf(cookieOf(answer))
      return { owner, trackerId: answer.body.trackerId as TrackerId }
    },
    signIn: async (email, password = PASSWORD) => {
      const answer = await ask('POST', '/api/auth/sign-in/email', { body: { email, password } })
      expectOk(answer)
      return cookieOf(answer)
    },
    invite: async ({ cookie }, trackerId, role, name) => {
      const link = await ask<InvitationLink>('POST', `/api/trackers/${trackerId}/invitations`, {
        cookie,
        body: { role },
      })
      expectOk(link)
      const joined = await ask('POST', `/api/invitations/${link.body.token}/accept`, {
        body: { account: personNamed(name) },
      })
      expectOk(joined)
      return personOf(cookieOf(joined))
    },
    restart: async () => {
      await stop()
      await startAgain()
    },
    stop,
    startAgain,
    breakDisk: isBroken => void (isDiskBroken = isBroken),
    closeDatabase: () => storage.close(),
    close: async () => {
      // Else it would wait for ever to store what is pending.
      isDiskBroken = false
      if (isRunning) await stop()
      await rm(folder, { recursive: true })
    },
  }
}

export const personNamed = (name: string) => ({
  name,
  email: `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.org`,
  password: PASSWORD,
})

/** What a browser would send back. */
export const cookieOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')

const expectOk = ({ status, body }: Answer): void => {
  if (status >= 300) throw new Error(`The server answered ${status}: ${JSON.stringify(body)}`)
}
