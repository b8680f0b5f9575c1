/**
 * `npm run bench:kills [-- <seed> <deaths>]`: 250 deaths, each fifth by SIGTERM and the others by SIGKILL, while six
 * people type; what is lost, if anything.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findInFile } from '#test/server/durability/judge.ts'
import { runKills } from '#test/server/durability/kills.ts'

const seed = Number(process.argv[2] ?? 1)
const many = Number(process.argv[3] ?? 250)
const deaths = Array.from({ length: many }, (_, nth) => (nth % 5 === 4 ? 'SIGTERM' : 'SIGKILL'))
const folder = await mkdtemp(join(tmpdir(), 'parley-kills-'))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** As the death has left it: looking into a database may change what lies beside it. */
const traces = `${folder}-traces`

const { broken, claims, edits } = await runKills({
  folder,
  find: async document => {
    await cp(folder, traces, {
      recursive: true,
      force: true,
      filter: name => !name.endsWith('.sock'),
    })
    return findInFile(folder, document)
  },
  seed,
  deaths,
  onDeath: nth => {
    if (nth % 25 === 0) say(`${nth} of ${deaths.length}`)
  },
})
for (const line of broken) say(line)
if (broken.length > 0) say(`${traces} is as the death has left it`)
else for (const done of [folder, traces]) await rm(done, { recursive: true })
say(`seed ${seed}: ${many} deaths, ${edits} edits, ${claims} promises looked at`)
say(broken.length === 0 ? 'nothing lost, nothing misfiled' : `${broken.length} promises broken`)
process.exit(broken.length === 0 ? 0 : 1)
