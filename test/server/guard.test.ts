/** What the guard lets in, and each attack on it that is known. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSES } from '#shared/access.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addIssue, issueRecords, removeIssue } from '#shared/document/issues.ts'
import {
  cellsMap,
  LAYOUT,
  movementsMap,
  positionName,
  positionText,
  recordsMap,
  trackerMap,
} from '#shared/document/layout.ts'
import { giveReason, markKind } from '#shared/document/movements.ts'
import { addParty, removeParty } from '#shared/document/parties.ts'
import { questionRecords } from '#shared/document/questions.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { judgementRecords } from '#shared/document/sources.ts'
import { describeTracker, readTracker } from '#shared/document/tracker.ts'
import type {
  AccountId,
  IssueId,
  JudgementId,
  PartyId,
  QuestionId,
  ReasonId,
  RedactionId,
} from '#shared/ids.ts'
import { movementKey } from '#shared/movements.ts'
import { LIMITS } from '#server/live/limits.ts'
import {
  ada,
  ADA_CLIENT,
  changeBy,
  docOf,
  forged,
  guarded,
  issue,
  judge,
  mallory,
  MALLORY_CLIENT,
  party,
  trackerState,
} from '#test/server/guard-world.ts'

const refusal = (close: { readonly code: number }) => ({ is: 'refused', close })
const state = trackerState()

/** Milliseconds, the least of some: the machine may be busy with something else. */
const quickest = (run: () => void): number =>
  Math.min(
    ...Array.from({ length: 3 }, () => {
      const start = performance.now()
      run()
      return performance.now() - start
    }),
  )

/** Bits of a struct's first byte. */
const STRING = 4
const HAS_ORIGIN = 128
const HAS_RIGHT = 64

describe('lets in', () => {
  test('an edit, as bytes that make the same document', () => {
    const update = changeBy(state, doc => setPosition(doc, issue, party, 'Along the hills'))
    const to = guarded(state)
    const verdict = judge(update, to)
    if (verdict.is !== 'accepted') throw new Error(verdict.is)
    expect(verdict.clients).toEqual([MALLORY_CLIENT])
    Y.applyUpdate(to.doc, verdict.update)
    expect(readTracker(to.doc)).toEqual(readTracker(docOf(2, state, update)))
  })

  test('only what is new of an answer that carries everything', () => {
    const update = changeBy(state, doc => setCell(doc, issue, party, { salience: 'high' }))
    const verdict = judge(Y.encodeStateAsUpdate(docOf(2, state, update)))
    if (verdict.is !== 'accepted') throw new Error(verdict.is)
    expect(verdict.update.length).toBeLessThan(80)
  })

  test('nothing, where there is nothing new, deletions included', () => {
    const later = docOf(
      2,
      state,
      changeBy(state, doc => removeIssue(doc, issue)),
    )
    const whole = Y.encodeStateAsUpdate(later)
    expect(judge(whole, guarded(whole))).toEqual({ is: 'nothing' })
  })

  test('an answer of who was away while more was deleted than an update may delete', () => {
    const doc = docOf(ADA_CLIENT, state)
    const text = positionText(doc, issue, party)
    const limits = { ...LIMITS, ranges: 1_000, structs: 1_000 }
    const many = 2 * limits.ranges
    for (let nth = 0; nth < many; nth++) text.insert(0, 'ab')
    for (let at = 0; at < many; at++) text.delete(at, 1)
    const whole = Y.encodeStateAsUpdate(doc)
    const changed = changeBy(whole, edited => describeTracker(edited, { title: 'Later' }))
    const to = guarded(whole, { limits })
    expect(judge(whole, to, ada)).toEqual({ is: 'nothing' })
    expect(judge(Y.mergeUpdates([whole, changed]), to).is).toBe('accepted')
  })

  test('an edit to a row or column that somebody else has removed meanwhile', () => {
    const removed = Y.encodeStateAsUpdate(
      docOf(
        3,
        state,
        changeBy(state, doc => (removeIssue(doc, issue), removeParty(doc, party)), ADA_CLIENT),
      ),
    )
    const inGoodFaith = changeBy(state, doc => {
      setCell(doc, issue, party, { stance: null, salience: 'high', knowledge: 'reported' })
      setPosition(doc, issue, party, 'Written on the train')
      issueRecords.set(doc, issue, { title: 'Borders' })
    })
    const to = guarded(removed)
    const verdict = judge(inGoodFaith, to)
    if (verdict.is !== 'accepted') throw new Error(verdict.is)
    Y.applyUpdate(to.doc, verdict.update)
    expect(to.doc.store.pendingStructs).toBeNull()
    expect(readTracker(to.doc).issues).toEqual([])
  })

  test('what is said of a movement', () => {
    const key = movementKey(issue, party, 7)
    const update = changeBy(state, doc => {
      markKind(doc, key, 'moved')
      giveReason(doc, 'why' as ReasonId, [key], 'The call of Tuesday')
    })
    expect(judge(update).is).toBe('accepted')
  })

  test('cells and texts of an issue and a party that the same update creates', () => {
    const update = changeBy(state, doc => {
      const [newIssue, newParty] = ['issue2' as IssueId, 'party2' as PartyId]
      addIssue(doc, newIssue, { title: 'Prisoners', basketId: null })
      addParty(doc, newParty, { name: 'South' })
      setPosition(doc, newIssue, newParty, 'All for all')
    })
    expect(judge(update).is).toBe('accepted')
  })

  test('fields that this version does not know, as plain data', () => {
    const update = changeBy(state, doc => {
      const record = recordsMap(doc, 'issues').get(issue) as Y.Map<unknown>
      record.set('weight', 0.25)
      record.set('aliases', ['Frontier', { language: 'fr', words: ['Frontière'] }])
      cellsMap(doc).set(`${issue}/${party}/mood`, 'calm')
    })
    expect(judge(update).is).toBe('accepted')
  })

  test('what a stock client brings in a discussion, and only there', () => {
    const update = changeBy(new Uint8Array([0, 0]), doc => {
      doc.getMap('threads').set('th1', new Y.Map([['title', 'About Article 3']]))
    })
    expect(judge(update, guarded(new Uint8Array([0, 0]), { kind: 'discussion' })).is).toBe(
      'accepted',
    )
    expect(judge(update)).toMatchObject(refusal(CLOSES.malformed))
    expect(
      judge(state, guarded(new Uint8Array([0, 0]), { kind: 'discussion', clients: new Map() })),
    ).toMatchObject(refusal(CLOSES.malformed))
  })

  test('a gap only as "early"', () => {
    const doc = docOf(MALLORY_CLIENT, state)
    describeTracker(doc, { title: 'One' })
    const before = Y.encodeStateVector(doc)
    describeTracker(doc, { title: 'Two' })
    expect(judge(Y.encodeStateAsUpdate(doc, before))).toEqual({ is: 'early' })
  })
})

describe('refuses', () => {
  test.each([
    ['bytes that are no update', Uint8Array.of(1, 2, 3, 4, 5)],
    ['nothing at all', new Uint8Array()],
    ['seven bytes that promise 2^25 structs', forged([1, 2 ** 25 - 1, 5, 0])],
    ['a clock near 2^53', forged([1, 1, MALLORY_CLIENT, 0, 0, 2 ** 53 - 1, 0])],
    ['a length of 2^31', forged([1, 1, MALLORY_CLIENT, 0, 0, 2 ** 31, 0])],
    ['a client id beyond 32 bits', forged([1, 1, 2 ** 40, 0, 0, 5, 0])],
    ["garbage over the victim's next clocks", forged([1, 1, ADA_CLIENT, 60, 0, 50, 0])],
    ['deletion of what nobody wrote', forged([0, 1, ADA_CLIENT, 1, 5_000, 5])],
  ])('%s', (_name, bytes) => {
    expect(judge(bytes)).toMatchObject(refusal(CLOSES.malformed))
  })

  test.each([
    ['a struct of no length', forged([1, 1, MALLORY_CLIENT, 0, 0, 0, 0])],
    [
      'one client in two sections',
      forged([2, 1, MALLORY_CLIENT, 0, 0, 1, 1, MALLORY_CLIENT, 0, 0, 1, 0]),
    ],
    ['a deletion of no length', forged([0, 1, ADA_CLIENT, 1, 3, 0])],
  ])('the form, and not the content, of %s', (_name, bytes) => {
    const to = guarded(state)
    const verdict = judge(bytes, to)
    if (verdict.is === 'accepted') Y.applyUpdate(to.doc, verdict.update)
    expect(to.doc.store.pendingStructs).toBeNull()
    expect(readTracker(docOf(2, Y.encodeStateAsUpdate(to.doc)))).toEqual(readTracker(to.doc))
  })

  test("text under another's client id", () => {
    const update = changeBy(state, doc => setPosition(doc, issue, party, 'I give up'), ADA_CLIENT)
    expect(judge(update)).toMatchObject(refusal(CLOSES.malformed))
    expect(judge(update, guarded(state), ada).is).toBe('accepted')
  })

  test("the victim's next clocks, bound to the victim", () => {
    const doc = docOf(5, state)
    const clock = Y.getState(doc.store, ADA_CLIENT)
    expect(judge(forged([1, 1, ADA_CLIENT, clock, 0, 50, 0]))).toMatchObject(
      refusal(CLOSES.malformed),
    )
    expect(judge(forged([0, 1, ADA_CLIENT, 1, clock + 5, 5]))).toMatchObject(
      refusal(CLOSES.malformed),
    )
  })

  const wrong: Readonly<Record<string, (doc: Y.Doc) => void>> = {
    'an unknown root': doc => doc.getMap('admin').set('a', 1),
    '100 roots': doc => Array.from({ length: 100 }, (_, i) => doc.getMap(`r${i}`).set('a', 1)),
    'a record that is a text': doc => recordsMap(doc, 'issues').set('x', new Y.Text('no')),
    'a record that is an array': doc => recordsMap(doc, 'issues').set('x', new Y.Array()),
    'a record that is a number': doc => recordsMap(doc, 'issues').set('x', 3),
    'a mark of a movement without a number': doc =>
      movementsMap(doc).set(`${issue}/${party}/0/kind`, 'moved'),
    'a mark of a movement that says nothing known': doc =>
      movementsMap(doc).set(`${issue}/${party}/7/mood`, 'moved'),
    'a list for a mark': doc => movementsMap(doc).set(`${issue}/${party}/7/kind`, ['moved']),
    'a mark of an issue that never was': doc =>
      movementsMap(doc).set(`nowhere/${party}/7/kind`, 'moved'),
    'a tombstone': doc => redactionRecords.put(doc, 'r1' as RedactionId, { by: 'Ada' }),
    'a question': doc => questionRecords.put(doc, 'q1' as QuestionId, { by: 'Ada' }),
    'a record under no id': doc => recordsMap(doc, 'issues').set('a/b', new Y.Map()),
    'a record named __proto__': doc => recordsMap(doc, 'issues').set('__proto__', new Y.Map()),
    'a field named __proto__': doc => fieldOf(doc, '__proto__', 'x'),
    'a field named constructor': doc => fieldOf(doc, 'constructor', 'x'),
    'a type in a record': doc => fieldOf(doc, 'inner', new Y.Map()),
    'a text in a record': doc => fieldOf(doc, 'inner', new Y.Text('x')),
    'bytes in a record': doc => fieldOf(doc, 'inner', new Uint8Array(9)),
    'an integer that is not safe': doc => fieldOf(doc, 'n', 2 ** 60),
    'a big integer': doc => fieldOf(doc, 'n', 5n),
    infinity: doc => fieldOf(doc, 'n', Number.POSITIVE_INFINITY),
    'an object with bytes inside': doc => fieldOf(doc, 'o', { a: { b: new Uint8Array(3) } }),
    'an object 100 deep': doc => fieldOf(doc, 'o', nested(100)),
    'an object with 5,000 values': doc =>
      fieldOf(
        doc,
        'o',
        Array.from({ length: 5_000 }, () => 1),
      ),
    'a value of 70,000 characters': doc => fieldOf(doc, 'o', 'x'.repeat(70_000)),
    'an object in a cell': doc => cellsMap(doc).set(`${issue}/${party}/stance`, { a: 1 }),
    'a type in a cell': doc => cellsMap(doc).set(`${issue}/${party}/stance`, new Y.Map()),
    'a cell at no address': doc => cellsMap(doc).set('stance', 'x'),
    'a cell of an issue that never was': doc => cellsMap(doc).set(`nowhere/${party}/stance`, 'x'),
    'a cell of a party that never was': doc => cellsMap(doc).set(`${issue}/nobody/stance`, 'x'),
    'a text of an issue that never was': doc =>
      doc.getText('text/nowhere/description').insert(0, 'x'),
    'a text of a party that never was': doc =>
      doc.getText(`text/${issue}/nobody/position`).insert(0, 'x'),
    'a text that no field is': doc => doc.getText(`text/${issue}/${party}/secret`).insert(0, 'x'),
    'formatted text': doc => doc.getText(positionName(issue, party)).format(0, 3, { bold: true }),
    'an embed in a text': doc =>
      doc.getText(positionName(issue, party)).insertEmbed(0, { image: 'x' }),
    'a map in a text': doc => doc.getText(positionName(issue, party)).insertEmbed(0, new Y.Map()),
    'an attribute of a text': doc => doc.getText(positionName(issue, party)).setAttribute('a', 'b'),
    'a record named as what every object has': doc =>
      recordsMap(doc, 'parties').set('toString', new Y.Map()),
    'a list in a root map': doc => doc.getArray('events').insert(0, ['x']),
    'a document in the document': doc => fieldOf(doc, 'sub', new Y.Doc({ guid: 'x' })),
    'an XML element': doc =>
      recordsMap(doc, 'issues').set('x', new Y.XmlElement('script') as never),
  }
  test('a grade under another’s name, and any word in one that another has given', () => {
    const grade = (by: AccountId) => ({ subjectId: 's1', grade: 'B', reason: 'Was right', by })
    const id = 'j1' as JudgementId
    const mine = docOf(ADA_CLIENT, state)
    judgementRecords.put(mine, id, grade(ada))
    const graded = Y.encodeStateAsUpdate(mine)
    expect(judge(graded, guarded(), ada).is).toBe('accepted')
    const isRefused = (change: (doc: Y.Doc) => void, of = graded): void =>
      expect(judge(changeBy(of, change), guarded(of))).toMatchObject(refusal(CLOSES.malformed))
    isRefused(doc => judgementRecords.put(doc, 'j2' as JudgementId, grade(ada)))
    isRefused(doc => judgementRecords.set(doc, id, { grade: 'E' }))
    isRefused(doc => judgementRecords.set(doc, id, { by: mallory }))
    for (const root of ['judgements', 'claimEvents', 'assessments', 'notes'] as const)
      isRefused(doc => recordsMap(doc, root).set('forged', new Y.Map([['by', ada]])))
    isRefused(doc => recordsMap(doc, 'judgements').set(id, new Y.Map([['by', mallory]])))
    const field = (doc: Y.Doc) => recordsMap(doc, 'judgements').get(id) as Y.Map<unknown>
    for (const key of ['reason', 'grade', 'by']) isRefused(doc => field(doc).delete(key))
    isRefused(doc => judgementRecords.remove(doc, id))
    const withdrawn = changeBy(graded, doc => judgementRecords.remove(doc, id), ADA_CLIENT + 1)
    expect(judge(withdrawn, guarded(graded), ada).is).toBe('accepted')
    const unsigned = docOf(ADA_CLIENT, state)
    judgementRecords.put(unsigned, id, { grade: 'B' })
    isRefused(
      doc => judgementRecords.set(doc, id, { by: mallory }),
      Y.encodeStateAsUpdate(unsigned),
    )
    const own = changeBy(graded, doc =>
      judgementRecords.put(doc, 'j2' as JudgementId, grade(mallory)),
    )
    expect(judge(own, guarded(graded)).is).toBe('accepted')
  })

  const fieldOf = (doc: Y.Doc, key: string, value: unknown): void =>
    void (recordsMap(doc, 'issues').get(issue) as Y.Map<unknown>).set(key, value)
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { in: nested(depth - 1) })

  test.each(Object.keys(wrong))('%s', name => {
    const bare = docOf(3, state)
    // Yjs makes a root what the first asker calls it: the attacker asks first.
    const update = changeBy(Y.encodeStateAsUpdate(bare), wrong[name] ?? (() => undefined))
    expect(update.length).toBeGreaterThan(2)
    expect(judge(update)).toMatchObject(refusal(CLOSES.malformed))
  })

  test('a map 2,000 deep', () => {
    const update = changeBy(state, doc => {
      let map = recordsMap(doc, 'issues')
      for (let depth = 0; depth < 2_000; depth++) {
        const inner = new Y.Map<unknown>()
        map.set('m', inner)
        map = inner
      }
    })
    expect(judge(update)).toMatchObject(refusal(CLOSES.malformed))
  })

  test('an array value 5,000 deep, without a stack overflow', () => {
    const parts = [1, 1, MALLORY_CLIENT, 0, 8 | 32, 1, 'tracker', 'title', 1]
    const deep = new Uint8Array(200_000).fill(117)
    for (let at = 1; at < deep.length; at += 2) deep[at] = 1
    expect(judge(forged([...parts, deep, 0]))).toMatchObject(refusal(CLOSES.malformed))
  })

  test('200,000 client ids', () => {
    const parts: number[] = [60_000]
    for (let client = 60_000; client > 0; client--) parts.push(1, 3_000_000 + client, 0, 0, 1)
    expect(judge(forged([...parts, 0]))).toMatchObject(refusal(CLOSES.tooLarge))
    const few: number[] = [17]
    for (let client = 17; client > 0; client--) few.push(1, 3_000_000 + client, 0, 0, 1)
    expect(judge(forged([...few, 0]))).toMatchObject(refusal(CLOSES.tooLarge))
  })

  test('a delete-set bomb, quickly', () => {
    const bomb = (many: number) =>
      forged([0, 1, ADA_CLIENT, many, ...Array.from({ length: many }, () => [0, 60]).flat()])
    expect(judge(bomb(15_000)).is).toBe('accepted')
    const big = bomb(300_000)
    expect(quickest(() => expect(judge(big)).toMatchObject(refusal(CLOSES.tooLarge)))).toBeLessThan(
      20,
    )
  })

  test('half a million structs in half a megabyte, quickly', () => {
    const structs = Array.from({ length: 500_000 }, () => [0, 1]).flat()
    const bytes = forged([1, 500_000, MALLORY_CLIENT, 0, ...structs, 0])
    expect(
      quickest(() => expect(judge(bytes)).toMatchObject(refusal(CLOSES.tooLarge))),
    ).toBeLessThan(20)
  })

  test('a message above the limit', () => {
    expect(judge(new Uint8Array(1024 * 1024 + 1))).toMatchObject(refusal(CLOSES.tooLarge))
  })

  test('items that wait for each other', () => {
    const beside = (other: number) => [Uint8Array.of(STRING | HAS_ORIGIN), other, 0, 'x']
    const update = forged([2, 1, 7_001, 0, ...beside(7_000), 1, 7_000, 0, ...beside(7_001), 0])
    expect(judge(update)).toEqual({ is: 'early' })
    const itself = forged([1, 1, 7_001, 0, ...beside(7_001), 0])
    expect(judge(itself)).toEqual({ is: 'early' })
  })

  describe('words between neighbours', () => {
    const text = docOf(ADA_CLIENT, state)
    positionText(text, issue, party).insert(0, 'abc')
    const base = Y.encodeStateAsUpdate(text)
    const first = Y.getState(docOf(1, state).store, ADA_CLIENT)
    const [a, b, c] = [first, first + 1, first + 2]
    const between = (origin: [number, number], right: [number, number]) => [
      Uint8Array.of(STRING | HAS_ORIGIN | HAS_RIGHT),
      ...origin,
      ...right,
      'x',
    ]

    test.each([
      ['in order', [a], [b], 'accepted'],
      ['with others between them since', [a], [c], 'accepted'],
      ['out of order', [c], [a], 'refused'],
      ['that are the same', [b], [b], 'refused'],
    ] as const)('%s', (_name, [left], [right], is) => {
      const bytes = forged([1, 1, 7_001, 0, ...between([ADA_CLIENT, left], [ADA_CLIENT, right]), 0])
      expect(judge(bytes, guarded(base)).is).toBe(is)
    })

    test.each([
      ['in order', c, 'accepted'],
      ['out of order', a, 'refused'],
    ] as const)('one of which is new itself, %s', (_name, right, is) => {
      // The first x stands between b and c; the second one says that it stands between that and `right`.
      const items = [
        ...between([ADA_CLIENT, b], [ADA_CLIENT, c]),
        ...between([7_001, 0], [ADA_CLIENT, right]),
      ]
      expect(judge(forged([1, 2, 7_001, 0, ...items, 0]), guarded(base)).is).toBe(is)
    })

    test('where somebody else writes at the same spot at the same moment', () => {
      // Mallory types x after b; ada's y arrives between x and c; mallory goes on between x and y.
      const mine = docOf(10, base)
      const server = guarded(base)
      const update = (doc: Y.Doc, at: number, word: string): Uint8Array => {
        const before = Y.encodeStateVector(doc)
        positionText(doc, issue, party).insert(at, word)
        return Y.encodeStateAsUpdate(doc, before)
      }
      const unsent = [update(mine, 2, 'x')]
      const hers = update(docOf(ADA_CLIENT + 1, base), 2, 'y')
      Y.applyUpdate(server.doc, hers)
      Y.applyUpdate(mine, hers)
      expect(positionText(mine, issue, party).toString().slice(0, 5)).toBe('abxyc')
      unsent.push(update(mine, 3, 'z'))
      const together = Y.mergeUpdates(unsent)
      const verdict = judge(together, server)
      if (verdict.is !== 'accepted') throw new Error(verdict.is)
      Y.applyUpdate(server.doc, verdict.update)
      expect(readTracker(server.doc)).toEqual(readTracker(mine))
    })
  })

  test('a layout from the future, and any edit of a document that has one', () => {
    const future = changeBy(state, doc => trackerMap(doc).set('layout', LAYOUT + 1))
    expect(judge(future)).toMatchObject(refusal(CLOSES.newerLayout))
    const newer = Y.encodeStateAsUpdate(docOf(4, state, future))
    const edit = changeBy(newer, doc => describeTracker(doc, { title: 'x' }), 9_000)
    const clients = new Map([
      [ADA_CLIENT, ada],
      [MALLORY_CLIENT, mallory],
    ])
    expect(judge(edit, guarded(newer, { clients }))).toMatchObject(refusal(CLOSES.newerLayout))
  })

  test('and leaves the document untouched', () => {
    const to = guarded(state)
    const before = Y.encodeStateAsUpdate(to.doc)
    for (const change of Object.values(wrong)) judge(changeBy(state, change), to)
    expect(Y.encodeStateAsUpdate(to.doc)).toEqual(before)
    expect(positionText(to.doc, issue, party).toString()).toBe('Along the river, with a crossing')
  })
})
