/** A text is taken out of a document's whole life, against what was there before; nothing else changes. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { addIssue, issueRecords } from '#shared/document/issues.ts'
import { positionName } from '#shared/document/layout.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import type { Entry } from '#shared/history/entry.ts'
import { Timeline } from '#shared/history/timeline.ts'
import { BLANK, Blanker, blankValue } from '#shared/history/redact/blanks.ts'
import { cutsIn, findInJournal, findInState } from '#shared/history/redact/find.ts'
import { FOREVER, standsOf, type Run } from '#shared/history/redact/stand.ts'
import { whereAll, whereStands } from '#shared/history/redact/where.ts'
import type { IssueId, PartyId, RedLineId } from '#shared/ids.ts'
import { BEGINNING, make, newDoc, rewind, VERBS } from '#test/shared/edits.ts'
import { Office } from '#test/shared/office.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

vi.setConfig({ testTimeout: 30_000 })

beforeEach(rewind)

const SECRET = 'hunter2🔑'
const WORDS = [
  '',
  `Key: ${SECRET} ok`,
  SECRET,
  'hunter2',
  'Asks for relief',
  `${SECRET}${SECRET}`,
] as const
const verbs = Object.values(VERBS)

const typing = (doc: Y.Doc, dice: Dice): void => {
  const issue = dice.pick(issueRecords.all(doc) as never) as { id: never } | undefined
  const party = dice.pick(partyRecords.all(doc) as never) as { id: never } | undefined
  if (!issue || !party) return
  const text = doc.getText(positionName(issue.id, party.id))
  const at = dice.below(text.length + 1)
  switch (dice.below(5)) {
    case 0:
      return text.insert(at, SECRET)
    case 1:
      // Letter by letter, with a slip that is taken back.
      for (const [nth, letter] of [...SECRET].entries()) text.insert(at + nth, letter)
      text.insert(at + 3, 'X')
      return text.delete(at + 3, 1)
    case 2: {
      const half = 1 + dice.below(6)
      text.insert(at, SECRET.slice(half))
      return text.insert(at, SECRET.slice(0, half))
    }
    case 3:
      return text.delete(at, Math.min(text.length - at, 1 + dice.below(5)))
    default:
      // A letter of it, which may complete what somebody else has begun.
      return text.insert(at, dice.pick([...SECRET] as never))
  }
}

const run = (seed: number): Office => {
  const dice = seededDice(seed)
  const office = new Office(['ada', 'bo', 'cy'], dice, () => undefined)
  const [first] = office.people
  createTracker(first.doc, 'Talks')
  make(first.doc, BEGINNING)
  office.send(first)
  for (const person of office.people) office.receive(person)
  for (let nth = 0; nth < 80; nth++)
    office.step(doc => {
      if (dice.once(2)) return typing(doc, dice)
      const draw = { a: dice.below(1_000), b: dice.below(1_000), c: dice.below(1_000) }
      verbs[dice.below(verbs.length)]?.(doc, { ...draw, words: dice.pick(WORDS) })
    })
  office.reunite()
  return office
}

const holds = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text)

const redacted = (entries: readonly Entry[]): readonly Entry[] => {
  const blanker = new Blanker(
    findInJournal(
      entries.map(({ update }) => update),
      SECRET,
    ).blanks,
  )
  return entries.map(entry => ({ ...entry, update: blanker.update(entry.update) }))
}

const shapeOf = (update: Uint8Array) => {
  const { ds, structs } = Y.decodeUpdate(update)
  return { ds, structs: structs.map(({ id, length, constructor }) => [id, length, constructor]) }
}

/** Whether it is the same but for blanks, and without the text. */
const isBlanked = (after: unknown, before: unknown): boolean => {
  if (typeof before === 'string' && typeof after === 'string')
    return (
      after.length === before.length &&
      !after.includes(SECRET) &&
      after.split('').every((unit, at) => unit === BLANK || unit === before[at])
    )
  if (typeof before !== 'object' || before === null) return after === before
  if (typeof after !== 'object' || after === null) return false
  const was: ReadonlyMap<string, unknown> = new Map(Object.entries(before))
  const is = Object.entries(after)
  return is.length === was.size && is.every(([key, value]) => isBlanked(value, was.get(key)))
}

describe('after a redaction', () => {
  test.each(Array.from({ length: 25 }, (_, nth) => nth + 1))(
    'no update holds the text, every moment is as it was but for blanks, and nobody brings it back (seed %i)',
    seed => {
      const office = run(seed)
      const { entries } = office
      const after = redacted(entries)
      expect(entries.some(({ update }) => holds(update, SECRET))).toBe(true)
      for (const [index, { update }] of after.entries()) {
        expect(holds(update, SECRET), `entry ${index + 1}`).toBe(false)
        expect(shapeOf(update)).toEqual(shapeOf(entries[index]?.update as Uint8Array))
      }
      const [then, now] = [new Timeline(entries), new Timeline(after)]
      for (let seq = 0; seq <= now.last; seq++)
        expect(isBlanked(now.trackerAt(seq), then.trackerAt(seq)), `moment ${seq}`).toBe(true)

      const server = new Y.Doc()
      for (const { update } of after) Y.applyUpdate(server, update)
      expect(server.store.pendingStructs).toBeNull()
      expect(Y.encodeStateVector(server)).toEqual(Y.encodeStateVector(office.doc))
      const clean = Y.encodeStateAsUpdateV2(server)
      // Everybody still has the old document, and comes back.
      for (const { doc } of office.people) {
        const brought = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))
        expect(holds(brought, SECRET)).toBe(false)
        Y.applyUpdate(server, brought)
        // Even one who sends all that there is.
        Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
      }
      expect(Y.encodeStateAsUpdateV2(server)).toEqual(clean)
      expect(
        findInJournal(
          after.map(({ update }) => update),
          SECRET,
        ).holders,
      ).toEqual([])
    },
  )

  test.each([3, 8, 21])(
    'a state in between is blanked by the same places, in both formats (seed %i)',
    seed => {
      const { entries } = run(seed)
      const { blanks } = findInJournal(
        entries.map(({ update }) => update),
        SECRET,
      )
      const blanker = new Blanker(blanks)
      const [before, after] = [new Y.Doc(), new Y.Doc()]
      for (const { update } of entries) {
        Y.applyUpdate(before, update)
        Y.applyUpdate(after, blanker.update(update))
        const state = blanker.updateV2(Y.encodeStateAsUpdateV2(before))
        const doc = new Y.Doc()
        Y.applyUpdateV2(doc, state)
        expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(after))
        // Once more changes nothing: an interrupted redaction begins anew.
        expect(blanker.updateV2(state)).toBe(state)
        expect(findInState(state, SECRET).holders).toEqual([])
      }
    },
  )
})

describe('where a text ever stood', () => {
  const there = (text: string, from = 0, to = FOREVER): Run => ({ text, from, to })
  const found = (text: string, ...runs: Run[]) =>
    standsOf(text, runs).map(({ isLasting, letters }) => [
      letters.map(({ at, run }) => `${run}.${at}`).join(' '),
      isLasting,
    ])

  test.each([
    ['in one piece', [there('a key b')], [['0.2 0.3 0.4', true]]],
    ['over pieces', [there('k'), there('ey')], [['0.0 1.0 1.1', true]]],
    [
      'around what was gone by then',
      [there('k'), there('X', 1, 3), there('ey', 2)],
      [['0.0 2.0 2.1', true]],
    ],
    [
      'until something came between',
      [there('ke'), there('X', 5), there('y')],
      [['0.0 0.1 2.0', false]],
    ],
    [
      'before something came between, and after it went',
      [there('k'), there('X', 5, 7), there('ey', 3)],
      [['0.0 2.0 2.1', true]],
    ],
    ['never: one piece went before the other came', [there('ke', 0, 4), there('y', 4)], []],
    ['never: something always stood between', [there('k'), there('X'), there('ey')], []],
    [
      'with either of two ends',
      [there('ke'), there('y', 1, 3), there('y', 3)],
      [['0.0 0.1 1.0 2.0', true]],
    ],
    [
      'over itself',
      [there('keykey')],
      [
        ['0.0 0.1 0.2', true],
        ['0.3 0.4 0.5', true],
      ],
    ],
  ])('%s', (_, runs, wanted) => {
    expect(found('key', ...runs)).toEqual(wanted)
  })

  test('overlapping itself', () => {
    expect(found('aa', there('aaa'))).toEqual([
      ['0.0 0.1', true],
      ['0.1 0.2', true],
    ])
  })

  test('is told by holder; choices, ids and names of fields are no words', () => {
    const doc = newDoc()
    createTracker(doc, 'agreed')
    const updates: Uint8Array[] = [Y.encodeStateAsUpdate(doc)]
    doc.on('update', (update: Uint8Array) => updates.push(update))
    doc.getMap('cells').set('i/p/knowledge', 'agreed')
    doc.getMap('cells').set('i/p/scopeNote', 'not agreed')
    doc.getMap('movements').set('i/p/3/kind', 'agreed')
    doc.getText('text/i/p/position').insert(0, 'They agreed, agreed?')
    doc.getText('text/i/p/position').delete(0, 11)
    doc.getMap('cells').set('i/p/scopeNote', '')
    const { holders } = findInJournal(updates, 'agreed')
    expect(holders).toEqual([
      { root: 'tracker', key: 'title', field: null, times: 1, isThere: true },
      { root: 'cells', key: 'i/p/scopeNote', field: null, times: 1, isThere: false },
      { root: 'text/i/p/position', key: '', field: null, times: 2, isThere: true },
    ])
  })

  test('also in what one edit brought and took away again', () => {
    const doc = new Y.Doc({ gc: false })
    doc.transact(() => {
      doc.getText('text/i/description').insert(0, 'a hunter2 b')
      doc.getText('text/i/description').delete(2, 7)
    })
    const update = Y.encodeStateAsUpdate(doc)
    expect(holds(update, 'hunter2')).toBe(true)
    const { blanks } = findInJournal([update], 'hunter2')
    expect(holds(new Blanker(blanks).update(update), 'hunter2')).toBe(false)
  })
})

test('values are blanked in all their depth, names of their fields too', () => {
  const value = { a: 'no key', keys: ['key', 3, null, { deep: 'keykey' }], flag: true }
  expect(blankValue(value, cutsIn(value, 'key'))).toEqual({
    a: 'no ███',
    '███s': ['███', 3, null, { deep: '██████' }],
    flag: true,
  })
})

test('where a text stands is told by the names of today, without what is gone', () => {
  const doc = newDoc()
  createTracker(doc, 'Talks')
  addIssue(doc, 'i' as IssueId, { title: 'Verification', basketId: null })
  addParty(doc, 'p' as PartyId, { name: 'Iran' })
  redLineRecords.put(doc, 'l' as RedLineId, { issueId: 'i' as IssueId, partyId: 'p' as PartyId })
  const tracker = readTracker(doc)
  const at = (root: string, key = '', field: string | null = null): string =>
    whereStands({ root, key, field, times: 1, isThere: true }, tracker)
  expect([
    at('text/i/p/position'),
    at('text/i/description'),
    at('text/gone/p/position'),
    at('cells', 'i/p/scopeNote'),
    at('issues', 'i', 'scaleName'),
    at('issues', 'i', 'title'),
    at('redLines', 'l', 'statement'),
    at('redLines', 'gone', 'statement'),
    at('tracker', 'title'),
    at('threads', 't', 'x'),
    at('__proto__', 'constructor', 'toString'),
  ]).toEqual([
    'Verification · Iran',
    'Verification · description',
    'an issue that was removed · Iran',
    'Verification · Iran · note on the scope',
    'Verification · name of the scale',
    'an issue · title',
    'Verification · Iran · red line',
    'a red line · statement',
    'the tracker’s title',
    'the discussion · x',
    'the discussion · toString',
  ])
  expect(whereAll(['a', 'b', 'a'])).toBe('a, b')
  expect(whereAll(['a', 'b', 'c', 'd'])).toBe('a, b, c and 1 more place')
  expect(whereAll(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more places')
})
