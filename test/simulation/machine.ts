/** What befalls the server and its disk. */
import { DOCUMENTS, MATRIX } from '#test/simulation/cast.ts'
import type { Step, WeightedStep } from '#test/simulation/step.ts'

const settle: Step = ({ clock }) => clock.settle()

const pass: Step = async ({ clock, dice, note }) => {
  const milliseconds = dice.below(dice.once(8) ? 4_000 : 400)
  note(`${milliseconds} ms pass`)
  await clock.advance(milliseconds)
}

const disturbDisk: Step = world => {
  const { dice, disk } = world
  switch (dice.below(7)) {
    case 0:
      for (let many = dice.below(5); many >= 0; many--) disk.failures.push('before')
      return world.reach('the disk is full')
    case 1:
      disk.failures.push('after')
      return world.reach('the disk does not answer')
    case 2:
    case 3:
      disk.slowDown()
      return world.reach('the disk is slow')
    case 4: {
      const { name } = dice.pick(DOCUMENTS)
      disk.refused.set(name, 1 + dice.below(8))
      return world.reach('one document cannot be written')
    }
    case 5:
      if (dice.once(2)) disk.failedLoads++
      else disk.failedCheckpoints++
      return world.reach('the disk cannot be read')
    default:
      disk.refused.set(MATRIX.name, 1)
      return world.note(`${MATRIX.name} cannot be written once`)
  }
}

const lag: Step = world => {
  world.disk.lagBehind()
  world.reach('reading takes long')
}

const mendDisk: Step = ({ disk, note }) => {
  if (!disk.isSlow) return
  disk.speedUp()
  note('the disk is fast')
}

const crash: Step = world => {
  if (world.dice.once(3)) world.process.die('at once')
  else world.doom()
}

const busy: Step = ({ clock, dice, reached }) => {
  clock.busy = dice.below(3)
  reached.add('the server has much to do')
}

/** The machine wakes after a while, and nothing has run meanwhile. */
const sleep: Step = ({ clock, reached }) => {
  clock.tick(400_000)
  reached.add('the machine has slept')
}

export const MACHINE: readonly WeightedStep[] = [
  [10, settle],
  [6, pass],
  [4, disturbDisk],
  [1.5, lag],
  [5, mendDisk],
  [0.6, crash],
  [0.4, busy],
  [0.3, sleep],
  [0.2, world => world.stop()],
]
