/** Whether the audit log is as it was written: each row fits its own hash, and the one before. */
import { hashOfRow, NO_ROW, type AuditRow, type ChainEnd } from '#server/audit/audit-log.ts'

/** What there is of an audit log, and what is wrong with it. */
export interface Chain {
  readonly rows: number
  readonly head: ChainEnd
  /** One line each. */
  readonly faults: readonly string[]
}

/** An `AuditRow`, in any backend's SQL. */
export const SELECT_AUDIT = `SELECT seq, at, what, "by", by_name AS "byName", "from", tracker_id AS "trackerId",
  subject, detail, previous, hash FROM audit`

/** `<number>:<hash>`: what an earlier look said was the last row. */
export const readHead = (text: string): ChainEnd => {
  const [, seq, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? []
  if (seq === undefined || hash === undefined)
    throw new Error('The head of an audit log is its number and its hash, as in 1234:0f3a…')
  return { seq: Number(seq), hash }
}

export const headInWords = ({ hash, seq }: ChainEnd): string => `${seq}:${hash}`

/** A forged log has as many faults as rows. */
const MOST_FAULTS = 20

/** Takes the rows one after the other, in the order of their numbers. */
export class ChainCheck {
  readonly #kept: ChainEnd | undefined
  readonly #faults: string[] = []
  #rows = 0
  #last: ChainEnd = { seq: 0, hash: NO_ROW }
  #hasMetKept = false

  /** `kept`: the head of an earlier day, that somebody kept elsewhere. */
  constructor(kept?: ChainEnd) {
    this.#kept = kept
  }

  take({ hash, ...row }: AuditRow): void {
    const { seq } = row
    const missing = seq - this.#last.seq - 1
    if (missing > 0)
      this.#say(
        missing === 1
          ? `row ${seq - 1} is missing`
          : `rows ${this.#last.seq + 1} to ${seq - 1} are missing`,
      )
    if (hashOfRow(row) !== hash) this.#say(`row ${seq} is not as it was written`)
    if (missing === 0 && row.previous !== this.#last.hash)
      this.#say(`row ${seq} does not follow the row before it`)
    if (seq === this.#kept?.seq) {
      this.#hasMetKept = true
      if (hash !== this.#kept.hash)
        this.#say(`row ${seq} is another one than that of the head that was kept`)
    }
    this.#rows++
    this.#last = { seq, hash }
  }

  /** The rest cannot be read. */
  fail(error: unknown): void {
    this.#say(error instanceof Error ? error.message : String(error))
  }

  end(): Chain {
    if (this.#kept && this.#kept.seq > 0 && !this.#hasMetKept)
      this.#say(`row ${this.#kept.seq}, the head that was kept, is not there`)
    const more = this.#faults.length - MOST_FAULTS
    const faults = this.#faults.slice(0, MOST_FAULTS)
    return {
      rows: this.#rows,
      head: this.#last,
      faults: more > 0 ? [...faults, `and ${more} faults more`] : faults,
    }
  }

  #say(fault: string): void {
    this.#faults.push(`the audit log: ${fault}`)
  }
}
