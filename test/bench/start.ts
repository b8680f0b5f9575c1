/**
 * How long a newcomer waits: the README's first command in a fresh clone with a cold npm cache, and again.
 * Run with `npm run bench:start`; it clones what is committed here and installs from the npm registry.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'parley-start-'))
const clone = join(folder, 'parley')
execFileSync('git', ['clone', '--quiet', root, clone])

/** Seconds from the command to the ready line. */
const waited = async (command: string): Promise<number> => {
  const begun = performance.now()
  const shell = spawn('sh', ['-c', command], {
    cwd: clone,
    // A group of its own: npm and the server below it are stopped together.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    // As from a newcomer's shell: without what npm has told this process.
    env: {
      PATH: process.env['PATH']?.replaceAll(/[^:]*node_modules[^:]*:/g, ''),
      HOME: process.env['HOME'],
      PORT: '0',
      npm_config_cache: join(folder, 'cache'),
    },
  })
  let printed = ''
  for await (const chunk of shell.stdout) {
    printed += String(chunk)
    if (printed.includes('Parley is ready at')) break
  }
  if (!printed.includes('Parley is ready at')) throw new Error(`It did not start:\n${printed}`)
  const seconds = (performance.now() - begun) / 1_000
  const ended = once(shell, 'exit')
  if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM')
  await ended
  return seconds
}

try {
  for (const [name, command] of [
    ['first start, cold npm cache', 'npm install && exec npm start'],
    ['second start', 'npm install && exec npm start'],
    ['npm start alone', 'exec npm start'],
  ] as const)
    process.stdout.write(`${name}: ${(await waited(command)).toFixed(1)} s\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
