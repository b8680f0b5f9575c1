/** One scenario on one server, in a process of its own; the outcome goes to the process that started it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Seat } from '#test/bench/peers/machine.ts'
import { PLANS } from '#test/bench/peers/plans.ts'
import { targetNamed, type ServerName } from '#test/bench/peers/targets.ts'

export interface Order {
  readonly plan: string
  readonly server: ServerName
  readonly house: string
  readonly seat: Seat
  readonly share: number
  readonly seed: number
  readonly nodeOptions: readonly string[]
}

const order = JSON.parse(process.argv[2] ?? '') as Order
const plan = PLANS.find(({ name }) => name === order.plan)
if (!plan) throw new Error(`There is no scenario ${order.plan}`)
const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
try {
  const target = targetNamed(order.server, order.house)
  const outcome = await plan.run({ ...order, target, folder })
  process.send?.(outcome)
  process.disconnect?.()
} finally {
  await rm(folder, { recursive: true, force: true })
}
