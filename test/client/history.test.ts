import fc from 'fast-check'
import { createRoot } from 'solid-js'
import { describe, expect, test } from 'vitest'
import { compared } from '#client/history/compared.ts'
import { excerpt, roughExcerpt } from '#client/history/excerpt.ts'
import { momentQuery, opensHistory, parseMoment } from '#client/history/moment.ts'
import { byDay, kindOf, labelOf, SESSION_GAP } from '#client/history/sessions.ts'
import { sharing } from '#client/history/sharing.ts'
import { spotOf, stepped } from '#shared/compare/stops.ts'
import { createWalk } from '#client/history/walk.ts'
import { ago, dateOf, dayOf, exactly } from '#client/ui/when.ts'
import { viewOf } from '#client/live/plain-view.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import {
  addIssue,
  issueRecords,
  moveIssue,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import type { IssueId, PartyId, RedLineId, SnapshotId } from '#shared/ids.ts'
import {
  edited,
  iran,
  limits,
  nuclear,
  pointOf,
  process,
  states,
  talks,
  turkey,
  venue,
  verification,
} from '#test/client/history-states.ts'
import { at, snapshot } from '#test/client/history-snapshots.ts'
import { readTracker } from '#shared/document/tracker.ts'

const [leyla, mehmet] = [
  { id: 'leyla', name: 'Leyla', colour: 1 },
  { id: 'mehmet', name: 'Mehmet', colour: 2 },
]

describe('the list', () => {
  test('groups by day and by working session, newest first, with every author once', () => {
    const days = byDay(
      [
        snapshot('a', '2026-02-02T09:00Z', { authors: [leyla] }),
        snapshot('b', '2026-02-03T09:00Z', { authors: [leyla] }),
        snapshot('c', '2026-02-03T09:40Z', { authors: [mehmet, leyla] }),
        snapshot('d', '2026-02-03T18:00Z', { authors: [mehmet] }),
      ],
      [],
      'UTC',
    )
    expect(days.map(({ name }) => name)).toEqual([
      'Tuesday 3 February 2026',
      'Monday 2 February 2026',
    ])
    const [tuesday] = days
    expect(tuesday?.sessions.map(it => it.snapshots.map(({ id }) => id))).toEqual([
      ['d'],
      ['c', 'b'],
    ])
    expect(tuesday?.sessions[1]).toMatchObject({
      from: at('2026-02-03T09:00Z'),
      to: at('2026-02-03T09:40Z'),
      authors: [mehmet, leyla],
    })
  })

  test('a session ends at midnight where the reader is, and after a long enough pause', () => {
    const around = [
      snapshot('a', '2026-02-02T22:50Z'),
      snapshot('b', '2026-02-02T23:10Z'),
      snapshot('c', new Date(at('2026-02-02T23:10Z') + SESSION_GAP + 1).toISOString()),
    ]
    const shape = (zone: string) =>
      byDay(around, [], zone).map(day => day.sessions.map(it => it.snapshots.map(({ id }) => id)))
    expect(shape('UTC')).toEqual([[['c'], ['b', 'a']]])
    expect(shape('Europe/Berlin')).toEqual([[['c'], ['b']], [['a']]])
  })

  test('a snapshot without a label is called by its kind', () => {
    expect(labelOf({ kind: 'before_restore', label: '' })).toBe('Before a restore')
    expect(kindOf({ kind: 'before_restore', label: '' })).toBe('')
    expect(labelOf({ kind: 'automatic', label: 'Lunch' })).toBe('Lunch')
    expect(kindOf({ kind: 'automatic', label: 'Lunch' })).toBe('automatic')
  })

  test('moments are told with their time zone, and how long ago', () => {
    expect(exactly(at('2026-02-03T18:40Z'), 'UTC')).toBe('3 Feb 2026, 18:40 UTC')
    expect(dateOf(at('2026-02-03T18:40Z'), at('2026-06-01T00:00Z'), 'UTC')).toBe('3 Feb')
    expect(dateOf(at('2025-02-03T18:40Z'), at('2026-01-01T00:00Z'), 'UTC')).toBe('3 Feb 2025')
    expect(dayOf(at('2026-02-03T23:30Z'), 'Asia/Tehran')).toBe('Wednesday 4 February 2026')
    const now = at('2026-02-03T18:40Z')
    const minutes = (many: number): string => ago(now - many * 60_000, now)
    expect([0, 1, 59, 61, 60 * 24 * 3, 60 * 24 * 10, 60 * 24 * 400].map(minutes)).toEqual([
      'just now',
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      '3 days ago',
      'last week',
      'last year',
    ])
  })
})

describe('the address', () => {
  test('says which moment is shown, and reads back as it was written', () => {
    for (const moment of [
      { shows: 'now' },
      { shows: 'past', at: 's1' as SnapshotId },
      { shows: 'comparison', from: 's1' as SnapshotId, to: 's2' as SnapshotId },
      { shows: 'comparison', from: 's1' as SnapshotId, to: 'now' },
    ] as const)
      expect(parseMoment(momentQuery(moment))).toEqual(moment)
  })

  test.each([{ at: '../x' }, { compare: 'a' }, { compare: 'a..b..c' }, { compare: ['a..b'] }, {}])(
    'shows the present for %j',
    query => {
      expect(parseMoment(query)).toEqual({ shows: 'now' })
      expect(opensHistory(query)).toBe(false)
    },
  )

  test('the tab alone opens the list', () => expect(opensHistory({ tab: 'history' })).toBe(true))
})

describe('two states in one matrix', () => {
  test('what was removed stands where it stood, with its cells', () => {
    const { matrix, marks } = compared(
      ...edited(doc => {
        removeIssue(doc, verification)
        removeParty(doc, states)
        addIssue(doc, 'guarantees' as IssueId, { title: 'Guarantees', basketId: nuclear })
      }),
    )
    expect(matrix.issues.map(({ id }) => id)).toEqual([limits, verification, 'guarantees', venue])
    expect(matrix.parties.map(({ id }) => id)).toEqual([iran, states, turkey])
    expect(matrix.cells[`${verification}/${iran}`]?.position).toBe(
      'Declared sites only, by agreed rules.',
    )
    expect(marks[`issue/${verification}`]).toEqual([{ kind: 'removed', label: 'removed' }])
    expect(marks['issue/guarantees']).toEqual([{ kind: 'added', label: 'added' }])
    expect(marks[`party/${states}`]).toEqual([{ kind: 'removed', label: 'removed' }])
  })

  test('a row removed with its basket stands in that basket', () => {
    const { matrix } = compared(
      ...edited(doc => {
        removeIssue(doc, venue)
        removeBasket(doc, process)
      }),
    )
    expect(matrix.baskets.map(({ id }) => id)).toEqual([nuclear, process])
    expect(matrix.issues.at(-1)).toMatchObject({ id: venue, basketId: process })
  })

  test('names a rename, a move and a changed scale for what they are', () => {
    const { marks } = compared(
      ...edited(doc => {
        partyRecords.set(doc, turkey, { name: 'Türkiye' })
        moveParty(doc, turkey, 0)
        issueRecords.set(doc, limits, { title: 'Limits on enrichment' })
        moveIssue(doc, venue, nuclear, 0)
      }),
    )
    expect(marks[`party/${turkey}`]).toEqual([
      { kind: 'renamed', label: 'renamed from “Turkey”' },
      { kind: 'moved', label: 'moved' },
    ])
    expect(marks[`issue/${limits}`]).toEqual([{ kind: 'renamed', label: 'renamed from “Limits”' }])
    expect(marks[`issue/${venue}`]).toEqual([{ kind: 'moved', label: 'moved' }])
    expect(marks[`issue/${verification}`]).toBeUndefined()
  })

  test('tells what changed in a cell, choices in the words of the scale', () => {
    const line = 'line' as RedLineId
    const { details, marks } = compared(
      ...edited(doc => {
        setCell(doc, verification, iran, { stance: pointOf(verification, 2), confidence: 'low' })
        setPosition(doc, verification, iran, 'Declared sites only, by new rules.')
        redLineRecords.put(doc, line, {
          issueId: verification,
          partyId: iran,
          kind: 'red_line',
          operator: 'at_most',
          point: pointOf(verification, 1),
          statement: 'No military sites',
        })
      }),
    )
    const address = `cell/${verification}/${iran}`
    expect(details[address]).toEqual([
      { kind: 'stance', name: 'Stance', was: 'Some', is: 'All' },
      {
        kind: 'red_line',
        name: 'Red line',
        was: '',
        is: 'at most Some, “No military sites”',
      },
      {
        kind: 'prose',
        name: 'Position',
        was: 'Declared sites only, by agreed rules.',
        is: 'Declared sites only, by new rules.',
      },
      { kind: 'value', name: 'Confidence', was: '', is: 'Low' },
    ])
    expect(marks[address]?.[0]?.label).toBe(
      'Stance: was Some, now All; Red line: at most Some, “No military sites”; ' +
        'Position edited; Confidence: Low',
    )
  })

  test('equal states have no stops and say so', () => {
    const { stops, summary } = compared(...edited(() => {}))
    expect([stops, summary]).toEqual([[], 'No changes'])
  })

  test('the view over plain data reads as the plain data', () => {
    const tracker = readTracker(talks())
    const view = viewOf(() => tracker)
    expect(view.issueIds().map(view.issue)).toEqual(tracker.issues)
    expect(view.partyIds().map(view.party)).toEqual(tracker.parties)
    expect(view.cell(verification, iran)).toEqual(tracker.cells[`${verification}/${iran}`])
    expect(view.cell(limits, turkey)).toMatchObject({ knowledge: 'unknown', position: '' })
    view.dispose()
  })
})

describe('the walk', () => {
  const { stops } = compared(
    ...edited(doc => {
      setPosition(doc, venue, turkey, 'Offers Istanbul.')
      setPosition(doc, verification, states, 'Wide access.')
      setPosition(doc, verification, iran, 'No.')
      addParty(doc, 'oman' as PartyId, { name: 'Oman' }, 0)
      issueRecords.set(doc, verification, { title: 'Inspection' })
    }),
  )
  const order = [
    'party/oman',
    'issue/verification',
    'cell/verification/iran',
    'cell/verification/states',
    'cell/venue/turkey',
  ]

  test('goes through the header, then row by row from left to right', () => {
    expect(stops.map(({ address }) => address)).toEqual(order)
    expect(stops.map(spotOf)[2]).toEqual({ issueId: verification, partyId: iran })
  })

  test('opens at the first and wraps around both ways', () =>
    createRoot(dispose => {
      const walk = createWalk(() => stops)
      expect([walk.place(), walk.current()?.address]).toEqual([1, order[0]])
      walk.step(-1)
      expect(walk.place()).toBe(5)
      walk.step(1)
      walk.step(1)
      expect([walk.place(), walk.current()?.address]).toEqual([2, order[1]])
      dispose()
    }))

  test('begins again at an end where the change it stood on is gone', () => {
    expect(stepped(stops, 'cell/gone/gone' as never, 1)?.address).toBe(order[0])
    expect(stepped(stops, undefined, -1)?.address).toBe(order[4])
    expect(stepped([], undefined, 1)).toBeUndefined()
  })
})

describe('long texts', () => {
  const long = 'The parties recall the earlier understandings and their annexes. '.repeat(6)

  test('keep what changed and a few words around it', () => {
    const parts = excerpt(`${long}Ten years.${long}`, `${long}Twelve years.${long}`)
    const words = parts.map(({ text }) => text).join('')
    expect(words.length).toBeLessThan(140)
    expect(parts.filter(({ kind }) => kind !== 'kept').map(({ kind }) => kind)).toEqual([
      'deleted',
      'inserted',
    ])
    expect(
      roughExcerpt(`${long}Ten years.${long}`, `${long}Twelve years.${long}`).length,
    ).toBeLessThan(140)
  })

  test('never lose an inserted or deleted word (seed 7)', () => {
    const text = fc.array(fc.constantFrom('sanctions', 'relief', 'at', 'once', 'ایران', '…'), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(text, text, (was, is) => {
        const parts = excerpt(was.join(' '), is.join(' '))
        const length = (kind: string): number =>
          parts.filter(part => part.kind === kind).reduce((sum, { text }) => sum + text.length, 0)
        const kept = is.join(' ').length - length('inserted')
        expect(was.join(' ').length - length('deleted')).toBe(kept)
        expect(length('kept')).toBeLessThanOrEqual(kept)
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})

describe('sharing', () => {
  test('keeps every part that is equal and only those', () => {
    const doc = talks()
    const before = readTracker(doc)
    setPosition(doc, verification, iran, 'Changed.')
    const after = sharing(before, readTracker(doc))
    expect(after).toEqual(readTracker(doc))
    expect(after.issues).toBe(before.issues)
    expect(after.cells[`${verification}/${states}`]).toBe(before.cells[`${verification}/${states}`])
    expect(after.cells[`${verification}/${iran}`]).not.toBe(before.cells[`${verification}/${iran}`])
    expect(sharing(before, readTracker(talks()))).toMatchObject({ title: 'Talks' })
  })

  test('always equals what was read (seed 11)', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (previous, next) => {
        expect(sharing<unknown>(previous, next)).toEqual(next)
      }),
      { seed: 11, numRuns: 500 },
    )
  })
})
