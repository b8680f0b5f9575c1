/** How long somebody waits for the document: open already, not open yet, and with two hundred others at the door. */
import { seededMatrix, type MatrixSize } from '#test/bench/load/matrix.ts'
import { Crowd } from '#test/bench/peers/crowd.ts'
import { quantiles } from '#test/bench/peers/ledger.ts'
import { passed } from '#test/bench/peers/machine.ts'
import type { Ground, Outcome } from '#test/bench/peers/scenarios/scenario.ts'
import { gather, lay } from '#test/bench/peers/stage.ts'
import { newId } from '#shared/ids.ts'

const ONE_BY_ONE = 20
const COLD = 8
const HERD = 200
const HERDS = 3
/** For a server to write down and forget a document that everybody has left. */
const SETTLING = 1_000

export const joins = async (ground: Ground, size: MatrixSize): Promise<Outcome> => {
  const { folder, nodeOptions, seat, target } = ground
  const matrix = seededMatrix(size)
  const names = Array.from({ length: COLD + 1 }, () => newId())
  await lay(target, folder, names, matrix)
  const server = await target.start(folder, { seat, nodeOptions })
  const crowd = new Crowd(target, server.url, await target.visitors(folder))

  const cold: number[] = []
  if (target.audit) {
    for (const name of names.slice(1)) {
      if (!target.store) {
        const [member] = await gather(crowd, target, name, 1, matrix.state)
        member?.client.close()
        await passed(SETTLING)
      }
      cold.push((await crowd.join(name)).took)
    }
    crowd.leave()
    await passed(SETTLING)
  }

  const [name = ''] = names
  await gather(crowd, target, name, 1, matrix.state)
  const warm: number[] = []
  let size_ = 0
  for (let times = 0; times < ONE_BY_ONE; times++) {
    const { member, size, took } = await crowd.join(name)
    warm.push(took)
    size_ = size
    member.client.close()
  }

  const herds = []
  for (let times = 0; times < HERDS; times++) {
    const cpu = server.cpu()
    const herd = await Promise.all(Array.from({ length: HERD }, () => crowd.join(name)))
    herds.push({ ...quantiles(herd.map(({ took }) => took)), cpu: server.cpu() - cpu })
    for (const { member } of herd) member.client.close()
    await passed(SETTLING)
  }
  const herd = herds.toSorted((a, b) => a.p99 - b.p99)[Math.floor(HERDS / 2)]
  const outcome: Outcome = {
    figures: {
      warm: quantiles(warm).p50,
      cold: cold.length > 0 ? quantiles(cold).p50 : undefined,
      herdP50: herd?.p50,
      herdP99: herd?.p99,
      herdCpu: herd?.cpu,
      kibibytes: size_ / 1_024,
      peakMiB: server.peak() / 2 ** 20,
    },
    notes: [],
  }
  crowd.leave()
  await server.stop()
  return outcome
}
