/** Builds the client before the journeys, and keeps a copy of it: a build meanwhile must not change what they see. */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    readonly clientFolder: string
  }
}

const client = fileURLToPath(new URL('../../client', import.meta.url))

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const built = process.env['CLIENT_FOLDER']
  if (built === undefined) await promisify(execFile)(process.execPath, [join(client, 'build.ts')])
  const copy = await mkdtemp(join(tmpdir(), 'parley-client-'))
  await cp(built ?? join(client, 'dist'), copy, { recursive: true })
  project.provide('clientFolder', copy)
  return () => rm(copy, { recursive: true })
}
