/**
 * Takes what was replaced and deleted out of PostgreSQL's files. What is beyond a client's reach stays for a while: the
 * server's own log of what it wrote (WAL), its archive, and standbys.
 */
import pg from 'pg'
import { clientConfig, databaseError, type Address } from '#server/store/postgres-connection.ts'

/** Each that may hold what people wrote. Written anew as a whole, and with it what the planner has noted of its columns. */
const TABLES = [
  'journal',
  'checkpoints',
  'snapshots',
  'sign_offs',
  'changes',
  'change_marks',
  'redactions',
  'source_texts',
  'trackers',
]

export const scrub = async ({ url }: Address): Promise<void> => {
  const client = new pg.Client({ ...clientConfig({ url, patience: 0 }), query_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SET statement_timeout = 0')
    await client.query('SET search_path = public')
    await client.query(`VACUUM (FULL, ANALYZE) ${TABLES.join(', ')}`)
    // The notes of before. Who owns the database may; who does not is warned, and it is left to the server's own time.
    await client.query('VACUUM FULL pg_catalog.pg_statistic')
  } catch (error) {
    throw databaseError(error)
  } finally {
    await client.end()
  }
}
