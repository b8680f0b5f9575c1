/** What people do. */
import * as Y from 'yjs'
import { describeTracker } from '#shared/document/tracker.ts'
import { account, DISCUSSION, MATRIX } from '#test/simulation/cast.ts'
import { discussByChance, editByChance } from '#test/simulation/edits.ts'
import { placesIn } from '#test/simulation/ledger.ts'
import type { Step, WeightedStep } from '#test/simulation/step.ts'
import { USER } from '#test/simulation/tab.ts'

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

/** As stock clients do from time to time that were told to. */
const askAgain: Step = ({ dice, network, note }, drawn) => {
  const slow = network.tabs.filter(({ line }) => line?.isSlow)
  const tab = slow[dice.below(slow.length * 2)] ?? drawn
  if (!tab.line) return
  note(`${tab.part.name} asks again`)
  tab.ask()
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

export const PEOPLE: readonly WeightedStep[] = [
  [40, edit],
  [3, undo],
  [2.5, leave],
  [1, askAgain],
  [0.8, restore],
  [0.3, forge],
  [1, changeRole],
]
