/** Processes on cores of their own, and what Linux says that they cost. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The core of the servers and that of the load; undefined on a machine where they cannot be kept apart. */
export interface Cores {
  readonly server: number
  readonly load: number
}

/** Only asked before anything is pinned: a pinned process sees the one core that it has. */
export const separateCores = (): Cores | undefined => {
  try {
    const [, list = ''] =
      /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    const [server, load] = list.split(',').flatMap(part => {
      const [from = 0, to = from] = part.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    })
    if (server === undefined || load === undefined) return undefined
    execFileSync('taskset', ['-c', String(load), 'true'])
    return { server, load }
  } catch {
    return undefined
  }
}

/** Where and how a measured process runs. */
export interface Seat {
  /** Undefined where it cannot have one of its own. */
  readonly core: number | undefined
  /** Ahead of whatever else the machine has to do: for one that is not quiet, where it is allowed. */
  readonly isAhead: boolean
}

export const seated = ({ core, isAhead }: Seat, command: readonly string[]): readonly string[] => [
  ...(isAhead ? ['chrt', '--rr', '1'] : []),
  ...(core === undefined ? [] : ['taskset', '-c', String(core)]),
  ...command,
]

export interface ServerProcess {
  readonly url: string
  /** Seconds of processor time of all its threads until now. */
  readonly cpu: () => number
  /** Bytes in memory now, without garbage and the collector's own room; and at the most since it was started. */
  readonly memory: () => Promise<number>
  readonly peak: () => number
  /** SIGKILL: nothing is told, nothing is finished. */
  readonly kill: () => Promise<void>
  /** SIGTERM, and SIGKILL for one that does not leave. */
  readonly stop: () => Promise<void>
}

export interface Start {
  /** The file, with its arguments. */
  readonly entry: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly seat: Seat
  readonly nodeOptions?: readonly string[]
}

const PROBE = new URL('servers/probe.mjs', import.meta.url).href
const STOP_WITHIN = 10_000
const COLLECT_WITHIN = 20_000

export const startServer = async (start: Start): Promise<ServerProcess> => {
  const { entry, environment, nodeOptions = [], seat } = start
  const node = [process.execPath, '--expose-gc', '--import', PROBE, ...nodeOptions, ...entry]
  const [command = '', ...args] = seated(seat, node)
  const memoryFile = join(tmpdir(), `parley-memory-${randomUUID()}`)
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      MEMORY_FILE: memoryFile,
      ...environment,
    },
  })
  let said = ''
  child.stderr.on('data', chunk => {
    said = (said + String(chunk)).slice(-4_000)
  })
  const url = await urlOf(child, () => said)
  // `chrt` and `taskset` become the process that they start: the number stays.
  const pid = child.pid as number
  let hasEnded = false
  const ended = once(child, 'exit').then(() => (hasEnded = true))
  return {
    url,
    cpu: () => (hasEnded ? 0 : cpuOf(pid)),
    memory: async () => {
      process.kill(pid, 'SIGUSR2')
      for (const limit = performance.now() + COLLECT_WITHIN; performance.now() < limit;) {
        await passed(20)
        const written = existsSync(memoryFile) ? readFileSync(memoryFile, 'utf8') : ''
        rmSync(memoryFile, { force: true })
        if (written !== '') return Number(written)
      }
      throw new Error('The server did not say what it has in memory')
    },
    peak: () => statusOf(pid, 'VmHWM'),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN)
      await ended
      clearTimeout(late)
    },
  }
}

export const passed = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))

const urlOf = async (child: ChildProcess, said: () => string): Promise<string> => {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk)
    const [url] = /http:\/\/\S+/.exec(printed) ?? []
    if (url !== undefined) {
      child.stdout?.resume()
      return url
    }
  }
  throw new Error(`The server did not start:\n${printed}${said()}`)
}

const TICKS_A_SECOND = 100

const cpuOf = (pid: number): number => {
  // Behind the name in brackets, which may hold anything: the 12th and 13th fields are user and system time.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

const statusOf = (pid: number, field: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024
}
