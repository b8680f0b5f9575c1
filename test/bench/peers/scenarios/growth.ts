/** What one edit costs in a document with a long past, or with many people in it. */
import * as Y from 'yjs'
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { Typist } from '#test/bench/load/typist.ts'
import { Crowd } from '#test/bench/peers/crowd.ts'
import { Ledger } from '#test/bench/peers/ledger.ts'
import { measure } from '#test/bench/peers/measure.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { gather, handsOf } from '#test/bench/peers/stage.ts'
import { newId } from '#shared/ids.ts'
import { seededDice } from '#test/simulation/dice.ts'

export interface Past {
  readonly size: MatrixSize
  readonly edits: number
  readonly clientIds: number
}

const CLIENTS = 20
const TYPING = 10
const PER_SECOND = 16
const FIRST_CLIENT = 2 ** 31

export const growth = async (ground: Ground, past: Past): Promise<Outcome> => {
  const { folder, nodeOptions, seat, seed, share, target } = ground
  const dice = seededDice(seed)
  const matrix = seededMatrix(past.size)
  const name = newId()
  const { clients, edits, state } = lived(matrix, past, seed)
  await target.prepare(folder)
  await target.store?.(folder, [{ name, edits, clients, checkpoint: state }])
  const server = await target.start(folder, { seat, nodeOptions })
  const crowd = new Crowd(target, server.url, await target.visitors(folder))
  const ledger = new Ledger()
  const members = await gather(crowd, target, name, CLIENTS, state)
  const hands = handsOf(members.slice(0, TYPING), matrix, dice)
  const watching = members.slice(TYPING, TYPING + 2)
  for (const member of watching) crowd.probe(member, ledger)
  const { figures, ...rest } = await measure({
    server,
    crowd,
    ledger,
    hands,
    dice,
    perSecond: PER_SECOND,
    warmUp: 2_000,
    window: 5_000 * share,
    readers: CLIENTS - 1,
    probes: watching.length,
  })
  crowd.leave()
  await server.stop()
  const { cpuShare = Number.NaN, editsPerSecond = Number.NaN, p50, p99, peakMiB } = figures
  return {
    figures: {
      microsecondsPerEdit: (cpuShare / editsPerSecond) * 1e6,
      p50,
      p99,
      peakMiB,
      stateMiB: state.length / 2 ** 20,
    },
    ...rest,
  }
}

const AT_ONCE = 1_000

/** A past in which so many people wrote so much, one keystroke at a time, and everybody's edits in turn. */
const lived = (
  matrix: ReturnType<typeof seededMatrix>,
  { clientIds, edits: many }: Past,
  seed: number,
) => {
  const dice = seededDice(seed + 1)
  const typists = Array.from(
    { length: clientIds },
    (_, index) => new Typist(FIRST_CLIENT + index, matrix.texts, dice),
  )
  const edits = [{ account: 0, update: matrix.state }]
  const doc = new Y.Doc()
  Y.applyUpdate(doc, matrix.state)
  for (let at = 0; at < many; at += AT_ONCE)
    Y.transact(doc, () => {
      for (let index = at; index < Math.min(many, at + AT_ONCE); index++) {
        const account = index % clientIds
        const typist = typists[account]
        if (!typist) return
        const { update } = typist.next()
        edits.push({ account, update })
        Y.applyUpdate(doc, update)
      }
    })
  const clients = new Map(typists.map(({ client }, index) => [client, index]))
  clients.set(matrix.client, 0)
  return { edits, clients, state: Y.encodeStateAsUpdate(doc) }
}
