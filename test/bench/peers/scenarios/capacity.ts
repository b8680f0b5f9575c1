/** How many people fit into one document, a quarter of them typing, before an edit takes too long to be seen. */
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { Crowd, type Member } from '#test/bench/peers/crowd.ts'
import type { Hand } from '#test/bench/peers/keyboard.ts'
import { Ledger } from '#test/bench/peers/ledger.ts'
import { measure } from '#test/bench/peers/measure.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { gather, handsOf, lay } from '#test/bench/peers/stage.ts'
import { newId } from '#shared/ids.ts'
import { seededDice } from '#test/simulation/dice.ts'

const STEPS = [100, 200, 300, 400, 600, 800, 1_000, 1_200, 1_600, 2_000, 2_400, 3_200]
/** A pause of the machine itself must not end the series. */
const ATTEMPTS = 2
const TOO_LONG = 100
const PER_SECOND = 8
const PROBES = 8
const AT_ONCE = 20
const WARM_UP = 1_000
const WINDOW = 2_500
/** Of what was typed, in the window and a few seconds after it. */
const MISSING = 0.001

export const capacity = async (ground: Ground, size: MatrixSize): Promise<Outcome> => {
  const { folder, nodeOptions, seat, seed, share, target } = ground
  const matrix = seededMatrix(size)
  const name = newId()
  await lay(target, folder, [name], matrix)
  const server = await target.start(folder, { seat, nodeOptions })
  const crowd = new Crowd(target, server.url, await target.visitors(folder))
  const dice = seededDice(seed)
  const ledger = new Ledger()
  const probes = await gather(crowd, target, name, PROBES, matrix.state)
  for (const member of probes) crowd.probe(member, ledger)
  const hands: Hand[] = []
  const idle: Member[] = []
  let most = 0
  let p99AtMost = 0
  const notes: string[] = []
  for (const many of STEPS) {
    while (crowd.members.length < many) {
      const few = Math.min(AT_ONCE, many - crowd.members.length)
      const joined = await Promise.all(Array.from({ length: few }, () => crowd.join(name)))
      idle.push(...joined.map(({ member }) => member))
    }
    hands.push(...handsOf(idle.splice(0, Math.floor(many / 4) - hands.length), matrix, dice))
    const attempt = async (): Promise<number | undefined> => {
      const { figures, notes: doubts } = await measure({
        server,
        crowd,
        ledger,
        hands,
        dice,
        perSecond: PER_SECOND,
        warmUp: WARM_UP,
        window: WINDOW * share,
        readers: many - 1,
        probes: PROBES,
      })
      const { loadShare = 0, missing = 1, p99 = Number.NaN } = figures
      notes.push(`${many}: p99 ${p99.toFixed(0)} ms, load ${(loadShare * 100).toFixed(0)} %`)
      notes.push(...doubts)
      return p99 <= TOO_LONG && missing <= MISSING ? p99 : undefined
    }
    let p99: number | undefined
    for (let times = 0; times < ATTEMPTS && p99 === undefined; times++) p99 = await attempt()
    if (p99 === undefined) break
    most = many
    p99AtMost = p99
  }
  crowd.leave()
  await server.stop()
  return { figures: { clients: most, p99: p99AtMost }, notes }
}
