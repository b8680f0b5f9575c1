/** Connections to PostgreSQL as Parley wants them: a commit is on disk, nothing hangs for ever, values as on SQLite. */
import pg from 'pg'
import { DatabaseError } from '#server/store/database.ts'

export interface Address {
  readonly url: string
  /** Milliseconds until a statement that gets no answer has failed. */
  readonly patience: number
}

/** How each connection is set. */
const SESSION = {
  synchronous_commit: 'on',
  // The migrations' own words.
  search_path: 'public',
  // What a process that vanished has locked is free again soon.
  idle_in_transaction_session_timeout: '10s',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
} as const

const CONNECTS_WITHIN = 5_000
/** The server gives a statement up first, and says so; only a server that hangs leaves it to us. */
const GRACE = 2_000

export const clientConfig = ({ url, patience }: Address): pg.ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: CONNECTS_WITHIN,
  query_timeout: patience + GRACE,
  statement_timeout: patience,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  types: { getTypeParser },
})

/** Sets a new connection up. Rejects where a commit would not be one. */
export const prepare = async (
  client: pg.ClientBase,
  more: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const settings = Object.entries({ ...SESSION, ...more })
  await client.query(
    'SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS wanted (name, value)',
    [settings.map(([name]) => name), settings.map(([, value]) => value)],
  )
  const { rows } = await client.query<{ commits: string; fsync: string; standby: boolean }>(
    `SELECT current_setting('synchronous_commit') AS commits, current_setting('fsync') AS fsync,
            pg_is_in_recovery() AS standby`,
  )
  const [found] = rows
  if (found?.standby) throw new Error('it is a standby, which takes no edits: name the primary')
  if (found?.commits !== 'on' || found.fsync !== 'on')
    throw new Error(
      `what it commits is not on disk (synchronous_commit ${found?.commits}, fsync ${found?.fsync}): switch both on`,
    )
}

const INT8 = 20
const NUMERIC = 1700
const BYTEA = 17
const JSON_TEXT = 114

const toNumber = (text: string): number => {
  const number = Number(text)
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`${text} is beyond the numbers that can be told apart`)
  return number
}

/** A buffer of its own: the driver's is a view of what else came in. */
const toBytes = (text: string): Uint8Array => Uint8Array.fromHex(text.slice('\\x'.length))

/** As Drizzle's SQLite columns expect them: counts and times as numbers, bytes as bytes, JSON as the text it is. */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<
  number,
  (text: string) => unknown
>([
  [INT8, toNumber],
  [NUMERIC, toNumber],
  [BYTEA, toBytes],
  [JSON_TEXT, text => text],
])

const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format ?? 'text')

/** The server refused a statement, and the connection is as good as before. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC'

/** The driver's errors in the words of database.ts. */
export const databaseError = (error: unknown): unknown =>
  error instanceof pg.DatabaseError
    ? new DatabaseError(error.message, error.code ?? '', { cause: error })
    : error

/** Runs `work` as one transaction of the kind that `begin` says. */
export const atomically = async <T>(
  client: pg.ClientBase,
  begin: string,
  work: () => Promise<T>,
): Promise<T> => {
  await client.query(begin)
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    // Where even this fails, the connection is gone, and the transaction with it.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** Where a database is, without the password that leads to it. */
export const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url)
  return `the database ${decodeURI(pathname.slice(1))} on ${host || 'this machine'}`
}

/** Why it cannot be used, in words for people. */
export const explain = (url: string, error: unknown): string =>
  `Parley cannot use ${placeOf(url)}: ${wordsOf(error)}`

/** Where a name stands for several addresses, each has an error of its own, and the whole has no words. */
const wordsOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
