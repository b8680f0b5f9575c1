/** Reading files that anybody may have made: each in a process of its own, with little memory and little time. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Unavailable } from '#server/live/rooms.ts'
import { isUnfitCode, Unfit, UNFIT_EXIT } from '#server/texts/unfit.ts'
import { MAX_TEXT_LENGTH, type FileKind } from '#shared/texts.ts'

const DEADLINE = 9_000
/** Of JavaScript objects, in MB; buffers lie outside. */
const MOST_HEAP = 160
/** Processes at a time; other files wait. */
const AT_ONCE = 2
const MOST_WAITING = 8

const HERE = fileURLToPath(new URL('../../', import.meta.url))
const READER = fileURLToPath(new URL('reader-process.ts', import.meta.url))
/** What a process that reads a file is started with. */
export const READER_FLAGS: readonly string[] = [
  '--permission',
  `--allow-fs-read=${HERE}`,
  '--allow-worker',
  '--disallow-code-generation-from-strings',
  '--disable-warning=SecurityWarning',
  `--max-old-space-size=${MOST_HEAP}`,
  '--max-semi-space-size=4',
]

export interface Reading {
  /** Rejects with `Unfit` where the file is not taken. */
  readonly read: (bytes: Uint8Array, kind: FileKind) => Promise<string>
  /** Ends what is under way. */
  readonly close: () => void
}

export const openReading = (onStart: (pid: number | undefined) => void = () => {}): Reading => {
  const ending = new AbortController()
  const waiting: (() => void)[] = []
  let running = 0

  return {
    read: async (bytes, kind) => {
      if (waiting.length >= MOST_WAITING) throw new Unavailable('too many files are being read')
      if (running >= AT_ONCE) await new Promise<void>(resolve => waiting.push(resolve))
      else running += 1
      try {
        return await readApart(bytes, kind, ending.signal, onStart)
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
    close: () => ending.abort(),
  }
}

const readApart = (
  bytes: Uint8Array,
  kind: FileKind,
  ending: AbortSignal,
  onStart: (pid: number | undefined) => void,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...READER_FLAGS, READER, kind], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: {},
      signal: AbortSignal.any([ending, AbortSignal.timeout(DEADLINE)]),
      killSignal: 'SIGKILL',
    })
    onStart(child.pid)
    const words: Buffer[] = []
    let length = 0
    child.stdout.on('data', (part: Buffer) => {
      words.push(part)
      length += part.length
      if (length > 3 * MAX_TEXT_LENGTH) child.kill('SIGKILL')
    })
    // It may have died before it had read everything; why, its exit says.
    child.stdin.on('error', () => undefined)
    child.stdin.end(bytes)
    child.on('error', error => {
      if (error.name !== 'AbortError') reject(error)
    })
    child.on('close', code => {
      const said = Buffer.concat(words).toString('utf8')
      if (code === 0) resolve(said)
      else if (code === UNFIT_EXIT) reject(new Unfit(isUnfitCode(said) ? said : 'damaged'))
      else if (ending.aborted) reject(new Unavailable('Parley is stopping'))
      else reject(new Unfit('too_heavy'))
    })
  })
