/** What a test's server keeps: a SQLite file in its folder, or a database of the folder's name where a run says so. */
import { basename } from 'node:path'
import type { Storage } from '#server/store/database.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { databaseNamed } from '#test/contract/postgres-server.ts'

export const openStorage = async (folder: string): Promise<Storage> => {
  const server = process.env['TEST_POSTGRES']
  if (server === undefined) return openSqlite(folder)
  return openPostgres(await databaseNamed(server, basename(folder)))
}
