/** Tests on a PostgreSQL server of their own. */
import { afterAll, beforeAll, describe, expect } from 'vitest'
import {
  findPostgres,
  isPostgresPromised,
  MISSING,
  startPostgres,
  type PostgresServer,
} from '#test/contract/postgres-server.ts'

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
    }, 60_000)
    afterAll(() => server?.close())
    tests(() => {
      if (!server) throw new Error(MISSING)
      return server
    })
  })
}

/** Of what another process does in its own time. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 25 })
