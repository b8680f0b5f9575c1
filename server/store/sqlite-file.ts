/** Opens the database file: the lock, the PRAGMAs, the migrations. Refuses in words that say what to do. */
import { DatabaseSync } from 'node:sqlite'
import { readMigrationFiles } from 'drizzle-orm/migrator'

/**
 * In this order. The exclusive lock keeps a second process out, and the system takes it back from a killed one; it
 * also means that nobody else checkpoints. FULL: a commit is on disk when it returns.
 */
export const PRAGMAS = {
  locking_mode: 'exclusive',
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
} as const

const BUSY = 5
const FULL = 13
const CANNOT_OPEN = 14
const NOT_A_DATABASE = 26
const READ_ONLY = 8
/** A process that is being replaced may take a moment to let go. */
const WAIT_FOR_LOCK = 1_000

/** SQLite's extended result code, or undefined for an error of another kind. */
export const sqliteCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined

export const isBusy = (error: unknown): boolean => ((sqliteCode(error) ?? 0) & 0xff) === BUSY

export const openFile = (file: string, migrationsFolder: string): DatabaseSync => {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: WAIT_FOR_LOCK })
    configure(database)
    migrate(database, migrationsFolder)
    return database
  } catch (error) {
    database?.close()
    throw new Error(explain(file, error), { cause: error })
  }
}

/** What is wrong with the file, in words that say what to do. */
export const explain = (file: string, error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  switch ((sqliteCode(error) ?? 0) & 0xff) {
    case BUSY:
      return `Another process is using ${file}: stop it, or choose another folder for the data`
    case FULL:
      return `There is no space left on the disk that holds ${file}`
    case CANNOT_OPEN:
    case READ_ONLY:
      return `${file} cannot be written (${message}): check the folder and its permissions`
    case NOT_A_DATABASE:
      return `${file} is not a Parley database: move it away, or choose another folder for the data`
    default:
      return `${file} cannot be opened: ${message}`
  }
}

const configure = (database: DatabaseSync): void => {
  for (const [name, wanted] of Object.entries(PRAGMAS)) {
    database.exec(`PRAGMA ${name} = ${wanted}`)
    const found = database.prepare(`PRAGMA ${name}`).get()?.[name]
    if (found !== wanted) throw new Error(`PRAGMA ${name} is ${String(found)}, not ${wanted}`)
  }
}

/** Runs `work` as one transaction; whatever fails, the connection is out of the transaction afterwards. */
export const atomically = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

const migrate = (database: DatabaseSync, migrationsFolder: string): void => {
  const known = readMigrationFiles({ migrationsFolder })
  // A migration that rebuilds a table must be able to drop the old one; the check comes before the commit.
  database.exec('PRAGMA foreign_keys = 0')
  atomically(database, () => {
    database.exec(
      'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
    )
    const applied = database.prepare('SELECT hash FROM migrations ORDER BY number').all()
    if (applied.length > known.length) {
      throw new Error(
        `it was last used by a newer Parley (${applied.length} migrations, this one knows ${known.length}): install that version, or go back to a backup`,
      )
    }
    for (const [number, { hash, sql }] of known.entries()) {
      const before = applied[number]
      if (before && before.hash !== hash) {
        throw new Error(`its migration ${number} is not the one that this Parley has`)
      }
      if (before) continue
      for (const statement of sql) database.exec(statement)
      database
        .prepare('INSERT INTO migrations (number, hash, applied_at) VALUES (?, ?, ?)')
        .run(number, hash, Date.now())
    }
    // It reads the whole file: not at each start, and not where one torn page would keep all documents shut.
    if (applied.length === known.length) return
    const orphans = database.prepare('PRAGMA foreign_key_check').all()
    if (orphans.length > 0)
      throw new Error(`${orphans.length} rows refer to rows that are not there`)
  })
  database.exec('PRAGMA foreign_keys = 1')
}
