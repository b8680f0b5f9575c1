/**
 * The audit log: rows are added, one after the other, and never changed. Each carries a hash of itself and of the one
 * before it, so that whoever changes one in the database has to change all that follow.
 */
import { createHash } from 'node:crypto'
import { desc } from 'drizzle-orm'
import { audit } from '#drizzle/sqlite/schema.ts'
import { Floods } from '#server/audit/floods.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Database } from '#server/store/database.ts'
import { UNBIDDEN, type Audited } from '#shared/audit.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export interface AuditNote {
  readonly what: Audited
  /** Null for a stranger, and for the server itself. */
  readonly by: { readonly id: AccountId; readonly name: string } | null
  /** The address from which it was asked; '' for the server itself. */
  readonly from: string
  readonly trackerId?: TrackerId | undefined
  /** The id of the account, link, token … that it was done to. */
  readonly subject?: string | undefined
  /** In words, without secrets and without what a document says. */
  readonly detail?: string | undefined
}

export type AuditRow = typeof audit.$inferSelect
/** The last row: who keeps it elsewhere can tell later that nothing up to there was changed or cut off. */
export type ChainEnd = Pick<AuditRow, 'seq' | 'hash'>

/** What the first row has for the hash of the one before. */
export const NO_ROW = ''

/** SHA-256 of everything in a row but its hash, in hex. */
export const hashOfRow = (row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        row.seq,
        row.at,
        row.what,
        row.by,
        row.byName,
        row.from,
        row.trackerId,
        row.subject,
        row.detail,
        row.previous,
      ]),
    )
    .digest('hex')

export interface AuditLogDeps {
  readonly db: Database
  readonly clock: Pick<Clock, 'now' | 'after'>
  /** Told of what could not be stored while nobody waited for it. */
  readonly report: (error: unknown) => void
}

const LONGEST = 1_000

/** As every database keeps it, so that the hash of what is read is that of what was written. */
const tidy = (text: string): string =>
  text
    .slice(0, LONGEST)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')

export class AuditLog {
  readonly #db: Database
  readonly #now: () => number
  readonly #floods: Floods
  /** The last row; null where it is not known, and has to be read. */
  #last: Promise<ChainEnd | null> = Promise.resolve(null)

  constructor({ clock, db, report }: AuditLogDeps) {
    this.#db = db
    this.#now = clock.now
    this.#floods = new Floods(clock, note => void this.#append(note).catch(report))
  }

  /** Resolves once the row is stored; what strangers do too often is only counted. */
  async add(note: AuditNote): Promise<void> {
    if (!UNBIDDEN.has(note.what) || this.#floods.admit(note)) await this.#append(note)
  }

  /** Resolves once everything is stored, what was only counted too. */
  async close(): Promise<void> {
    this.#floods.settle()
    await this.#last
  }

  /**
   * What could not be stored leaves no gap: the next row takes its number. Whether it could is not known where the
   * answer of the database was lost, so that the table is asked.
   */
  async #append(note: AuditNote): Promise<void> {
    const added = this.#last.then(async last => this.#insert(note, last ?? (await this.#read())))
    this.#last = added.catch(() => null)
    await added
  }

  async #read(): Promise<ChainEnd> {
    const [last] = await this.#db
      .select({ seq: audit.seq, hash: audit.hash })
      .from(audit)
      .orderBy(desc(audit.seq))
      .limit(1)
    return last ?? { seq: 0, hash: NO_ROW }
  }

  async #insert(
    { by, detail = '', from, subject = '', trackerId = undefined, what }: AuditNote,
    last: ChainEnd,
  ): Promise<ChainEnd> {
    const row = {
      seq: last.seq + 1,
      at: this.#now(),
      what,
      by: by?.id ?? null,
      byName: tidy(by?.name ?? ''),
      from: tidy(from),
      trackerId: trackerId ?? null,
      subject: tidy(subject),
      detail: tidy(detail),
      previous: last.hash,
    }
    const hash = hashOfRow(row)
    await this.#db.insert(audit).values({ ...row, hash })
    return { seq: row.seq, hash }
  }
}
