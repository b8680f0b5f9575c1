/** The tables, as the queries of the other folders see them: one statement or one batch at a time. */
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type * as schema from '#drizzle/sqlite/schema.ts'
import type { Store } from '#server/store/store.ts'

/** All that a backend keeps. */
export interface Storage {
  readonly store: Store
  readonly db: Database
  /** Waits for what is under way. */
  readonly close: () => Promise<void>
}

/**
 * Drizzle, in SQL that every backend understands, written with SQLite's tables. What belongs together goes into
 * `db.batch([...])`, which is one transaction; a callback transaction would let other people's statements slip in
 * between.
 */
export type Database = Omit<SqliteRemoteDatabase<typeof schema>, 'transaction'>

/** What the database answered instead of rows. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** SQLite's extended result code, or PostgreSQL's SQLSTATE. */
  readonly code: number | string
  constructor(message: string, code: number | string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** SQLite's for a unique column and for a primary key, and PostgreSQL's for both. */
const TAKEN: ReadonlySet<number | string> = new Set([2067, 1555, '23505'])

/** Whether a statement was refused because a row with this key is there already. */
export const isTaken = (error: unknown): boolean =>
  error instanceof DatabaseError
    ? TAKEN.has(error.code)
    : error instanceof Error && isTaken(error.cause)

/** The database cannot be asked at all; perhaps in a moment. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

export const isUnreachable = (error: unknown): boolean =>
  error instanceof UnreachableError || (error instanceof Error && isUnreachable(error.cause))
