/** One line for each thing that an operator should know: no content of trackers, no secrets, no flood. */

export type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void

const MOST_LINES_A_SECOND = 20

export const createLog = (write: (line: string) => void, now: () => number): Log => {
  let second = 0
  let lines = 0
  return (event, fields = {}) => {
    const at = now()
    if (Math.floor(at / 1_000) !== second) {
      const left = lines - MOST_LINES_A_SECOND
      if (left > 0)
        write(`${JSON.stringify({ at: new Date(at), event: 'left out', lines: left })}\n`)
      second = Math.floor(at / 1_000)
      lines = 0
    }
    lines++
    if (lines <= MOST_LINES_A_SECOND)
      write(`${JSON.stringify({ at: new Date(at), event, ...fields })}\n`)
  }
}

/** A fault as fields of a line: the stack stays in the log and never reaches a visitor. */
export const faultFields = (error: unknown): Readonly<Record<string, unknown>> =>
  error instanceof Error
    ? {
        message: withoutParams(error.message),
        stack: withoutParams(error.stack ?? ''),
        ...(error.cause !== undefined && { cause: faultFields(error.cause) }),
      }
    : { detail: error }

/** A failed query names its parameters: session tokens, addresses, what people wrote. */
const withoutParams = (text: string): string => text.replace(/\nparams: [^]*?(?=\n {4}at |$)/, '')

/** Invitation tokens are secrets, and part of a path. */
export const withoutSecrets = (path: string): string => path.replaceAll(/[\w-]{30,}/g, '…')
