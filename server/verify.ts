/** `npm run verify [-- <file>]`: looks through a database and says what is wrong with it. A file must not be in use. */
import { join } from 'node:path'
import type { Audit } from '#server/store/audit.ts'
import { auditDatabase } from '#server/store/postgres-audit.ts'
import { placeOf } from '#server/store/postgres-connection.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)
const databaseUrl = process.env['DATABASE_URL']
const file = process.argv[2] ?? join(process.env['DATA_DIR'] || './data', 'parley.db')

const report = (place: string, { documents, entries, faults }: Audit): number => {
  for (const fault of faults) complain(fault)
  say(
    `${place}: ${documents} documents with ${entries} entries, ` +
      (faults.length === 0 ? 'all as it should be' : `${faults.length} faults`),
  )
  return faults.length === 0 ? 0 : 1
}

const verify = async (): Promise<number> =>
  databaseUrl && process.argv[2] === undefined
    ? report(placeOf(databaseUrl), await auditDatabase(databaseUrl))
    : report(file, auditFile(file))

try {
  process.exitCode = await verify()
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
