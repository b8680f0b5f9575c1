/** The tables, as the queries of the other folders see them: one statement or one batch at a time. */
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type * as schema from '#drizzle/sqlite/schema.ts'

/**
 * Drizzle over the store's own connection. What belongs together goes into `db.batch([...])`, which is one
 * transaction; a callback transaction would let other people's statements slip in between.
 */
export type Database = Omit<SqliteRemoteDatabase<typeof schema>, 'transaction'>

/** What the database answered instead of rows. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  /** SQLite's extended result code. */
  readonly code: number
  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }
}

const UNIQUE = 2067
const PRIMARY_KEY = 1555

/** Whether a statement was refused because a row with this key is there already. */
export const isTaken = (error: unknown): boolean =>
  error instanceof DatabaseError
    ? error.code === UNIQUE || error.code === PRIMARY_KEY
    : error instanceof Error && isTaken(error.cause)
