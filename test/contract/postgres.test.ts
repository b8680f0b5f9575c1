/** The contracts of store and tables on a real PostgreSQL. */
import { openPostgres } from '#server/store/postgres.ts'
import { holdsText } from '#test/contract/files.ts'
import { newDatabase, onServer } from '#test/contract/postgres-server.ts'
import { describePostgres } from '#test/contract/postgres-tests.ts'
import { describeStore } from '#test/contract/store.ts'
import { describeTables } from '#test/contract/tables.ts'

describePostgres('PostgreSQL', server => {
  describeStore('PostgreSQL', async () => {
    const url = await newDatabase(server().url)
    return {
      open: async () => (await openPostgres(url)).store,
      // A file that was replaced is there until the next checkpoint of the server.
      holds: text =>
        onServer(url, async client => {
          await client.query('CHECKPOINT')
          const { rows } = await client.query<{ folder: string }>(
            `SELECT current_setting('data_directory') || '/base/' || oid AS folder
             FROM pg_database WHERE datname = current_database()`,
          )
          return holdsText(rows[0]?.folder ?? '', text)
        }),
      remove: async () => undefined,
    }
  })
  describeTables('PostgreSQL', async () => {
    const url = await newDatabase(server().url)
    return { open: () => openPostgres(url), remove: async () => undefined }
  })
})
