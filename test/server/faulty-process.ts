/**
 * Loaded into a server process before its own code (`--import`): signals make it fail in ways that nothing from
 * outside could, and while the file `full` lies in the data folder, no transaction reaches the disk.
 */
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

const SQLITE_FULL = 13

if (isMainThread) {
  process.on('SIGUSR2', () => {
    throw new Error('planted')
  })
  process.on('SIGHUP', () => void Promise.reject(new Error('planted')))
  process.on('SIGWINCH', () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
  })
}

const full = join(process.env['DATA_DIR'] ?? '.', 'full')
const exec = DatabaseSync.prototype.exec
DatabaseSync.prototype.exec = function (sql) {
  if (sql === 'COMMIT' && existsSync(full))
    throw Object.assign(new Error('database or disk is full'), { errcode: SQLITE_FULL })
  exec.call(this, sql)
}
