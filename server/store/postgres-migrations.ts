/** Brings the tables of a PostgreSQL database to what this Parley knows, once, whoever starts at the same time. */
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import {
  atomically,
  clientConfig,
  prepare,
  type Address,
} from '#server/store/postgres-connection.ts'

const MIGRATIONS = fileURLToPath(new URL('../../drizzle/postgres/migrations', import.meta.url))
const LOCK = 0x7061_726d

/** On a connection of its own, which has all the time that a large table takes. */
export const migrate = async (address: Address): Promise<void> => {
  const client = new pg.Client({ ...clientConfig(address), query_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await prepare(client, { statement_timeout: '0' })
    await atomically(client, 'BEGIN', () => apply(client))
  } finally {
    await client.end()
  }
}

const apply = async (client: pg.ClientBase): Promise<void> => {
  await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
  await client.query(
    'CREATE TABLE IF NOT EXISTS migrations (number integer PRIMARY KEY, hash text NOT NULL, applied_at bigint NOT NULL)',
  )
  // Whose the database is at present: nobody queries it, and SQLite has no need of it.
  await client.query('CREATE TABLE IF NOT EXISTS lease (holder text NOT NULL)')
  const { rows: applied } = await client.query<{ hash: string }>(
    'SELECT hash FROM migrations ORDER BY number',
  )
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  if (applied.length > known.length)
    throw new Error(
      `it was last used by a newer Parley (${applied.length} migrations, this one knows ${known.length}): install that version, or go back to a backup`,
    )
  for (const [number, { hash, sql }] of known.entries()) {
    const before = applied[number]
    if (before && before.hash !== hash)
      throw new Error(`its migration ${number} is not the one that this Parley has`)
    if (before) continue
    for (const statement of sql) await client.query(statement)
    await client.query('INSERT INTO migrations (number, hash, applied_at) VALUES ($1, $2, $3)', [
      number,
      hash,
      Date.now(),
    ])
  }
}
