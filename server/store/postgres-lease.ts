/**
 * One Parley process to a database, because nothing carries edits from one to another: an advisory lock that the
 * writing connection holds. Who loses that connection writes nothing more until it has the lock again, and only if
 * the database is still the one that the process's rooms were made of.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { DocumentName } from '#shared/access.ts'

const LOCK = 0x7061_726c
/** A process that is being replaced may take a moment to let go. */
const WAIT_FOR_LOCK = 1_000
const ASK_EVERY = 50

/** What is in this process's memory is no longer what the database says: only a new start helps. */
export class OutdatedError extends Error {
  override readonly name = 'OutdatedError'
}

/** Rejects while another process holds the database. */
export const takeLock = async (client: pg.ClientBase): Promise<void> => {
  const deadline = Date.now() + WAIT_FOR_LOCK
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [LOCK],
    )
    if (rows[0]?.taken) return
    if (Date.now() > deadline)
      throw new Error('another Parley process is using it: stop that one, or name another database')
    await sleep(ASK_EVERY)
  }
}

/** Leaves the mark of this process, by which it knows later that nobody else came. Needs the lock. */
export const sign = async (client: pg.ClientBase, mark: string): Promise<void> => {
  await client.query('WITH gone AS (DELETE FROM lease) INSERT INTO lease (holder) VALUES ($1)', [
    mark,
  ])
}

/** What the process knows of the database it had. */
export interface Had {
  readonly mark: string
  /** By which the server knows the connections that the process has lost. */
  readonly name: string
  /** What the last append was told. */
  readonly heads: ReadonlyMap<DocumentName, number>
}

/** Takes the lock again, on a new connection. */
export const retakeLock = async (
  client: pg.ClientBase,
  { heads, mark, name }: Had,
): Promise<void> => {
  // The server may not have noticed yet that nobody is at the other end of the old one.
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
    [name],
  )
  const locked = await takeLock(client).then(
    () => undefined,
    (error: unknown) => error,
  )
  // Also without the lock: who holds it now has left its mark.
  const { rows } = await client.query<{ holder: string }>('SELECT holder FROM lease')
  if (rows[0]?.holder !== mark)
    throw new OutdatedError('Another Parley process has taken the database over')
  if (locked !== undefined) throw locked
  await assertKept(client, heads)
}

/** What was committed last is there, and so is all before it: not so on a standby that took over too early. */
const assertKept = async (client: pg.ClientBase, heads: Had['heads']): Promise<void> => {
  const { rows } = await client.query<{ name: DocumentName; head: number }>(
    'SELECT name, head FROM documents WHERE name = ANY ($1)',
    [[...heads.keys()]],
  )
  const kept = new Map(rows.map(({ name, head }) => [name, head]))
  for (const [name, head] of heads)
    if ((kept.get(name) ?? 0) < head)
      throw new OutdatedError(`The database has lost edits that it had confirmed (${name})`)
}
