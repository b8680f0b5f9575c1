/** The brief of what happened meanwhile: everything once, the weightiest first, by whom and why. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { briefOf, type Brief } from '#shared/compare/brief.ts'
import { briefMarkdown } from '#shared/compare/brief-markdown.ts'
import { compare } from '#shared/compare/compare.ts'
import { detailsOf } from '#shared/compare/details.ts'
import { compareEvidence } from '#shared/compare/evidence.ts'
import { merged } from '#shared/compare/merged.ts'
import { BRIEF_GROUPS } from '#shared/compare/rank.ts'
import { stopsOf } from '#shared/compare/stops.ts'
import { NO_CHANGES } from '#shared/compare/summary.ts'
import { attachClaim, detachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { addIssue, issueRecords, removeIssue } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { giveReason, markKind } from '#shared/document/movements.ts'
import { addParty, partyRecords } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { changesIn, type Change } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import type {
  AccountId,
  ClaimId,
  IssueId,
  PartyId,
  PointId,
  ReasonId,
  RedLineId,
  SourceId,
} from '#shared/ids.ts'
import { movementKey } from '#shared/movements.ts'
import type { Tracker } from '#shared/tracker.ts'
import { BEGINNING, edits, make, newDoc, rewind } from '#test/shared/edits.ts'

vi.setConfig({ testTimeout: 30_000 })

const SEED = 20_261_130
const MINUTE = 60_000

/** A document with the journal of what is done to it. */
class Record {
  readonly doc = newDoc()
  readonly entries: Entry[] = []
  #updates: Uint8Array[] = []

  constructor() {
    this.doc.on('update', (update: Uint8Array) => this.#updates.push(update))
  }

  write(account: string, minute: number, edit: (doc: Y.Doc) => void): void {
    this.#updates = []
    this.doc.transact(() => edit(this.doc))
    if (this.#updates.length === 0) return
    const update = Y.mergeUpdates(this.#updates)
    const seq = this.entries.length + 1
    this.entries.push({ seq, account: account as AccountId, at: minute * MINUTE, update })
  }

  get head(): number {
    return this.entries.length
  }

  /** As the table of changes answers it. */
  since(seq: number): readonly Change[] {
    return changesIn(this.entries)
      .filter(({ lastSeq }) => lastSeq > seq)
      .filter(
        ({ after, before, firstSeq }) =>
          firstSeq <= seq || JSON.stringify(after) !== JSON.stringify(before),
      )
  }
}

const addresses = ({ items }: Brief): readonly string[] => items.map(({ address }) => address)

test(`a brief holds every change of the comparison once, and nothing else (seed ${SEED})`, () => {
  fc.assert(
    fc
      .property(edits(15), edits(25), (first, second) => {
        const record = new Record()
        record.write('ada', 0, doc => make(doc, [...BEGINNING, ...first]))
        const before = readTracker(record.doc)
        const seq = record.head
        for (const [nth, edit] of second.entries())
          record.write(nth % 2 ? 'ada' : 'bo', nth, doc => make(doc, [edit]))
        const after = readTracker(record.doc)
        const changes = record.since(seq)
        const brief = briefOf({ before, after, changes })

        const comparison = compare(before, after)
        const stops = stopsOf(comparison, merged(comparison))
        const evidence = compareEvidence(before, after)
        const told = new Map(brief.items.map(item => [item.address as string, item]))
        expect(told.size).toBe(brief.items.length)
        for (const stop of stops)
          expect(told.get(stop.address)?.details, stop.address).toEqual(detailsOf(stop, comparison))
        const expected = new Set<string>([
          ...stops.map(({ address }) => address),
          ...evidence.claims
            .filter(({ id, status }) => status !== 'added' || !isHeld(after, id))
            .map(({ id }) => `claim/${id}`),
          ...evidence.sources
            .filter(({ id, status }) => status !== 'added' || !isNewlyNamed(before, after, id))
            .map(({ id }) => `source/${id}`),
        ])
        expect(new Set(told.keys())).toEqual(expected)

        expect(brief.headline === NO_CHANGES).toBe(brief.items.length === 0)
        const reversed = briefOf({ before: after, after: before, changes }).collisions
        const keysOf = (collisions: Brief['collisions'], change: string): readonly string[] =>
          collisions
            .filter(it => it.change === change)
            .map(({ crosserId, lineId }) => `${lineId}/${crosserId}`)
        expect(keysOf(reversed, 'dissolved')).toEqual(keysOf(brief.collisions, 'appeared'))
        expect(keysOf(reversed, 'appeared')).toEqual(keysOf(brief.collisions, 'dissolved'))
        const places = brief.items.map(({ group }) => BRIEF_GROUPS.indexOf(group))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        const wording = brief.items.filter(({ group }) => group === 'wording')
        expect(brief.counts.worded).toBe(wording.length)
        // Where words or a choice in a cell differ, the record says by whom.
        for (const { address, credits, details } of brief.items)
          if (address.startsWith('cell/') && details.some(({ name }) => name !== 'Claims'))
            expect(credits, address).not.toEqual([])
      })
      .beforeEach(rewind),
    { seed: SEED, numRuns: 150 },
  )
})

const isHeld = ({ cells }: Tracker, id: string): boolean =>
  Object.values(cells).some(({ claimIds }) => claimIds.includes(id as ClaimId))
const isNewlyNamed = (before: Tracker, after: Tracker, id: string): boolean =>
  after.claims.some(
    claim => claim.sourceId === id && !before.claims.some(known => known.id === claim.id),
  )

describe('a brief', () => {
  const [issue, other] = ['i1' as IssueId, 'i2' as IssueId]
  const [iran, oman] = ['iran' as PartyId, 'oman' as PartyId]
  const [low, middle, high] = ['low', 'middle', 'high'] as unknown as readonly PointId[] as [
    PointId,
    PointId,
    PointId,
  ]
  const [said, denied] = ['said' as ClaimId, 'denied' as ClaimId]
  const line = 'line' as RedLineId
  let record: Record
  let before: Tracker
  let seq: number

  beforeEach(() => {
    rewind()
    record = new Record()
    record.write('ada', 0, doc => {
      createTracker(doc, 'Talks')
      addParty(doc, iran, { name: 'Iran' })
      addParty(doc, oman, { name: 'Oman' })
      addIssue(doc, issue, { title: 'Verification', basketId: null })
      addIssue(doc, other, { title: 'Relief', basketId: null })
      for (const [id, label] of [
        [low, 'None'],
        [middle, 'Some'],
        [high, 'All'],
      ] as const)
        addPoint(doc, id, issue, label)
      sourceRecords.put(doc, 's' as SourceId, { title: 'The wire', reliability: 'B' })
      claimRecords.put(doc, denied, {
        statement: 'A site was closed',
        sourceId: 's' as SourceId,
        credibility: 2,
      })
      setCell(doc, issue, iran, { stance: low, knowledge: 'reported' })
      setPosition(doc, issue, oman, 'Asks for some of it')
      attachClaim(doc, issue, oman, denied)
      redLineRecords.put(doc, line, {
        issueId: issue,
        partyId: oman,
        kind: 'red_line',
        operator: 'at_least',
        point: high,
      })
    })
    before = readTracker(record.doc)
    seq = record.head
  })

  const brief = () =>
    briefOf({ before, after: readTracker(record.doc), changes: record.since(seq) })

  test('of nothing says so', () => {
    expect(brief()).toMatchObject({ headline: 'No changes', items: [] })
  })

  test('reads from red lines to wording, and says it in one line', () => {
    record.write('bo', 10, doc => setPosition(doc, other, iran, 'Asks for early relief'))
    record.write('bo', 20, doc => partyRecords.set(doc, oman, { name: 'Sultanate of Oman' }))
    record.write('bo', 30, doc => rewriteText(doc, descriptionName(other), 'Which sanctions'))
    record.write('bo', 40, doc => setCell(doc, other, oman, { salience: 'high' }))
    record.write('bo', 50, doc => claimRecords.set(doc, denied, { status: 'denied' }))
    record.write('bo', 60, doc => {
      claimRecords.put(doc, said, { statement: 'It accepts some', credibility: 3 })
      setCell(doc, issue, iran, { stance: middle })
      attachClaim(doc, issue, iran, said)
    })
    record.write('cy', 70, doc => redLineRecords.set(doc, line, { point: middle }))
    const { headline, items } = brief()
    expect(items.map(({ address, group, kind }) => [group, address, kind])).toEqual([
      ['red_lines', `cell/${issue}/${oman}`, 'judged'],
      ['stances', `cell/${issue}/${iran}`, 'moved'],
      ['claims', `claim/${denied}`, null],
      ['structure', `party/${oman}`, null],
      ['judgements', `cell/${other}/${oman}`, 'judged'],
      ['wording', `issue/${other}`, null],
      ['wording', `cell/${other}/${iran}`, 'worded'],
    ])
    expect(headline).toBe(
      '1 collision dissolved, 1 movement, 1 red line softened, 1 claim denied, 1 new claim, 2 new judgements, 1 party changed, 2 wording edits',
    )
    const [redLine, moved, claim] = items
    expect(redLine).toMatchObject({
      turns: ['softened'],
      title: 'Verification · Sultanate of Oman',
    })
    expect(redLine?.credits).toEqual([
      { account: 'cy', firstAt: 70 * MINUTE, lastAt: 70 * MINUTE, lastSeq: 8 },
    ])
    expect(moved?.evidence).toEqual([
      {
        id: said,
        statement: 'It accepts some',
        grade: 'F3',
        status: 'reported',
        attribution: 'media report, unconfirmed',
        isNew: true,
      },
    ])
    expect(claim).toMatchObject({
      title: 'Claim “A site was closed”',
      issueId: issue,
      partyId: oman,
      details: [{ name: 'Status', was: 'reported', is: 'denied' }],
    })
  })

  test('is headed by the collisions that came up and those that are gone', () => {
    record.write('bo', 10, doc => setCell(doc, issue, iran, { walkAway: high }))
    expect(brief()).toMatchObject({ collisions: [], counts: { collisions: { appeared: 0 } } })
    record.write('bo', 20, doc => setCell(doc, issue, iran, { stance: high, walkAway: null }))
    record.write('cy', 30, doc =>
      redLineRecords.put(doc, 'cap' as RedLineId, {
        issueId: issue,
        partyId: oman,
        kind: 'condition',
        operator: 'at_most',
        point: low,
        statement: 'Not one site',
        isInferred: true,
      }),
    )
    const { collisions, headline } = brief()
    expect(headline).toMatch(/^1 new collision, 1 collision dissolved, /)
    expect(collisions).toEqual([
      {
        change: 'appeared',
        lineId: 'cap',
        issueId: issue,
        holderId: oman,
        crosserId: iran,
        isSoft: true,
        title: 'Verification: Iran and Oman',
        accepts: 'Iran would accept All',
        line: 'Oman’s line: Condition: at most None, “Not one site” (inferred)',
      },
      {
        change: 'dissolved',
        lineId: line,
        issueId: issue,
        holderId: oman,
        crosserId: iran,
        isSoft: true,
        title: 'Verification: Iran and Oman',
        accepts: 'Iran would accept None',
        line: 'Oman’s line: at least All',
      },
    ])
    const words = { title: 'Talks', since: 0, nameOf: () => '' }
    expect(briefMarkdown(brief(), words)).toContain(`## Collisions (2)

- **Verification: Iran and Oman**: New collision, over a soft line
  - Iran would accept All
`)
  })

  test('tells the first two hundred of many collisions, and how many more there are', () => {
    record.write('bo', 10, doc => {
      setCell(doc, issue, iran, { stance: high, walkAway: null })
      for (let nth = 0; nth < 250; nth++)
        redLineRecords.put(doc, `cap${nth}` as RedLineId, {
          issueId: issue,
          partyId: oman,
          operator: 'at_most',
          point: low,
        })
    })
    const { collisions, counts } = brief()
    expect(collisions).toHaveLength(200)
    expect(counts.collisions).toEqual({ appeared: 250, dissolved: 1 })
    const markdown = briefMarkdown(brief(), { title: 'Talks', since: 0, nameOf: () => '' })
    expect(markdown).toContain('## Collisions (251)')
    expect(markdown).toContain('\n\nAnd 51 more.\n\n')
  })

  test('tells of a collision that is gone with its line or its row as it was', () => {
    const gone = [{ change: 'dissolved', title: 'Verification: Iran and Oman' }]
    record.write('bo', 10, doc => redLineRecords.remove(doc, line))
    expect(brief().collisions).toMatchObject([{ ...gone[0], line: 'Oman’s line: at least All' }])
    record.write('bo', 20, doc => removeIssue(doc, issue))
    expect(brief().collisions).toMatchObject(gone)
  })

  test('tells which way a red line turned', () => {
    const turns = (change: object | null): readonly string[] => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(record.doc))
      if (change) redLineRecords.set(doc, line, change)
      else redLineRecords.remove(doc, line)
      return briefOf({ before, after: readTracker(doc), changes: [] }).items[0]?.turns ?? []
    }
    expect(turns({ soft: true })).toEqual(['softened'])
    expect(turns({ kind: 'condition' })).toEqual(['softened'])
    expect(turns({ kind: 'undistinguished' })).toEqual(['changed'])
    expect(turns({ point: low })).toEqual(['softened'])
    expect(turns({ point: low, operator: 'at_most' })).toEqual(['changed'])
    for (const change of [
      { statement: 'Not one site' },
      { publicity: 'private' },
      { addressee: 'The mediators' },
      { since: '2026-02' },
      { isInferred: true },
    ])
      expect(turns(change)).toEqual(['changed'])
    expect(turns(null)).toEqual(['lifted'])
  })

  test('follows what people have said of movements, and tells their reasons', () => {
    record.write('bo', 10, doc => setCell(doc, issue, iran, { stance: middle }))
    record.write('bo', 20, doc => setPosition(doc, other, iran, 'Asks for early relief'))
    expect(brief().counts).toMatchObject({ moved: 0, judged: 1, worded: 1 })
    record.write('ada', 30, doc => {
      markKind(doc, movementKey(issue, iran, 2), 'worded')
      markKind(doc, movementKey(other, iran, 3), 'moved')
      giveReason(doc, 'r' as ReasonId, [movementKey(other, iran, 3)], 'The Muscat paper')
    })
    const { counts, items } = brief()
    expect(counts).toMatchObject({ moved: 1, judged: 0, worded: 1 })
    expect(items).toMatchObject([
      { address: `cell/${other}/${iran}`, group: 'stances', reasons: ['The Muscat paper'] },
      { address: `cell/${issue}/${iran}`, group: 'wording', reasons: [] },
    ])
  })

  test('tells a row that came or went as one, with everybody who filled it', () => {
    record.write('bo', 10, doc => addIssue(doc, 'new' as IssueId, { title: 'New', basketId: null }))
    record.write('cy', 20, doc => setPosition(doc, 'new' as IssueId, iran, 'Words'))
    record.write('bo', 30, doc => removeIssue(doc, issue))
    const { items } = brief()
    expect(addresses(brief())).toEqual(['issue/new', `issue/${issue}`])
    expect(items[0]?.credits.map(({ account }) => account)).toEqual(['cy', 'bo'])
    expect(items[1]?.credits.map(({ account }) => account)).toEqual(['bo'])
  })

  test('leaves out what was taken back, and tells a claim by the cell that won it', () => {
    record.write('bo', 10, doc => setCell(doc, issue, iran, { stance: high }))
    record.write('cy', 20, doc => setCell(doc, issue, iran, { stance: low }))
    record.write('bo', 30, doc => claimRecords.put(doc, said, { statement: 'Loose' }))
    expect(addresses(brief())).toEqual([`claim/${said}`])
    record.write('bo', 40, doc => attachClaim(doc, other, iran, said))
    expect(addresses(brief())).toEqual([`cell/${other}/${iran}`])
    record.write('bo', 50, doc => detachClaim(doc, other, iran, said))
    expect(addresses(brief())).toEqual([`claim/${said}`])
  })

  test('is the same, byte for byte, from another copy of the same journal', () => {
    record.write('bo', 10, doc => setCell(doc, issue, iran, { stance: high, salience: 'low' }))
    record.write('cy', 12, doc => issueRecords.set(doc, other, { title: 'Sanctions relief' }))
    const copy = new Y.Doc()
    for (const { update } of record.entries.toReversed()) Y.applyUpdate(copy, update)
    const elsewhere = briefOf({
      before: structuredClone(before),
      after: readTracker(copy),
      changes: record.since(seq).toReversed(),
    })
    expect(JSON.stringify(elsewhere)).toBe(JSON.stringify(brief()))
  })

  test('reads as Markdown, in which nothing that people wrote is markup', () => {
    record.write('bo', 10, doc => {
      claimRecords.put(doc, said, {
        statement: 'It takes\n# some',
        credibility: 3,
        hedges: '*expected*',
      })
      setCell(doc, issue, iran, { stance: middle })
      attachClaim(doc, issue, iran, said)
    })
    record.write('bo', 20, doc => setPosition(doc, issue, oman, 'Asks for *most* of it'))
    record.write('cy', 30, doc => redLineRecords.set(doc, line, { soft: true }))
    const words = { title: 'Talks', since: 0, nameOf: (id: string) => id.toUpperCase() }
    expect(briefMarkdown(brief(), words)).toBe(`# Talks: since 1970-01-01 00:00 UTC

1 movement, 1 red line softened, 1 new claim, 1 new judgement.

## Red lines (1)

- **Verification · Oman**: Red line softened; Our judgement changed
  - Red line: at least All → at least All (soft)
  - Position: Asks for ~~some~~ **\\*most\\*** of it
  - Claim (B2): A site was closed (media report, via The wire, unconfirmed)
  - CY, BO, 1970-01-01 00:30 UTC

## Stances and ranges (1)

- **Verification · Iran**: The party moved
  - Stance: None → Some
  - Claims: 1 claim
  - New claim (F3): It takes \\# some (media report, unconfirmed; hedged: “\\*expected\\*”)
  - BO, 1970-01-01 00:10 UTC
`)
    record.write('bo', 40, doc => {
      setPosition(doc, issue, oman, 'much '.repeat(20_000))
      setPosition(doc, issue, iran, 'A & B')
    })
    const long = briefMarkdown(brief(), words)
    expect(long).toMatch(/Position: ~~Asks for some of it~~ \*\*(?:much )+…\*\*\n/)
    expect(long).toContain(String.raw`Position: **A \& B**`)
    expect(long.length).toBeLessThan(1_500)
    const empty = briefMarkdown(briefOf({ before, after: before, changes: [] }), words)
    expect(empty).toBe('# Talks: since 1970-01-01 00:00 UTC\n\nNo changes.\n')
  })
})
