/**
 * Failures cost a stranger nothing, and rows of the audit log stay for ever: of those from one address in a minute the
 * first are written one by one and the others as a number, and so it is with those of all addresses together.
 */
import type { AuditNote } from '#server/audit/audit-log.ts'
import type { Clock } from '#server/live/clock.ts'

const MINUTE = 60_000
/** Of one kind from one address. */
const MOST_EACH = 10
const MOST = 200

interface Counted {
  readonly what: AuditNote['what']
  readonly from: string
  written: number
  leftOut: number
}

export class Failures {
  readonly #clock: Pick<Clock, 'after'>
  readonly #write: (note: AuditNote) => void
  readonly #counted = new Map<string, Counted>()
  #written = 0
  #callOff: (() => void) | undefined

  constructor(clock: Pick<Clock, 'after'>, write: (note: AuditNote) => void) {
    this.#clock = clock
    this.#write = write
  }

  /** Whether this one is to be written; else it is counted. */
  admit({ from, what }: Pick<AuditNote, 'from' | 'what'>): boolean {
    this.#callOff ??= this.#clock.after(MINUTE, () => this.settle())
    // Once it is about many addresses they are counted together, so that no flood of them fills the memory.
    const counted = this.#countOf(what, this.#written < MOST ? from : '')
    const isAdmitted = this.#written < MOST && counted.written < MOST_EACH
    if (isAdmitted) {
      counted.written++
      this.#written++
    } else counted.leftOut++
    return isAdmitted
  }

  /** Ends the minute. */
  settle(): void {
    this.#callOff?.()
    this.#callOff = undefined
    const counted = [...this.#counted.values()]
    this.#counted.clear()
    this.#written = 0
    for (const { from, leftOut, what } of counted)
      if (leftOut > 0)
        this.#write({
          what,
          by: null,
          from,
          detail:
            from === ''
              ? `and ${leftOut} more from many addresses`
              : `and ${leftOut} more within a minute`,
        })
  }

  #countOf(what: AuditNote['what'], from: string): Counted {
    const key = `${what} ${from}`
    const counted = this.#counted.get(key) ?? { what, from, written: 0, leftOut: 0 }
    this.#counted.set(key, counted)
    return counted
  }
}
