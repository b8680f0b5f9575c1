/** What the page of a party, and that of an issue, say. */
import { describe, expect, test } from 'vitest'
import { blankCell, cellKey, type Cell } from '#shared/cells.ts'
import type { Claim } from '#shared/claims.ts'
import { claimRecords } from '#shared/document/claims.ts'
import type {
  AttachmentId,
  BasketId,
  BlocId,
  ClaimId,
  FactionId,
  IssueId,
  MembershipId,
  PartyId,
  PersonId,
  PointId,
  Rank,
  RedLineId,
  SourceId,
} from '#shared/ids.ts'
import { NO_SCALE } from '#shared/issues.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import { issuePage } from '#shared/pages/issue-page.ts'
import { partyPage } from '#shared/pages/party-page.ts'
import { EMPTY_TRACKER, type Tracker } from '#shared/tracker.ts'
import { pageIn, inAddress, pageOf } from '#client/pages/address.ts'

const NOW = Date.parse('2026-02-06T12:00:00Z')
const rank = 'a' as Rank
const [I, J] = ['i', 'j'] as unknown as readonly [IssueId, IssueId]
const [P, Q] = ['p', 'q'] as unknown as readonly [PartyId, PartyId]
const [LOW, HIGH] = ['low', 'high'] as unknown as readonly [PointId, PointId]

const claim = (id: string, values: Partial<Claim>): Claim => ({
  ...claimRecords.blank,
  id: id as ClaimId,
  ...values,
})
const at = (issueId: IssueId, partyId: PartyId, values: Partial<Cell>) => ({
  [cellKey(issueId, partyId)]: { ...blankCell(issueId, partyId), ...values },
})

const talks: Tracker = {
  ...EMPTY_TRACKER,
  title: 'Talks',
  parties: [
    { id: P, name: 'Iran', role: 'negotiating_party', alsoRole: 'guarantor', rank },
    { id: Q, name: '', role: 'host', alsoRole: null, rank },
  ],
  baskets: [{ id: 'b' as BasketId, title: 'Nuclear file', rank }],
  issues: [
    {
      id: I,
      basketId: 'b' as BasketId,
      title: 'Enrichment',
      description: 'How far.',
      scale: {
        ...NO_SCALE,
        name: 'Limits',
        points: [
          { id: LOW, label: 'None', value: null, rank },
          { id: HIGH, label: 'Full', value: null, rank },
        ],
      },
      rank,
    },
    { id: J, basketId: null, title: 'Venue', description: '', scale: NO_SCALE, rank },
  ],
  cells: at(I, P, {
    knowledge: 'reported',
    position: 'Rejects zero.',
    stance: LOW,
    walkAway: HIGH,
    scope: 'only_after',
    scopeNote: 'relief',
    confidence: 'low',
    claimIds: ['c2', 'c1', 'gone'] as unknown as readonly ClaimId[],
  }),
  sources: [{ ...sourceRecords.blank, id: 's' as SourceId, author: 'Fars', reliability: 'C' }],
  claims: [
    claim('c1', {
      statement: 'There is a plan.',
      status: 'denied',
      attribution: 'media_report',
      credibility: 4,
    }),
    claim('c2', {
      statement: 'Zero is out.',
      sourceId: 's' as SourceId,
      attribution: 'unnamed_official',
      credibility: 3,
      hedges: 'reportedly',
      saidAt: '2026-02-04',
    }),
    claim('c3', { statement: 'The line is drawn.', attribution: 'official_statement' }),
  ],
  redLines: [
    {
      id: 'l' as RedLineId,
      issueId: I,
      partyId: P,
      kind: 'red_line',
      operator: 'at_most',
      point: HIGH,
      statement: 'Never zero',
      soft: true,
      publicity: 'public',
      addressee: 'Washington',
      since: '2026-02-03',
      isInferred: true,
    },
  ],
  attachments: [
    {
      id: 'a' as AttachmentId,
      claimId: 'c3' as ClaimId,
      to: 'redLine',
      subjectId: 'l',
      isAgainst: false,
    },
    {
      id: 'b' as AttachmentId,
      claimId: 'c2' as ClaimId,
      to: 'redLine',
      subjectId: 'l',
      isAgainst: false,
    },
  ],
  people: [
    {
      id: 'z' as PersonId,
      name: '',
      office: 'senior officials',
      partyId: P,
      factionId: null,
      speaksFor: '',
    },
    {
      id: 'y' as PersonId,
      name: 'Araghchi',
      office: 'foreign minister',
      partyId: P,
      factionId: 'f' as FactionId,
      speaksFor: 'the government',
    },
  ],
  factions: [{ id: 'f' as FactionId, partyId: P, name: 'The ministry', note: 'wants a deal' }],
  blocs: [{ id: 'x' as BlocId, name: 'Caspian Five', note: '' }],
  memberships: [
    {
      id: 'm' as MembershipId,
      blocId: 'x' as BlocId,
      partyId: P,
      since: '2018-08',
      until: '2025',
    },
    {
      id: 'n' as MembershipId,
      blocId: 'x' as BlocId,
      partyId: 'removed' as PartyId,
      since: '',
      until: '',
    },
  ],
}

describe('the page of a party', () => {
  const page = partyPage(talks, P, NOW) ?? expect.fail()

  test('says who the party is, who speaks, and with whom it stands', () => {
    expect(page).toMatchObject({ name: 'Iran', roles: 'negotiates, guarantees' })
    expect(page.people).toEqual([
      {
        id: 'y',
        words: 'Araghchi, foreign minister',
        speaksFor: 'the government',
        faction: 'The ministry',
      },
      { id: 'z', words: 'not named, senior officials', speaksFor: '', faction: '' },
    ])
    expect(page.factions).toEqual([{ name: 'The ministry', note: 'wants a deal' }])
    expect(page.blocs).toEqual([
      {
        name: 'Caspian Five',
        note: '',
        dates: 'since Aug 2018, until 2025',
        hasEnded: true,
        others: 'a party that was removed',
      },
    ])
  })

  test('tells each position with its range, its scope, its line and what to know before leaning on it', () => {
    expect(page.baskets.map(({ title }) => title)).toEqual(['Nuclear file'])
    expect(page.baskets[0]?.entries[0]).toMatchObject({
      title: 'Enrichment',
      stance: 'None',
      step: 'step 1 of 2',
      range: 'would still take Full',
      scope: 'Only after relief',
      judgements: ['Our confidence: low'],
      cautions: ['Unconfirmed'],
      notes: [1, 2],
      redLines: [
        {
          words: 'Red line, rhetorical: at most Full',
          statement: 'Never zero',
          circumstances: 'public, to Washington, since 3 Feb 2026, inferred, not declared',
          isSoft: true,
          notes: [3, 1],
          notesAgainst: [],
        },
      ],
    })
  })

  test('a line that rests on one origin is soft too, and says so', () => {
    const lineOf = (values: Partial<Tracker>) => {
      const tracker = { ...talks, redLines: talks.redLines.map(it => ({ ...it, soft: false })) }
      return partyPage({ ...tracker, ...values }, P, NOW)?.baskets[0]?.entries[0]?.redLines[0]
    }
    expect(lineOf({})).toMatchObject({ words: 'Red line: at most Full', isSoft: true })
    expect(lineOf({})?.circumstances).toMatch(/, rests on one origin$/)
    expect(lineOf({ attachments: [] })?.circumstances).toMatch(/, rests on no standing claim$/)
    const other = { ...sourceRecords.blank, id: 't' as SourceId, title: 'IRNA' }
    const onTwo = {
      sources: [...talks.sources, other],
      claims: talks.claims.map(it => (it.id === 'c3' ? { ...it, sourceId: other.id } : it)),
    }
    expect(lineOf(onTwo)).toMatchObject({
      isSoft: false,
      circumstances: 'public, to Washington, since 3 Feb 2026, inferred, not declared',
    })
  })

  test('a claim that speaks against a line is not given as if it spoke for it', () => {
    const attachments = talks.attachments.map(it => ({ ...it, isAgainst: it.claimId === 'c3' }))
    const entry = partyPage({ ...talks, attachments }, P, NOW)?.baskets[0]?.entries[0]
    expect(entry?.redLines).toMatchObject([{ notes: [1], notesAgainst: [3] }])
  })

  test('of what is unknown it makes no position', () => {
    expect(page.unknown).toEqual([{ id: J, title: 'Venue' }])
  })

  test('numbers each claim once, with its grade, hedge, attribution and date', () => {
    expect(page.footnotes).toEqual([
      {
        number: 1,
        claimId: 'c2',
        grade: 'C3',
        statement: 'Zero is out.',
        hedges: 'reportedly',
        attribution: 'unnamed official, via Fars, 4 Feb 2026, unconfirmed',
        stands: true,
      },
      {
        number: 2,
        claimId: 'c1',
        grade: 'F4',
        statement: 'There is a plan.',
        hedges: '',
        attribution: 'media report, denied',
        stands: false,
      },
      expect.objectContaining({ number: 3, claimId: 'c3', grade: 'F6' }),
    ])
  })

  test('one whose only claim is retracted keeps its value and says that nothing stands behind it', () => {
    const retracted: Tracker = {
      ...talks,
      claims: talks.claims.map(it => ({ ...it, status: 'retracted' })),
    }
    const entry = partyPage(retracted, P, NOW)?.baskets[0]?.entries[0]
    expect(entry).toMatchObject({
      stance: 'None',
      cautions: ['No claim behind this stands any more'],
    })
  })

  test('a stance on a point that was removed is not told as another', () => {
    const cut: Tracker = {
      ...talks,
      issues: talks.issues.map(issue => ({ ...issue, scale: NO_SCALE })),
    }
    expect(partyPage(cut, P, NOW)?.baskets[0]?.entries[0]).toMatchObject({
      stance: 'a point no longer on the scale',
      step: '',
    })
  })

  test('there is none of a party that is not there', () => {
    expect(partyPage(talks, 'removed' as PartyId, NOW)).toBeUndefined()
  })
})

describe('the page of an issue', () => {
  test('shows who stands where on the scale, and of whom nothing is known', () => {
    const page = issuePage(talks, I) ?? expect.fail()
    expect(page).toMatchObject({
      title: 'Enrichment',
      basket: 'Nuclear file',
      description: 'How far.',
      measures: 'Limits',
      points: [
        { label: 'None', parties: ['Iran'] },
        { label: 'Full', parties: [] },
      ],
      unknown: [{ id: Q, title: 'Unnamed party' }],
    })
    expect(page.entries).toMatchObject([
      {
        title: 'Iran',
        roles: 'negotiates, guarantees',
        people: ['Araghchi, foreign minister', 'not named, senior officials'],
        notes: [1, 2],
      },
    ])
    expect(page.footnotes).toHaveLength(3)
  })

  test('there is none of an issue that is not there', () => {
    expect(issuePage(talks, 'removed' as IssueId)).toBeUndefined()
  })
})

describe('the address of a page', () => {
  test.each(['party/p', 'issue/i', 'people'])('%s is read back', words => {
    const page = pageIn(words) ?? expect.fail()
    expect(inAddress(page)).toBe(words)
  })
  test.each([undefined, '', 'party', 'party/', 'party/a/b', 'people/a', 'cell/i', 'party/<b>'])(
    '%s names none',
    words => expect(pageIn(words)).toBeUndefined(),
  )
  test('a header’s page is that of its party or issue, a cell’s that of its issue, a basket has none', () => {
    expect(pageOf({ row: 'top', column: P }, [I])).toEqual({ of: 'party', id: P })
    expect(pageOf({ row: I, column: P }, [I])).toEqual({ of: 'issue', id: I })
    expect(pageOf({ row: 'b' as BasketId, column: 'head' }, [I])).toBeUndefined()
    expect(pageOf({ row: 'top', column: 'head' }, [I])).toBeUndefined()
  })
})
