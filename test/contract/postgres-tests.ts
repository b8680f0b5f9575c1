/** Tests on a PostgreSQL server of their own. */
import { afterAll, beforeAll, describe } from 'vitest'
import { findPostgres, startPostgres, type PostgresServer } from '#test/contract/postgres-server.ts'

/** Also what a newcomer reads whose machine has none. */
export const MISSING =
  'PostgreSQL is not installed, so its tests did not run (on Debian: apt-get install postgresql)'

/** Where there is no PostgreSQL they are left out, or fail where it was promised. */
export const describePostgres = (
  name: string,
  tests: (server: () => PostgresServer) => void,
): void => {
  const binaries = findPostgres()
  const isRequired = process.env['POSTGRES_REQUIRED'] === '1'
  describe.skipIf(!binaries && !isRequired)(name, () => {
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
