/** Before a measurement: this process takes its core and leaves the server another, where the machine has two. */
import { execFileSync } from 'node:child_process'
import { setPriority } from 'node:os'
import { separateCores, type Seat } from '#test/bench/peers/machine.ts'

const AHEAD = -15

/** Of the command line: numbers, and `--ahead` to run before whatever else a machine that is not quiet has to do. */
export const takeSeats = () => {
  const args = process.argv.slice(2)
  const isAhead = args.includes('--ahead')
  const cores = separateCores()
  if (cores) execFileSync('taskset', ['-acp', String(cores.load), String(process.pid)])
  if (isAhead) setPriority(AHEAD)
  const seat: Seat = { core: cores?.server, isAhead }
  return {
    seat,
    numbers: args.filter(arg => /^\d+$/.test(arg)).map(Number),
    said: cores ? 'server and load on cores of their own' : 'server and load share the cores',
  }
}
