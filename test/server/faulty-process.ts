/**
 * Loaded into a server process before its own code (`--import`): signals make it fail in ways that nothing from
 * outside could, and while the file `disk-fault` lies in the data folder, with SQLite's code for a fault in it, no
 * transaction reaches the disk.
 */
import { existsSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('SIGUSR2', () => {
    throw new Error('planted')
  })
  process.on('SIGHUP', () => void Promise.reject(new Error('planted')))
  process.on('SIGWINCH', () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500)
  })
}

const fault = join(process.env['DATA_DIR'] ?? '.', 'disk-fault')
const exec = DatabaseSync.prototype.exec
DatabaseSync.prototype.exec = function (sql) {
  if (sql === 'COMMIT' && existsSync(fault))
    throw Object.assign(new Error('disk fault'), { errcode: Number(readFileSync(fault, 'utf8')) })
  exec.call(this, sql)
}
