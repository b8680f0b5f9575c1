/** When nothing is under way any more: everybody must show the same, and it must be what the disk holds. */
import { isDeepStrictEqual } from 'node:util'
import type * as Y from 'yjs'
import type { DocumentRef } from '#shared/access.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { account, DISCUSSION, DOCUMENTS, MATRIX } from '#test/simulation/cast.ts'
import { hold } from '#test/simulation/ledger.ts'
import type { Tab } from '#test/simulation/tab.ts'
import type { World } from '#test/simulation/world.ts'

/** Exchanges after which nothing can be under way between people who do nothing. */
const ROUNDS = 40
/** Long enough for presence to be told, and for a slow reader to be looked after. */
const PAUSE = 300
/** Longer than the journal's longest pause between two tries. */
const PATIENCE = 2_500

const shown = (doc: Y.Doc, { kind }: DocumentRef): unknown =>
  kind === 'matrix'
    ? readTracker(doc)
    : ['threads', 'comments', 'resolutions'].map(root => doc.getMap(root).toJSON())

/** Lets one document's connections come to rest, and compares; whatever befalls the others must not matter. */
export const calm = async (world: World, ref: DocumentRef): Promise<void> => {
  const { disk, network, process } = world
  if (!disk.takes(ref.name)) return
  world.note(`${ref.name} comes to rest`)
  network.letIn()
  const tabs = network.tabsOf(ref)
  for (const { line } of tabs) if (line?.isSlow === true && world.dice.once(2)) line.isSlow = false
  for (let round = 0; round < ROUNDS; round++) {
    for (const { line } of tabs) if (line) network.deliverAllUp(line)
    await world.clock.settle()
    for (const tab of tabs) while (network.deliverDown(tab)) world.note(`${tab.part.name} hears`)
    const isDirty = tabs.some(({ line }) => line?.isSound === true && !line.room.isClean)
    await world.clock.advance(isDirty ? PATIENCE : PAUSE)
    if (process.isDead || !disk.takes(ref.name)) return
    if (!isDirty && tabs.every(({ line }) => !line?.isSound || line.isQuiet)) break
  }
  for (const tab of tabs) if (tab.line?.isSound && !tab.isForger) compare(world, tab)
  world.checkViews(ref)
  world.reach(`${ref.name} rests`)
}

const compare = (world: World, { doc, isAsking, line, part, saving }: Tab): void => {
  const ledger = world.ledger(part.ref)
  ledger.absorb()
  hold(line?.isQuiet === true, `${part.name}'s connection never comes to rest`)
  if (!line) return
  hold(!isAsking, `${part.name} never gets an answer`)
  hold(line.room.isClean, `${part.ref.name} never becomes clean`)
  hold(line.room.head === ledger.head, `${part.ref.name} miscounts its entries`)
  hold(
    line.room.isResting || ledger.equals(line.room.doc),
    `the server holds another ${part.ref.name} than the disk`,
  )
  hold(ledger.equals(doc), `${part.name} holds something else than the disk`)
  hold(part.isStock === true || saving.settled, `${part.name} never becomes "saved"`)
}

/** Everything works again and everybody comes: all must end up with the same, however the server is asked. */
export const heal = async (world: World): Promise<void> => {
  const { disk, network } = world
  world.process.doom = undefined
  disk.mend()
  await world.clock.advance(5_000)
  await world.revive()
  world.process.doom = undefined
  world.setRole(MATRIX, account('cy'), 'editor')
  world.setRole(DISCUSSION, account('di'), 'commenter')
  for (const tab of network.tabs) if (tab.isForger) network.reload(tab)
  for (let round = 0; round < 6; round++) {
    for (const tab of network.tabs) {
      if (tab.line && (!tab.line.isSound || round === 0)) network.cut(tab)
      network.plugIn(tab)
    }
    for (const line of network.lines) if (line.isAbandoned) network.notice(line)
    await world.clock.advance(100)
    for (const ref of DOCUMENTS) await calm(world, ref)
    await world.revive()
    world.check()
  }
  for (const tab of network.tabs) {
    hold(tab.line?.isSound === true, `${tab.part.name} never gets back in`)
    compare(world, tab)
    const { truth } = world.ledger(tab.part.ref)
    hold(
      isDeepStrictEqual(shown(tab.doc, tab.part.ref), shown(truth, tab.part.ref)),
      `${tab.part.name} shows something else than the disk holds`,
    )
  }
}
