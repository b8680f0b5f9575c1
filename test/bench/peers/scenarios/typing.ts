/** People who type while others watch: what each keystroke costs, and how long it takes to the other screens. */
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { Crowd } from '#test/bench/peers/crowd.ts'
import type { Hand } from '#test/bench/peers/keyboard.ts'
import { Ledger } from '#test/bench/peers/ledger.ts'
import { measure } from '#test/bench/peers/measure.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { gather, handsOf, lay } from '#test/bench/peers/stage.ts'
import { newId } from '#shared/ids.ts'
import { seededDice } from '#test/simulation/dice.ts'

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
const WARM_UP = 1_500
const MEASURED = 6_000

export const typing = async (ground: Ground, plan: Typing): Promise<Outcome> => {
  const { folder, nodeOptions, seat, seed, share, target } = ground
  const matrix = seededMatrix(plan.size)
  const names = Array.from({ length: plan.documents }, () => newId())
  await lay(target, folder, names, matrix)
  const server = await target.start(folder, { seat, nodeOptions })
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
    warmUp: WARM_UP,
    window: MEASURED * share,
    // Each keystroke reaches everybody else in its document, of whom so many look.
    readers: plan.clients - 1,
    probes: probes / plan.documents,
  })
  crowd.leave()
  await server.stop()
  return outcome
}
