/** People who type while others watch: what each keystroke costs, and how long it takes to the other screens. */
import { seededMatrix, type MatrixSize, type SeededMatrix } from '#test/bench/load/matrix.ts'
import { Typist } from '#test/bench/load/typist.ts'
import { Crowd, type Member } from '#test/bench/peers/crowd.ts'
import { startTyping, type Hand } from '#test/bench/peers/keyboard.ts'
import { Ledger } from '#test/bench/peers/ledger.ts'
import { passed, type ServerProcess } from '#test/bench/peers/machine.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import type { Target } from '#test/bench/peers/targets.ts'
import { newId } from '#shared/ids.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

export interface Typing {
  readonly documents: number
  /** In each document. */
  readonly clients: number
  readonly typing: number
  /** Keystrokes a second of one who types. */
  readonly perSecond: number
  readonly size: MatrixSize
}

/** Watchers who look at what they get, in all: the others only count it, or the load would be the limit. */
const PROBES = 16
const WARM_UP = 2_000
const MEASURED = 8_000
/** How long a server may take to deliver what was typed, after the last keystroke. */
const DRAIN = 5_000

export const typing = async (ground: Ground, plan: Typing): Promise<Outcome> => {
  const { core, folder, nodeOptions, seed, share, target } = ground
  const matrix = seededMatrix(plan.size)
  const names = Array.from({ length: plan.documents }, () => newId())
  await lay(target, folder, names, matrix)
  const server = await target.start(folder, { core, nodeOptions })
  const crowd = new Crowd(target, server.url, await target.visitors(folder))
  const dice = seededDice(seed)
  const ledger = new Ledger()
  const hands: Hand[] = []
  let probes = 0
  for (const name of names) {
    const members = await gather(crowd, target, name, plan.clients, matrix.state)
    hands.push(...handsOf(members.slice(0, plan.typing), matrix, dice))
    const watching = members.slice(plan.typing, plan.typing + Math.ceil(PROBES / plan.documents))
    for (const member of watching) crowd.probe(member, ledger)
    probes += watching.length
  }
  for (const { member } of hands.slice(0, PROBES)) crowd.awaitSaved(member, ledger)
  const outcome = await measure({
    server,
    crowd,
    ledger,
    hands,
    dice,
    perSecond: plan.perSecond,
    for: MEASURED * share,
    // Each keystroke reaches everybody else in its document, of whom so many look.
    readers: plan.clients - 1,
    probes: probes / plan.documents,
  })
  crowd.leave()
  await server.stop()
  return outcome
}

/** Documents that lie on disk before the server starts, for servers that have one. */
export const lay = async (
  target: Target,
  folder: string,
  names: readonly string[],
  { client, state }: SeededMatrix,
): Promise<void> => {
  await target.prepare(folder)
  await target.store?.(
    folder,
    names.map(name => ({
      name,
      edits: [{ account: 0, update: state }],
      clients: new Map([[client, 0]]),
      checkpoint: state,
    })),
  )
}

/** The first brings the document where the server does not have it. */
export const gather = async (
  crowd: Crowd,
  target: Target,
  name: string,
  many: number,
  state: Uint8Array,
): Promise<readonly Member[]> => {
  const { member } = await crowd.join(name)
  if (!target.store) await crowd.bring(member, state)
  const members = [member]
  while (members.length < many) members.push((await crowd.join(name)).member)
  return members
}

const FIRST_CLIENT = 1_000

/** Client ids as Yjs would draw them: large, so that they take as many bytes. */
export const handsOf = (
  members: readonly Member[],
  { texts }: Pick<SeededMatrix, 'texts'>,
  dice: Dice,
): readonly Hand[] =>
  members.map(member => ({
    member,
    typist: new Typist(FIRST_CLIENT + dice.below(2 ** 32 - FIRST_CLIENT), texts, dice),
  }))

export interface Measured {
  readonly server: ServerProcess
  readonly crowd: Crowd
  readonly ledger: Ledger
  readonly hands: readonly Hand[]
  readonly dice: Dice
  readonly perSecond: number
  /** Milliseconds. */
  readonly for: number
  readonly readers: number
  /** Of the readers of one keystroke, those that look. */
  readonly probes: number
}

export const measure = async (what: Measured): Promise<Outcome> => {
  const { crowd, dice, hands, ledger, perSecond, probes, readers, server } = what
  const stop = startTyping(hands, perSecond, ledger, dice)
  await passed(WARM_UP)
  const begun = performance.now()
  const [bytes, cpu, own] = [crowd.bytes, server.cpu(), process.cpuUsage()]
  ledger.open(begun)
  await passed(what.for)
  const ended = performance.now()
  ledger.close(ended)
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
  }
}
