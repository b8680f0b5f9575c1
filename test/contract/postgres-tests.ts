/** Tests on a PostgreSQL server of their own. */
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, vi } from 'vitest'
import type { Storage } from '#server/store/database.ts'
import { openPostgres, type PostgresOptions } from '#server/store/postgres.ts'
import {
  findPostgres,
  isPostgresPromised,
  MISSING,
  newDatabase,
  onServer,
  startPostgres,
  type PostgresServer,
} from '#test/contract/postgres-server.ts'

// The server writes to the disk that all tests share, and waits a second or two before it tries again.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

/** Where there is no PostgreSQL they are left out, or fail where it was promised. */
export const describePostgres = (
  name: string,
  tests: (server: () => PostgresServer) => void,
): void => {
  const binaries = findPostgres()
  describe.skipIf(!binaries && !isPostgresPromised)(name, () => {
    let server: PostgresServer | undefined
    beforeAll(async () => {
      if (!binaries) throw new Error(MISSING)
      server = await startPostgres(binaries)
    })
    afterAll(() => server?.close())
    tests(() => {
      if (!server) throw new Error(MISSING)
      return server
    })
  })
}

/** Of what another process does in its own time. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 25 })

/** A database for each test: Parley's view of it, and an administrator's. */
export const freshDatabase = (server: () => PostgresServer) => {
  let url = ''
  beforeEach(async () => {
    url = await newDatabase(server().url)
  })
  const sql = (statement: string) =>
    onServer(url, async client => (await client.query(statement)).rows)
  return {
    url: () => url,
    /** Closed when the test is over. */
    open: async (options: PostgresOptions = {}): Promise<Storage> => {
      const storage = await openPostgres(url, options)
      onTestFinished(storage.close)
      return storage
    },
    sql,
    /** As an administrator would, or a network that drops connections. */
    cut: (which = 'true') =>
      sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
      ),
  }
}

/** The connections that write journals. */
export const WRITERS = `application_name LIKE 'parley %-%'`
