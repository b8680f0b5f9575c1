/** What it costs to be there and do nothing: memory over an empty server, for a connection and for a document. */
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { Crowd } from '#test/bench/peers/crowd.ts'
import { passed, type ServerProcess } from '#test/bench/peers/machine.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { gather, lay } from '#test/bench/peers/stage.ts'
import { newId } from '#shared/ids.ts'

const CONNECTIONS = 4_000
const DOCUMENTS = 600
/** Who came and went before, so that what a server keeps for its own sake is there already. */
const PASSERS = 800
const AT_ONCE = 10
const SETTLING = 1_500

export const idle = async (ground: Ground, size: MatrixSize): Promise<Outcome> => {
  const matrix = seededMatrix(size)
  const [first = '', ...others] = Array.from({ length: DOCUMENTS + 1 }, () => newId())
  await lay(ground.target, ground.folder, [first, ...others], matrix)

  const perConnection = await grown(ground, first, matrix.state, async crowd => {
    await aFewAtATime(CONNECTIONS, async () => void (await crowd.join(first)))
    return CONNECTIONS
  })
  const each = async (environment?: Readonly<Record<string, string>>): Promise<number> => {
    const come = async (crowd: Crowd): Promise<number> => {
      await aFewAtATime(DOCUMENTS, async index => {
        await gather(crowd, ground.target, others[index] ?? '', 1, matrix.state)
      })
      return DOCUMENTS
    }
    return (await grown(ground, first, matrix.state, come, environment)) - perConnection
  }
  const { resting } = ground.target
  const perDocument = ground.target.dialect.ask && (await each())
  const perResting = resting && (await each(resting))
  return {
    figures: {
      connectionKiB: perConnection / 1_024,
      documentKiB: perDocument && perDocument / 1_024,
      restingKiB: perResting && perResting / 1_024,
    },
    notes: [],
  }
}

/** Bytes more, for each that `come` brings, than before; on a server of its own that has seen some traffic. */
const grown = async (
  { folder, nodeOptions, seat, target }: Ground,
  first: string,
  state: Uint8Array,
  come: (crowd: Crowd) => Promise<number>,
  environment: Readonly<Record<string, string>> = {},
): Promise<number> => {
  const server = await target.start(folder, { seat, nodeOptions, environment })
  const visitors = await target.visitors(folder)
  const crowd = new Crowd(target, server.url, visitors)
  await gather(crowd, target, first, 1, state)
  const passers = new Crowd(target, server.url, index => visitors(index + 1))
  await aFewAtATime(PASSERS, async () => void (await passers.join(first)))
  passers.leave()
  const before = await settled(server)
  const many = await come(crowd)
  const after = await settled(server)
  crowd.leave()
  await server.stop()
  return (after - before) / many
}

const settled = async (server: ServerProcess): Promise<number> => {
  await passed(SETTLING)
  return server.memory()
}

const aFewAtATime = async (many: number, run: (index: number) => Promise<void>): Promise<void> => {
  for (let at = 0; at < many; at += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, many - at) }, (_, index) => run(at + index)),
    )
}
