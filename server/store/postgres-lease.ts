/**
 * One Parley process to a database, because nothing carries edits from one to another: an advisory lock that the
 * writing connection holds. Who loses that connection writes nothing more until it has the lock again, and only if
 * nobody else had it in between, whose edits would be missing in the rooms of this process.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const LOCK = 0x7061_726c
/** A process that is being replaced may take a moment to let go. */
const WAIT_FOR_LOCK = 1_000
const ASK_EVERY = 50

/** Another process has had the database since: what is in the memory of this one is no longer the truth. */
export class TakenOverError extends Error {
  override readonly name = 'TakenOverError'
  constructor() {
    super('Another Parley process has taken the database over')
  }
}

/** Takes the lock for the first time, and leaves this process's mark. Rejects while another process holds it. */
export const takeLease = async (client: pg.ClientBase, mark: string): Promise<void> => {
  await lock(client)
  await client.query('CREATE TABLE IF NOT EXISTS lease (holder text NOT NULL)')
  await client.query('WITH gone AS (DELETE FROM lease) INSERT INTO lease (holder) VALUES ($1)', [
    mark,
  ])
}

/** Takes the lock again on a new connection. `name`: that of the connections that this process has lost. */
export const retakeLease = async (
  client: pg.ClientBase,
  mark: string,
  name: string,
): Promise<void> => {
  // The server may not have noticed yet that nobody is at the other end of the old one.
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
    [name],
  )
  const locked = await lock(client).then(
    () => undefined,
    (error: unknown) => error,
  )
  // Also without the lock: who holds it now has left its mark.
  const { rows } = await client.query<{ holder: string }>('SELECT holder FROM lease')
  if (rows[0]?.holder !== mark) throw new TakenOverError()
  if (locked !== undefined) throw locked
}

const lock = async (client: pg.ClientBase): Promise<void> => {
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
