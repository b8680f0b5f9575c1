/** Looks through a PostgreSQL database as it is at one moment, whether Parley runs or not, and says what is wrong. */
import pg from 'pg'
import type { AuditRow, ChainEnd } from '#server/audit/audit-log.ts'
import { ChainCheck, SELECT_AUDIT, type Chain } from '#server/audit/chain.ts'
import type { DocumentName } from '#shared/access.ts'
import { CHANGES_VERSION } from '#shared/history/changes.ts'
import type { AccountId } from '#shared/ids.ts'
import {
  faultsOf,
  SELECT_CHANGE,
  SELECT_TEXT,
  type Audit,
  type Holding,
  type StoredChange,
  type StoredChanges,
  type StoredSnapshot,
  type StoredText,
} from '#server/store/audit.ts'
import { atomically, clientConfig, explain } from '#server/store/postgres-connection.ts'
import { rowsAfter } from '#server/store/postgres-journal.ts'
import type { CheckpointRow } from '#server/store/rows.ts'

const ROWS_AT_ONCE = 5_000

/** Rejects, with words for people, when the database cannot be looked into at all. */
export const auditDatabase = async (url: string, keptHead?: ChainEnd): Promise<Audit> => {
  const client = new pg.Client({ ...clientConfig({ url, patience: 0 }), query_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SET statement_timeout = 0')
    await client.query('SET search_path = public')
    return await atomically(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () =>
      audit(client, keptHead),
    )
  } catch (error) {
    throw new Error(explain(url, error), { cause: error })
  } finally {
    await client.end()
  }
}

const audit = async (client: pg.ClientBase, keptHead: ChainEnd | undefined): Promise<Audit> => {
  const { rows } = await client.query<{ name: DocumentName }>(
    'SELECT name FROM documents UNION SELECT document FROM clients ORDER BY 1',
  )
  const faults: string[] = []
  let entries = 0
  for (const { name } of rows) {
    const holding = await holdingOf(client, name)
    for (const fault of faultsOf(holding)) faults.push(`${name}: ${fault}`)
    entries += holding.head()
  }
  const log = await logIn(client, keptHead)
  return { documents: rows.length, entries, log, faults: [...faults, ...(log?.faults ?? [])] }
}

/** One document at a time in memory. */
const holdingOf = async (client: pg.ClientBase, name: DocumentName): Promise<Holding> => {
  const all = async <Row extends object>(statement: string): Promise<readonly Row[]> =>
    (await client.query<Row>(statement, [name])).rows
  const [known] = await all<{ head: number }>('SELECT head FROM documents WHERE name = $1')
  const [checkpoint = null] = await all<CheckpointRow>(
    'SELECT seq, checksum, state FROM checkpoints WHERE document = $1',
  )
  const clients = await all<{ client: number; account: AccountId }>(
    'SELECT client, account FROM clients WHERE document = $1',
  )
  const snapshots = await all<StoredSnapshot>(
    'SELECT id, seq, state FROM snapshots WHERE tracker_id = $1 ORDER BY seq',
  )
  const rows = await rowsAfter(client, name, 0)
  const changes = await changesOf(client, name)
  const texts = await textsOf(client, name)
  return {
    name,
    head: () => known?.head ?? 0,
    rows: () => rows,
    checkpoint: () => checkpoint,
    clients: () => new Map(clients.map(({ client, account }) => [client, account])),
    snapshots: () => snapshots,
    texts: () => texts,
    changes: () => changes,
  }
}

/** A database of an older Parley has none. */
const logIn = async (client: pg.ClientBase, kept: ChainEnd | undefined): Promise<Chain | null> => {
  const table = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'audit'")
  if (table.rowCount === 0) return null
  const check = new ChainCheck(kept)
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const { rows } = await client.query<AuditRow>(
      `${SELECT_AUDIT} WHERE seq > $1 ORDER BY seq LIMIT ${ROWS_AT_ONCE}`,
      [after],
    )
    for (const row of rows) check.take(row)
    const last = rows.at(-1)
    if (!last) return check.end()
    after = last.seq
  }
}

/** A database of an older Parley has none. */
const textsOf = async (
  client: pg.ClientBase,
  name: DocumentName,
): Promise<readonly StoredText[]> => {
  const table = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'source_texts'")
  if (table.rowCount === 0) return []
  return (await client.query<StoredText>(`${SELECT_TEXT} WHERE tracker_id = $1`, [name])).rows
}

/** A database of an older Parley has no record of changes. */
const changesOf = async (
  client: pg.ClientBase,
  name: DocumentName,
): Promise<StoredChanges | null> => {
  const table = await client.query("SELECT 1 FROM pg_tables WHERE tablename = 'change_marks'")
  if (table.rowCount === 0) return null
  const marks = await client.query<{ version: number; seq: number }>(
    'SELECT version, seq FROM change_marks WHERE document = $1',
    [name],
  )
  const [mark] = marks.rows
  if (!mark) return null
  if (mark.version !== CHANGES_VERSION) return { ...mark, rows: () => [] }
  const { rows } = await client.query<StoredChange>(`${SELECT_CHANGE} WHERE document = $1`, [name])
  return { ...mark, rows: () => rows }
}
