/**
 * The audit log: rows are added, one after the other, and never changed. Each carries a hash of itself and of the one
 * before it, so that whoever changes one in the database has to change all that follow.
 */
import { createHash } from 'node:crypto'
import { desc } from 'drizzle-orm'
import { audit } from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import type { Audited } from '#shared/audit.ts'
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

export class AuditLog {
  readonly #db: Database
  readonly #now: () => number
  #last: Promise<Pick<AuditRow, 'seq' | 'hash'>> | undefined

  constructor(db: Database, now: () => number) {
    this.#db = db
    this.#now = now
  }

  /** Resolves once the row is stored. What fails leaves no gap: the next row takes its number. */
  add(note: AuditNote): Promise<void> {
    const before = this.#last ?? this.#read()
    const added = before.then(last => this.#insert(note, last))
    this.#last = added.catch(() => before)
    return added.then(() => undefined)
  }

  async #read(): Promise<Pick<AuditRow, 'seq' | 'hash'>> {
    const [last] = await this.#db
      .select({ seq: audit.seq, hash: audit.hash })
      .from(audit)
      .orderBy(desc(audit.seq))
      .limit(1)
    return last ?? { seq: 0, hash: NO_ROW }
  }

  async #insert(
    { by, detail = '', from, subject = '', trackerId = undefined, what }: AuditNote,
    last: Pick<AuditRow, 'seq' | 'hash'>,
  ): Promise<Pick<AuditRow, 'seq' | 'hash'>> {
    const row = {
      seq: last.seq + 1,
      at: this.#now(),
      what,
      by: by?.id ?? null,
      byName: by?.name ?? '',
      from,
      trackerId: trackerId ?? null,
      subject,
      detail,
      previous: last.hash,
    }
    const hash = hashOfRow(row)
    await this.#db.insert(audit).values({ ...row, hash })
    return { seq: row.seq, hash }
  }
}
