/** The contracts of store and tables on a real PostgreSQL. */
import { openPostgres } from '#server/store/postgres.ts'
import { newDatabase } from '#test/contract/postgres-server.ts'
import { describePostgres } from '#test/contract/postgres-tests.ts'
import { describeStore } from '#test/contract/store.ts'
import { describeTables } from '#test/contract/tables.ts'

describePostgres('PostgreSQL', server => {
  describeStore('PostgreSQL', async () => {
    const url = await newDatabase(server().url)
    return {
      open: async () => (await openPostgres(url)).store,
      remove: async () => undefined,
    }
  })
  describeTables('PostgreSQL', async () => {
    const url = await newDatabase(server().url)
    return { open: () => openPostgres(url), remove: async () => undefined }
  })
})
