/** Looks through a SQLite file that nobody writes, and says what is wrong with it. */
import { existsSync } from 'node:fs'
import { backup, DatabaseSync, type StatementSync } from 'node:sqlite'
import type { AuditRow, ChainEnd } from '#server/audit/audit-log.ts'
import { ChainCheck, SELECT_AUDIT, type Chain } from '#server/audit/chain.ts'
import type { DocumentName } from '#shared/access.ts'
import type { AccountId } from '#shared/ids.ts'
import {
  type Audit,
  faultsOf,
  type Holding,
  SELECT_CHANGE,
  SELECT_TEXT,
  type StoredChange,
  type StoredChanges,
  type StoredSnapshot,
  type StoredText,
} from '#server/store/audit.ts'
import type { CheckpointRow, PackedRow } from '#server/store/rows.ts'
import { explain, isBusy } from '#server/store/sqlite-file.ts'

/** Throws, with words for people, when the file cannot be looked into at all. */
export const auditFile = (file: string, keptHead?: ChainEnd): Audit => {
  const database = openToRead(file)
  try {
    return audit(database, keptHead)
  } finally {
    database.close()
  }
}

/** Copies a file that nobody uses. */
export const copyFile = async (from: string, to: string): Promise<void> => {
  const database = openToRead(from)
  try {
    await backup(database, to)
  } finally {
    database.close()
  }
}

const openToRead = (file: string): DatabaseSync => {
  if (!existsSync(file)) throw new Error(`There is no database ${file}`)
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 1_000 })
    // Only reading tells whether somebody has locked it.
    database.prepare('SELECT count(*) FROM documents').get()
    return database
  } catch (error) {
    database?.close()
    if (isBusy(error))
      throw new Error(`${file} is in use: stop Parley first, or take a backup and look into that`, {
        cause: error,
      })
    throw new Error(explain(file, error), { cause: error })
  }
}

const audit = (database: DatabaseSync, keptHead: ChainEnd | undefined): Audit => {
  const faults = [...integrity(database), ...orphans(database)]
  const holdings = holdingsIn(database)
  let entries = 0
  for (const holding of holdings) {
    for (const fault of faultsOf(holding)) faults.push(`${holding.name}: ${fault}`)
    entries += headOr0(holding)
  }
  const log = logIn(database, keptHead)
  return { documents: holdings.length, entries, log, faults: [...faults, ...(log?.faults ?? [])] }
}

const headOr0 = ({ head }: Holding): number => {
  try {
    return head()
  } catch {
    return 0
  }
}

const integrity = (database: DatabaseSync): readonly string[] =>
  database
    .prepare('PRAGMA integrity_check')
    .all()
    .map(row => String(row['integrity_check']))
    .filter(line => line !== 'ok')
    .map(line => `the file: ${line}`)

const orphans = (database: DatabaseSync): readonly string[] =>
  database
    .prepare('SELECT "table", rowid, parent FROM pragma_foreign_key_check')
    .all()
    .map(row => `the file: row ${row['rowid']} of ${row['table']} refers to no ${row['parent']}`)

const holdingsIn = (database: DatabaseSync): readonly Holding[] => {
  const names = database
    .prepare(
      'SELECT name FROM documents UNION SELECT document FROM journal UNION SELECT document FROM checkpoints ORDER BY 1',
    )
    .all()
  const head = database.prepare('SELECT head FROM documents WHERE name = ?')
  const rows = database.prepare(
    'SELECT first_seq AS firstSeq, last_seq AS lastSeq, packed FROM journal WHERE document = ? ORDER BY last_seq',
  )
  const checkpoint = database.prepare(
    'SELECT seq, checksum, state FROM checkpoints WHERE document = ?',
  )
  const clients = database.prepare('SELECT client, account FROM clients WHERE document = ?')
  const snapshots = database.prepare(
    'SELECT id, seq, state FROM snapshots WHERE tracker_id = ? ORDER BY seq',
  )
  const changes = changesIn(database)
  const texts = textsIn(database)
  return names.map(({ name: text }) => {
    const name = text as DocumentName
    return {
      name,
      head: () => Number(head.get(name)?.['head'] ?? 0),
      rows: () => each<PackedRow>(rows, name),
      checkpoint: () => (checkpoint.get(name) ?? null) as CheckpointRow | null,
      clients: () =>
        new Map(clients.all(name).map(row => [Number(row['client']), row['account'] as AccountId])),
      snapshots: () => each<StoredSnapshot>(snapshots, name),
      texts: () => texts(name),
      changes: () => changes(name),
    }
  })
}

/** A database of an older Parley has none. */
const logIn = (database: DatabaseSync, kept: ChainEnd | undefined): Chain | null => {
  const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit'")
  if (!table.get()) return null
  const check = new ChainCheck(kept)
  try {
    const rows = database.prepare(`${SELECT_AUDIT} ORDER BY seq`).iterate()
    for (const row of rows) check.take(row as unknown as AuditRow)
  } catch (error) {
    check.fail(error)
  }
  return check.end()
}

/** A database of an older Parley has none. */
const textsIn = (database: DatabaseSync): ((name: DocumentName) => Iterable<StoredText>) => {
  const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'source_texts'")
  if (!table.get()) return () => []
  const texts = database.prepare(`${SELECT_TEXT} WHERE tracker_id = ?`)
  return name => each<StoredText>(texts, name)
}

/** A database of an older Parley has no record of changes. */
const changesIn = (database: DatabaseSync): ((name: DocumentName) => StoredChanges | null) => {
  const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'change_marks'")
  if (!table.get()) return () => null
  const mark = database.prepare('SELECT version, seq FROM change_marks WHERE document = ?')
  return name => {
    const found = mark.get(name)
    if (!found) return null
    const [version, seq] = [Number(found['version']), Number(found['seq'])]
    const rows = (): Iterable<StoredChange> =>
      each(database.prepare(`${SELECT_CHANGE} WHERE document = ?`), name)
    return { version, seq, rows }
  }
}

const each = <T>(statement: StatementSync, name: DocumentName): Iterable<T> =>
  statement.iterate(name) as unknown as Iterable<T>
