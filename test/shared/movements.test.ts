/** What a change of a cell is proposed to be, how changes make a movement, and what people say of it afterwards. */
import { beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { compare } from '#shared/compare/compare.ts'
import { proposedKind, traitsBetween } from '#shared/compare/kind.ts'
import { describeSummary, summarise } from '#shared/compare/summary.ts'
import { attachClaim, noteReported, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { addIssue } from '#shared/document/issues.ts'
import { movementsMap } from '#shared/document/layout.ts'
import { giveReason, markKind, marksOf, reasonRecords } from '#shared/document/movements.ts'
import { addParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { storedIn } from '#shared/document/stored.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { changesIn } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import { isUnexplained, kindOf, markedKinds, movementsIn } from '#shared/history/movements.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import type {
  AccountId,
  ClaimId,
  IssueId,
  PartyId,
  PointId,
  ReasonId,
  RedLineId,
  RestoreId,
} from '#shared/ids.ts'
import { movementKey, weightiest } from '#shared/movements.ts'
import { newDoc, rewind } from '#test/shared/edits.ts'

const MINUTE = 60_000
const [issue, party, other] = ['i1' as IssueId, 'p1' as PartyId, 'p2' as PartyId]
const [low, high] = ['low' as PointId, 'high' as PointId]

let doc: Y.Doc
let entries: Entry[]

beforeEach(() => {
  rewind()
  doc = newDoc()
  entries = []
  write('ada', 0, doc => {
    createTracker(doc, 'Talks')
    addIssue(doc, issue, { title: 'Relief', basketId: null })
    addParty(doc, party, { name: 'Iran' })
    addParty(doc, other, { name: 'Oman' })
    claimRecords.put(doc, 'c1' as ClaimId, { statement: 'Said so' })
  })
})

const write = (account: string, minute: number, edit: (doc: Y.Doc) => void): void => {
  let update: Uint8Array | undefined
  doc.once('update', (bytes: Uint8Array) => (update = bytes))
  doc.transact(() => edit(doc))
  if (!update) throw new Error('An edit that changes nothing')
  const [seq, at] = [entries.length + 1, minute * MINUTE]
  entries.push({ seq, account: account as AccountId, at, update })
}

const known = (doc: Y.Doc): void =>
  setCell(doc, issue, party, { stance: low, knowledge: 'reported' })
const movements = () => movementsIn(changesIn(entries))
const marks = () => marksOf(storedIn(doc))
const newest = () => {
  const [first] = movements()
  if (!first) throw new Error('No movement')
  return first
}

describe('the proposed kind', () => {
  const CASES: readonly (readonly [string, string, (doc: Y.Doc) => void])[] = [
    ['moved', 'another stance with a claim', doc => (move(doc), attach(doc))],
    ['judged', 'another stance without a claim', doc => move(doc)],
    ['judged', 'no stance any more', doc => setCell(doc, issue, party, { stance: null })],
    ['judged', 'another scope', doc => setCell(doc, issue, party, { scope: 'off_table' })],
    ['moved', 'agreement, with a claim', doc => (agree(doc), attach(doc))],
    ['learned', 'a claim alone', doc => attach(doc)],
    ['learned', 'other knowledge', doc => setCell(doc, issue, party, { knowledge: 'agenda_only' })],
    ['judged', 'another confidence', doc => setCell(doc, issue, party, { confidence: 'low' })],
    ['worded', 'other words', doc => setPosition(doc, issue, party, 'Asks')],
    ['worded', 'a note on the scope', doc => setCell(doc, issue, party, { scopeNote: 'Later' })],
    ['moved', 'a red line that softens, with a claim', doc => (soften(doc), attach(doc))],
    ['judged', 'a red line that softens', doc => soften(doc)],
    ['judged', 'a red line that is lifted', doc => redLineRecords.remove(doc, 'l1' as RedLineId)],
  ]
  const move = (doc: Y.Doc): void => setCell(doc, issue, party, { stance: high })
  const agree = (doc: Y.Doc): void => setCell(doc, issue, party, { knowledge: 'agreed' })
  const attach = (doc: Y.Doc): void => attachClaim(doc, issue, party, 'c1' as ClaimId)
  const soften = (doc: Y.Doc): void => redLineRecords.set(doc, 'l1' as RedLineId, { soft: true })
  const drawLine = (doc: Y.Doc): void =>
    redLineRecords.put(doc, 'l1' as RedLineId, { issueId: issue, partyId: party })

  test.each(CASES)('%s: %s, of a movement and between two moments', (kind, _what, edit) => {
    write('ada', 1, doc => {
      known(doc)
      setCell(doc, issue, party, { scope: 'on_table' })
      drawLine(doc)
    })
    const then = readTracker(doc)
    write('ada', 60, edit)
    expect(newest().proposed).toBe(kind)
    const [change] = compare(then, readTracker(doc)).cells
    expect(change && proposedKind(traitsBetween(change))).toBe(kind)
  })

  test.each([
    ['a first stance', (doc: Y.Doc) => setCell(doc, issue, party, { stance: low })],
    ['a first red line', drawLine],
    ['agreement at once', agree],
    [
      'first words of an unknown position',
      (doc: Y.Doc) => (setPosition(doc, issue, party, 'Asks'), noteReported(doc, issue, party)),
    ],
  ])('learned: %s', (_what, edit) => {
    const then = readTracker(doc)
    write('ada', 60, edit)
    expect(newest().proposed).toBe('learned')
    const [change] = compare(then, readTracker(doc)).cells
    expect(change && proposedKind(traitsBetween(change))).toBe('learned')
  })

  test('the weightiest of several counts', () => {
    expect(weightiest(['worded', 'judged', 'moved'])).toBe('moved')
    expect(weightiest([])).toBeUndefined()
  })
})

describe('a movement', () => {
  test('is what one account changes of one cell in one go', () => {
    write('ada', 1, known)
    write('bo', 2, doc => setCell(doc, issue, party, { salience: 'high' }))
    write('ada', 3, doc => setPosition(doc, issue, party, 'Asks'))
    write('ada', 4, doc => setPosition(doc, issue, other, 'Helps'))
    write('ada', 9.5, doc => setCell(doc, issue, party, { stance: high }))
    expect(
      movements().map(({ account, changes, key, lastSeq }) => [
        key,
        account,
        lastSeq,
        ...changes.map(({ field }) => field),
      ]),
    ).toEqual([
      [movementKey(issue, party, 6), 'ada', 6, 'stance'],
      [movementKey(issue, other, 5), 'ada', 5, 'position'],
      [movementKey(issue, party, 2), 'ada', 4, 'knowledge', 'stance', 'position'],
      [movementKey(issue, party, 3), 'bo', 3, 'salience'],
    ])
  })

  test('goes with its cell, whichever of its fields changes', () => {
    write('ada', 1, known)
    write('ada', 5, doc => setCell(doc, issue, party, { salience: 'high' }))
    write('ada', 9, doc => setPosition(doc, issue, party, 'Asks'))
    expect(movements().map(({ key }) => key)).toEqual([movementKey(issue, party, 2)])
  })

  test('that came to nothing is none', () => {
    write('ada', 1, known)
    write('bo', 20, doc => setPosition(doc, issue, party, 'Asks'))
    write('bo', 21, doc => setPosition(doc, issue, party, ''))
    expect(movements().map(({ account }) => account)).toEqual(['ada'])
  })

  test('by a restore stands alone, and is a judgement', () => {
    write('ada', 1, known)
    const then = readTracker(doc)
    write('ada', 2, doc => {
      setCell(doc, issue, party, { stance: high })
      attachClaim(doc, issue, party, 'c1' as ClaimId)
    })
    write('ada', 3, doc => {
      restore(doc, then, restorable(compare(then, readTracker(doc))))
      restoreRecords.put(doc, 'r1' as RestoreId, { by: 'Ada' })
    })
    expect(newest()).toMatchObject({ restore: 'r1', proposed: 'judged', firstSeq: 4 })
    expect(movements()).toHaveLength(2)
  })
})

describe('what is said of a movement', () => {
  test('stands over the proposal, until it is taken back', () => {
    write('ada', 1, known)
    write('ada', 60, doc => setCell(doc, issue, party, { stance: high }))
    const movement = newest()
    markKind(doc, movement.key, 'moved')
    expect(kindOf(movement, marks())).toBe('moved')
    markKind(doc, movement.key, null)
    expect(kindOf(movement, marks())).toBe('judged')
    expect(movementsMap(doc).size).toBe(0)
  })

  test('counts in comparisons, with the other movements of the cell', () => {
    write('ada', 1, known)
    const then = readTracker(doc)
    write('ada', 60, doc => setCell(doc, issue, party, { stance: high }))
    const stance = newest()
    write('bo', 120, doc => setPosition(doc, issue, party, 'Asks'))
    const words = newest()
    const summary = () => {
      const since = changesIn(entries).filter(({ lastSeq }) => lastSeq > 2)
      const said = markedKinds(movementsIn(since), marks())
      return describeSummary(summarise(compare(then, readTracker(doc)), said))
    }
    expect(summary()).toBe('1 new judgement · Iran, Relief')
    markKind(doc, words.key, 'worded')
    expect(summary()).toBe('1 new judgement · Iran, Relief')
    markKind(doc, stance.key, 'moved')
    expect(summary()).toBe('1 movement · Iran, Relief')
    markKind(doc, stance.key, 'worded')
    expect(summary()).toBe('1 wording edit · Iran, Relief')
  })

  test('a reason may be given to several at once, and taken back', () => {
    write('ada', 1, known)
    write('ada', 2, doc => setCell(doc, issue, other, { stance: low }))
    const keys = movements().map(({ key }) => key)
    giveReason(doc, 'why' as ReasonId, keys, 'The call of Tuesday')
    expect(keys.map(key => marks()[key]?.reasonId)).toEqual(['why', 'why'])
    expect(reasonRecords.read(doc, 'why' as ReasonId)?.text).toBe('The call of Tuesday')
    giveReason(doc, 'why' as ReasonId, keys, '')
    expect(marks()).toEqual({})
  })

  test('whatever a peer stores there, the rest is read', () => {
    write('ada', 1, known)
    const { key } = newest()
    markKind(doc, key, 'learned')
    for (const odd of [
      '',
      'i1',
      `${key}`,
      `${key}/mood`,
      `${key}/kind/x`,
      'i1/p1/0/kind',
      'i1/p1/-1/kind',
    ])
      movementsMap(doc).set(odd, 'moved')
    movementsMap(doc).set('i1/p1/77/kind', { not: 'a kind' })
    expect(marks()).toEqual({ [key]: { kind: 'learned', reasonId: null } })
  })
})

describe('a movement is unexplained', () => {
  const moved = (edit: (doc: Y.Doc) => void) => {
    write('ada', 1, known)
    write('ada', 60, edit)
    return () => isUnexplained(newest(), marks())
  }

  test('where a stance or a red line has changed without a claim or a reason', () => {
    expect(moved(doc => setCell(doc, issue, party, { stance: high }))()).toBe(true)
    write('ada', 120, doc =>
      redLineRecords.put(doc, 'l1' as RedLineId, { issueId: issue, partyId: party }),
    )
    expect(isUnexplained(newest(), marks())).toBe(true)
  })

  test('not where a claim came with it, nor of mere words or judgements', () => {
    expect(
      moved(doc => {
        setCell(doc, issue, party, { stance: high })
        attachClaim(doc, issue, party, 'c1' as ClaimId)
      })(),
    ).toBe(false)
    write('ada', 120, doc => setPosition(doc, issue, party, 'Asks'))
    expect(isUnexplained(newest(), marks())).toBe(false)
    write('ada', 180, doc => setCell(doc, issue, party, { confidence: 'low' }))
    expect(isUnexplained(newest(), marks())).toBe(false)
  })

  test('until somebody says why, or that it was wording only', () => {
    const isOpen = moved(doc => setCell(doc, issue, party, { stance: high }))
    giveReason(doc, 'why' as ReasonId, [newest().key], 'Corrected a slip')
    expect(isOpen()).toBe(false)
    giveReason(doc, 'why' as ReasonId, [newest().key], '')
    expect(isOpen()).toBe(true)
    markKind(doc, newest().key, 'worded')
    expect(isOpen()).toBe(false)
  })
})
