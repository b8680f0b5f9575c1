/**
 * `npm run bench`: Parley beside its peers, in one run on one machine. The whole run writes its results to
 * test/bench/results and its table into the README. For parts of it: `--only a,b` scenarios, `--servers a,b`,
 * `--quick`, `--repeat n` for medians, `--seed n`, `--profile` to see where Parley's time goes, `--ahead` on a machine
 * that is not quiet.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Book, median, short, type Result } from '#test/bench/peers/book.ts'
import type { Order } from '#test/bench/peers/load.ts'
import { seated, separateCores, type Seat } from '#test/bench/peers/machine.ts'
import { makeHouse } from '#test/bench/peers/parley.ts'
import { PLANS, type Plan } from '#test/bench/peers/plans.ts'
import { profileOf } from '#test/bench/peers/profile.ts'
import type { Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { tableOf, worded, writeInto } from '#test/bench/peers/table.ts'
import type { ServerName } from '#test/bench/peers/targets.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const LOAD = here('load.ts')
const PEERS = here('servers')
const RESULTS = here('../results')
const README = here('../../../README.md')
const ACCOUNTS = 40
const QUICK = 0.4

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    servers: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    repeat: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'boolean', default: false },
    ahead: { type: 'boolean', default: false },
  },
})
const listed = (given: string): readonly string[] => given.split(',').filter(name => name !== '')
const [only, servers] = [listed(options.only), listed(options.servers)]
const isWhole = only.length === 0 && servers.length === 0 && !options.quick && !options.profile

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const cores = separateCores()
const seatOn = (core: number | undefined): Seat => ({ core, isAhead: options.ahead })

const play = async (order: Order): Promise<Outcome> => {
  const [command = '', ...args] = seated(seatOn(cores?.load), [
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

const measureOn = async (plan: Plan, server: ServerName, house: string): Promise<Result> => {
  const profiles =
    options.profile && server === 'parley' ? await mkdtemp(join(tmpdir(), 'prof-')) : ''
  // The profiler's own thread must not wait for the one that it looks at.
  const seat = profiles === '' ? seatOn(cores?.server) : { core: undefined, isAhead: false }
  const runs: (Result & Outcome)[] = []
  for (let run = 0; run < Number(options.repeat); run++)
    runs.push({
      plan: plan.name,
      server,
      ...(await play({
        plan: plan.name,
        server,
        house,
        seat,
        share: options.quick ? QUICK : 1,
        seed: Number(options.seed) + run,
        nodeOptions: profiles === '' ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
      })),
    })
  const result = median(runs)
  const figures = Object.entries(result.figures).flatMap(([name, figure]) =>
    figure === undefined ? [] : [`${name} ${short(figure)}`],
  )
  say(`  ${server}: ${[...figures, ...result.notes.map(note => `(${note})`)].join('  ')}`)
  if (profiles === '') return result
  for (const line of await profileOf(profiles, 30, runs[0]?.window)) say(`    ${line}`)
  await rm(profiles, { recursive: true })
  return result
}

const measureAll = async (house: string): Promise<Book> => {
  const results: Result[] = []
  for (const plan of PLANS) {
    if (only.length > 0 && !only.includes(plan.name)) continue
    say(`\n${plan.name}: ${plan.title}`)
    for (const server of plan.servers) {
      if (servers.length > 0 && !servers.includes(server)) continue
      try {
        results.push(await measureOn(plan, server, house))
      } catch (error) {
        say(`  ${server}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  return new Book(results)
}

if (!existsSync(join(PEERS, 'node_modules'))) {
  say('Installing the peers, which are no part of Parley …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' })
}
const { dependencies } = JSON.parse(await readFile(join(PEERS, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
}
const versions = ['@y/websocket-server', '@hocuspocus/server', 'ws', 'yjs']
  .map(name => `${name} ${dependencies[name]}`)
  .join(', ')
const where = cores
  ? `server on core ${cores.server}, load on core ${cores.load}`
  : 'server and load could NOT be kept on cores of their own'
const begun = new Date()
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; Node ${process.versions.node}; ${where}`
say(`${machine}; load average ${loadavg().map(short).join(', ')}`)

const house = await mkdtemp(join(tmpdir(), 'parley-house-'))
try {
  await makeHouse(house, ACCOUNTS, seatOn(cores?.load))
  const book = await measureAll(house)
  const verdicts = book.verdicts.filter(({ got }) => got !== undefined)
  say('')
  for (const verdict of verdicts) say(`${verdict.plan}: ${worded(verdict)}`)
  say(`\n${((Date.now() - begun.getTime()) / 60_000).toFixed(1)} minutes`)
  if (isWhole) {
    const facts = { at: begun.toISOString(), machine, versions, seed: Number(options.seed) }
    await mkdir(RESULTS, { recursive: true })
    const json = JSON.stringify({ ...facts, results: book.results, verdicts }, undefined, 2)
    await writeFile(join(RESULTS, 'peers.json'), `${json}\n`)
    const day = facts.at.slice(0, 10)
    await writeInto(README, `Measured on ${day}: ${machine}; ${versions}.\n\n${tableOf(book)}`)
  }
} finally {
  await rm(house, { recursive: true, force: true })
}
