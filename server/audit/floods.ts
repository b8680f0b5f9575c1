/**
 * What strangers do costs them nothing, and rows of the audit log stay for ever: of what comes from one address in a
 * minute the first are written one by one and the others as a number, and so it is with all addresses together.
 */
import type { AuditNote } from '#server/audit/audit-log.ts'
import type { Clock } from '#server/live/clock.ts'

const MINUTE = 60_000
/** Of one kind about one thing from one address. */
const MOST_EACH = 10
/** Of one kind. */
const MOST = 200

interface Counted {
  readonly note: AuditNote
  written: number
  leftOut: number
}

export class Floods {
  readonly #clock: Pick<Clock, 'after'>
  readonly #write: (note: AuditNote) => void
  readonly #counted = new Map<string, Counted>()
  readonly #written = new Map<AuditNote['what'], number>()
  #callOff: (() => void) | undefined

  constructor(clock: Pick<Clock, 'after'>, write: (note: AuditNote) => void) {
    this.#clock = clock
    this.#write = write
  }

  /** Whether this one is to be written; else it is counted. */
  admit(note: AuditNote): boolean {
    this.#callOff ??= this.#clock.after(MINUTE, () => this.settle())
    const { what } = note
    const written = this.#written.get(what) ?? 0
    // Counted together from here on, so that no flood of addresses fills the memory.
    const counted = this.#countOf(written < MOST ? note : { what, by: null, from: '' })
    const isAdmitted = written < MOST && counted.written < MOST_EACH
    if (isAdmitted) {
      counted.written++
      this.#written.set(what, written + 1)
    } else counted.leftOut++
    return isAdmitted
  }

  /** Ends the minute. */
  settle(): void {
    this.#callOff?.()
    this.#callOff = undefined
    const counted = [...this.#counted.values()]
    this.#counted.clear()
    this.#written.clear()
    for (const { leftOut, note } of counted) {
      if (leftOut === 0) continue
      const whence = note.from === '' ? 'from many addresses' : 'within a minute'
      this.#write({ ...note, detail: `and ${leftOut} more ${whence}` })
    }
  }

  #countOf(note: AuditNote): Counted {
    const key = `${note.what} ${note.from} ${note.subject ?? ''}`
    const counted = this.#counted.get(key) ?? { note, written: 0, leftOut: 0 }
    this.#counted.set(key, counted)
    return counted
  }
}
