import { describe, expect, test } from 'vitest'
import { blankCell, type Cell } from '#shared/cells.ts'
import {
  CLAIM_STATUSES,
  type Assessment,
  type Claim,
  type ClaimEvent,
  type ClaimStatus,
  type Conflict,
} from '#shared/claims.ts'
import {
  assessmentRecords,
  claimEventRecords,
  claimRecords,
  conflictRecords,
} from '#shared/document/claims.ts'
import { chooseBetween, markCompatible, markIncompatible } from '#shared/document/conflicts.ts'
import { DAY } from '#shared/dates.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { coverageCounts, coverageOf } from '#shared/evidence/coverage.ts'
import { evidenceWords, hedgedPosition } from '#shared/evidence/hedged.ts'
import {
  ageOf,
  groundsOf,
  hasSingleOrigin,
  isContested,
  isStale,
  pendingIn,
  supportOf,
} from '#shared/evidence/support.ts'
import { settledIn, unanswered } from '#shared/evidence/settled.ts'
import type {
  AssessmentId,
  ClaimEventId,
  ClaimId,
  ConflictId,
  IssueId,
  PartyId,
  PersonId,
  SourceId,
} from '#shared/ids.ts'
import { newDoc } from '#test/shared/edits.ts'
import type { Source } from '#shared/sources.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { EMPTY_TRACKER, type Tracker } from '#shared/tracker.ts'

const claim = (id: string, values: Partial<Claim> = {}): Claim => ({
  ...claimRecords.blank,
  statement: `what ${id} says`,
  ...values,
  id: id as ClaimId,
})
const source = (id: string, values: Partial<Source> = {}): Source => ({
  ...sourceRecords.blank,
  title: id,
  ...values,
  id: id as SourceId,
})
const conflict = (a: string, b: string, values: Partial<Conflict> = {}): Conflict => ({
  ...conflictRecords.blank,
  ...values,
  id: `${a}${b}` as ConflictId,
  claimId: a as ClaimId,
  otherId: b as ClaimId,
})
const cellWith = (claims: readonly Claim[], values: Partial<Cell> = {}): Cell => ({
  ...blankCell('issue' as IssueId, 'party' as PartyId),
  position: 'wide access',
  knowledge: 'reported',
  claimIds: claims.map(({ id }) => id),
  ...values,
})
const supported = (claims: readonly Claim[], tracker: Partial<Tracker> = {}, cell = {}) =>
  supportOf(cellWith(claims, cell), groundsOf({ ...EMPTY_TRACKER, claims, ...tracker }))
const idOf = (id: string) => id as ClaimId

describe('what a cell rests on', () => {
  test('has an oldest and a newest, of however many claims', () => {
    const many = Array.from({ length: 200_000 }, (_, nth) =>
      claim(`${nth}`, { learnedAt: `2026-01-0${1 + (nth % 9)}` }),
    )
    const { newest = 0, oldest = 0 } = supported(many)
    expect(newest - oldest).toBe(8 * DAY)
  })

  test('trap 14: the only claim is retracted, and the cell keeps its value and loses its support', () => {
    const cell = cellWith([claim('a', { status: 'retracted' })])
    const support = supported([claim('a', { status: 'retracted' })])
    expect(cell.position).toBe('wide access')
    expect(support).toMatchObject({ isUnsupported: true, standing: [], fallen: ['a'], grade: null })
    expect(supported([claim('a')]).isUnsupported).toBe(false)
  })

  test('what was denied, retracted, superseded or withdrawn does not stand; all else does', () => {
    const standing = CLAIM_STATUSES.filter(
      status => supported([claim('a', { status })]).standing.length > 0,
    )
    expect(standing).toEqual(['reported', 'confirmed', 'disputed'])
    expect(supported(CLAIM_STATUSES.map(status => claim(status, { status })))).toMatchObject({
      pending: 2,
      standing: ['reported', 'confirmed', 'disputed'],
    })
  })

  test('trap 1: of nothing there is no grade, no age and no lack of support', () => {
    const nothing = { position: '', knowledge: 'unknown' } as const
    const support = supported([], {}, nothing)
    expect(support).toMatchObject({ grade: null, isUnsupported: false, newest: undefined })
    expect(ageOf(support, Date.now())).toBeUndefined()
    expect(isStale(support, Date.now())).toBe(false)
    expect(supported([], {}, { ...nothing, knowledge: 'agenda_only' }).isUnsupported).toBe(false)
    expect(supported([]).isUnsupported).toBe(true)
  })

  test('trap 2: what cannot be judged is not worse than the worst, nor better than what was judged fair', () => {
    const sources = [source('e', { reliability: 'E' }), source('f', { reliability: 'F' })]
    const claims = [
      claim('known', { sourceId: 'e' as SourceId, credibility: 5 }),
      claim('unknown', { sourceId: 'f' as SourceId, credibility: 6 }),
    ]
    expect(supported(claims, { sources }).grade).toBe('F6')
    const known = claim('good', { sourceId: 'd' as SourceId, credibility: 4 })
    const withKnown = { sources: [...sources, source('d', { reliability: 'D' })] }
    expect(supported([...claims, known], withKnown).grade).toBe('D4')
    const fallen = claim('best', { credibility: 1, status: 'denied' })
    expect(supported([...claims, fallen], { sources }).grade).toBe('F6')
  })

  test('trap 3: outlets that go back to one source are one origin', () => {
    const sources = [
      source('agency'),
      source('outlet', { viaSourceId: 'agency' as SourceId }),
      source('other', { viaSourceId: 'outlet' as SourceId }),
      source('witness'),
    ]
    const by = (id: string) => claim(`by ${id}`, { sourceId: id as SourceId })
    const relays = supported([by('outlet'), by('other')], { sources })
    expect(relays.origins.words).toBe('2 reports, 1 origin')
    expect(hasSingleOrigin(relays)).toBe(true)
    expect(hasSingleOrigin(supported([by('outlet'), by('witness')], { sources }))).toBe(false)
    const denied = { ...by('witness'), status: 'denied' } as const
    expect(hasSingleOrigin(supported([by('outlet'), denied], { sources }))).toBe(true)
    expect(hasSingleOrigin(supported([claim('of nobody')]))).toBe(true)
    expect(hasSingleOrigin(supported([]))).toBe(false)
  })

  test('it is as old as what was last said of it, by what stands', () => {
    const now = Date.parse('2026-02-20T12:00:00Z')
    const support = supported([
      claim('old', { saidAt: '2026-01-01' }),
      claim('learned', { learnedAt: '2026-02-04' }),
      claim('gone', { saidAt: '2026-02-19', status: 'withdrawn' }),
    ])
    expect(ageOf(support, now)).toBe(15)
    expect(isStale(support, now)).toBe(true)
    expect(isStale(support, now, 15)).toBe(false)
    expect(new Date(support.oldest ?? 0).toISOString()).toBe('2026-01-02T00:00:00.000Z')
    expect(isStale(supported([claim('undated')]), now)).toBe(false)
    expect(ageOf(supported([claim('a', { saidAt: '2026' })]), now)).toBe(0)
  })
})

describe('a contested cell', () => {
  const claims = [claim('a'), claim('b')]

  test('rests on two claims that stand and cannot both be true', () => {
    const conflicts = [conflict('b', 'a', { note: 'where they meet' })]
    expect(supported(claims, { conflicts }).contests).toEqual([
      { upper: 'a', lower: 'b', isChosen: false, reason: '', note: 'where they meet' },
    ])
    expect(supported(claims).contests).toEqual([])
    const among = (of: readonly Claim[]) =>
      isContested(cellWith(of), groundsOf({ ...EMPTY_TRACKER, claims, conflicts }))
    expect([among(claims), among(claims.slice(1)), among([])]).toEqual([true, false, false])
    expect(supported(claims.slice(1), { claims, conflicts }).contests).toEqual([])
    const withdrawn = [claim('a'), claim('b', { status: 'withdrawn' })]
    expect(supported(withdrawn, { conflicts }).contests).toEqual([])
  })

  test('the assessed one stands over the other, with the reason', () => {
    const conflicts = [
      conflict('a', 'b', { chosenId: idOf('b'), reason: 'two witnesses' }),
      conflict('b', 'a'),
    ]
    for (const said of [conflicts, conflicts.toReversed()])
      expect(supported(claims, { conflicts: said }).contests).toEqual([
        { upper: 'b', lower: 'a', isChosen: true, reason: 'two witnesses', note: '' },
      ])
    const stray = [conflict('a', 'b', { chosenId: idOf('c') })]
    expect(supported(claims, { conflicts: stray }).contests[0]?.isChosen).toBe(false)
  })

  test('a denial speaks of the claim wherever it is attached itself, while both stand', () => {
    const denial = claim('d', { deniesClaimId: idOf('a') })
    const all = { claims: [claim('a'), denial] }
    expect(supported([claim('a')], all).contests).toMatchObject([{ upper: 'a', lower: 'd' }])
    expect(supported([denial], all).contests).toMatchObject([{ upper: 'a', lower: 'd' }])
    const fallen = { claims: [claim('a', { status: 'denied' }), denial] }
    expect(supported(fallen.claims, fallen).contests).toEqual([])
    expect(
      supported([claim('a')], { claims: [claim('a', { deniesClaimId: idOf('a') })] }).contests,
    ).toEqual([])
  })

  test('is marked, chosen in and taken back by whoever comes, however often it was said', () => {
    const doc = newDoc()
    for (const id of ['a', 'b']) claimRecords.put(doc, idOf(id), { statement: id })
    const said = () => conflictRecords.all(doc)
    markIncompatible(doc, idOf('a'), idOf('gone'))
    markIncompatible(doc, idOf('a'), idOf('a'))
    expect(said()).toEqual([])
    markIncompatible(doc, idOf('a'), idOf('b'), 'note')
    markIncompatible(doc, idOf('b'), idOf('a'))
    expect(said()).toHaveLength(1)
    conflictRecords.put(doc, 'twin' as ConflictId, { claimId: idOf('b'), otherId: idOf('a') })
    chooseBetween(doc, idOf('a'), idOf('b'), idOf('b'), 'why')
    expect(said().map(({ chosenId }) => chosenId)).toEqual(['b', 'b'])
    expect(readTracker(doc).conflicts).toHaveLength(2)
    chooseBetween(doc, idOf('a'), idOf('b'), null, '')
    expect(said().map(({ chosenId }) => chosenId)).toEqual([null, null])
    markCompatible(doc, idOf('b'), idOf('a'))
    expect(said()).toEqual([])
  })
})

describe('a position that leaves Parley', () => {
  const axios = source('axios', { title: 'US scoop', author: 'Axios' })
  const reported = claim('a', {
    attribution: 'unnamed_official',
    sourceId: axios.id,
    saidAt: '2026-02-04',
  })
  const hedged = (claims: readonly Claim[], tracker: Partial<Tracker> = {}, cell = {}) =>
    hedgedPosition(
      cellWith(claims, cell),
      groundsOf({ ...EMPTY_TRACKER, claims, sources: [axios], ...tracker }),
    )

  test('keeps its hedge and whose word it is', () => {
    expect(hedged([reported])).toBe(
      'reportedly wide access (unnamed official, via Axios, 4 Feb 2026, unconfirmed)',
    )
    expect(hedged([{ ...reported, hedges: 'Allegedly' }])).toBe(
      'allegedly wide access (unnamed official, via Axios, 4 Feb 2026, unconfirmed)',
    )
    const begun = { position: 'Reportedly wide access' }
    expect(hedged([{ ...reported, hedges: 'reportedly' }], {}, begun)).toMatch(
      /^Reportedly wide access \(.*unconfirmed\)$/,
    )
    expect(hedged([{ ...reported, hedges: 'allegedly' }], {}, begun)).toMatch(
      /^Reportedly wide access \(.*; hedged: “allegedly”\)$/,
    )
    expect(hedged([reported], {}, { position: 'Probably-not' })).toMatch(/^Probably-not \(/)
  })

  test.each([
    ['no official confirmation', 'reportedly', 'no official confirmation'],
    ['according to Iranian media', 'reportedly', 'according to Iranian media'],
    ['claim, could, as early as', 'reportedly', 'claim, could, as early as'],
    ['reportedly, according to Iranian media', 'reportedly', 'according to Iranian media'],
    ['expected, probably, possibly', 'probably', 'expected, possibly'],
  ])('says “%s” where it reads: “%s” in front', (hedges, front, rest) => {
    expect(hedged([{ ...reported, hedges }], {}, { position: 'No part in Muscat' })).toBe(
      `${front} No part in Muscat (unnamed official, via Axios, 4 Feb 2026, unconfirmed; hedged: “${rest}”)`,
    )
  })

  test('what is confirmed keeps the hedge that its source had', () => {
    const confirmed = { ...reported, status: 'confirmed', hedges: 'would, expected' } as const
    expect(hedged([confirmed])).toBe(
      'wide access (unnamed official, via Axios, 4 Feb 2026, confirmed; hedged: “would, expected”)',
    )
    expect(hedged([{ ...confirmed, hedges: 'reportedly' }])).toMatch(/^reportedly wide access/)
  })

  test('names the outlet through which the source was seen, each once, and whoever said it once', () => {
    const sources = [
      axios,
      source('two', { title: 'Two unnamed sources', viaSourceId: axios.id }),
      source('again', { title: 'Axios', viaSourceId: 'two' as SourceId }),
      source('round', { title: 'Round', viaSourceId: 'about' as SourceId }),
      source('about', { title: 'About', viaSourceId: 'round' as SourceId }),
      source('cut', { title: '', viaSourceId: 'gone' as SourceId }),
    ]
    const by = (id: string, values: Partial<Claim> = {}) =>
      hedged([{ ...reported, sourceId: id as SourceId, ...values }], { sources })
    expect(by('two')).toContain('(unnamed official, via Two unnamed sources, through Axios, 4 Feb')
    expect(by('two', { speaker: 'Two unnamed sources' })).toContain(
      '(unnamed official, Two unnamed sources, via Axios, 4 Feb',
    )
    expect(by('again')).toContain('official, via Axios, through Two unnamed sources, 4 Feb')
    expect(by('round')).toContain('official, via Round, through About, 4 Feb')
    expect(by('cut')).toContain('(unnamed official, 4 Feb 2026')
  })

  test('says what is confirmed without a hedge, and that it is confirmed', () => {
    const confirmed = {
      ...reported,
      id: idOf('c'),
      status: 'confirmed',
      saidAt: '2026-02',
    } as const
    expect(hedged([reported, confirmed])).toBe(
      'wide access (unnamed official, via Axios, 2026-02, confirmed; and one more claim)',
    )
  })

  test('names who said it, in words or by name', () => {
    const person = {
      id: 'p' as PersonId,
      name: 'Ali Larijani',
      office: '',
      partyId: null,
      factionId: null,
      speaksFor: '',
    }
    const said = { ...reported, speakerId: person.id, capacity: 'secretary' }
    expect(hedged([said], { people: [person] })).toContain(
      'unnamed official, Ali Larijani, secretary',
    )
    expect(hedged([{ ...said, speaker: 'an aide' }], { people: [person] })).toContain('an aide')
  })

  test('takes both sides of a contest along, and why one was chosen', () => {
    const other = claim('b', { statement: 'sites only' })
    const conflicts = [conflict('a', 'b')]
    expect(hedged([reported, other], { conflicts })).toMatch(/; contested: “sites only”\)$/)
    const chosen = [conflict('a', 'b', { chosenId: idOf('b'), reason: 'it is newer' })]
    expect(hedged([reported, other], { conflicts: chosen })).toBe(
      'reportedly wide access (media report, unconfirmed; contested: “what a says”, not gone by because it is newer)',
    )
  })

  test('says that its support is gone', () => {
    expect(hedged([{ ...reported, status: 'retracted' }])).toBe(
      'wide access (unsupported: no claim behind it stands any more)',
    )
  })

  test('is bare where nothing was ever attached, and nothing where nothing is said', () => {
    expect(hedged([])).toBe('wide access')
    expect(hedged([reported], {}, { position: '' })).toBe('')
    const blank = blankCell('i' as IssueId, 'p' as PartyId)
    expect(evidenceWords(blank, groundsOf(EMPTY_TRACKER))).toBe('')
  })
})

describe('coverage', () => {
  const freshness = { now: Date.parse('2026-03-01'), days: 14 }
  const covered = (
    claims: readonly Claim[],
    tracker: Partial<Tracker>,
    cell: Partial<Cell> = {},
  ) => {
    const at = cellWith(claims, cell)
    const grounds = groundsOf({ ...EMPTY_TRACKER, claims, ...tracker })
    return coverageOf(at, supportOf(at, grounds), freshness)
  }
  const two = [
    claim('a', { saidAt: '2026-02-27', sourceId: 'x' as SourceId }),
    claim('b', { saidAt: '2026-02-28', sourceId: 'y' as SourceId }),
  ]
  const sources = [source('x'), source('y')]
  const empty = { position: '', knowledge: 'unknown' } as const

  test('names all that is so of a cell, most pressing first', () => {
    expect(covered(two, { sources })).toEqual(['supported'])
    expect(covered(two.slice(1), { sources })).toEqual(['single_origin'])
    const old = two.map(claim => ({ ...claim, saidAt: '2026-01' }))
    const conflicts = [conflict('a', 'b')]
    expect(covered(old, { sources: sources.slice(1), conflicts })).toEqual([
      'contested',
      'single_origin',
      'stale',
    ])
    expect(covered([], {})).toEqual(['unsupported'])
    expect(covered([], {}, empty)).toEqual(['empty'])
    expect(covered([], {}, { ...empty, knowledge: 'agenda_only' })).toEqual(['agenda_only'])
    expect(covered([], {}, { ...empty, knowledge: 'not_applicable' })).toEqual(['not_applicable'])
    const past = coverageOf(
      cellWith(old),
      supportOf(cellWith(old), groundsOf({ ...EMPTY_TRACKER, claims: old, sources })),
      { now: undefined, days: 1 },
    )
    expect(past).toEqual(['supported'])
  })

  test('counts a cell for each of its states', () => {
    const counts = coverageCounts([['contested', 'stale'], ['stale'], ['empty']])
    expect(counts).toMatchObject({ contested: 1, stale: 2, empty: 1, supported: 0 })
  })
})

describe('after a claim was settled', () => {
  const place = (party: string) => ({ issueId: 'issue' as IssueId, partyId: party as PartyId })
  const event = (id: string, status: ClaimStatus, at: number): ClaimEvent => ({
    ...claimEventRecords.blank,
    id: id as ClaimEventId,
    claimId: idOf('a'),
    status,
    at,
  })
  const look = (claimEventId: string, party: string): Assessment => ({
    ...assessmentRecords.blank,
    ...place(party),
    id: `${claimEventId}${party}` as AssessmentId,
    claimEventId: claimEventId as ClaimEventId,
  })
  const open = (
    events: readonly ClaimEvent[],
    status: ClaimStatus,
    looks: readonly Assessment[] = [],
    changedAt: (at: { readonly partyId: PartyId }) => number | undefined = () => undefined,
  ) =>
    unanswered(
      settledIn(
        events,
        looks,
        id => (id === 'a' ? claim('a', { status }) : undefined),
        () => [place('x'), place('y')],
      ),
      changedAt,
    ).map(({ cells, event }) => [event.id, ...cells.map(({ partyId }) => partyId)].join(' '))

  test('every cell that hangs on it is asked about, until it is changed or somebody says that it stands', () => {
    const denied = event('e', 'denied', 100)
    expect(open([denied], 'denied')).toEqual(['e x y'])
    expect(open([denied], 'denied', [look('e', 'x')])).toEqual(['e y'])
    expect(open([denied], 'denied', [look('e', 'x'), look('e', 'y')])).toEqual([])
    const changed = (at: number) => (of: { readonly partyId: PartyId }) =>
      of.partyId === 'y' ? at : 100
    expect(open([denied], 'denied', [], changed(101))).toEqual(['e x'])
    expect(open([denied], 'denied', [], changed(99))).toEqual(['e x y'])
  })

  test('the last thing that became of it counts, and what is open again asks nothing', () => {
    const events = [event('late', 'confirmed', 200), event('early', 'denied', 100)]
    expect(open(events, 'confirmed', [look('early', 'x')])).toEqual(['late x y'])
    expect(open([...events, event('again', 'reported', 300)], 'reported')).toEqual([])
    expect(open(events, 'disputed')).toEqual([])
    // Of two at the same time the one counts that says what the claim says.
    expect(open(events, 'denied', [look('late', 'x')])).toEqual(['early x y'])
    expect(open([{ ...event('gone', 'denied', 1), claimId: idOf('removed') }], 'denied')).toEqual(
      [],
    )
  })

  test('all that is pending, the oldest first and what has no date last', () => {
    const claims = [
      claim('undated'),
      claim('new', { saidAt: '2026-02-03' }),
      claim('old', { learnedAt: '2026-01', status: 'disputed' }),
      claim('done', { saidAt: '2025', status: 'confirmed' }),
    ]
    expect(pendingIn(claims).map(({ id }) => id)).toEqual(['old', 'new', 'undated'])
  })
})
