/** The server as a process of its own, that can be killed as a machine's power failure would. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))

export interface ServerProcess {
  readonly url: string
  /** SIGKILL: nothing is told, nothing is finished. */
  readonly kill: () => Promise<void>
  /** On the same port and folder. */
  readonly startAgain: () => Promise<void>
  readonly close: () => Promise<void>
}

export const startProcess = async (): Promise<ServerProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-killed-'))
  let child: ChildProcess
  const start = async (port: string): Promise<string> => {
    const started = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], PORT: port, DATA_DIR: folder },
    })
    child = started
    const [line] = await once(started.stdout, 'data')
    return /http:\S+/.exec(String(line))?.[0] ?? ''
  }
  const url = await start('0')
  const kill = async (): Promise<void> => {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return {
    url,
    kill,
    startAgain: async () => void (await start(new URL(url).port)),
    close: async () => {
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}
