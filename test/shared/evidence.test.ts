/** On what claims rest: how many origins stand behind reports, who graded them, and what became of them. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bestGrade, type Claim } from '#shared/claims.ts'
import { citationRecords, claimEventRecords, claimRecords } from '#shared/document/claims.ts'
import {
  cite,
  claimFrom,
  deny,
  judge,
  removeExcerpt,
  setStatus,
  settleGrade,
} from '#shared/document/evidence.ts'
import { excerptRecords, judgementRecords, sourceRecords } from '#shared/document/sources.ts'
import { inOrder, standingEvent } from '#shared/evidence/became.ts'
import { compareGrades, gradesOf, toneOf } from '#shared/evidence/grades.ts'
import { evidenceIn, LONGEST_CHAIN } from '#shared/evidence/origins.ts'
import { settledIn } from '#shared/evidence/settled.ts'
import type {
  AccountId,
  CitationId,
  ClaimEventId,
  ClaimId,
  ExcerptId,
  IssueId,
  JudgementId,
  PartyId,
  PersonId,
  SourceId,
} from '#shared/ids.ts'
import type { Source } from '#shared/sources.ts'

const [ADA, BEN] = ['ada', 'ben'] as unknown as readonly [AccountId, AccountId]
const C = 'c' as ClaimId
const source = (id: string): SourceId => id as SourceId

/** Sources by id with the one that each was seen through, and claims with the source that each names. */
const world = (
  chain: Readonly<Record<string, string | null>>,
  claims: Readonly<Record<string, string | null>> = {},
  people: Readonly<Record<string, string>> = {},
): Y.Doc => {
  const doc = new Y.Doc()
  for (const [id, via] of Object.entries(chain))
    sourceRecords.put(doc, source(id), {
      title: id,
      viaSourceId: via as SourceId | null,
      personId: (people[id] ?? null) as PersonId | null,
    })
  for (const [id, of] of Object.entries(claims))
    claimRecords.put(doc, id as ClaimId, { statement: id, sourceId: of as SourceId | null })
  return doc
}
const evidence = (doc: Y.Doc) =>
  evidenceIn({
    sources: sourceRecords.all(doc),
    excerpts: excerptRecords.all(doc),
    citations: citationRecords.all(doc),
  })
const words = (doc: Y.Doc): string => evidence(doc).originsOf(claimRecords.all(doc)).words
const claimIn = (doc: Y.Doc, id: string = C): Claim => {
  const claim = claimRecords.read(doc, id as ClaimId)
  if (!claim) throw new Error(`No claim ${id}`)
  return claim
}
/** The same document in two hands, which then learn of each other's changes. */
const twoOf = (hers: Y.Doc, first = 1, second = 2) => {
  const his = new Y.Doc()
  Y.applyUpdate(his, Y.encodeStateAsUpdate(hers))
  hers.clientID = first
  his.clientID = second
  const merge = (): void => {
    Y.applyUpdate(hers, Y.encodeStateAsUpdate(his))
    Y.applyUpdate(his, Y.encodeStateAsUpdate(hers))
  }
  return { hers, his, merge }
}
const quote = (doc: Y.Doc, of: string, claim: string): void => {
  const id = `x-${of}` as ExcerptId
  excerptRecords.put(doc, id, { sourceId: source(of), exact: 'so', start: 0, end: 2 })
  cite(doc, `n-${of}` as CitationId, claim as ClaimId, id)
}

describe('origins', () => {
  test('three outlets that carry one agency are three reports of one origin', () => {
    const doc = world(
      { agency: null, a: 'agency', b: 'agency', c: 'a' },
      { 1: 'a', 2: 'b', 3: 'c' },
    )
    expect(words(doc)).toBe('3 reports, 1 origin')
    expect(evidence(doc).areIndependent(source('a'), source('c'))).toBe(false)
    expect(
      evidence(doc)
        .chainOf(source('c'))
        .map(({ id }) => id),
    ).toEqual(['a', 'agency'])
    expect(
      evidence(doc)
        .seenThrough(source('agency'))
        .map(({ id }) => id),
    ).toEqual(['a', 'b'])
    expect([...evidence(doc).allThrough(source('agency'))]).toEqual(['agency', 'a', 'b', 'c'])
  })

  test('who was seen directly and shares nobody with the other is an origin of its own', () => {
    const doc = world({ a: null, b: 'd', d: null }, { 1: 'a', 2: 'b', 3: 'b' })
    expect(words(doc)).toBe('2 reports, 2 origins')
    expect(evidence(doc).areIndependent(source('a'), source('b'))).toBe(true)
  })

  test('a person who is the source of two reports is one origin', () => {
    const doc = world({ a: null, b: 'd', d: null }, { 1: 'a', 2: 'b' }, { a: 'p', d: 'p' })
    expect(words(doc)).toBe('2 reports, 1 origin')
    expect(evidence(doc).areIndependent(source('a'), source('b'))).toBe(false)
  })

  test('somebody whom two agencies quote does not become two origins by that', () => {
    const doc = world({ x: null, y: null, a: 'x', b: 'y' }, { 1: 'a', 2: 'b' }, { a: 'p', b: 'p' })
    expect(words(doc)).toBe('2 reports, 1 origin')
    expect(evidence(doc).areIndependent(source('x'), source('y'))).toBe(true)
  })

  test.each([
    ['no source is named', { a: null }, { 1: 'a', 2: null }],
    ['a chain turns back on itself', { a: 'b', b: 'a', c: null }, { 1: 'a', 2: 'c' }],
    ['a chain leads to what is gone', { a: 'gone', c: null }, { 1: 'a', 2: 'c' }],
    ['the source itself is gone', { a: null, b: null }, { 1: 'a', 2: 'b', 3: 'gone' }],
  ])('independence is not established where %s', (_, chain, claims) => {
    const found = evidence(world(chain, claims))
    const { isEstablished } = found.originsOf(claimRecords.all(world(chain, claims)))
    expect(isEstablished).toBe(false)
  })

  test('it says so in words', () => {
    expect(words(world({ a: 'b', b: 'a' }, { 1: 'a', 2: 'b' }))).toBe(
      '2 reports, independence not established',
    )
    expect(words(world({ a: 'gone' }, { 1: 'a' }))).toBe('1 report, origin not known')
    expect(words(world({}, { 1: null }))).toBe('no source')
    expect(words(world({ a: null }, { 1: 'a' }))).toBe('1 report, 1 origin')
  })

  test('a chain of two thousand that turns back on itself comes to an end', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`s${index}`, `s${(index + 1) % 2_000}`]),
    )
    const found = evidence(world(chain, { 1: 's0', 2: 's5' }))
    expect(found.chainOf(source('s0'))).toHaveLength(LONGEST_CHAIN)
    expect(found.allThrough(source('s0')).size).toBe(2_000)
    expect(found.areIndependent(source('s0'), source('s5'))).toBe(false)
  })

  test('a chain is followed up to its longest; where a longer one leads is not known', () => {
    const of = (steps: number) =>
      Object.fromEntries(
        Array.from({ length: steps + 1 }, (_, index) => [
          `s${index}`,
          index < steps ? `s${index + 1}` : null,
        ]),
      )
    expect(words(world(of(LONGEST_CHAIN), { 1: 's0' }))).toBe('1 report, 1 origin')
    expect(words(world(of(LONGEST_CHAIN + 1), { 1: 's0' }))).toBe('1 report, origin not known')
  })

  test('twenty thousand reports are told apart, on one chain and on none', () => {
    const sources = Array.from({ length: 20_000 }, (_, index) => ({
      ...sourceRecords.blank,
      id: source(`s${index}`),
    }))
    const claims = sources.map(({ id }) => ({
      ...claimRecords.blank,
      id: `c${id}` as ClaimId,
      sourceId: id,
    }))
    const originsOf = (sources: readonly Source[]) =>
      evidenceIn({ sources, excerpts: [], citations: [] }).originsOf(claims)
    expect(originsOf(sources).words).toBe('20000 reports, 20000 origins')
    const chained = sources.map((of, index) => ({
      ...of,
      viaSourceId: sources[index + 1]?.id ?? null,
    }))
    expect(originsOf(chained)).toMatchObject({ origins: 1, isEstablished: false })
  })

  test('what a claim cites counts with its own source', () => {
    const doc = world({ a: null, b: null }, { c: 'a' })
    quote(doc, 'b', C)
    expect(evidence(doc).sourcesOf(claimIn(doc))).toEqual(['a', 'b'])
    expect(words(doc)).toBe('2 reports, 2 origins')
  })
})

describe('credibility 1', () => {
  test('is refused for two sources with one common ancestor, with a word that says what to do', () => {
    const doc = world({ agency: null, a: 'agency', b: 'agency' }, { c: 'a' })
    quote(doc, 'b', C)
    const refusal = evidence(doc).refusalOf(claimIn(doc), 1)
    expect(refusal).toContain('2 reports, 1 origin')
    expect(refusal).toContain('choose 2')
    expect(evidence(doc).refusalOf(claimIn(doc), 2)).toBeNull()
  })

  test('is refused for one source, for none, and where a chain is not known to its end', () => {
    const one = world({ a: null }, { c: 'a' })
    expect(evidence(one).refusalOf(claimIn(one), 1)).not.toBeNull()
    const none = world({}, { c: null })
    expect(evidence(none).refusalOf(claimIn(none), 1)).toContain('no source')
    const unclear = world({ a: null, b: 'gone' }, { c: 'a' })
    quote(unclear, 'b', C)
    expect(evidence(unclear).refusalOf(claimIn(unclear), 1)).toContain('not established')
  })

  test('is for two that do not go back to the same', () => {
    const doc = world({ agency: null, a: 'agency', b: null }, { c: 'a' })
    quote(doc, 'b', C)
    expect(evidence(doc).refusalOf(claimIn(doc), 1)).toBeNull()
  })
})

describe('grades', () => {
  test('F and 6 are unknown: never below E and 5, and drawn as neither good nor bad', () => {
    expect(['F6', 'E5', 'A1', 'E6', 'C3', 'F5', 'D4'].toSorted(compareGrades)).toEqual([
      'A1',
      'C3',
      'D4',
      'F6',
      'F5',
      'E6',
      'E5',
    ])
    expect(bestGrade(['E5', 'F6'])).toBe('F6')
    expect(bestGrade(['F6', 'B2', 'E5'])).toBe('B2')
    expect(bestGrade([])).toBeNull()
    expect(['A', 'E', 'F', '1', '5', '6'].map(toneOf)).toEqual([
      'good',
      'poor',
      'unknown',
      'good',
      'poor',
      'unknown',
    ])
  })

  const judgement = (by: AccountId, at: number, grade: string, reason = '') => ({
    id: `j-${by}-${at}` as JudgementId,
    about: 'source' as const,
    subjectId: 'a',
    grade,
    reason,
    by,
    at,
  })

  test('two analysts who grade one source at the same time both stay to be seen', () => {
    const hers = world({ a: null })
    const his = new Y.Doc()
    Y.applyUpdate(his, Y.encodeStateAsUpdate(hers))
    judge(hers, judgement(ADA, 1_000, 'B'))
    judge(his, judgement(BEN, 1_000, 'D'))
    Y.applyUpdate(hers, Y.encodeStateAsUpdate(his))
    Y.applyUpdate(his, Y.encodeStateAsUpdate(hers))
    for (const doc of [hers, his]) {
      const { analysts, isDisputed, team } = gradesOf(judgementRecords.all(doc), 'source', 'a', 'F')
      expect(analysts.map(({ by, grade }) => [by, grade])).toEqual([
        [ADA, 'B'],
        [BEN, 'D'],
      ])
      expect(isDisputed).toBe(true)
      expect(team).toBeNull()
      // Nobody has settled anything yet.
      expect(sourceRecords.read(doc, source('a'))?.reliability).toBe('F')
    }
  })

  test('an analyst’s last word counts, and the earlier ones stay in the history', () => {
    const doc = world({ a: null })
    judge(doc, judgement(ADA, 2_000, 'C'))
    judge(doc, judgement(ADA, 1_000, 'B'))
    judge(doc, judgement(BEN, 3_000, 'F'))
    const { analysts, history, isDisputed } = gradesOf(
      judgementRecords.all(doc),
      'source',
      'a',
      'F',
    )
    expect(analysts.map(({ grade }) => grade)).toEqual(['C', 'F'])
    expect(history.map(({ grade }) => grade)).toEqual(['B', 'C', 'F'])
    // Who cannot judge contradicts nobody.
    expect(isDisputed).toBe(false)
  })

  test('what the team settles on is an act of its own, and leaves analysts’ grades as they are', () => {
    const doc = world({ a: null }, { c: 'a' })
    judge(doc, judgement(ADA, 1_000, 'B'))
    settleGrade(doc, judgement(BEN, 2_000, 'C', 'Wrong twice in May'))
    const { analysts, team } = gradesOf(judgementRecords.all(doc), 'source', 'a', 'C')
    expect(sourceRecords.read(doc, source('a'))).toMatchObject({
      reliability: 'C',
      reliabilityReason: 'Wrong twice in May',
    })
    expect(team).toMatchObject({ grade: 'C', by: BEN, isTeam: true })
    expect(analysts.map(({ grade }) => grade)).toEqual(['B'])
    settleGrade(doc, {
      ...judgement(ADA, 3_000, '3'),
      about: 'claim',
      subjectId: C,
    })
    expect(claimIn(doc).credibility).toBe(3)
  })

  test('two who settle it otherwise at the same time: the reason shown is that of the grade that counts', () => {
    const { hers, his, merge } = twoOf(world({ a: null }))
    settleGrade(hers, judgement(ADA, 1_000, 'B', 'Right so far'))
    settleGrade(his, judgement(BEN, 2_000, 'D', 'Wrong twice in May'))
    merge()
    const seen = [hers, his].map(doc => {
      const { reliability = '' } = sourceRecords.read(doc, source('a')) ?? {}
      const { team } = gradesOf(judgementRecords.all(doc), 'source', 'a', reliability)
      return [reliability, team?.grade, team?.reason]
    })
    expect(seen[0]).toEqual(seen[1])
    expect([
      ['B', 'B', 'Right so far'],
      ['D', 'D', 'Wrong twice in May'],
    ]).toContainEqual(seen[0])
  })
})

describe('what becomes of a claim', () => {
  const event = (at: number) => ({
    id: `e${at}` as ClaimEventId,
    claimId: C,
    reason: 'Said by name',
    excerptId: null,
    date: '2026-02-03',
    by: ADA,
    at,
  })

  test('a status comes with the event that says so, and earlier events stay', () => {
    const doc = world({ a: null }, { c: 'a' })
    setStatus(doc, { ...event(1), status: 'confirmed', otherClaimId: null })
    setStatus(doc, { ...event(2), status: 'retracted', otherClaimId: null })
    expect(claimIn(doc).status).toBe('retracted')
    expect(claimEventRecords.all(doc).map(({ status, by }) => [status, by])).toEqual([
      ['confirmed', ADA],
      ['retracted', ADA],
    ])
  })

  test.each([
    [1, 2],
    [2, 1],
  ])(
    'two who settle it otherwise at the same time: what counts is what the claim says (clients %i and %i)',
    (first, second) => {
      const { hers, his, merge } = twoOf(world({ a: null }, { c: 'a' }), first, second)
      setStatus(hers, { ...event(1), status: 'confirmed', otherClaimId: null })
      deny(his, { id: 'd' as ClaimId, statement: 'No' }, event(2))
      merge()
      const place = { issueId: 'i' as IssueId, partyId: 'p' as PartyId }
      const seen = [hers, his].map(doc => {
        const events = inOrder(claimEventRecords.all(doc))
        const { status } = claimIn(doc)
        const [asked] = settledIn(
          events,
          [],
          id => claimRecords.read(doc, id),
          () => [place],
        )
        expect(events.map(({ status }) => status)).toEqual(['confirmed', 'denied'])
        return [status, standingEvent(events, status)?.status, asked?.event.status]
      })
      const kept = first > second ? 'confirmed' : 'denied'
      expect(seen).toEqual([
        [kept, kept, kept],
        [kept, kept, kept],
      ])
    },
  )

  test('a denial is itself a claim, made in one step with the event of the denied one', () => {
    const doc = world({ a: null, b: null }, { c: 'a' })
    let transactions = 0
    doc.on('afterTransaction', () => transactions++)
    deny(
      doc,
      { id: 'd' as ClaimId, statement: 'No uranium leaves', sourceId: source('b') },
      event(1),
    )
    expect(transactions).toBe(1)
    expect(claimIn(doc, 'd')).toMatchObject({ deniesClaimId: C, status: 'reported', sourceId: 'b' })
    expect(claimIn(doc).status).toBe('denied')
    expect(claimEventRecords.all(doc)).toMatchObject([{ claimId: C, otherClaimId: 'd' }])
  })

  test('nothing becomes of a claim that is gone', () => {
    const doc = world({}, {})
    setStatus(doc, { ...event(1), status: 'confirmed', otherClaimId: null })
    deny(doc, { id: 'd' as ClaimId, statement: 'No' }, event(2))
    expect([claimRecords.all(doc), claimEventRecords.all(doc)]).toEqual([[], []])
  })

  test('a claim made of words takes their source and cites them once', () => {
    const doc = world({ a: null })
    const excerpt = { id: 'x' as ExcerptId, sourceId: source('a') }
    excerptRecords.put(doc, excerpt.id, { sourceId: excerpt.sourceId, exact: 'so' })
    claimFrom(doc, { id: C, statement: 'It is so' }, excerpt, 'n' as CitationId)
    cite(doc, 'n2' as CitationId, C, excerpt.id)
    expect(claimIn(doc)).toMatchObject({ sourceId: 'a', statement: 'It is so' })
    expect(citationRecords.all(doc)).toHaveLength(1)
    removeExcerpt(doc, excerpt.id)
    expect([citationRecords.all(doc), excerptRecords.all(doc)]).toEqual([[], []])
    expect(claimIn(doc).sourceId).toBe('a')
  })
})
