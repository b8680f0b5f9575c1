/** Everything that Parley keeps, in one SQLite file: the journal's store, and Drizzle for the other tables. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import * as schema from '#drizzle/sqlite/schema.ts'
import type { Database } from '#server/store/database.ts'
import { chaptersOf } from '#server/store/chapters.ts'
import { pack } from '#server/store/packed.ts'
import { checkpointRow, entriesOf, isSound } from '#server/store/rows.ts'
import type { Statement } from '#server/store/sqlite-calls.ts'
import {
  openConnection,
  type Connection,
  type ConnectionListener,
} from '#server/store/sqlite-connection.ts'
import { DamagedError, type Store } from '#server/store/store.ts'

export interface Sqlite {
  readonly store: Store
  readonly db: Database
  /** Writes a consistent copy of the file, while edits go on. */
  readonly backup: (file: string) => Promise<void>
  /** Waits for what is under way. */
  readonly close: () => Promise<void>
}

const MIGRATIONS = fileURLToPath(new URL('../../drizzle/sqlite/migrations', import.meta.url))

/** Opens or creates `parley.db` in the folder. Rejects when another process uses it or a newer Parley did. */
export const openSqlite = async (
  folder: string,
  listener: ConnectionListener = {},
): Promise<Sqlite> => {
  await mkdir(folder, { recursive: true })
  const connection = openConnection(join(folder, 'parley.db'), MIGRATIONS, listener)
  await connection.call('ready')
  return {
    store: storeOn(connection),
    db: databaseOn(connection),
    backup: file => connection.call('backup', file),
    close: connection.close,
  }
}

const storeOn = (connection: Connection): Store => ({
  load: async document => {
    const { head, checkpoint, rows, clients } = await connection.call('load', document)
    const usable = checkpoint && isSound(checkpoint) ? checkpoint : null
    const from = usable?.seq ?? 0
    const all = usable === checkpoint ? rows : await connection.call('readSince', document, 0, head)
    const entries = entriesOf(document, all, from)
    if (from + entries.length !== head) {
      throw new DamagedError(document, `it should end with entry ${head}`)
    }
    return {
      checkpoint: usable && { upTo: usable.seq, state: usable.state },
      entries,
      head,
      clients: new Map(clients),
    }
  },

  append: async batches => {
    if (batches.length === 0) return new Map()
    const packed = batches.map(({ document, drafts, clients }) => ({
      document,
      count: drafts.length,
      packed: pack(drafts),
      clients: [...(clients ?? [])],
    }))
    return new Map(await connection.call('append', packed))
  },

  readSince: async (document, seq, upTo) => {
    const rows = await connection.call('readSince', document, seq, upTo)
    return entriesOf(document, rows, Math.max(0, seq), upTo)
  },

  chapters: async (document, seq) =>
    chaptersOf(document, await connection.call('readSince', document, Math.max(0, seq))),

  checkpoint: (document, { upTo, state }) =>
    connection.call('checkpoint', document, upTo, crc32(state), state),

  compact: async document => {
    // A call for each chapter, so that edits need not wait for more than one.
    let bound = await connection.call('compact', document, null)
    while (bound !== null) bound = await connection.call('compact', document, bound)
  },

  rewrite: (document, { checkpoint, updates }) =>
    connection.call('rewrite', document, updates, checkpoint && checkpointRow(checkpoint)),

  scrub: () => connection.call('scrub'),

  close: connection.close,
})

const databaseOn = (connection: Connection): Database => {
  const db = drizzle(
    async (sql, params, method) =>
      asRows(await connection.call('statement', { sql, params: params.map(bindable), method })),
    async batch =>
      (
        await connection.call(
          'batch',
          batch.map(({ sql, params, method }) => ({ sql, params: params.map(bindable), method })),
        )
      ).map(asRows),
    { schema },
  )
  db.transaction = () =>
    Promise.reject(new Error('Transactions by callback are not possible here: use db.batch([...])'))
  return db
}

/** Drizzle's type asks for a list where its code also takes one row or nothing. */
const asRows = (answer: { readonly rows: unknown }): { rows: unknown[] } =>
  answer as { rows: unknown[] }

const bindable = (value: unknown): Statement['params'][number] => {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return value as Statement['params'][number]
}
