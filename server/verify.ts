/**
 * `npm run verify [-- <file>] [-- --head=<number>:<hash>]`: looks through a database and says what is wrong with it, and
 * whether the audit log still has the head that somebody kept. A file must not be in use.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { headInWords, readHead } from '#server/audit/chain.ts'
import type { Audit } from '#server/store/audit.ts'
import { auditDatabase } from '#server/store/postgres-audit.ts'
import { placeOf } from '#server/store/postgres-connection.ts'
import { auditFile } from '#server/store/sqlite-audit.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)
const databaseUrl = process.env['DATABASE_URL']

const report = (place: string, { documents, entries, faults, log }: Audit): number => {
  for (const fault of faults) complain(fault)
  say(
    `${place}: ${documents} documents with ${entries} entries, ` +
      (faults.length === 0 ? 'all as it should be' : `${faults.length} faults`),
  )
  if (log)
    say(`the audit log: ${log.rows.toLocaleString('en')} rows, head ${headInWords(log.head)}`)
  return faults.length === 0 ? 0 : 1
}

const verify = async (): Promise<number> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { head: { type: 'string' } },
  })
  const kept = values.head === undefined ? undefined : readHead(values.head)
  const [named] = positionals
  if (databaseUrl && named === undefined)
    return report(placeOf(databaseUrl), await auditDatabase(databaseUrl, kept))
  const file = named ?? join(process.env['DATA_DIR'] || './data', 'parley.db')
  return report(file, auditFile(file, kept))
}

try {
  process.exitCode = await verify()
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
