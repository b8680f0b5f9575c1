/** A cell's movements in words, told back from what stands there now; and lists of them. */
import { createRoot, createSignal } from 'solid-js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { compared } from '#client/history/compared.ts'
import type { Moment } from '#client/history/moment.ts'
import type { Said } from '#client/history/movements/said.ts'
import { spanOf } from '#client/history/movements/span.ts'
import { createMovementList, listMovements } from '#client/history/movements/list.ts'
import { createOwnGroup } from '#client/history/movements/own-group.ts'
import { reasonsBetween } from '#client/history/movements/reasons-between.ts'
import { tellMovements, type Standing } from '#client/history/movements/told.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { ApiMovement } from '#shared/api.ts'
import { blankCell, cellKey } from '#shared/cells.ts'
import { inWords } from '#shared/compare/detail.ts'
import type { KindsSaid } from '#shared/compare/summary.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { readTracker } from '#shared/document/tracker.ts'
import type {
  ClaimId,
  IssueId,
  PartyId,
  PointId,
  Rank,
  RedLineId,
  TrackerId,
  ReasonId,
} from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import { iran, limits, pointOf, states, talks } from '#test/client/history-states.ts'

const [issueId, partyId] = ['i' as IssueId, 'p' as PartyId]
const rank = 'a' as Rank
const [low, high] = ['low' as PointId, 'high' as PointId]
const [first, second] = ['c1' as ClaimId, 'c2' as ClaimId]
const issue: Issue = {
  id: issueId,
  basketId: null,
  title: 'Access',
  description: '',
  rank,
  scale: {
    name: '',
    isNumeric: false,
    unit: '',
    points: [
      { id: low, label: 'Little', value: null, rank },
      { id: high, label: 'Much', value: null, rank },
    ],
  },
}
const line = {
  id: 'l' as RedLineId,
  issueId,
  partyId,
  kind: 'red_line',
  statement: 'No site is closed',
  operator: 'at_least',
  point: high,
  soft: false,
  publicity: null,
  addressee: '',
  since: '',
  isInferred: false,
} as const

type Change = ApiMovement['changes'][number]
const inCell = (field: string, before: unknown, after: unknown): Change =>
  ({ address: `cells/i/p/${field}`, field, before, after }) as Change
const claim = (id: ClaimId, after: boolean): Change => ({
  address: `cells/i/p/claim/${id}`,
  field: 'claim',
  before: !after,
  after,
})
let seq = 100
const movement = (...changes: readonly Change[]): ApiMovement => ({
  key: `i/p/${(seq -= 1)}`,
  issueId,
  partyId,
  account: { id: 'ada', name: 'Ada', colour: 1 },
  firstAt: seq,
  lastAt: seq,
  firstSeq: seq,
  lastSeq: seq,
  restore: null,
  changes: [...changes],
  proposed: 'judged',
  kind: 'judged',
  reason: null,
  unexplained: false,
})

const now: Standing = {
  cell: {
    ...blankCell(issueId, partyId),
    knowledge: 'reported',
    stance: high,
    position: 'Asks for more',
    claimIds: [first, second],
  },
  redLines: [line],
}
const around = {
  issue,
  claim: (id: ClaimId) => (id === first ? { statement: 'Said on Tuesday' } : undefined),
}
const told = (movements: readonly ApiMovement[], is = now) => tellMovements(movements, is, around)
const wordsOf = (movements: readonly ApiMovement[]) =>
  told(movements).map(({ details }) => inWords(details))

describe('a movement in words', () => {
  test('says each field in the words of the issue’s scale, and claims by what they say', () => {
    expect(
      wordsOf([
        movement(inCell('stance', low, high), claim(first, true)),
        movement(
          inCell('position', 'Asks', 'Asks for more'),
          inCell('confidence', 'low', null),
          claim('gone' as ClaimId, false),
        ),
        movement(inCell('stance', null, low)),
      ]),
    ).toEqual([
      'Stance: was Little, now Much; Claim: Said on Tuesday',
      'Position edited; Confidence removed, was Low; Claim removed, was a claim that is gone',
      'Stance: Little',
    ])
  })

  test('tells a red line whole, of which one word changed, however it came and went', () => {
    const { id: _, ...record } = line
    const field = (name: string, before: unknown, after: unknown): Change =>
      ({ address: `redLines/l/${name}`, field: name, before, after }) as Change
    const whole = (before: unknown, after: unknown): Change =>
      ({ address: 'redLines/l', field: 'record', before, after }) as Change
    expect(
      wordsOf([
        movement(field('soft', true, false)),
        movement(
          whole(null, { ...record, soft: true, statement: '' }),
          field('statement', '', record.statement),
        ),
        movement(
          field('statement', 'All of it', 'Some of it'),
          whole({ ...record, statement: 'Some of it' }, null),
        ),
      ]),
    ).toEqual([
      'Red line: was at least Much, “No site is closed” (soft), now at least Much, “No site is closed”',
      'Red line: at least Much, “No site is closed” (soft)',
      'Red line removed, was at least Much, “All of it”',
    ])
  })

  test('counts the claims that there were, and knows what bringing it back would change', () => {
    const all = told([
      movement(inCell('confidence', null, null)),
      movement(claim(second, true)),
      movement(inCell('stance', low, high), claim(first, true)),
      movement(inCell('stance', null, low), inCell('position', '', 'Asks for more')),
    ])
    expect(all.map(({ claims }) => claims)).toEqual([2, 2, 1, 0])
    // Claims that the cell has won since would stay.
    expect(all.map(({ differs }) => differs)).toEqual([false, false, false, true])
  })

  test('whatever it is made of, it is told', () => {
    const odd = { address: 'nowhere', field: 'mood', before: null, after: 'good' } as Change
    expect(
      told([movement(odd)], { cell: blankCell(issueId, partyId), redLines: [] }),
    ).toMatchObject([{ details: [], claims: 0, differs: false }])
    const gone = { issue: undefined, claim: () => undefined }
    expect(
      tellMovements([movement(inCell('stance', low, high))], now, gone).map(it =>
        inWords(it.details),
      ),
    ).toEqual(['Stance: was a lost point, now a lost point'])
  })
})

describe('between two moments', () => {
  const seqs = new Map<string, number>([
    ['old', 10],
    ['new', 40],
  ])
  const between = (from: string, to: string) =>
    spanOf({ shows: 'comparison', from, to } as Moment, ref => seqs.get(ref))

  test('there is a span where both are known, and up to the present', () => {
    expect(between('old', 'new')).toEqual({ since: 10, until: 40 })
    expect(between('old', 'now')).toEqual({ since: 10, until: undefined })
    expect(between('old', 'unread')).toBeUndefined()
    expect(between('unread', 'now')).toBeUndefined()
    expect(spanOf({ shows: 'now' }, () => 1)).toBeUndefined()
  })

  test('reasons are told once each, in the order of what they explain', () => {
    const [tuesday, slip] = ['tuesday' as ReasonId, 'slip' as ReasonId]
    const mark = (reasonId: ReasonId) => ({ kind: null, reasonId })
    const view = {
      movements: () => ({
        'i/p/30': mark(tuesday),
        'i/q/20': mark(slip),
        'i/q/35': mark(tuesday),
        'i/p/10': mark(slip),
        'i/p/41': mark(slip),
        'i/p/33': mark('gone' as ReasonId),
        'i/p/34': { kind: 'moved' as const, reasonId: null },
      }),
      reasons: () => [
        { id: slip, text: 'A slip' },
        { id: tuesday, text: 'The call' },
      ],
    }
    expect(reasonsBetween(view, 10, 40)).toEqual(['A slip', 'The call'])
    expect(reasonsBetween(view, 41, 99)).toEqual([])
  })

  test('a kind that somebody has given counts in a comparison, over the one that is proposed', () => {
    const then = readTracker(talks())
    const doc = talks()
    setPosition(doc, limits, iran, 'Other words')
    const key = cellKey(limits, iran)
    const kinds = (said?: KindsSaid) => {
      const { kinds, summary } = compared(then, readTracker(doc), said)
      return [kinds[`cell/${key}`], summary]
    }
    expect(kinds()).toEqual(['worded', expect.stringMatching(/^1 wording edit/)])
    expect(kinds(new Map([[key, 'moved']]))).toEqual([
      'moved',
      expect.stringMatching(/^1 movement/),
    ])
  })
})

describe('a list', () => {
  afterEach(() => vi.unstubAllGlobals())

  /** Answers from what there is, `atOnce` in a page. */
  const serve = (all: readonly ApiMovement[], atOnce = 200) => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path)
      const query = new URL(path, 'http://x').searchParams
      const from = Number(query.get('before') ?? 0)
      const to = from + Math.min(Number(query.get('limit')), atOnce)
      const next = to < all.length ? String(to) : null
      return Response.json({ movements: all.slice(from, to), next })
    })
    return asked
  }
  const some = (many: number) =>
    Array.from({ length: many }, () => movement(inCell('stance', low, high)))

  test('reads on over short pages until it has as many as are wanted', async () => {
    const all = some(9)
    const asked = serve(all, 2)
    const listed = await listMovements('t' as TrackerId, { kind: 'moved' }, 5)
    expect(listed).toEqual({ movements: all.slice(0, 5), hasMore: true })
    expect(asked).toHaveLength(3)
    expect(asked[0]).toContain('/api/trackers/t/movements?kind=moved&limit=5')
    expect(await listMovements('t' as TrackerId, {}, 50)).toEqual({
      movements: all,
      hasMore: false,
    })
  })

  test('keeps what it holds when something comes on top, and forgets it for another cell', async () => {
    const [newest, ...older] = some(3) as [ApiMovement, ...ApiMovement[]]
    serve(older)
    const [cell, setCell] = createSignal<Record<string, string>>({ issue: 'i' })
    const { dispose, list } = createRoot(dispose => ({
      dispose,
      list: createMovementList('t' as TrackerId, cell),
    }))
    await vi.waitFor(() => expect(list.latest()?.movements).toEqual(older))
    const before = list.latest()?.movements[0]
    serve([newest, ...structuredClone(older)])
    list.again()
    await vi.waitFor(() => expect(list.latest()?.movements).toHaveLength(3))
    expect(list.latest()?.movements[1]).toBe(before)

    serve([])
    setCell({ issue: 'other' })
    expect(list.latest()).toBeUndefined()
    await vi.waitFor(() => expect(list.latest()).toMatchObject({ movements: [], hasMore: false }))
    dispose()
  })
})

describe('what I have just done', () => {
  const reasons = new Set<string>()
  /** Somebody at a document, and what the server tells of them after each pause. */
  const begin = (before: readonly ApiMovement[]) => {
    vi.useFakeTimers()
    const doc = talks()
    let mine = before
    vi.stubGlobal('fetch', async (path: string) => {
      const since = Number(new URL(path, 'http://x').searchParams.get('since'))
      return Response.json({ movements: mine.filter(it => it.lastSeq > since), next: null })
    })
    const negotiation = {
      doc,
      me: { id: 'ada' },
      trackerId: 't',
      link: () => ({ at: 'live' }),
      whenSaved: () => Promise.resolve(),
    } as unknown as Negotiation
    const said = {
      reasonOf: (key: string) => (reasons.has(key) ? { id: 'r', text: 'So' } : undefined),
    } as unknown as Said
    const { dispose, group } = createRoot(dispose => ({
      dispose,
      group: createOwnGroup(negotiation, said),
    }))
    const told = (movements: readonly ApiMovement[]) => {
      mine = [...movements, ...mine]
    }
    const offered = async () => {
      await vi.advanceTimersByTimeAsync(3_100)
      return group.movements().map(({ key }) => key)
    }
    return { dispose, doc, group, offered, told }
  }
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    reasons.clear()
  })
  const at = (lastSeq: number, over: Partial<ApiMovement> = {}): ApiMovement => ({
    ...movement(inCell('stance', low, high)),
    issueId: limits,
    partyId: iran,
    key: `limits/iran/${lastSeq}`,
    firstSeq: lastSeq,
    lastSeq,
    ...over,
  })
  const stand = (doc: ReturnType<typeof talks>, step: number) =>
    setCell(doc, limits, iran, { stance: pointOf(limits, step) })

  test('is offered once I pause, without what was mine before, or another cell’s', async () => {
    const { dispose, doc, offered, told } = begin([at(5)])
    expect(await offered()).toEqual([])
    stand(doc, 1)
    told([at(9), at(8, { partyId: states, key: 'limits/states/8' })])
    expect(await offered()).toEqual(['limits/iran/9'])
    dispose()
  })

  test('is not offered for words, for what rests on a claim, a restore, or has its reason', async () => {
    const { dispose, doc, offered, told } = begin([])
    await offered()
    setPosition(doc, limits, iran, 'Other words')
    told([at(9)])
    expect(await offered()).toEqual([])
    stand(doc, 2)
    told([
      at(14, { proposed: 'worded' }),
      at(13, { restore: 'r' }),
      at(12, { changes: [inCell('stance', low, high), claim(first, true)] }),
    ])
    expect(await offered()).toEqual(['limits/iran/9'])
    reasons.add('limits/iran/9')
    stand(doc, 0)
    told([at(20)])
    expect(await offered()).toEqual(['limits/iran/20'])
    dispose()
  })

  test('stays as it is while somebody writes, and begins anew once it is left', async () => {
    const { dispose, doc, group, offered, told } = begin([])
    await offered()
    stand(doc, 1)
    told([at(9)])
    expect(await offered()).toEqual(['limits/iran/9'])
    group.hold(true)
    stand(doc, 2)
    told([at(30)])
    expect(await offered()).toEqual(['limits/iran/9'])
    group.leave()
    expect(await offered()).toEqual([])
    stand(doc, 0)
    told([at(40)])
    expect(await offered()).toEqual(['limits/iran/40', 'limits/iran/30'])
    dispose()
  })
})
