/** A thread in which hostile people attack a server, one connection after the other, until they have sent enough. */
import { connect } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import { decodeFrame, encodeFrame } from '#shared/wire.ts'
import { LoadClient } from '#test/bench/load/client.ts'
import { attack, KNOCKS } from '#test/hostile/attacks.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

export interface AttackPlan {
  readonly url: string
  readonly document: string
  /** Of hostile people who may write, who may read, and who may not come in. */
  readonly cookies: readonly [string, ...string[]]
  readonly victims: readonly [number, ...number[]]
  readonly updates: readonly [Uint8Array, ...Uint8Array[]]
  readonly attacks: number
  readonly atOnce: number
  readonly seed: number
}

export interface AttackTally {
  /** On connections that were open; an attack is one frame or several. */
  readonly attacks: number
  readonly frames: number
  readonly connections: number
  /** How connections ended, by close code. */
  readonly closes: ReadonlyMap<number, number>
}

const plan = workerData as AttackPlan
const closes = new Map<number, number>()
let attacks = 0
let frames = 0
let connections = 0

const rest = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds))

const knock = async (dice: Dice): Promise<void> => {
  const { hostname, port } = new URL(plan.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(dice.pick(KNOCKS))
  await rest(dice.below(30))
  socket.resetAndDestroy()
  connections++
  attacks++
}

/** One connection, for as long as the server bears it. */
const visit = async (dice: Dice, from: string): Promise<void> => {
  const greeted = Promise.withResolvers<ReadonlyMap<number, number>>()
  const over = Promise.withResolvers<void>()
  const cookie = dice.pick(plan.cookies)
  const client = new LoadClient(`${plan.url.replace('http', 'ws')}/live/${plan.document}`, {
    headers: { cookie },
    from,
    onFrame: bytes => {
      const frame = decodeFrame(new Uint8Array(bytes))
      if (frame?.kind === 'ask') greeted.resolve(Y.decodeStateVector(frame.stateVector))
    },
    onClose: ({ code }) => {
      closes.set(code, (closes.get(code) ?? 0) + 1)
      greeted.resolve(new Map())
      over.resolve()
    },
  })
  connections++
  const clocks = await Promise.race([greeted.promise, rest(5_000)])
  if (!clocks || client.closed) return client.cut()
  if (dice.once(3)) client.send(encodeFrame({ kind: 'answer', update: Uint8Array.of(0, 0) }))
  const known = [...clocks]
  const id = (): Y.ID => {
    const [of, clock] = known[dice.below(known.length)] ?? [1, 1]
    return Y.createID(of, dice.below(clock))
  }
  const around = {
    ids: [id(), ...Array.from({ length: 30 }, id)],
    clients: [...plan.victims, 2_000_001, 2_000_002, 5, 0, 2 ** 32 - 1, 2 ** 32],
  } as const
  for (let many = 1 + dice.below(12); many > 0 && !client.closed; many--) {
    attacks++
    frames += attack({ ...plan, client, dice, around, clocks })
    await Promise.race([over.promise, rest(dice.below(20))])
  }
  // Some stay and say nothing, some go without a word.
  if (dice.once(4)) await Promise.race([over.promise, rest(dice.below(1_000))])
  client.cut()
}

await Promise.all(
  Array.from({ length: plan.atOnce }, async (_, nth) => {
    const dice = seededDice(plan.seed * 1_000 + nth)
    while (attacks < plan.attacks)
      await (dice.once(15) ? knock(dice) : visit(dice, `127.0.1.${1 + (nth % 250)}`))
  }),
)
parentPort?.postMessage({ attacks, frames, connections, closes } satisfies AttackTally)
