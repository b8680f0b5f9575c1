/** The composition root: reads the environment, opens the disk, starts Parley, and stops it in good order. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '#server/config.ts'
import { openControl } from '#server/control.ts'
import { systemClock } from '#server/live/clock.ts'
import { Observer } from '#server/live/observer.ts'
import { createLog, faultFields, toStderr } from '#server/log.ts'
import { keptSecret, startFaults } from '#server/machine.ts'
import { startParley, type Parley } from '#server/parley.ts'
import type { Storage } from '#server/store/database.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { openSqlite } from '#server/store/sqlite.ts'

/** npm passes a Ctrl-C on that the terminal has sent to all: only a later one is a second one. */
const SECOND_SIGNAL_AFTER = 500

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)
const parsed = parseConfig(process.env)
const { config } = parsed
const log = createLog({ level: config.logLevel, to: toStderr(), now: Date.now })

const observer = new Observer()

/** What the rooms hold is no longer what the database says: go, and be started anew. */
const outdated = Promise.withResolvers<Error>()

const onRestart = (): void => {
  observer.storageRestarts++
  log.warn('storage was lost and opened again')
}

const openStorage = async (): Promise<Storage> => {
  if (config.databaseUrl !== undefined)
    return openPostgres(config.databaseUrl, { onOutdated: outdated.resolve, onRestart })
  const sqlite = await openSqlite(config.dataDir, { onRestart })
  const control = await openControl(config.dataDir, sqlite).catch((error: unknown) =>
    log.warn('no backup while running', faultFields(error)),
  )
  return {
    ...sqlite,
    close: async () => {
      await sqlite.close()
      await control?.close()
    },
  }
}

const start = async (): Promise<Parley | undefined> => {
  const faults = await startFaults(parsed)
  if (faults.length > 0) {
    complain(['Parley cannot start:', ...faults.map(fault => `  ${fault}`)].join('\n'))
    return undefined
  }
  const dist = fileURLToPath(new URL('../client/dist', import.meta.url))
  try {
    return await startParley({
      config,
      storage: await openStorage(),
      secret: config.sessionSecret ?? (await keptSecret(config.dataDir)),
      clientFolder: existsSync(join(dist, 'index.html')) ? dist : undefined,
      clock: systemClock,
      log,
      observer,
    })
  } catch (error) {
    complain(`Parley cannot start: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

const parley = await start()
if (!parley) process.exit(1)

let stoppingSince: number | undefined
const stop = async (code: number): Promise<void> => {
  stoppingSince = Date.now()
  setTimeout(() => leave('stopped before everything was stored'), config.stopWithinMs).unref()
  try {
    await parley.close()
    log.info('stopped', { milliseconds: Date.now() - stoppingSince })
    process.exit(code)
  } catch (error) {
    log.error('stop failed', faultFields(error))
    process.exit(1)
  }
}

/** What is left behind was shown to nobody but its authors, and to them as not saved. */
const leave = (event: string): never => {
  const { documents, edits } = parley.backlog()
  log.error(event, { edits, documents })
  process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stoppingSince === undefined) {
      log.info('stopping', { signal })
      void stop(0)
    } else if (Date.now() - stoppingSince > SECOND_SIGNAL_AFTER) leave('stopped at once')
  })

for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, error => {
    log.error(event, faultFields(error))
    if (stoppingSince === undefined) void stop(1)
  })

void outdated.promise.then(error => {
  log.error('database lost', faultFields(error))
  if (stoppingSince === undefined) void stop(1)
})

say(`Parley is ready at ${parley.url}`)
