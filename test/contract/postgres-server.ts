/** A real PostgreSQL of our own: Debian's, in a temporary folder, on a free port, with fsync on. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface PostgresServer {
  /** Where its own database is; a test makes others there with `newDatabase`. */
  readonly url: string
  /** `crash`: as when the machine loses it; what was committed must come back. */
  readonly stop: (how: 'orderly' | 'crash') => Promise<void>
  readonly start: () => Promise<void>
  /** Stops it and removes its folder. */
  readonly close: () => Promise<void>
}

/** Also what a newcomer reads whose machine has none. */
export const MISSING =
  'PostgreSQL is not installed, so its tests do not run (on Debian: apt-get install postgresql)'

/** Where it was promised, its absence is a failure. */
export const isPostgresPromised = process.env['PARLEY_CI'] !== undefined

const DEBIAN = '/usr/lib/postgresql'
const STARTS_WITHIN = 30_000

/** The folder of `initdb` and `postgres`, the newest version first; undefined where there is none. */
export const findPostgres = (): string | undefined => {
  const has = (path: string): boolean => {
    try {
      accessSync(path)
      return true
    } catch {
      return false
    }
  }
  const versions = has(DEBIAN) ? readdirSync(DEBIAN) : []
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map(version => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ]
  return folders.find(folder => has(join(folder, 'initdb')) && has(join(folder, 'postgres')))
}

/** PostgreSQL does not run as root: then it gets the account that Debian made for it, or nobody's. */
const ownAccount = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string): number => {
    for (const name of ['postgres', 'nobody'])
      try {
        return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
      } catch {
        continue
      }
    throw new Error('There is no account that PostgreSQL could run as')
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/**
 * Hands a signal on to the server. When whoever started it dies without a word, its end of the pipe closes: then
 * the server stops and its folder goes.
 */
const KEEPER = `
"$@" >>"$0/log" 2>&1 &
if read -r signal; then kill -s "$signal" $!; wait $!; else kill -s INT $!; wait $!; rm -rf "$0"; fi`

export const startPostgres = async (binaries: string): Promise<PostgresServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-postgres-'))
  const account = ownAccount()
  if (account.uid !== undefined) await chown(folder, account.uid, account.gid ?? 0)
  const password = crypto.randomUUID()
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password, { mode: 0o644 })

  const data = join(folder, 'data')
  execFileSync(
    join(binaries, 'initdb'),
    [
      `--pgdata=${data}`,
      '--username=parley',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { cwd: folder, stdio: 'pipe', ...account },
  )
  const port = await freePort()
  const url = `postgres://parley:${password}@127.0.0.1:${port}/postgres`
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '32MB',
    // After a crash: all at once, not file by file of every test's database.
    ...(process.platform === 'linux' && { recovery_init_sync_method: 'syncfs' }),
  }

  const launch = async () => {
    const keeper = spawn(
      '/bin/sh',
      [
        '-c',
        KEEPER,
        folder,
        join(binaries, 'postgres'),
        `-D${data}`,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'], detached: true, ...account },
    )
    const ended = once(keeper, 'exit')
    await answers(url, async () => readFile(join(folder, 'log'), 'utf8'))
    return { keeper, ended }
  }
  let running: Awaited<ReturnType<typeof launch>> | undefined = await launch()

  const stop: PostgresServer['stop'] = async how => {
    if (!running) return
    const { keeper, ended } = running
    running = undefined
    keeper.stdin.end(how === 'crash' ? 'QUIT\n' : 'INT\n')
    await ended
  }
  return {
    url,
    stop,
    start: async () => void (running ??= await launch()),
    close: async () => {
      await stop('crash')
      await rm(folder, { recursive: true })
    },
  }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const MOST_PORTS = 10

/** Starts what must know its port before it has one: on another when somebody else was faster to take it. */
export const onFreePort = async <T>(start: (port: number) => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++)
    try {
      return await start(await freePort())
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || tries === MOST_PORTS) throw error
    }
}

const answers = async (url: string, log: () => Promise<string>): Promise<void> => {
  const deadline = Date.now() + STARTS_WITHIN
  for (;;)
    try {
      await onServer(url, client => client.query('SELECT 1'))
      return
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`PostgreSQL does not start:\n${await log()}`, { cause: error })
      await sleep(30)
    }
}

/** Speaks to the server behind Parley's back. */
export const onServer = async <T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}

let databases = 0

/** The URL of an empty database on the server. */
export const newDatabase = (server: string): Promise<string> =>
  databaseNamed(server, `test-${process.pid}-${(databases += 1)}`)

const ALREADY_THERE = '42P04'

/** The URL of a database on the server, which is made where it is not there yet. */
export const databaseNamed = async (server: string, name: string): Promise<string> => {
  await onServer(server, client => client.query(`CREATE DATABASE "${name}"`)).catch(
    (error: unknown) => {
      if (!(error instanceof pg.DatabaseError) || error.code !== ALREADY_THERE) throw error
    },
  )
  const url = new URL(server)
  url.pathname = name
  return url.href
}
