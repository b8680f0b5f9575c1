/** P6, P7: reading a document answers whatever is stored in it, and undo takes back one's own action. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { cellKey } from '#shared/cells.ts'
import {
  attachClaim,
  clearCell,
  detachClaim,
  noteReported,
  setCell,
  setPosition,
} from '#shared/document/cells.ts'
import { changedAddresses, type Address } from '#shared/document/changed.ts'
import { claimRecords } from '#shared/document/claims.ts'
import {
  addBasket,
  addIssue,
  basketRecords,
  issueRecords,
  moveBasket,
  moveIssue,
  readIssues,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import {
  cellsMap,
  layoutOf,
  positionName,
  positionText,
  RECORD_ROOTS,
  recordsMap,
  trackerMap,
} from '#shared/document/layout.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { ranksAt } from '#shared/document/rank.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint, movePoint, pointsByIssue } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { createTracker, describeTracker, readTracker } from '#shared/document/tracker.ts'
import type { BasketId, ClaimId, IssueId, PartyId, PointId, Rank, RedLineId } from '#shared/ids.ts'
import { BEGINNING, copyOf, edits, make, newDoc, rewind } from '#test/shared/edits.ts'

const SEED = 20_260_203
const [I, J, K] = ['i', 'j', 'k'] as unknown as readonly [IssueId, IssueId, IssueId]
const [P, Q, R] = ['p', 'q', 'r'] as unknown as readonly [PartyId, PartyId, PartyId]
const [A, B] = ['a', 'b'] as unknown as readonly [BasketId, BasketId]
const C = 'c' as ClaimId

const small = (): Y.Doc => {
  const doc = newDoc()
  createTracker(doc, 'Talks')
  for (const [id, name] of [
    [P, 'Iran'],
    [Q, 'Oman'],
    [R, 'Qatar'],
  ] as const)
    addParty(doc, id, { name })
  addBasket(doc, A, 'Nuclear')
  addBasket(doc, B, 'Process')
  addIssue(doc, I, { title: 'Limits', basketId: A })
  addIssue(doc, J, { title: 'Relief', basketId: A })
  addIssue(doc, K, { title: 'Venue', basketId: B })
  for (const [value, label] of ['None', 'Some', 'Full'].entries())
    addPoint(doc, `i${value}` as PointId, I, label)
  return doc
}
const exchange = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}
const titles = (doc: Y.Doc) => readIssues(doc).map(({ title }) => title)
const names = (doc: Y.Doc) => partyRecords.all(doc).map(({ name }) => name)
const cell = (doc: Y.Doc, issue = I, party = P) => readTracker(doc).cells[cellKey(issue, party)]

describe('reading', () => {
  const garbage: fc.Arbitrary<unknown> = fc.oneof(
    fc.constantFrom(null, true, -1, Number.NaN, 1e308, '', '__proto__', 'unknown', 'a0'),
    fc.string(),
    fc.double(),
    fc.array(fc.string(), { maxLength: 3 }),
    fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    fc.uint8Array({ maxLength: 4 }),
    fc.constantFrom('map', 'text', 'array').map(type => ({ type })),
  )
  const key = fc.oneof(
    fc.constantFrom(
      'layout',
      'title',
      'rank',
      'basketId',
      'issueId',
      'label',
      'i/p/stance',
      'i/p/claim/c',
      'i/p/claim/',
      'i/p',
      '/',
      '__proto__',
      'constructor',
      'i',
      'p',
      'c',
    ),
    fc.string({ minLength: 1, maxLength: 8 }),
  )
  const store = (map: Y.Map<unknown>, key: string, value: unknown): void => {
    const type = (value as { readonly type?: unknown } | null)?.type
    if (type === 'map') {
      const inner = new Y.Map<unknown>()
      map.set(key, inner)
      inner.set('title', new Y.Text('nested'))
    } else if (type === 'text') map.set(key, new Y.Text('text'))
    else if (type === 'array') map.set(key, Y.Array.from([1, 'two']))
    else map.set(key, value)
  }
  const roots = ['tracker', 'cells', ...RECORD_ROOTS]

  test(`answers whatever a peer has stored, in every root (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            root: fc.constantFrom(...roots),
            key,
            inner: fc.option(key),
            value: garbage,
          }),
          { maxLength: 30 },
        ),
        entries => {
          const doc = small()
          for (const { inner, key, root, value } of entries) {
            const map = doc.getMap(root)
            const record = map.get(key)
            if (inner !== null && record instanceof Y.Map) store(record, inner, value)
            else store(map, key, value)
          }
          doc.getText('text/i/p/position').insert(0, 'x', { bold: true })
          doc.getText('text/i/q/position').insertEmbed(0, { image: 1 })
          const tracker = readTracker(copyOf(doc))
          expect(tracker).toEqual(readTracker(doc))
          expect(JSON.parse(JSON.stringify(tracker))).toEqual(tracker)
          for (const { value } of entries)
            if (Number.isSafeInteger(value)) expect(layoutOf(doc)).toBeGreaterThan(0)
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })

  test('a root that a peer has used as another type reads as empty', () => {
    const peer = newDoc()
    peer.getArray('parties').push(['x'])
    peer.getText('cells').insert(0, 'words')
    peer.getMap('text/i/p/position').set('a', 1)
    peer.getArray('tracker').push([new Y.Map()])
    const tracker = readTracker(copyOf(peer))
    expect(tracker).toMatchObject({ title: '', parties: [], cells: {} })
  })

  test('leaves cells out whose row or column is not there', () => {
    const doc = small()
    setPosition(doc, 'gone' as IssueId, P, 'x')
    setCell(doc, I, 'gone' as PartyId, { scope: 'on_table' })
    expect(readTracker(doc).cells).toEqual({})
  })

  test('keeps what a newer version has stored in a record', () => {
    const doc = small()
    const record = recordsMap(doc, 'parties').get(P) as Y.Map<unknown>
    record.set('flag', { from: 'the future' })
    partyRecords.set(doc, P, { name: 'Persia' })
    expect(record.get('flag')).toEqual({ from: 'the future' })
  })

  test('tells a newer layout', () => {
    const doc = small()
    expect(layoutOf(doc)).toBe(1)
    trackerMap(doc).set('layout', 2)
    expect(layoutOf(doc)).toBe(2)
  })
})

describe('verbs', () => {
  test('describe the tracker, and leave no trace when nothing changes', () => {
    const doc = small()
    describeTracker(doc, { title: 'Round two', description: 'In Muscat' })
    expect(readTracker(doc)).toMatchObject({ title: 'Round two', description: 'In Muscat' })
    let updates = 0
    doc.on('update', () => updates++)
    describeTracker(doc, { title: 'Round two' })
    setCell(doc, I, P, { knowledge: 'unknown', stance: null, scopeNote: '' })
    setPosition(doc, I, P, '')
    partyRecords.set(doc, P, { name: 'Iran' })
    expect(updates).toBe(0)
  })

  test('a stance makes what was unknown reported, and leaves what was agreed', () => {
    const doc = small()
    setCell(doc, I, P, { stance: 'i1' as PointId })
    expect(cell(doc)).toMatchObject({ stance: 'i1', knowledge: 'reported' })
    setCell(doc, I, P, { knowledge: 'agreed' })
    setCell(doc, I, P, { stance: 'i2' as PointId })
    expect(cell(doc)).toMatchObject({ stance: 'i2', knowledge: 'agreed' })
  })

  test('words make what was unknown reported, and not what is on the agenda only', () => {
    const doc = small()
    setPosition(doc, I, P, 'Accepts some')
    noteReported(doc, I, P)
    expect(cell(doc)?.knowledge).toBe('reported')
    setCell(doc, J, P, { knowledge: 'agenda_only' })
    setPosition(doc, J, P, 'Will explore it')
    noteReported(doc, J, P)
    expect(cell(doc, J)?.knowledge).toBe('agenda_only')
  })

  test('clearing empties a cell and keeps its claims and red lines', () => {
    const doc = small()
    setCell(doc, I, P, { stance: 'i1' as PointId, scope: 'off_table' })
    setPosition(doc, I, P, 'x')
    claimRecords.put(doc, C, { statement: 'Said so' })
    attachClaim(doc, I, P, C)
    redLineRecords.put(doc, 'l' as RedLineId, { issueId: I, partyId: P, statement: 'No further' })
    clearCell(doc, I, P)
    expect(cell(doc)).toMatchObject({ stance: null, position: '', knowledge: 'unknown' })
    expect(cell(doc)?.claimIds).toEqual([C])
    expect(readTracker(doc).redLines).toHaveLength(1)
    detachClaim(doc, I, P, C)
    expect(cell(doc)).toBeUndefined()
  })

  test('removing a row takes its scale, cells, texts and red lines along', () => {
    const doc = small()
    setPosition(doc, I, P, 'x')
    setCell(doc, I, P, { stance: 'i1' as PointId })
    redLineRecords.put(doc, 'l' as RedLineId, { issueId: I, partyId: P })
    removeIssue(doc, I)
    expect(titles(doc)).toEqual(['Relief', 'Venue'])
    expect([...cellsMap(doc).keys()]).toEqual([])
    expect(doc.getText(positionName(I, P)).toString()).toBe('')
    expect(pointsByIssue(doc).size).toBe(0)
    expect(redLineRecords.all(doc)).toEqual([])
  })

  test('removing a column takes its cells and texts along, and no others', () => {
    const doc = small()
    for (const party of [P, Q]) setPosition(doc, I, party, 'x')
    removeParty(doc, P)
    expect(Object.keys(readTracker(doc).cells)).toEqual([cellKey(I, Q)])
    expect(names(doc)).toEqual(['Oman', 'Qatar'])
  })

  test('removing a basket leaves its issues, which come last', () => {
    const doc = small()
    removeBasket(doc, A)
    expect(titles(doc)).toEqual(['Venue', 'Limits', 'Relief'])
    expect(readIssues(doc).map(({ basketId }) => basketId)).toEqual([B, null, null])
  })

  test(`a text becomes what is wanted, in words that differ only (seed ${SEED})`, () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc
        .property(words, words, (from, to) => {
          const doc = newDoc()
          rewriteText(doc, 't', from)
          rewriteText(doc, 't', to)
          expect(doc.getText('t').toString()).toBe(to)
          expect(copyOf(doc).getText('t').toString()).toBe(to)
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 500 },
    )
  })

  test('a text with more differences than are worth finding is rewritten in its middle', () => {
    const doc = newDoc()
    const long = (word: string) =>
      `😀${Array.from({ length: 3_000 }, (_, i) => `${word}${i * i}`).join(' ')}🎉`
    rewriteText(doc, 't', long('a'))
    rewriteText(doc, 't', long('b').replace('😀', '😁').replace('🎉', '🎈'))
    expect(copyOf(doc).getText('t').toString()).toBe(
      long('b').replace('😀', '😁').replace('🎉', '🎈'),
    )
  })

  test('half of a surrogate pair is stored as others will read it', () => {
    const doc = small()
    describeTracker(doc, { title: 'half \uD83D' })
    setPosition(doc, I, P, 'half \uDE00 too')
    expect(readTracker(copyOf(doc))).toEqual(readTracker(doc))
  })
})

describe('order', () => {
  test('a record goes where it is put, and the others keep their order', () => {
    const doc = small()
    moveParty(doc, R, 0)
    expect(names(doc)).toEqual(['Qatar', 'Iran', 'Oman'])
    moveParty(doc, R, 1)
    expect(names(doc)).toEqual(['Iran', 'Qatar', 'Oman'])
    moveIssue(doc, I, B, 0)
    expect(titles(doc)).toEqual(['Relief', 'Limits', 'Venue'])
    moveBasket(doc, B, 0)
    expect(titles(doc)).toEqual(['Limits', 'Venue', 'Relief'])
    movePoint(doc, 'i2' as PointId, 0)
    const points = pointsByIssue(doc).get(I) ?? []
    expect(points.map(({ label }) => label)).toEqual(['Full', 'None', 'Some'])
  })

  test('equal ranks, which two tabs may leave, are re-keyed by the next who comes between', () => {
    const doc = small()
    for (const id of [P, Q, R]) partyRecords.set(doc, id, { rank: 'a0' as Rank })
    addParty(doc, 'n' as PartyId, { name: 'New' }, 1)
    expect(names(doc)).toEqual(['Iran', 'New', 'Oman', 'Qatar'])
    const ranks = partyRecords.all(doc).map(({ rank }) => rank)
    expect(new Set(ranks).size).toBe(4)
  })

  test.each([
    ['no ranks', ['', '', '']],
    ['ranks that are none', ['zz zz', '~', '!']],
    ['some of each', ['', 'a0', '😀']],
  ])('%s are re-keyed, and the newcomer stands where it was put', (_, ranks) => {
    for (const index of [0, 1, 2, 3]) {
      const doc = small()
      for (const [i, id] of [P, Q, R].entries())
        partyRecords.set(doc, id, { rank: ranks[i] as Rank })
      const before = names(doc)
      addParty(doc, 'n' as PartyId, { name: 'New' }, index)
      expect(names(doc)).toEqual(before.toSpliced(index, 0, 'New'))
    }
  })

  test(`ranks stand between their neighbours, in order (seed ${SEED})`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('', 'a0', 'a0', 'a1', 'a0V', 'Zz', '~', 'zzz'), { maxLength: 8 }),
        fc.nat(9),
        fc.integer({ min: 1, max: 4 }),
        (given, index, many) => {
          const siblings = given
            .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
            .map((rank, i) => ({ id: `s${i}`, rank: rank as Rank }))
          const { ranks, rekeyed } = ranksAt(siblings, index, many)
          expect(ranks).toHaveLength(many)
          const fresh = new Map(rekeyed.map(({ id, rank }) => [id, rank]))
          const at = Math.min(index, siblings.length)
          const after = siblings.map(({ id, rank }) => fresh.get(id) ?? rank)
          const whole = after.toSpliced(at, 0, ...ranks)
          const around = whole.slice(Math.max(0, at - 1), at + many + 1)
          for (const [i, rank] of around.entries())
            if (i > 0) expect((around[i - 1] ?? '') < rank).toBe(true)
          expect(whole).toEqual(whole.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })

  test(`moves of two people at once neither lose nor double a row (seed ${SEED})`, () => {
    const moves = edits(12, ['moveIssue', 'moveParty', 'moveBasket', 'movePoint'])
    fc.assert(
      fc
        .property(moves, moves, (mine, theirs) => {
          const doc = newDoc()
          make(doc, BEGINNING)
          const before = readTracker(doc)
          const other = copyOf(doc)
          make(doc, mine)
          make(other, theirs)
          exchange(doc, other)
          const after = readTracker(doc)
          expect(readTracker(other)).toEqual(after)
          for (const kind of ['issues', 'parties', 'baskets'] as const)
            expect(after[kind].map(({ id }) => id).toSorted()).toEqual(
              before[kind].map(({ id }) => id).toSorted(),
            )
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 200 },
    )
  })
})

test(`the same seed replays the same run (seed ${SEED})`, () => {
  const run = (): readonly unknown[] => {
    const seen: unknown[] = []
    const property = fc.property(edits(10), random => {
      const doc = newDoc()
      make(doc, BEGINNING)
      make(doc, random)
      seen.push([doc.clientID, readTracker(doc)])
    })
    fc.assert(property.beforeEach(rewind), { seed: SEED, numRuns: 20 })
    return seen
  }
  expect(run()).toEqual(run())
})

describe('two people at once', () => {
  test(`end with the same tracker whatever they do (seed ${SEED})`, () => {
    fc.assert(
      fc
        .property(edits(20), edits(20), (mine, theirs) => {
          const doc = newDoc()
          make(doc, BEGINNING)
          const other = copyOf(doc)
          make(doc, mine)
          make(other, theirs)
          exchange(doc, other)
          expect(readTracker(other)).toEqual(readTracker(doc))
          expect(readTracker(copyOf(doc))).toEqual(readTracker(doc))
        })
        .beforeEach(rewind),
      { seed: SEED, numRuns: 200 },
    )
  }, 20_000)

  test('fill one blank cell, and nothing of either is lost', () => {
    const doc = small()
    const other = copyOf(doc)
    setPosition(doc, I, P, 'Mine')
    setCell(doc, I, P, { scope: 'on_table' })
    setPosition(other, I, P, 'Theirs')
    setCell(other, I, P, { salience: 'high' })
    exchange(doc, other)
    expect(cell(doc)).toMatchObject({ scope: 'on_table', salience: 'high' })
    expect(cell(doc)?.position).toMatch(/Mine/)
    expect(cell(doc)?.position).toMatch(/Theirs/)
  })

  test('one removes the row in which the other types: it stays removed, and nothing throws', () => {
    const doc = small()
    const other = copyOf(doc)
    removeIssue(doc, I)
    setPosition(other, I, P, 'Typed meanwhile')
    issueRecords.set(other, I, { title: 'Renamed' })
    exchange(doc, other)
    expect(titles(doc)).toEqual(['Relief', 'Venue'])
    expect(readTracker(other)).toEqual(readTracker(doc))
  })
})

describe('undo', () => {
  const undoManager = (doc: Y.Doc) =>
    new Y.UndoManager(
      [
        trackerMap(doc),
        cellsMap(doc),
        ...RECORD_ROOTS.map(root => recordsMap(doc, root)),
        ...[I, J, K].flatMap(issue => [P, Q, R].map(party => positionText(doc, issue, party))),
      ],
      { trackedOrigins: new Set(['me']), captureTimeout: 0 },
    )

  test('takes back my action and nothing else, after others have edited', () => {
    const doc = small()
    const other = copyOf(doc)
    const undo = undoManager(doc)
    doc.transact(() => setPosition(doc, I, P, 'Mine'), 'me')
    doc.transact(() => setCell(doc, I, P, { stance: 'i1' as PointId }), 'me')
    exchange(doc, other)
    setCell(other, I, P, { salience: 'high' })
    setPosition(other, I, Q, 'Theirs')
    addParty(other, 'n' as PartyId, { name: 'New' }, 0)
    exchange(doc, other)
    undo.undo()
    expect(cell(doc)).toMatchObject({ stance: null, salience: 'high', position: 'Mine' })
    undo.undo()
    expect(cell(doc)).toMatchObject({ salience: 'high', position: '' })
    expect(cell(doc, I, Q)?.position).toBe('Theirs')
    expect(names(doc)).toEqual(['New', 'Iran', 'Oman', 'Qatar'])
    undo.redo()
    undo.redo()
    expect(cell(doc)).toMatchObject({ stance: 'i1', position: 'Mine' })
  })

  test('a removed row comes back with its cells, in one step', () => {
    const doc = small()
    setPosition(doc, I, P, 'Accepts some')
    setCell(doc, I, P, { stance: 'i1' as PointId })
    const before = readTracker(doc)
    const undo = undoManager(doc)
    doc.transact(() => removeIssue(doc, I), 'me')
    undo.undo()
    expect(readTracker(doc)).toEqual(before)
  })

  test('a moved row goes back, and those that others moved stay', () => {
    const doc = small()
    const other = copyOf(doc)
    const undo = undoManager(doc)
    doc.transact(() => moveIssue(doc, I, B, 1), 'me')
    exchange(doc, other)
    moveBasket(other, B, 0)
    exchange(doc, other)
    undo.undo()
    expect(titles(doc)).toEqual(['Venue', 'Limits', 'Relief'])
    expect(basketRecords.all(doc).map(({ title }) => title)).toEqual(['Process', 'Nuclear'])
  })
})

describe('what a transaction changed', () => {
  const changed = (doc: Y.Doc, change: () => void): readonly Address[] => {
    let addresses: ReadonlySet<Address> = new Set()
    doc.once('afterTransaction', (transaction: Y.Transaction) => {
      addresses = changedAddresses(transaction)
    })
    doc.transact(change)
    return [...addresses].toSorted()
  }

  test('is named by cell, record, order and tracker', () => {
    const doc = small()
    const place = cellKey(I, P)
    expect(changed(doc, () => setCell(doc, I, P, { salience: 'low' }))).toEqual([`cell/${place}`])
    expect(changed(doc, () => setPosition(doc, I, P, 'x'))).toEqual([`cell/${place}`])
    expect(changed(doc, () => describeTracker(doc, { title: 'y' }))).toEqual(['tracker'])
    expect(changed(doc, () => partyRecords.set(doc, P, { name: 'y' }))).toEqual(['record/p'])
    expect(changed(doc, () => moveParty(doc, P, 2))).toEqual(['record/p', 'records/parties'])
    expect(changed(doc, () => removeParty(doc, R))).toEqual(['record/r', 'records/parties'])
  })
})
