/** `npm run verify [-- <file>]`: looks through a database that no Parley uses, and says what is wrong with it. */
import { join } from 'node:path'
import { auditFile } from '#server/store/sqlite-audit.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)
const file = process.argv[2] ?? join(process.env['DATA_DIR'] || './data', 'parley.db')

const verify = (): number => {
  const { documents, entries, faults } = auditFile(file)
  for (const fault of faults) complain(fault)
  say(
    `${file}: ${documents} documents with ${entries} entries, ` +
      (faults.length === 0 ? 'all as it should be' : `${faults.length} faults`),
  )
  return faults.length === 0 ? 0 : 1
}

try {
  process.exitCode = verify()
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
