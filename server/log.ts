/** One line of JSON for each thing that an operator should know: no content of trackers, no secrets, no flood. */
import { destination, pino, type DestinationStream } from 'pino'

/** `event` is a fixed phrase, which a search finds; whatever differs from time to time is a field. */
type Line = (event: string, fields?: Readonly<Record<string, unknown>>) => void

export const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type Level = (typeof LEVELS)[number]

export interface Log {
  /** What goes well: requests, connections. */
  readonly debug: Line
  /** What happens now and then, and what people are refused. */
  readonly info: Line
  /** What an operator may want to look into. */
  readonly warn: Line
  /** What must not happen. */
  readonly error: Line
}

export interface LogSettings {
  readonly level: Level
  readonly to: DestinationStream
  readonly now: () => number
}

/** One event that floods must not push out the others. */
const MOST_OF_AN_EVENT_A_SECOND = 20

const SECRETS = ['password', 'secret', 'token', 'cookie', 'authorization', 'email', 'headers']

export const createLog = ({ level, to, now }: LogSettings): Log => {
  const lines = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"at":"${new Date(now()).toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
      // Nobody should hand these in; where somebody does, they stay here.
      redact: { paths: SECRETS.flatMap(name => [name, `*.${name}`]), censor: '…' },
    },
    to,
  )
  const counts = new Map<string, number>()
  let second = 0

  const nextSecond = (): void => {
    const at = Math.floor(now() / 1_000)
    if (at === second) return
    second = at
    for (const [of, count] of counts)
      if (count > MOST_OF_AN_EVENT_A_SECOND)
        lines.warn({ of, lines: count - MOST_OF_AN_EVENT_A_SECOND }, 'left out')
    counts.clear()
  }

  const line =
    (on: 'debug' | 'info' | 'warn' | 'error'): Line =>
    (event, fields = {}) => {
      if (!lines.isLevelEnabled(on)) return
      nextSecond()
      const count = (counts.get(event) ?? 0) + 1
      counts.set(event, count)
      if (count <= MOST_OF_AN_EVENT_A_SECOND) lines[on](fields, event)
    }
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') }
}

/** Bytes of lines that wait for a stderr that takes none, such as a file on a full disk; further ones are dropped. */
const MOST_WAITING = 64 * 1_024

/** At once, not through a thread or a buffer: the last line before an end is the one that matters. */
export const toStderr = (): DestinationStream => {
  const stream = destination({ dest: 2, sync: true, maxLength: MOST_WAITING })
  // Whoever asks for something must not pay for a log that cannot be written.
  stream.on('error', () => undefined)
  return stream
}

const LONGEST = 4_000

/** A fault as fields of a line: the stack stays in the log and never reaches a visitor. */
export const faultFields = (error: unknown): Readonly<Record<string, unknown>> => {
  if (!(error instanceof Error)) return { detail: withoutContent(String(error)) }
  const { cause, message, stack = '' } = error
  return {
    message: withoutContent(message),
    stack: withoutContent(stack),
    ...('code' in error && { code: error.code }),
    ...(cause !== undefined && cause !== error && { cause: faultFields(cause) }),
  }
}

/** A failed query names its parameters, and bad JSON is quoted: session tokens, addresses, what people wrote. */
const withoutContent = (text: string): string =>
  text
    .replaceAll(/\nparams: [^]*?(?=\n {4}at |$)/g, '')
    .replaceAll(/(?:\.{3})?"[^]*?"(?:\.{3})? (?=is not valid JSON)/g, '… ')
    .slice(0, LONGEST)

/** Invitation tokens are secrets, and part of a path. */
export const withoutSecrets = (path: string): string => path.replaceAll(/[\w-]{30,}/g, '…')
