/**
 * `npm run bench`: Parley beside its peers, in one run on one machine. Options: `--only a,b` scenarios,
 * `--servers a,b`, `--quick` for short ones, `--seed n`, `--profile` to see where Parley's time goes.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Order } from '#test/bench/peers/load.ts'
import { pinned, separateCores } from '#test/bench/peers/machine.ts'
import { makeHouse } from '#test/bench/peers/parley.ts'
import { PLANS } from '#test/bench/peers/plans.ts'
import type { Outcome } from '#test/bench/peers/scenarios/scenario.ts'

const LOAD = fileURLToPath(new URL('load.ts', import.meta.url))
const ACCOUNTS = 40

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    servers: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    profile: { type: 'boolean', default: false },
  },
})
const listed = (given: string): readonly string[] => given.split(',').filter(name => name !== '')
const only = listed(options.only)
const servers = listed(options.servers)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const cores = separateCores()
const play = async (order: Order): Promise<Outcome> => {
  const [command = '', ...args] = pinned(cores?.load, [
    process.execPath,
    LOAD,
    JSON.stringify(order),
  ])
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const outcome = Promise.withResolvers<Outcome>()
  child.on('message', message => outcome.resolve(message as Outcome))
  child.on('exit', code => outcome.reject(new Error(`The load ended with ${code}`)))
  return outcome.promise
}

const PEERS = fileURLToPath(new URL('servers', import.meta.url))
if (!existsSync(join(PEERS, 'node_modules'))) {
  say('Installing the peers, which are no part of Parley …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' })
}

const house = await mkdtemp(join(tmpdir(), 'parley-house-'))
try {
  say(cores ? `server on core ${cores.server}, load on core ${cores.load}` : 'cores NOT separate')
  await makeHouse(house, ACCOUNTS, cores?.load)
  for (const plan of PLANS) {
    if (only.length > 0 && !only.includes(plan.name)) continue
    say(`\n${plan.name}: ${plan.title}`)
    for (const server of plan.servers) {
      if (servers.length > 0 && !servers.includes(server)) continue
      try {
        const { figures, notes } = await play({
          plan: plan.name,
          server,
          house,
          core: cores?.server,
          share: options.quick ? 0.4 : 1,
          seed: Number(options.seed),
          nodeOptions: [],
        })
        const shown = Object.entries(figures).map(
          ([name, figure]) =>
            `${name} ${figure === undefined ? '–' : Number(figure.toPrecision(3))}`,
        )
        say([`  ${server}:`, ...shown, ...notes.map(note => `(${note})`)].join('  '))
      } catch (error) {
        say(`  ${server}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
} finally {
  await rm(house, { recursive: true, force: true })
}
