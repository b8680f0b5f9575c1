/** What can happen in a world, and how often. */
import * as Y from 'yjs'
import { describeTracker } from '#shared/document/tracker.ts'
import { account, DISCUSSION, DOCUMENTS, MATRIX } from '#test/simulation/cast.ts'
import { discussByChance, editByChance, foundByChance } from '#test/simulation/edits.ts'
import { calm } from '#test/simulation/calm.ts'
import { placesIn } from '#test/simulation/ledger.ts'
import { USER, type Tab } from '#test/simulation/tab.ts'
import type { World } from '#test/simulation/world.ts'

type Step = (world: World, tab: Tab) => void | Promise<void>

const edit: Step = ({ dice, note, reached, roles }, tab) => {
  const { account, name, ref } = tab.part
  const isMeant = roles.mayWrite(ref, account)
  if (!isMeant && !dice.once(12)) return
  note(`${name} edits${tab.line ? '' : ' offline'}`)
  if (!tab.line) reached.add('edits offline')
  if (ref.kind === 'matrix') editByChance(tab.doc, dice, USER)
  else discussByChance(tab.doc, dice, USER)
}

const undo: Step = ({ dice, note, reached }, tab) => {
  const step = dice.once(3) ? tab.undo.redo() : tab.undo.undo()
  if (!step) return
  note(`${tab.part.name} takes a step back`)
  reached.add('a step is undone')
}

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

const settle: Step = ({ clock }) => clock.settle()

const comeBack: Step = ({ dice, network }) => {
  for (const tab of network.tabs) if (dice.once(2)) network.plugIn(tab)
}

/** As stock clients do from time to time that were told to. */
const askAgain: Step = ({ note }, tab) => {
  if (!tab.line) return
  note(`${tab.part.name} asks again`)
  tab.ask()
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

const pass: Step = async ({ clock, dice, note }) => {
  const milliseconds = dice.below(dice.once(8) ? 4_000 : 400)
  note(`${milliseconds} ms pass`)
  await clock.advance(milliseconds)
}

const disturbDisk: Step = world => {
  const { dice, disk } = world
  switch (dice.below(8)) {
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
    case 6:
      disk.lagBehind()
      return world.reach('reading takes long')
    default:
      disk.refused.set(MATRIX.name, 1)
      return world.note(`${MATRIX.name} cannot be written once`)
  }
}

const mendDisk: Step = ({ disk, note }) => {
  if (!disk.isSlow) return
  disk.speedUp()
  note('the disk is fast')
}

const changeRole: Step = world => {
  const cy = account('cy')
  const drawn = world.dice.pick(['editor', 'editor', 'commenter', 'viewer', 'a stranger'] as const)
  const role = drawn === 'a stranger' ? null : drawn
  world.reach(`cy becomes ${drawn}`)
  world.setRole(MATRIX, cy, role)
  const di = account('di')
  if (world.dice.once(4))
    world.setRole(DISCUSSION, di, world.dice.pick(['commenter', 'viewer'] as const))
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

const crash: Step = world => {
  if (world.dice.once(3)) world.process.die('at once')
  else world.doom()
}

/** The page goes; a browser may show it again as it was. */
const leave: Step = ({ dice, network, note }, drawn) => {
  const settled = network.tabs.filter(({ line, saving }) => line && saving.settled)
  const tab = settled[dice.below(settled.length * 2)] ?? drawn
  const returns = dice.once(3)
  note(`${tab.part.name} ${returns ? 'leaves and returns' : 'reloads'}`)
  tab.leave()
  if (returns) network.cut(tab)
  else network.reload(tab)
}

const restore: Step = (world, { part }) => {
  if (part.ref.kind !== 'matrix' || !world.roles.mayWrite(part.ref, part.account)) return
  world.note(`${part.name} restores`)
  void world.restore(part)
}

/** Writes under somebody else's client id. */
const forge: Step = (world, tab) => {
  const { account, name, ref } = tab.part
  const ledger = world.ledger(ref)
  ledger.absorb()
  const victims = [...ledger.truth.store.clients.keys()].filter(
    client => ledger.ownerOf(client) !== account,
  )
  const victim = victims[world.dice.below(victims.length)]
  if (victim === undefined || !tab.line?.isSound) return
  tab.isForger = true
  tab.line.isForged = true
  world.reach('a forger')
  world.note(`${name} writes as ${ledger.ownerOf(victim)}`)
  const forged = new Y.Doc()
  Y.applyUpdate(forged, Y.encodeStateAsUpdate(ledger.truth))
  forged.clientID = victim
  // Where the owner has written on meanwhile, only this is left of it, and everybody may delete.
  forged.on('afterTransaction', ({ deleteSet }: Y.Transaction) =>
    ledger.deletes(account, placesIn(deleteSet)),
  )
  forged.on('update', (update: Uint8Array) => tab.send({ kind: 'update', update }))
  if (ref.kind === 'matrix') describeTracker(forged, { title: `Forged by ${name}` })
  else discussByChance(forged, world.dice, USER)
  forged.destroy()
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

const calmDown: Step = (world, { part: { ref } }) => calm(world, ref)

const STEPS: readonly (readonly [weight: number, step: Step])[] = [
  [40, edit],
  [3, undo],
  [24, deliver],
  [10, settle],
  [3, plugOrUnplug],
  [6, comeBack],
  [2, notice],
  [1, halfOpen],
  [2, slow],
  [2, fast],
  [6, pass],
  [2.5, disturbDisk],
  [5, mendDisk],
  [1, changeRole],
  [0.5, empty],
  [0.6, crash],
  [0.2, world => world.stop()],
  [2.5, leave],
  [1, askAgain],
  [0.8, restore],
  [0.3, forge],
  [0.4, busy],
  [0.3, sleep],
  [1.5, calmDown],
]
const TOTAL = STEPS.reduce((sum, [weight]) => sum + weight, 0)

/** Everybody comes, and finds a little to begin with. */
export const begin = async (world: World): Promise<void> => {
  for (const tab of world.network.tabs) world.network.plugIn(tab)
  await settle(world, world.network.tabs[0])
  for (const ref of DOCUMENTS) {
    const [first] = world.network.tabsOf(ref)
    if (first && ref.kind === 'matrix')
      first.doc.transact(() => foundByChance(first.doc, world.dice), USER)
    await calm(world, ref)
  }
}

/** One thing that happens, drawn by the world's dice. */
export const step = async (world: World): Promise<void> => {
  const tab = world.dice.pick(world.network.tabs)
  let roll = world.dice.below(TOTAL * 1_000) / 1_000
  world.process.hasStored = false
  for (const [weight, happen] of STEPS) {
    roll -= weight
    if (roll >= 0) continue
    await happen(world, tab)
    break
  }
  await world.revive()
}
