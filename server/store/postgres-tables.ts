/**
 * Drizzle for the other tables. Queries are written once, with SQLite's builder, whose SQL PostgreSQL understands but
 * for two marks; whatever runs at the same time, they end as if they had run one after the other.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createTableRelationsHelpers,
  extractTablesRelationalConfig,
  type ExtractTablesWithRelations,
} from 'drizzle-orm/relations'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import {
  SqliteRemoteDatabase,
  SQLiteRemoteSession,
  type AsyncRemoteCallback,
} from 'drizzle-orm/sqlite-proxy'
import type pg from 'pg'
import * as schema from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import { atomically, databaseError } from '#server/store/postgres-connection.ts'

/** Runs `work` with a connection whose transactions are serializable. */
export type OnConnection = <T>(work: (client: pg.ClientBase) => Promise<T>) => Promise<T>

class Dialect extends SQLiteAsyncDialect {
  override escapeParam(index: number): string {
    return `$${index + 1}`
  }

  /** PostgreSQL wants the columns of a conflict without their table. */
  override sqlToQuery(...[sql, source]: Parameters<SQLiteAsyncDialect['sqlToQuery']>) {
    const query = super.sqlToQuery(sql, source)
    return { ...query, sql: query.sql.replace(CONFLICT, target => target.replaceAll(TABLE, '')) }
  }
}
const CONFLICT = / on conflict \([^)]*\)/g
const TABLE = /"\w+"\./g

type Tables = ExtractTablesWithRelations<typeof schema>
type Method = Parameters<AsyncRemoteCallback>[2]

const run = async (
  client: pg.ClientBase,
  sql: string,
  params: readonly unknown[],
  method: Method,
): Promise<{ rows: unknown[] }> => {
  const { rows } = await client.query({
    text: sql,
    values: params.map(bindable),
    rowMode: 'array',
  })
  // Drizzle's type asks for a list where its code also takes one row or nothing.
  if (method === 'get') return { rows: rows[0] as unknown[] }
  return { rows: method === 'run' ? [] : rows }
}

export const openTables = (onConnection: OnConnection): Database => {
  const tables = extractTablesRelationalConfig<Tables>(schema, createTableRelationsHelpers)
  const relational = {
    fullSchema: schema,
    schema: tables.tables,
    tableNamesMap: tables.tableNamesMap,
  }
  const dialect = new Dialect()
  const session = new SQLiteRemoteSession<typeof schema, Tables>(
    (sql, params, method) =>
      retried(() =>
        onConnection(async client => {
          const rows = await run(client, sql, params, method)
          if (client.getTransactionStatus() === 'I') return rows
          await client.query('ROLLBACK')
          throw new Error('A transaction must be one call: use batch')
        }),
      ),
    dialect,
    relational,
    statements =>
      retried(() =>
        onConnection(client =>
          atomically(client, 'BEGIN', async () => {
            const results = []
            for (const { sql, params, method } of statements)
              results.push(await run(client, sql, params, method))
            return results
          }),
        ),
      ),
  )
  const db = new SqliteRemoteDatabase<typeof schema>('async', dialect, session, relational)
  db.transaction = () =>
    Promise.reject(new Error('Transactions by callback are not possible here: use db.batch([...])'))
  return db
}

/** Two transactions of which neither could have been the first, and two that waited for each other. */
const AGAIN: ReadonlySet<unknown> = new Set(['40001', '40P01'])
const MOST_TRIES = 20

/** PostgreSQL has undone the attempt altogether, and says that another may succeed. */
const retried = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++)
    try {
      return await attempt()
    } catch (error) {
      const mayTryAgain = error instanceof Error && 'code' in error && AGAIN.has(error.code)
      if (!mayTryAgain || tries === MOST_TRIES) throw databaseError(error)
      await sleep(Math.random() * 2 * tries)
    }
}

const bindable = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime()
  // The one character that PostgreSQL's text cannot hold.
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
}
