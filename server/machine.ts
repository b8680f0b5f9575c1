/** What the settings ask of the machine: a folder to write in, a port to listen on, a secret that stays. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join, resolve as fullPath } from 'node:path'
import type { ParsedConfig } from '#server/config.ts'

/** What is wrong with the settings, in themselves and on this machine, one line each; none when all is well. */
export const startFaults = async ({ config, faults }: ParsedConfig): Promise<readonly string[]> => {
  const addressIsFaulty = faults.some(fault => fault.startsWith('PORT'))
  const refused = await Promise.all([
    folderFault(config.dataDir),
    addressIsFaulty ? undefined : portFault('PORT', config.port, config.host),
    config.metricsPort === undefined
      ? undefined
      : portFault('METRICS_PORT', config.metricsPort, config.host),
  ])
  return [...faults, ...refused.filter(fault => fault !== undefined)]
}

const folderFault = async (folder: string): Promise<string | undefined> => {
  // Asking for the right is not enough: a full or read-only disk grants it and refuses the write.
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    await makeFolder(fullPath(folder))
    await writeFile(probe, 'probe')
    await rm(probe)
    return undefined
  } catch (error) {
    return `DATA_DIR: cannot write to the folder ${JSON.stringify(folder)} (${codeOf(error)})`
  }
}

/** Node's own recursive way never ends where a parent takes no folders and says that it is not there, as /proc does. */
const makeFolder = async (folder: string): Promise<void> => {
  const make = (): Promise<void> =>
    mkdir(folder).catch(error => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  try {
    await make()
  } catch (error) {
    const parent = dirname(folder)
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error
    await makeFolder(parent)
    await make()
  }
}

const portFault = (setting: string, port: number, host: string): Promise<string | undefined> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', error => resolve(describeListenFault(setting, error, port, host)))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })

const describeListenFault = (
  setting: string,
  error: unknown,
  port: number,
  host: string,
): string => {
  const code = codeOf(error)
  if (code === 'EADDRINUSE')
    return `${setting}: ${port} on ${host} is taken by another program; stop it or choose another port`
  if (code === 'EACCES') return `${setting}: this account may not listen on port ${port}`
  return `HOST: cannot listen on ${host} (${code})`
}

const codeOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? error.message : String(error)
}

/** The secret that signs session cookies: made at the first start, readable by this account only. */
export const keptSecret = async (folder: string): Promise<string> => {
  const file = join(folder, 'session-secret')
  const kept = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error
    return ''
  })
  if (kept.trim().length >= 32) return kept.trim()
  const secret = randomBytes(32).toString('base64url')
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
