/** The server dies without a word in the middle of typing: is everything on disk that somebody saw or was told is safe? */
import * as Y from 'yjs'
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { Crowd } from '#test/bench/peers/crowd.ts'
import { startTyping } from '#test/bench/peers/keyboard.ts'
import type { Sent, Witness } from '#test/bench/peers/ledger.ts'
import { passed } from '#test/bench/peers/machine.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { gather, handsOf, lay } from '#test/bench/peers/stage.ts'
import { newId } from '#shared/ids.ts'
import { seededDice } from '#test/simulation/dice.ts'

export interface Kills {
  readonly size: MatrixSize
  readonly rounds: number
  /** Milliseconds of typing before each, at least and at most. */
  readonly after: readonly [number, number]
}

const CLIENTS = 6
const TYPING = 4
const PER_SECOND = 16

export const kills = async (ground: Ground, { after, rounds, size }: Kills): Promise<Outcome> => {
  const { folder, nodeOptions, seat, seed, share, target } = ground
  const { audit } = target
  if (!audit) throw new Error(`${target.name} keeps nothing on disk`)
  const [least, most] = after
  const dice = seededDice(seed)
  const matrix = seededMatrix(size)
  const name = newId()
  await lay(target, folder, [name], matrix)
  const all = { seen: 0, seenLost: 0, saved: 0, savedLost: 0, misfiled: 0, roundsWithLoss: 0 }
  const times = Math.max(1, Math.round(rounds * share))
  for (let round = 0; round < times; round++) {
    const server = await target.start(folder, { seat, nodeOptions })
    const crowd = new Crowd(target, server.url, await target.visitors(folder))
    const members = await gather(crowd, target, name, CLIENTS, matrix.state)
    const memory = new Memory()
    const hands = handsOf(members.slice(0, TYPING), matrix, dice)
    for (const member of members.slice(TYPING)) crowd.probe(member, memory)
    for (const { member } of hands) crowd.awaitSaved(member, memory)
    const stop = startTyping(hands, PER_SECOND, memory, dice)
    await passed(least + dice.below(most - least))
    await server.kill()
    // What the kernel had taken from the server still reaches the screens.
    await passed(50)
    stop()
    crowd.leave()
    const { doc, misfiled } = await audit(folder, name)
    const seenLost = missing(doc, memory.seen)
    const savedLost = missing(doc, memory.safe)
    all.seen += sizeOf(memory.seen)
    all.saved += sizeOf(memory.safe)
    all.seenLost += seenLost
    all.savedLost += savedLost
    all.misfiled += misfiled
    if (seenLost + savedLost + misfiled > 0) all.roundsWithLoss++
    doc.destroy()
  }
  return { figures: { rounds: times, ...all }, notes: [] }
}

/** Clocks that were typed and erased, of each client. */
interface Edits {
  readonly typed: Map<number, Set<number>>
  readonly erased: Map<number, Set<number>>
}

/** What others saw, and what its writers were told is safe. */
class Memory implements Witness {
  readonly seen: Edits = { typed: new Map(), erased: new Map() }
  readonly safe: Edits = { typed: new Map(), erased: new Map() }
  readonly #writers = new Set<number>()

  wrote({ client }: Sent): void {
    this.#writers.add(client)
  }

  heard(update: Uint8Array): void {
    const { ds, structs } = Y.decodeUpdate(update)
    for (const { id, length } of structs) this.#note(this.seen.typed, id.client, id.clock, length)
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) this.#note(this.seen.erased, client, clock, len)
  }

  saved({ client, keystroke: { clock, kind } }: Sent): void {
    this.#note(this.safe[kind], client, clock, 1)
  }

  #note(into: Map<number, Set<number>>, client: number, clock: number, length: number): void {
    if (!this.#writers.has(client)) return
    const clocks = into.get(client) ?? new Set()
    into.set(client, clocks)
    for (let at = clock; at < clock + length; at++) clocks.add(at)
  }
}

const sizeOf = ({ erased, typed }: Edits): number =>
  [...typed.values(), ...erased.values()].reduce((sum, clocks) => sum + clocks.size, 0)

const missing = ({ store }: Y.Doc, { erased, typed }: Edits): number => {
  let many = 0
  for (const [client, clocks] of typed)
    for (const clock of clocks) if (clock >= Y.getState(store, client)) many++
  for (const [client, clocks] of erased)
    for (const clock of clocks) {
      const isThere = clock < Y.getState(store, client)
      if (!isThere || !Y.getItem(store, Y.createID(client, clock)).deleted) many++
    }
  return many
}
