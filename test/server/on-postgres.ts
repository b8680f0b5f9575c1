/** Runs before a file of tests that are to run on PostgreSQL, and gives it a server. */
import { afterAll } from 'vitest'
import { findPostgres, MISSING, startPostgres } from '#test/contract/postgres-server.ts'

const binaries = findPostgres()
if (!binaries) throw new Error(MISSING)
const server = await startPostgres(binaries)
process.env['TEST_POSTGRES'] = server.url
afterAll(server.close)
