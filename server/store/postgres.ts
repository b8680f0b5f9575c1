/** Everything that Parley keeps, in a PostgreSQL database: the journal's store, and Drizzle for the other tables. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { chaptersOf } from '#server/store/chapters.ts'
import { UnreachableError, type Storage } from '#server/store/database.ts'
import {
  atomically,
  clientConfig,
  databaseError,
  explain,
  isRefusal,
  prepare,
  type Address,
} from '#server/store/postgres-connection.ts'
import {
  additionsOf,
  append,
  bindNext,
  checkpoint,
  load,
  readSince,
  rewrite,
  rowsAfter,
  type Heads,
} from '#server/store/postgres-journal.ts'
import { retakeLock, sign, takeLock, type OutdatedError } from '#server/store/postgres-lease.ts'
import { migrate } from '#server/store/postgres-migrations.ts'
import { scrub } from '#server/store/postgres-scrub.ts'
import { openTables, type OnConnection } from '#server/store/postgres-tables.ts'
import { Writer } from '#server/store/postgres-writer.ts'
import { checkpointRow } from '#server/store/rows.ts'
import type { Store } from '#server/store/store.ts'

export interface PostgresOptions {
  /** Milliseconds until a statement without an answer has failed. */
  readonly patience?: number
  /**
   * Whether several may write at once. The database keeps its promises then, too; but the rooms of one process
   * would not see what another wrote.
   */
  readonly isShared?: boolean
  /** After a lost connection the database is no longer what it was: nothing can be stored any more. */
  readonly onOutdated?: (error: OutdatedError) => void
  /** The connection that writes had been lost, and there is a new one. */
  readonly onRestart?: () => void
}

const PATIENCE = 8_000
const MOST_CONNECTIONS = 10

/** Opens the database. Rejects, without the URL's password, when another process uses it or a newer Parley did. */
export const openPostgres = async (
  url: string,
  {
    patience = PATIENCE,
    isShared = false,
    onOutdated = () => undefined,
    onRestart,
  }: PostgresOptions = {},
): Promise<Storage> => {
  const address = { url, patience }
  const mark = randomUUID()
  const name = `parley ${mark}`
  let isOpen = false
  let heads: Heads = new Map()
  const writer = new Writer({
    address,
    name,
    onOutdated,
    onConnected: async client => {
      if (isOpen) {
        if (!isShared) await retakeLock(client, { mark, name, heads })
        onRestart?.()
        return
      }
      if (!isShared) await takeLock(client)
      await migrate(address)
      if (!isShared) await sign(client, mark)
      isOpen = true
    },
  })
  try {
    await writer.run(async () => undefined)
  } catch (error) {
    await writer.close()
    throw new Error(explain(url, error), { cause: error })
  }
  const pool = openPool(address)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    // In this order: a reader waits for what is to be written before it.
    closing ??= writer.close().then(pool.close)
    return closing
  }
  return {
    store: storeOn(writer, pool.onConnection, {
      scrub: () => scrub(address),
      onAppended: latest => (heads = latest),
      close,
    }),
    db: openTables(pool.onConnection),
    close,
  }
}

const storeOn = (
  writer: Writer,
  onConnection: OnConnection,
  {
    close,
    onAppended,
    scrub,
  }: Pick<Store, 'close' | 'scrub'> & { readonly onAppended: (heads: Heads) => void },
): Store => {
  /** On a connection of its own, but not before what was asked for earlier is written. */
  const reading = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
    await writer.settled()
    return onConnection(client =>
      atomically(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () => work(client)),
    )
  }
  return {
    append: async batches => {
      if (batches.length === 0) return new Map()
      const additions = additionsOf(batches)
      const heads = await writer.run(client => append(client, additions))
      onAppended(heads)
      return heads
    },
    load: document => reading(client => load(client, document)),
    readSince: (document, seq, upTo) => reading(client => readSince(client, document, seq, upTo)),
    chapters: (document, seq) =>
      reading(async client =>
        chaptersOf(document, await rowsAfter(client, document, Math.max(0, seq))),
      ),
    checkpoint: async (document, { upTo, state }) => {
      const kept = new Uint8Array(state)
      await writer.run(client => checkpoint(client, document, upTo, kept))
    },
    compact: async document => {
      const next = (bound: number | null) => writer.run(client => bindNext(client, document, bound))
      // A turn for each chapter, so that edits need not wait for more than one.
      for (let bound = await next(null); bound !== null;) bound = await next(bound)
    },
    rewrite: async (document, { checkpoint, updates }) => {
      const row = checkpoint && checkpointRow(checkpoint)
      await writer.run(client => rewrite(client, document, updates, row))
    },
    scrub,
    close,
  }
}

const openPool = (address: Address) => {
  const pool = new pg.Pool({
    ...clientConfig(address),
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: 60_000,
    application_name: 'parley reads',
    onConnect: client => {
      // Whoever uses it is told, too; without a listener it would end the process.
      client.on('error', () => undefined)
      return prepare(client, { default_transaction_isolation: 'serializable' })
    },
  })
  // The pool has forgotten it already.
  pool.on('error', () => undefined)
  const use: OnConnection = async work => {
    const client = await pool.connect().catch((error: unknown) => {
      throw new UnreachableError(explain(address.url, error), { cause: error })
    })
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      client.release(!isRefusal(error) || client.getTransactionStatus() !== 'I')
      throw databaseError(error)
    }
  }
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    onConnection: <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
      if (isClosed) return Promise.reject(new Error('The database is closed'))
      const using = use(work).finally(() => underWay.delete(using))
      underWay.add(using)
      return using
    },
    /** The pool itself would leave those waiting for ever who have no connection yet. */
    close: async (): Promise<void> => {
      isClosed = true
      await Promise.allSettled(underWay)
      await pool.end()
    },
  }
}
