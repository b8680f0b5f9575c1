/** A while of typing, and what it cost. */
import type { Crowd } from '#test/bench/peers/crowd.ts'
import { startTyping, type Hand } from '#test/bench/peers/keyboard.ts'
import type { Ledger } from '#test/bench/peers/ledger.ts'
import { passed, type ServerProcess } from '#test/bench/peers/machine.ts'
import type { Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import type { Dice } from '#test/simulation/dice.ts'

/** How long a server may take to deliver what was typed, after the last keystroke. */
const DRAIN = 5_000
/** Keystrokes before the measurement, at the least, and milliseconds for what they set off. */
const WARMING = 700
const SETTLING = 1_000

export interface Measured {
  readonly server: ServerProcess
  readonly crowd: Crowd
  readonly ledger: Ledger
  readonly hands: readonly Hand[]
  readonly dice: Dice
  readonly perSecond: number
  /** Milliseconds of typing before, and of measuring. */
  readonly warmUp: number
  readonly window: number
  readonly readers: number
  /** Of the readers of one keystroke, those that look. */
  readonly probes: number
}

export const measure = async (what: Measured): Promise<Outcome> => {
  const { crowd, dice, hands, ledger, perSecond, probes, readers, server } = what
  // So much in any case that a server has done everything once that it does from time to time.
  const fast = Math.max(perSecond, (WARMING / hands.length / what.warmUp) * 1_000)
  const slowDown = startTyping(hands, fast, ledger, dice)
  await passed(what.warmUp)
  slowDown()
  const stop = startTyping(hands, perSecond, ledger, dice)
  await passed(SETTLING)
  const from = monotonic()
  const begun = performance.now()
  const [bytes, cpu, own] = [crowd.bytes, server.cpu(), process.cpuUsage()]
  ledger.open(begun)
  await passed(what.window)
  const ended = performance.now()
  ledger.close(ended)
  const window = { from, to: monotonic() }
  const seconds = (ended - begun) / 1_000
  const spent = server.cpu() - cpu
  const { system, user } = process.cpuUsage(own)
  const came = crowd.bytes - bytes
  const { arrivals, sent } = ledger
  stop()
  const expected = sent * probes
  for (const limit = ended + DRAIN; ledger.seen < expected && performance.now() < limit;)
    await passed(20)
  const delivered = (arrivals * readers) / probes
  const { p50, p95, p99, worst } = ledger.latency
  const loadCpu = (system + user) / 1e6 / seconds
  const intended = hands.length * perSecond * seconds
  return {
    figures: {
      editsPerSecond: sent / seconds,
      deliveredPerSecond: delivered / seconds,
      p50,
      p95,
      p99,
      worst,
      savedP99: ledger.savedAfter?.p99,
      cpuPerMillion: (spent / delivered) * 1e6,
      cpuShare: spent / seconds,
      bytesPerEdit: came / delivered,
      peakMiB: server.peak() / 2 ** 20,
      missing: 1 - ledger.seen / expected,
      loadShare: loadCpu,
    },
    notes: [
      ...(loadCpu > 0.9 ? ['the load had no time left'] : []),
      ...(sent < intended * 0.95 ? ['the load typed less than it should'] : []),
      ...[...new Set(crowd.lost)].map(why => `a connection was closed: ${why}`),
    ],
    window,
  }
}

const monotonic = (): number => Number(process.hrtime.bigint() / 1_000n)
