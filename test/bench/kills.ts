/**
 * `npm run bench:kills [-- <seed> <deaths>]`: 250 deaths, each fifth by SIGTERM and the others by SIGKILL, while six
 * people type; what is lost, if anything.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runKills } from '#test/server/durability/kills.ts'

const seed = Number(process.argv[2] ?? 1)
const many = Number(process.argv[3] ?? 250)
const deaths = Array.from({ length: many }, (_, nth) => (nth % 5 === 4 ? 'SIGTERM' : 'SIGKILL'))
const folder = await mkdtemp(join(tmpdir(), 'parley-kills-'))
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const { broken, claims, edits } = await runKills({
  folder,
  seed,
  deaths,
  onDeath: (nth, lines) => {
    for (const line of lines) say(`death ${nth}: ${line}`)
    if (nth % 25 === 0) say(`${nth} of ${deaths.length}`)
  },
})
await rm(folder, { recursive: true })
say(`seed ${seed}: ${many} deaths, ${edits} edits, ${claims} promises looked at`)
say(broken.length === 0 ? 'nothing lost, nothing misfiled' : `${broken.length} promises broken`)
process.exit(broken.length === 0 ? 0 : 1)
