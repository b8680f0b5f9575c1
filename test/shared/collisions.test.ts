/** P28: collisions of what parties would accept with red lines: by the order of the scale, unknown stays unknown. */
import fc from 'fast-check'
import type * as Y from 'yjs'
import { beforeEach, describe, expect, test } from 'vitest'
import { collisionsIn, collisionsOn, newAndDissolved } from '#shared/analysis/collisions.ts'
import { softnessOf } from '#shared/analysis/softness.ts'
import { blankCell } from '#shared/cells.ts'
import { attachmentRecords, claimRecords } from '#shared/document/claims.ts'
import { setCell } from '#shared/document/cells.ts'
import { addIssue, issueRecords, removeIssue } from '#shared/document/issues.ts'
import { addParty, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { evidenceIn } from '#shared/evidence/origins.ts'
import type {
  AttachmentId,
  ClaimId,
  IssueId,
  PartyId,
  PointId,
  Rank,
  RedLineId,
  SourceId,
} from '#shared/ids.ts'
import { newDoc, rewind } from '#test/shared/edits.ts'

const ISSUE = 'i' as IssueId
const [IRAN, US, ISRAEL] = ['iran', 'us', 'israel'] as unknown as readonly PartyId[] as [
  PartyId,
  PartyId,
  PartyId,
]
const LINE = 'line' as RedLineId
const at = (place: number): PointId => `x${place}` as PointId

let doc: Y.Doc
beforeEach(() => {
  rewind()
  doc = newDoc()
  createTracker(doc, 'Talks')
  addParty(doc, IRAN, { name: 'Iran', role: 'negotiating_party' })
  addParty(doc, US, { name: 'United States' })
  addParty(doc, ISRAEL, { name: 'Israel', role: 'stakeholder' })
  addIssue(doc, ISSUE, { title: 'Verification', basketId: null })
  for (const place of [0, 1, 2, 3, 4]) addPoint(doc, at(place), ISSUE, `Step ${place}`)
  redLineRecords.put(doc, LINE, {
    issueId: ISSUE,
    partyId: ISRAEL,
    operator: 'at_least',
    point: at(3),
  })
})

const found = () => collisionsIn(readTracker(doc))
const options = (): readonly string[] => found().flatMap(({ options }) => options)

describe('a collision', () => {
  test('is what of a range lies beyond the line, an outsider’s too; the rest of the range is not', () => {
    setCell(doc, ISSUE, IRAN, { aspiration: at(1), walkAway: at(4), knowledge: 'reported' })
    expect(found()).toEqual([
      {
        lineId: LINE,
        issueId: ISSUE,
        holder: ISRAEL,
        crosser: IRAN,
        options: [at(1), at(2)],
        isWhole: false,
      },
    ])
    setCell(doc, ISSUE, IRAN, { aspiration: at(2), walkAway: at(0) })
    expect(found()).toMatchObject([{ options: [at(0), at(1), at(2)], isWhole: true }])
  })

  test('is none where a range touches the line in one point', () => {
    setCell(doc, ISSUE, IRAN, { aspiration: at(3), walkAway: at(4), knowledge: 'reported' })
    expect(found()).toEqual([])
    redLineRecords.set(doc, LINE, { operator: 'at_most' })
    expect(options()).toEqual([at(4)])
    redLineRecords.set(doc, LINE, { point: at(4) })
    expect(found()).toEqual([])
  })

  test('goes by the stance where the range is unknown, and by nothing where all is', () => {
    setCell(doc, ISSUE, US, { stance: at(2) })
    expect(found()).toMatchObject([{ crosser: US, options: [at(2)] }])
    setCell(doc, ISSUE, US, { walkAway: at(0) })
    expect(options()).toEqual([at(0), at(1), at(2)])
    setCell(doc, ISSUE, US, { stance: null, walkAway: null })
    expect(found()).toEqual([])
  })

  test.each(['unknown', 'not_applicable', 'agenda_only'] as const)(
    'has no part in a cell that is %s: that is not the low end of the scale',
    knowledge => {
      setCell(doc, ISSUE, US, { stance: at(0), knowledge })
      expect(found()).toEqual([])
    },
  )

  test('is never one with one’s own line, nor with a line in words only', () => {
    setCell(doc, ISSUE, ISRAEL, { stance: at(0) })
    expect(found()).toEqual([])
    setCell(doc, ISSUE, IRAN, { stance: at(0) })
    expect(found()).toHaveLength(1)
    redLineRecords.set(doc, LINE, { point: null })
    expect(found()).toEqual([])
  })

  test('follows the points when the scale is edited, not their places', () => {
    setCell(doc, ISSUE, IRAN, { stance: at(4) })
    addPoint(doc, 'new' as PointId, ISSUE, 'Between', 4)
    expect(found()).toEqual([])
    setCell(doc, ISSUE, US, { stance: 'new' as PointId })
    expect(found()).toEqual([])
    movePoint(doc, 'new' as PointId, 0)
    expect(found()).toMatchObject([{ crosser: US, options: ['new'] }])
    pointRecords.remove(doc, at(3))
    expect(found()).toEqual([])
  })

  test('goes by the numbers of a numeric scale; a point without one lies nowhere', () => {
    issueRecords.set(doc, ISSUE, { scaleIsNumeric: true })
    for (const [place, value] of [
      [0, 60],
      [1, 20],
      [2, 5],
      [3, 20],
    ] as const)
      pointRecords.set(doc, at(place), { value })
    setCell(doc, ISSUE, IRAN, { stance: at(1) })
    expect(found()).toEqual([])
    setCell(doc, ISSUE, IRAN, { stance: at(2), walkAway: at(0) })
    expect(options()).toEqual([at(2)])
    setCell(doc, ISSUE, US, { stance: at(4) })
    expect(options()).toEqual([at(2)])
    redLineRecords.set(doc, LINE, { operator: 'at_most' })
    expect(options()).toEqual([at(0)])
    redLineRecords.set(doc, LINE, { point: at(4) })
    expect(found()).toEqual([])
  })

  test('comes and goes with a move, a line, a party or an issue', () => {
    setCell(doc, ISSUE, IRAN, { stance: at(0) })
    const before = readTracker(doc)
    expect(newAndDissolved(before, before)).toEqual({ appeared: [], dissolved: [] })
    setCell(doc, ISSUE, IRAN, { stance: at(1) })
    expect(newAndDissolved(before, readTracker(doc))).toEqual({ appeared: [], dissolved: [] })
    setCell(doc, ISSUE, IRAN, { stance: at(3) })
    setCell(doc, ISSUE, US, { stance: at(2) })
    expect(newAndDissolved(before, readTracker(doc))).toMatchObject({
      appeared: [{ crosser: US }],
      dissolved: [{ crosser: IRAN }],
    })
    removeParty(doc, ISRAEL)
    expect(newAndDissolved(before, readTracker(doc)).dissolved).toHaveLength(1)
    removeIssue(doc, ISSUE)
    expect(newAndDissolved(before, readTracker(doc)).dissolved).toHaveLength(1)
  })

  test('is found among two thousand lines of one issue and as many parties', () => {
    const tracker = readTracker(doc)
    const [issue, line, party] = [tracker.issues[0], tracker.redLines[0], tracker.parties[0]]
    if (!issue || !line || !party) throw new Error('Nothing there')
    const nths = Array.from({ length: 2_000 }, (_, nth) => nth)
    const scale = {
      ...issue.scale,
      points: nths.map(nth => ({ id: at(nth), label: '', value: null, rank: '' as Rank })),
    }
    const cells = nths.map(nth => ({
      ...blankCell(ISSUE, `p${nth}` as PartyId),
      knowledge: 'reported' as const,
      stance: at(1_999),
    }))
    const lines = nths.map(nth => ({
      ...line,
      id: `l${nth}` as RedLineId,
      point: at(nth === 0 ? 1_998 : 1_999),
      operator: 'at_most' as const,
    }))
    const collisions = collisionsOn({ id: ISSUE, scale }, lines, cells)
    expect(collisions).toHaveLength(2_000)
    expect(collisions[0]).toMatchObject({ options: [at(1_999)], isWhole: true })
  })

  test('is, on any scale, a choice that one accepts and the other refuses', () => {
    const place = fc.option(fc.nat(4), { nil: null })
    fc.assert(
      fc.property(
        place,
        place,
        place,
        fc.nat(4),
        fc.constantFrom('at_least' as const, 'at_most' as const),
        (aspiration, walkAway, stance, limit, operator) => {
          const point = (of: number | null): PointId | null => (of === null ? null : at(of))
          setCell(doc, ISSUE, IRAN, {
            aspiration: point(aspiration),
            walkAway: point(walkAway),
            stance: point(stance),
            knowledge: 'reported',
          })
          redLineRecords.set(doc, LINE, { operator, point: at(limit) })
          const ends = [aspiration ?? stance, walkAway ?? stance].filter(end => end !== null)
          const refused = [0, 1, 2, 3, 4]
            .filter(it => ends.length > 0 && it >= Math.min(...ends) && it <= Math.max(...ends))
            .filter(it => (operator === 'at_least' ? it < limit : it > limit))
          expect(options()).toEqual(refused.map(at))
        },
      ),
      { seed: 20_261_130, numRuns: 200 },
    )
  })
})

describe('a red line is soft', () => {
  const claim = (name: string, source: string | null, via: string | null = null): void => {
    if (source) sourceRecords.put(doc, source as SourceId, { title: source })
    if (source && via) sourceRecords.set(doc, source as SourceId, { viaSourceId: via as SourceId })
    claimRecords.put(doc, name as ClaimId, {
      statement: name,
      sourceId: source as SourceId | null,
    })
    attachmentRecords.put(doc, `a-${name}` as AttachmentId, {
      claimId: name as ClaimId,
      to: 'redLine',
      subjectId: LINE,
    })
  }
  const softness = () => {
    const tracker = readTracker(doc)
    const [line] = tracker.redLines
    return (
      line &&
      softnessOf(line, {
        attachments: tracker.attachments,
        claim: id => tracker.claims.find(it => it.id === id),
        originsOf: evidenceIn(tracker).originsOf,
      })
    )
  }

  test('while nothing speaks for it, and while all that does has one origin', () => {
    expect(softness()).toBe('unsupported')
    claim('one', 'wire')
    expect(softness()).toBe('single_origin')
    claim('two', 'daily', 'wire')
    claim('three', 'radio', 'daily')
    expect(softness()).toBe('single_origin')
    claim('four', 'embassy')
    expect(softness()).toBe(null)
    redLineRecords.set(doc, LINE, { soft: true })
    expect(softness()).toBe('rhetorical')
  })

  test('again once a second origin is retracted, denied or speaks against it', () => {
    claim('one', 'wire')
    claim('two', 'embassy')
    expect(softness()).toBe(null)
    for (const status of ['retracted', 'denied', 'superseded', 'withdrawn'] as const) {
      claimRecords.set(doc, 'two' as ClaimId, { status })
      expect(softness(), status).toBe('single_origin')
    }
    claimRecords.set(doc, 'two' as ClaimId, { status: 'disputed' })
    expect(softness()).toBe(null)
    attachmentRecords.set(doc, 'a-two' as AttachmentId, { isAgainst: true })
    expect(softness()).toBe('single_origin')
  })

  test('where nobody says where its claims are from, or they name each other', () => {
    claim('one', null)
    expect(softness()).toBe('single_origin')
    claim('two', null)
    expect(softness()).toBe('unestablished')
    claim('one', 'wire', 'daily')
    claim('two', 'daily', 'wire')
    expect(softness()).toBe('single_origin')
  })
})
