/**
 * Ten readers that stop reading during 200 MB of traffic: `npm run bench:slow`, `-- --ahead` on a machine that is not
 * quiet. Prints what they cost; ends with 1 when a target is missed.
 */
import { takeSeats } from '#test/bench/load/seats.ts'
import { slowReaders } from '#test/hostile/slow.ts'

const { seat, said } = takeSeats()
const MB = 1_000_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)
say(said)
const stopping = 10
const { current, cut, without, withThem } = await slowReaders({
  seat,
  stopping,
  traffic: 200 * MB,
  seconds: 60,
  stalledMs: 30_000,
})
const cost = (withThem.peak - without.peak) / MB
const shown = ({ peak, savedP99 }: typeof without): string =>
  `memory at most ${(peak / MB).toFixed(0)} MB, an edit is saved within ${savedP99.toFixed(0)} ms (p99)`
say(`without them: ${shown(without)}`)
say(`with them:    ${shown(withThem)}`)
say(`they cost ${cost.toFixed(0)} MB (at most 64)`)
say(`of 5 that never read again ${cut} were cut off; of 5 that did ${current} have everything`)
if (cost > 64 || cut !== stopping / 2 || current !== stopping / 2) process.exitCode = 1
