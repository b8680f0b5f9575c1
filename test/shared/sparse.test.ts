/** A sparse document is a Y.Doc in all but its cost: the same updates make the same state, events and bytes. */
import * as Y from 'yjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { changedAddresses } from '#shared/document/changed.ts'
import { sparseDoc, transactSparsely } from '#shared/document/sparse.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { seededDice } from '#test/simulation/dice.ts'
import { editByChance } from '#test/simulation/edits.ts'

afterEach(() => vi.restoreAllMocks())

interface Heard {
  readonly update: Uint8Array
  readonly addresses: readonly string[]
}

const listen = (doc: Y.Doc): Heard[] => {
  const heard: Heard[] = []
  doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, tr: Y.Transaction) =>
    heard.push({ update, addresses: [...changedAddresses(tr)].toSorted() }),
  )
  return heard
}

describe('what three people do at once', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('arrives as in a plain document, seed %i', seed => {
    const dice = seededDice(seed)
    const people = [11, 5, 77].map(client => {
      const doc = new Y.Doc()
      doc.clientID = client
      const out: Uint8Array[] = []
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'remote') out.push(update)
      })
      return { doc, out }
    })
    const [plain, sparse] = [new Y.Doc(), sparseDoc()]
    const [byPlain, bySparse] = [listen(plain), listen(sparse)]

    for (let round = 0; round < 60; round++) {
      for (const { doc } of people)
        for (let many = dice.below(3); many > 0; many--) editByChance(doc, dice, 'user')
      const batch = people.flatMap(({ out }) => out.splice(0))
      plain.transact(() => batch.forEach(update => Y.applyUpdate(plain, update)), null)
      transactSparsely(sparse, () => batch.forEach(update => Y.applyUpdate(sparse, update)), null)
      if (dice.once(3))
        for (const { doc } of people)
          for (const update of batch) Y.applyUpdate(doc, update, 'remote')
    }

    expect(bySparse).toEqual(byPlain)
    expect(Y.encodeStateAsUpdate(sparse)).toEqual(Y.encodeStateAsUpdate(plain))
    expect(Y.encodeStateVector(sparse)).toEqual(Y.encodeStateVector(plain))
    expect(readTracker(sparse)).toEqual(readTracker(plain))
  })
})

test('the vectors of a transaction hold whom it touched, and what goes wrong ends it', () => {
  const doc = sparseDoc()
  for (const client of [1, 2, 3]) {
    const other = new Y.Doc()
    other.clientID = client
    other.getText('t').insert(0, 'words')
    transactSparsely(doc, () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(other)), null)
  }
  let vectors: unknown
  doc.once('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, tr: Y.Transaction) => {
    vectors = [tr.beforeState, tr.afterState].map(vector => [...vector])
  })
  const four = new Y.Doc()
  four.clientID = 4
  four.getMap('m').set('key', 1)
  transactSparsely(doc, () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(four)), null)
  expect(vectors).toEqual([[], [[4, 1]]])

  const fail = (): void => {
    throw new Error('in the middle')
  }
  expect(() => transactSparsely(doc, fail, null)).toThrow('in the middle')
  expect([...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()].toSorted()).toEqual([1, 2, 3, 4])
})

test('a document that has edited keeps its client id, unless somebody else writes under it', () => {
  const doc = sparseDoc()
  doc.clientID = 7
  doc.getText('t').insert(0, 'mine')
  const other = new Y.Doc()
  other.clientID = 8
  other.getText('t').insert(0, 'theirs')
  transactSparsely(doc, () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(other)), null)
  expect(doc.clientID).toBe(7)

  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const thief = new Y.Doc()
  Y.applyUpdate(thief, Y.encodeStateAsUpdate(doc))
  thief.clientID = 7
  thief.getText('t').insert(0, 'stolen')
  transactSparsely(doc, () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(thief)), null)
  expect(doc.clientID).not.toBe(7)
})

describe('one who edits, undoes and reacts to what others do', () => {
  test.each([1, 2, 3, 4, 5, 6])('writes as in a plain document, seed %i', seed => {
    const [plain, sparse] = [new Y.Doc(), sparseDoc()]
    const outcomes = [plain, sparse].map(doc => {
      const dice = seededDice(seed)
      vi.spyOn(Math, 'random').mockImplementation(() => dice.below(2 ** 32) / 2 ** 32)
      doc.clientID = 7
      const other = new Y.Doc()
      other.clientID = 70
      const heard = listen(doc)
      const undo = new Y.UndoManager(doc.getMap('cells'), { trackedOrigins: new Set(['user']) })
      // Badly behaved: writes while it is being told of somebody else's edit.
      doc.getMap('tracker').observe((_event, { origin }) => {
        if (origin === 'remote') doc.getText('log').insert(0, 'seen ')
      })
      for (let round = 0; round < 80; round++) {
        const roll = dice.below(10)
        if (roll < 5) doc.transact(() => editByChance(doc, dice, 'user'), 'user')
        else if (roll < 6) undo.undo()
        else if (roll < 7) doc.getText('free').insert(0, 'typed')
        else {
          editByChance(other, dice, 'user')
          other.getMap('tracker').set('title', `Round ${round}`)
          const update = Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc))
          transactSparsely(doc, () => Y.applyUpdate(doc, update), 'remote')
          Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)))
        }
      }
      return { heard, state: Y.encodeStateAsUpdate(doc), client: doc.clientID }
    })
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[0]?.client).toBe(7)
  })
})

test('whoever walks its roots meets each once, wherever others have stopped before', () => {
  const dice = seededDice(11)
  const doc = sparseDoc()
  const names = Array.from({ length: 40 }, (_, nth) => `root${nth}`)
  for (const name of names) doc.getMap(name)
  for (let round = 0; round < 200; round++) {
    const wanted = names[dice.below(names.length)]
    const met: string[] = []
    for (const [name, type] of doc.share.entries()) {
      expect(type).toBe(doc.share.get(name))
      met.push(name)
      if (name === wanted && round % 3 > 0) break
    }
    expect(new Set(met).size).toBe(met.length)
    if (round % 3 === 0) expect(met.toSorted()).toEqual(names.toSorted())
  }
})

test('a large matrix is encoded to the same bytes, and reads the same again', () => {
  const source = new Y.Doc()
  for (let nth = 0; nth < 400; nth++) {
    source.getText(`text/i${nth}/p/position`).insert(0, `Position ${nth}`)
    source.getMap('cells').set(`i${nth}/p/knowledge`, 'reported')
    if (nth % 50 === 0) source.clientID = nth + 1
  }
  const state = Y.encodeStateAsUpdate(source)
  const [plain, sparse] = [new Y.Doc(), sparseDoc()]
  Y.applyUpdate(plain, state)
  transactSparsely(sparse, () => Y.applyUpdate(sparse, state), null)
  for (let round = 0; round < 3; round++)
    expect(Y.encodeStateAsUpdate(sparse)).toEqual(Y.encodeStateAsUpdate(plain))
})

test('a plain document takes it too', () => {
  const [doc, other] = [new Y.Doc(), new Y.Doc()]
  const heard = listen(doc)
  other.getText('t').insert(0, 'words')
  transactSparsely(doc, () => Y.applyUpdate(doc, Y.encodeStateAsUpdate(other)), null)
  expect(doc.getText('t').toJSON()).toBe('words')
  expect(heard).toHaveLength(1)
})
