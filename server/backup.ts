/** `npm run backup -- <file>`: a consistent, verified copy of the database, whether Parley runs or not. */
import { existsSync } from 'node:fs'
import { chmod, open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { askRunning } from '#server/control.ts'
import { auditFile, copyFile } from '#server/store/sqlite-audit.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)
const folder = process.env['DATA_DIR'] || './data'

const backup = async (target: string): Promise<number> => {
  if (existsSync(target)) throw new Error(`${target} is there already: choose another name`)
  // Under its own name only when it is whole: what a killed backup leaves behind is no copy.
  const partial = `${target}.partial`
  await rm(partial, { force: true })
  const isRunning = await askRunning(folder, 'backup', partial)
  if (!isRunning) await copyFile(join(folder, 'parley.db'), partial)
  await chmod(partial, 0o600)
  const { documents, entries, faults } = auditFile(partial)
  await rename(partial, target)
  await flush(dirname(target))
  for (const fault of faults) complain(fault)
  say(`${target}: ${documents} documents with ${entries} entries`)
  if (faults.length > 0) complain(`The copy has the ${faults.length} faults of what it copies`)
  return faults.length === 0 ? 0 : 1
}

/** A new name is on disk when its folder is. */
const flush = async (path: string): Promise<void> => {
  const handle = await open(path)
  await handle.sync()
  await handle.close()
}

try {
  if (process.env['DATABASE_URL']) throw new Error('A PostgreSQL database is copied with pg_dump')
  const target = process.argv[2]
  if (process.env['DATABASE_URL'])
    throw new Error('DATABASE_URL names a PostgreSQL database: pg_dump copies it while Parley runs')
  if (target === undefined) throw new Error('To which file? npm run backup -- <file>')
  process.exitCode = await backup(resolve(target))
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
