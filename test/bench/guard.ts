/**
 * A million mutated updates through the guard: `npm run bench:guard`, or with another number and first seed behind
 * `--`. Prints what got in and what it did; ends with 1 when any of it is harmful.
 */
import { demoGround } from '#test/hostile/demo.ts'
import { keystrokeCost, newOutcome, runTrial, SLOW } from '#test/hostile/trial.ts'

const [many = '1000000', firstSeed = '1'] = process.argv.slice(2)
const SEEDS = 10

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const ground = await demoGround()
const cost = keystrokeCost(ground, 20_000)
const outcome = newOutcome()
const begun = performance.now()
for (let nth = 0; nth < SEEDS; nth++) {
  const seed = Number(firstSeed) + nth
  runTrial({ ground, seed, mutations: Math.ceil(Number(many) / SEEDS) }, outcome)
  if (process.stdout.isTTY) process.stdout.write(`\r${outcome.mutations} …`)
}
const seconds = (performance.now() - begun) / 1_000
const { accepted, broken, forged, honest, lost, mutations, others, pending, slow, slowest, threw } =
  outcome
say(
  `\r${mutations} mutated updates of the demo tracker (${ground.state.length} bytes), ` +
    `seeds ${firstSeed} to ${Number(firstSeed) + SEEDS - 1}, in ${seconds.toFixed(0)} s`,
)
say(`  let in                               ${accepted}`)
for (const [why, times] of [...others].toSorted(([, a], [, b]) => b - a))
  say(`  ${why.padEnd(36)} ${times}`)
const harm: readonly (readonly [string, number])[] = [
  ['after which Yjs threw', threw],
  ['that left something waiting', pending],
  ['documents that did not open again', broken],
  ["under somebody else's client id", forged],
  [`honest edits afterwards that were lost, of ${honest}`, lost],
  [`that took over ${SLOW} ms`, slow],
]
say('of those let in')
for (const [what, times] of harm) say(`  ${what.padEnd(44)} ${times}`)
say(`  ${'the slowest, ms'.padEnd(44)} ${slowest.toFixed(1)}`)
say(
  `an honest keystroke: guard ${cost.guard.toFixed(1)} µs, applying it ${cost.apply.toFixed(1)} µs`,
)
if (harm.some(([, times]) => times > 0)) process.exitCode = 1
