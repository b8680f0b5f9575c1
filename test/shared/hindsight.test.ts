/** Two clocks: what we believed then, and what by all that we know now was so then. */
import { beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { cellKey } from '#shared/cells.ts'
import { latest } from '#shared/dates.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { addIssue } from '#shared/document/issues.ts'
import { markKind, marksOf } from '#shared/document/movements.ts'
import { addParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint } from '#shared/document/scales.ts'
import { storedIn } from '#shared/document/stored.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { changesIn } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import { heldIn, hindsightAt, type Knowledge } from '#shared/history/hindsight.ts'
import { movementsIn } from '#shared/history/movements.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { AccountId, ClaimId, IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'
import { movementKey } from '#shared/movements.ts'
import { cellOf } from '#shared/tracker.ts'
import { BEGINNING, make, newDoc, rewind } from '#test/shared/edits.ts'
import { editByChance, Office } from '#test/shared/office.ts'
import { seededDice } from '#test/simulation/dice.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Monday, 2 February 2026. */
const MONDAY = Date.UTC(2026, 1, 2)
const day = (nth: number, hour = 0): number => MONDAY + nth * DAY + hour * HOUR

const [issue, party] = ['i' as IssueId, 'p' as PartyId]
const [low, high] = ['low' as PointId, 'high' as PointId]
let doc: Y.Doc
let entries: Entry[]

beforeEach(() => {
  rewind()
  doc = newDoc()
  entries = []
  write(day(0), doc => {
    createTracker(doc, 'Talks')
    addIssue(doc, issue, { title: 'Venue', basketId: null })
    addParty(doc, party, { name: 'Iran' })
    addPoint(doc, low, issue, 'Oman')
    addPoint(doc, high, issue, 'Istanbul')
  })
})

const write = (at: number, edit: (doc: Y.Doc) => void): number => {
  let update: Uint8Array | undefined
  doc.once('update', (bytes: Uint8Array) => (update = bytes))
  doc.transact(() => edit(doc))
  if (!update) throw new Error('An edit that changes nothing')
  entries.push({ seq: entries.length + 1, account: 'ada' as AccountId, at, update })
  return entries.length
}
const claim = (doc: Y.Doc, id: string, saidAt: string): void => {
  claimRecords.put(doc, id as ClaimId, { statement: id, saidAt })
  attachClaim(doc, issue, party, id as ClaimId)
}
const knowledge = (): Knowledge => {
  const { claims } = readTracker(doc)
  return {
    marks: marksOf(storedIn(doc)),
    saidAt: new Map(
      claims.flatMap(({ id, saidAt }) => {
        const at = latest(saidAt)
        return at === undefined ? [] : [[id, at] as const]
      }),
    ),
  }
}
const known = (time: number) => {
  const timeline = new Timeline(entries)
  const held = heldIn(movementsIn(changesIn(entries)), knowledge())
  const { differing, known } = hindsightAt(timeline, held, time)
  return { tracker: known, differing: differing.map(({ key }) => key) }
}
const stanceAt = (time: number) => cellOf(known(time).tracker, issue, party).stance
const believedAt = (time: number) => {
  const timeline = new Timeline(entries)
  return cellOf(timeline.trackerAt(timeline.seqAt(time)), issue, party).stance
}

describe('a party’s move', () => {
  test('holds since it was said, not since we learned of it', () => {
    write(day(0, 9), doc => {
      setCell(doc, issue, party, { stance: high })
      claim(doc, 'first', '2026-02-02')
    })
    write(day(3, 9), doc => {
      setCell(doc, issue, party, { stance: low })
      claim(doc, 'later', '2026-02-03')
    })
    expect([day(1), day(2), day(2, 12), day(3), day(4)].map(stanceAt)).toEqual([
      high,
      low,
      low,
      low,
      low,
    ])
    expect([day(1), day(2), day(2, 12), day(3), day(4)].map(believedAt)).toEqual([
      high,
      high,
      high,
      high,
      low,
    ])
    expect(known(day(2, 12)).differing).toEqual([cellKey(issue, party)])
    expect(known(day(1)).differing).toEqual([])
    expect(known(day(4)).differing).toEqual([])
  })

  test('without a date of its claim holds since it was recorded; nobody says a thing after it is written down', () => {
    write(day(0, 9), doc => setCell(doc, issue, party, { stance: high }))
    write(day(2), doc => {
      setCell(doc, issue, party, { stance: low })
      claim(doc, 'undated', '')
    })
    expect([stanceAt(day(1)), stanceAt(day(2))]).toEqual([high, low])
    write(day(3), doc => {
      setCell(doc, issue, party, { stance: high })
      claim(doc, 'future', '2027-01-01')
    })
    expect([stanceAt(day(2, 12)), stanceAt(day(3))]).toEqual([low, high])
  })
})

describe('a judgement', () => {
  test('revises what was so all along', () => {
    write(day(0, 9), doc => {
      setCell(doc, issue, party, { stance: high })
      claim(doc, 'first', '2026-02-02')
    })
    write(day(3), doc => setCell(doc, issue, party, { stance: low }))
    expect(stanceAt(day(1))).toBe(low)
    expect(believedAt(day(1))).toBe(high)
    expect(known(day(1)).differing).toEqual([cellKey(issue, party)])
  })

  test('and so do better words', () => {
    write(day(0, 9), doc => {
      setCell(doc, issue, party, { stance: high, knowledge: 'reported' })
      setPosition(doc, issue, party, 'Istambul')
    })
    write(day(3), doc => setPosition(doc, issue, party, 'Istanbul'))
    expect(cellOf(known(day(1)).tracker, issue, party).position).toBe('Istanbul')
  })

  test('is one where somebody says so, and none where somebody says that the party moved', () => {
    write(day(0, 9), doc => {
      setCell(doc, issue, party, { stance: high })
      claim(doc, 'first', '2026-02-02')
    })
    const seq = write(day(3), doc => setCell(doc, issue, party, { stance: low }))
    markKind(doc, movementKey(issue, party, seq), 'moved')
    expect([stanceAt(day(1)), stanceAt(day(3))]).toEqual([high, low])
  })
})

test('a red line that was learned of later stood there when it was said', () => {
  write(day(3), doc => {
    redLineRecords.put(doc, 'l' as RedLineId, { issueId: issue, partyId: party, statement: 'No' })
    claim(doc, 'said', '2026-02-02')
  })
  expect(known(day(0, 12)).tracker.redLines).toEqual([])
  expect(known(day(1)).tracker.redLines.map(({ statement }) => statement)).toEqual(['No'])
  expect(known(day(1)).differing).toEqual([cellKey(issue, party)])
})

test('a row that was opened later is known to have been an issue before', () => {
  const later = 'missiles' as IssueId
  write(day(3), doc => {
    addIssue(doc, later, { title: 'Missiles', basketId: null })
    claimRecords.put(doc, 'm' as ClaimId, { statement: 'Off the table', saidAt: '2026-02-03' })
    attachClaim(doc, later, party, 'm' as ClaimId)
    setCell(doc, later, party, { scope: 'off_table' })
  })
  const { differing, tracker } = known(day(2))
  expect(cellOf(tracker, later, party).scope).toBe('off_table')
  expect(differing).toEqual([cellKey(later, party)])
})

test('now is what is known now, whatever happened', () => {
  for (let seed = 1; seed <= 25; seed++) {
    rewind()
    const dice = seededDice(seed)
    const office = new Office(['ada', 'bo', 'cy'], dice, () => undefined)
    createTracker(office.people[0].doc, 'Talks')
    make(office.people[0].doc, BEGINNING)
    for (let nth = 0; nth < 70; nth++) office.step(doc => editByChance(doc, dice))
    office.reunite()
    const timeline = new Timeline(office.entries)
    const nothing = { marks: marksOf(storedIn(office.doc)), saidAt: new Map<ClaimId, number>() }
    const { differing, known } = hindsightAt(
      timeline,
      heldIn(movementsIn(changesIn(office.entries)), nothing),
      Infinity,
    )
    const now = timeline.trackerAt(timeline.last)
    expect(known, `seed ${seed}`).toEqual(now)
    expect(differing).toEqual([])
  }
})

test('dates of claims, at their latest', () => {
  expect(latest('2026-02-03')).toBe(Date.UTC(2026, 1, 4))
  expect(latest('2026-02-28')).toBe(Date.UTC(2026, 2, 1))
  expect(latest('2026-02')).toBe(Date.UTC(2026, 2, 1))
  expect(latest('2026-12')).toBe(Date.UTC(2027, 0, 1))
  expect(latest('2026')).toBe(Date.UTC(2027, 0, 1))
  expect(latest('2026-02-03T18:40')).toBe(Date.UTC(2026, 1, 3, 18, 40))
  expect(latest('2026-02-03T18:40:00+03:00')).toBe(Date.UTC(2026, 1, 3, 15, 40))
  expect(latest('2026-02-02/2026-02-03')).toBe(Date.UTC(2026, 1, 4))
  expect(latest('../2026-02-03')).toBe(Date.UTC(2026, 1, 4))
  expect(latest('2026-02~')).toBe(Date.UTC(2026, 2, 1))
  expect(latest('2026-02-XX')).toBe(Date.UTC(2026, 2, 1))
  expect(latest('2026-XX-XX')).toBe(Date.UTC(2027, 0, 1))
  for (const none of ['', '2026-02-03/..', '2026/', 'Tuesday', '2026-13-40'])
    expect(latest(none), none).toBeUndefined()
})
