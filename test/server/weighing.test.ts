/** How much an update holds, told from its bytes: as Yjs would count it, and quickly for what no honest client sends. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { holdsMore, weigh } from '#server/live/weighing.ts'
import { seededDice } from '#test/simulation/dice.ts'
import { editByChance } from '#test/simulation/edits.ts'
import { changeBy, trackerState } from '#test/server/guard-world.ts'

const ENDLESS = { clients: 1e9, structs: 1e9, ranges: 1e9 }

test.each([1, 2, 3])('seed %i: it counts as Yjs does', seed => {
  const dice = seededDice(seed)
  const state = trackerState()
  for (let nth = 0; nth < 100; nth++) {
    const update = changeBy(state, doc => {
      for (let many = dice.below(8); many >= 0; many--) editByChance(doc, dice, null)
    })
    const { ds, structs } = Y.decodeUpdate(update)
    const ranges = [...ds.clients.values()].flat().length
    const clients = new Set(structs.map(({ id }) => id.client)).size
    expect(weigh(update, ENDLESS)).toEqual({ clients, structs: structs.length, ranges })
    expect(weigh(update.subarray(0, update.length - 1), ENDLESS)).toBeUndefined()
  }
})

test('it reads every kind of content', () => {
  const doc = new Y.Doc()
  const text = doc.getText('t')
  text.insert(0, 'words', { bold: true })
  text.insertEmbed(1, { image: 'x' })
  doc.getMap('m').set('any', [1, -5, 1.5, 2 ** 40, 7n, 'x', { a: [null, undefined, true] }])
  doc.getMap('m').set('bytes', new Uint8Array(5))
  doc.getMap('m').set('doc', new Y.Doc({ guid: 'g', meta: { a: 1 } }))
  doc.getXmlFragment('x').insert(0, [new Y.XmlElement('p'), new Y.XmlText('t')])
  doc.getArray('a').push([new Y.Map(), new Y.Text('t')])
  text.delete(0, 1)
  const update = Y.encodeStateAsUpdate(doc)
  const { structs } = Y.decodeUpdate(update)
  expect(weigh(update, ENDLESS)).toMatchObject({ clients: 1, structs: structs.length })
})

test('what is known may be named again', () => {
  const update = changeBy(trackerState(), doc => editByChance(doc, seededDice(5), null))
  const weight = weigh(update, ENDLESS)
  if (!weight) throw new Error('It is an update')
  const nothing = { clients: 0, structs: 0, ranges: 0 }
  expect(holdsMore(update, nothing, () => nothing)).toBe(true)
  expect(holdsMore(update, nothing, () => weight)).toBe(false)
  expect(holdsMore(new Uint8Array([9, 9]), nothing, () => weight)).toBeUndefined()
})

test('a promise of more than there are bytes is none', () => {
  expect(weigh(Uint8Array.of(1, 255, 255, 255, 15, 5, 0), ENDLESS)).toBeUndefined()
})
