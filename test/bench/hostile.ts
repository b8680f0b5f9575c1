/**
 * 20,000 attacks on a real server while honest people type: `npm run bench:hostile`, or with another number and
 * seed behind `--`. Prints what became of both; ends with 1 when a target is missed.
 */
import { takeSeats } from '#test/bench/load/seats.ts'
import { siege } from '#test/hostile/siege.ts'

const {
  numbers: [attacks = 20_000, seed = 1],
  seat,
  said,
} = takeSeats()
const MIB = 1024 * 1024

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const report = await siege({ attacks, seed, seat })
const { closes, connections, frames, latency, peak, typed } = report

say(said)
say(
  `${report.attacks} attacks of ${frames} frames on ${connections} connections in ${report.seconds.toFixed(0)} s`,
)
for (const [code, times] of [...closes].toSorted(([a], [b]) => a - b))
  say(`  closed with ${code === 1006 ? 'no word (1006)' : code}: ${times}`)
const targets: readonly (readonly [what: string, figure: number, most: number])[] = [
  ['the server is dead', report.isAlive ? 0 : 1, 0],
  [`honest edits that did not arrive, of ${typed} on ${3} screens`, report.missing, 0],
  ['honest edits that are not on disk as written', report.spoilt, 0],
  ['honest people sent away', report.sentAway, 0],
  ['honest people shown as somebody else', report.impostors, 0],
  ['forged authorship on disk', report.forged, 0],
  ['honest edit to other screen, p50, ms', latency.p50, 250],
  ['honest edit to other screen, p99, ms', latency.p99, 250],
  ['honest edit to other screen, worst, ms', latency.worst, 1_000],
  ["the server's memory at most, MiB", peak / MIB, 512],
]
for (const [what, figure, most] of targets)
  say(
    `  ${what.padEnd(52)} ${String(Math.round(figure)).padStart(6)}   at most ${most}${figure > most ? '   MISSED' : ''}`,
  )
if (targets.some(([, figure, most]) => figure > most)) process.exitCode = 1
