/** What befalls connections. */
import type { Step, WeightedStep } from '#test/simulation/step.ts'
import type { Tab } from '#test/simulation/tab.ts'
import type { World } from '#test/simulation/world.ts'

const hearUp = ({ dice, network, note }: World): void => {
  const lines = [...network.lines].filter(({ up }) => up.length > 0)
  const line = lines[dice.below(lines.length)]
  if (!line) return
  note(`the server hears ${line.peer.account.id}`)
  for (let many = dice.below(3); many >= 0; many--) network.deliverUp(line)
}

const hearDown = ({ dice, network, note }: World, tab: Tab): void => {
  for (let many = dice.below(4); many >= 0; many--)
    if (network.deliverDown(tab)) note(`${tab.part.name} hears`)
}

/** Frames arrive, here and there, and the server goes on in between or not. */
const deliver: Step = async world => {
  const { dice, network } = world
  for (let many = dice.below(8); many >= 0; many--) {
    hearUp(world)
    if (dice.once(3)) await world.clock.settle()
    hearDown(world, dice.pick(network.tabs))
  }
}

const comeBack: Step = ({ dice, network }) => {
  for (const tab of network.tabs) if (dice.once(2)) network.plugIn(tab)
}

const plugOrUnplug: Step = ({ network, note }, tab) => {
  if (!tab.line) return network.plugIn(tab)
  note(`${tab.part.name} is cut off`)
  network.cut(tab)
}

const notice: Step = ({ dice, network, note }) => {
  const ghosts = [...network.lines].filter(({ isAbandoned }) => isAbandoned)
  const ghost = ghosts[dice.below(ghosts.length)]
  if (!ghost) return
  note(`the server learns that ${ghost.peer.account.id} has gone`)
  network.notice(ghost)
}

/** One direction dies; only a new connection mends it. */
const halfOpen: Step = (world, { line, part }) => {
  if (!line) return
  if (world.dice.once(2)) {
    line.isMute = true
    line.up = []
    world.reach('a connection loses what the tab sends')
  } else {
    line.isDeaf = true
    line.down = []
    world.reach('a connection loses what the server sends')
  }
  world.note(`half of ${part.name}'s connection is dead`)
}

const slow: Step = ({ note, reached }, { line, part }) => {
  if (!line) return
  line.isSlow = true
  note(`${part.name} reads nothing`)
  reached.add('a slow reader')
}

const fast: Step = ({ dice, network, note }) => {
  const slow = [...network.lines].filter(({ isSlow }) => isSlow)
  const line = slow[dice.below(slow.length)]
  if (!line) return
  line.isSlow = false
  note(`${line.peer.account.id} reads again`)
}

/** Everybody leaves, and the room with them. */
const empty: Step = async (world, { part: { ref } }) => {
  const { clock, network } = world
  world.note(`everybody leaves ${ref.name}`)
  for (const tab of network.tabsOf(ref)) network.cut(tab)
  for (const line of network.lines) if (line.isAbandoned) network.notice(line)
  world.forget()
  await clock.advance(700)
}

export const WEATHER: readonly WeightedStep[] = [
  [24, deliver],
  [6, comeBack],
  [3, plugOrUnplug],
  [3, ({ network }) => network.letIn()],
  [2, notice],
  [1, halfOpen],
  [2, slow],
  [2, fast],
  [0.5, empty],
]
