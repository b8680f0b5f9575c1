/**
 * Loaded into a server process before its own code (`--import`): while the file `dies-at` with a number lies in the
 * data folder, the process kills itself just before its database's so many-th write from then on.
 */
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { join } from 'node:path'

const order = join(process.env['DATA_DIR'] ?? '.', 'dies-at')
let writes = 0

const count = (): void => {
  if (!existsSync(order)) return
  writes += 1
  if (writes === Number(readFileSync(order, 'utf8'))) process.kill(process.pid, 'SIGKILL')
}

const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  if (/^(?:COMMIT|VACUUM|PRAGMA wal_checkpoint)/.test(sql)) count()
  exec.call(this, sql)
}
const { run } = StatementSync.prototype
StatementSync.prototype.run = function (this: StatementSync, ...args: Parameters<typeof run>) {
  count()
  return run.apply(this, args)
} as typeof run
