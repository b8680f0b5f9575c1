/** The thread that owns the SQLite file: one connection, one call after the other. */
import { backup, type DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Call, Calls, Refusal, Reply, Rows, Statement } from '#server/store/sqlite-calls.ts'
import { atomically, openFile, sqliteCode } from '#server/store/sqlite-file.ts'
import { openJournal } from '#server/store/sqlite-journal.ts'
import { DamagedError, ForeignClientError } from '#server/store/store.ts'

type AtOnce = Omit<Calls, 'backup' | 'scrub'>
const isAtOnce = (call: Call): call is Call<keyof AtOnce> =>
  call.kind !== 'backup' && call.kind !== 'scrub'

const IDLE = 1_000
const IO_ERROR = 10

/** What Node's backup says where either file was locked at its first step: it waits only at later ones. */
const LOCKED_AT_FIRST = 0
/** A transaction of ours is over within milliseconds. */
const TRIES_TO_BEGIN = 400
const BETWEEN_TRIES = 5

const serve = (file: string, migrationsFolder: string): void => {
  const port = parentPort
  if (!port) throw new Error('This file is the entry of a worker thread')
  const database = openFile(file, migrationsFolder)

  const leave = (): void => {
    clearTimeout(idle)
    port.close()
    database.close()
  }

  const calls: AtOnce = {
    ready: () => undefined,
    statement: statement => alone(database, statement),
    batch: statements =>
      atomically(database, () => statements.map(statement => execute(database, statement))),
    ...openJournal(database),
    close: () => undefined,
  }
  const answer = <Kind extends keyof AtOnce>({ kind, args }: Call<Kind>): unknown =>
    (calls[kind] as (...args: Parameters<Calls[Kind]>) => unknown)(...args)
  const reply = (reply: Reply): void => port.postMessage(reply)

  const copies = new Set<Promise<void>>()

  /** Its errors are most often those of the disk that it writes to, and say nothing of ours. */
  const copy = async ({ id, args: [file] }: Call<'backup'>): Promise<void> => {
    const copying = copyTo(database, file)
    copies.add(copying)
    try {
      await copying
      reply({ id, answer: undefined })
    } catch (error) {
      reply({ id, refusal: refusalOf(error) })
    } finally {
      copies.delete(copying)
    }
  }

  const scrub = async ({ id }: Call<'scrub'>): Promise<void> => {
    await Promise.allSettled(copies)
    try {
      // Pages that are free, and the rest of pages, hold what was deleted; so does the log, until it is cut.
      database.exec('VACUUM')
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      reply({ id, answer: undefined })
    } catch (error) {
      reply({ id, refusal: refusalOf(error) })
      leaveAfterIoError(error)
    }
  }

  // Folding the log back into the file costs milliseconds: best when nobody waits.
  const idle = setTimeout(() => {
    try {
      database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch (error) {
      leaveAfterIoError(error)
    }
  }, IDLE)

  // After a failed write or fsync nobody knows what is on disk: only a fresh connection reads what really is.
  const leaveAfterIoError = (error: unknown): void => {
    if (((sqliteCode(error) ?? 0) & 0xff) === IO_ERROR) leave()
  }

  port.on('message', (call: Call) => {
    if (call.kind === 'backup') return void copy(call as Call<'backup'>)
    if (!isAtOnce(call)) return void scrub(call as Call<'scrub'>)
    const { id } = call
    try {
      reply({ id, answer: answer(call) })
      if (call.kind === 'close') leave()
      else idle.refresh()
    } catch (error) {
      reply({ id, refusal: refusalOf(error) })
      leaveAfterIoError(error)
    }
  })
}

const copyTo = async (database: DatabaseSync, file: string): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      await backup(database, file)
      return
    } catch (error) {
      if (sqliteCode(error) !== LOCKED_AT_FIRST) throw error
      if (tries === TRIES_TO_BEGIN)
        throw new Error(`${file} is in use: name another file`, { cause: error })
      await pause(BETWEEN_TRIES)
    }
  }
}

const execute = (database: DatabaseSync, { sql, params, method }: Statement): Rows => {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  switch (method) {
    case 'run':
      statement.run(...params)
      return { rows: [] }
    case 'get':
      return { rows: statement.get(...params) as unknown as Rows['rows'] }
    default:
      return { rows: statement.all(...params) as unknown as Rows['rows'] }
  }
}

/** A statement that leaves a transaction open would swallow everybody's next ones. */
const alone = (database: DatabaseSync, statement: Statement): Rows => {
  const rows = execute(database, statement)
  if (database.isTransaction) {
    database.exec('ROLLBACK')
    throw new Error('A transaction must be one call: use batch')
  }
  return rows
}

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof ForeignClientError) {
    return { kind: 'foreignClient', document: error.document, client: error.client }
  }
  if (error instanceof DamagedError) {
    return { kind: 'damaged', document: error.document, what: error.what }
  }
  const message = error instanceof Error ? error.message : String(error)
  const code = sqliteCode(error)
  return code === undefined ? { kind: 'other', message } : { kind: 'sqlite', message, code }
}

const { file, migrationsFolder } = workerData as { file: string; migrationsFolder: string }
serve(file, migrationsFolder)
