/** The demo against the facts that it claims to tell. They lie beside the repository, where they are given. */
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_CLAIMS, type DemoClaimName } from '#server/seeds/demo-claims.ts'
import { DEMO_SOURCES, type DemoSourceName } from '#server/seeds/demo-sources.ts'
import type { Tracker } from '#shared/tracker.ts'
import { whensOf } from '#shared/when.ts'
import { openDemo, type DemoWorld } from '#test/server/demo-world.ts'

const FILE = new URL('../../../shared/data/demo-facts.json', import.meta.url)
const isGiven = existsSync(FILE)

interface Facts {
  readonly parties: readonly {
    readonly name: string
    readonly role: string
    readonly alsoRoles?: readonly string[]
    readonly people: readonly { readonly name: string | null }[]
  }[]
  readonly baskets: readonly { readonly title: string }[]
  readonly issues: readonly {
    readonly title: string
    readonly scale: {
      readonly name: string
      readonly points: readonly { readonly label: string }[]
    }
  }[]
  readonly positions: readonly {
    readonly issueId: string
    readonly partyId: string
    readonly status: string
    readonly value: number | null
    readonly confidence: string | null
    readonly salience: { readonly level: string } | null
    readonly claimIds: readonly string[]
  }[]
  readonly redLines: readonly {
    readonly operator: string
    readonly value: number
    readonly claimIds: readonly string[]
  }[]
  readonly sources: readonly {
    readonly id: string
    readonly reliability: string
    readonly viaSourceId: string | null
  }[]
  readonly claims: readonly {
    readonly id: string
    readonly sourceId: string
    readonly attribution: string
    readonly credibility: number
    readonly hedges: readonly string[]
  }[]
  readonly events: readonly {
    readonly id: string
    readonly when: {
      readonly phrase: string
      readonly fromDays: number | null
      readonly toDays: number | null
    }
    readonly claimIds: readonly string[]
  }[]
  readonly scenarios: readonly {
    readonly title: string
    readonly indicators: readonly { readonly text: string; readonly direction: string }[]
  }[]
  readonly openQuestions: readonly { readonly question: string }[]
  readonly tensions: readonly unknown[]
}

/** The demo's names for the facts. */
const SOURCES: Readonly<Record<string, DemoSourceName>> = {
  'src-article': 'report',
  'src-ir-media': 'iranianMedia',
  'src-ir-familiar': 'familiar',
  'src-us-media': 'usMedia',
  'src-us-official': 'unnamedOfficial',
  'src-diplomatic': 'diplomats',
  'src-logistics': 'organisers',
  'src-il-officials': 'israeliOfficials',
}
const CLAIMS: Readonly<Record<string, DemoClaimName>> = {
  'c-order': 'order',
  'c-no-statement': 'noStatement',
  'c-test-diplomacy': 'testOfDiplomacy',
  'c-no-concessions': 'noConcessions',
  'c-readiness': 'exploring',
  'c-pressures': 'pressures',
  'c-host-selected': 'hostChosen',
  'c-coming-days': 'comingDays',
  'c-logistics': 'withinDays',
  'c-three-mediators': 'threeMediators',
  'c-consensus-venue': 'mediatorsAgree',
  'c-arrive-week': 'ankara',
  'c-pending': 'pending',
  'c-official-quote': 'movingForward',
  'c-no-final-decision': 'undecided',
  'c-open-diplomacy': 'openToDiplomacy',
  'c-pressure-israel': 'otherOptions',
  'c-israel-redlines': 'israelConditions',
  'c-not-participant': 'notAtTable',
}
/** The later reports tell of it more closely: one government source, which outlets carry. */
const TOLD_CLOSER = new Set(['c-order'])

const named = <Name extends string>(names: Readonly<Record<string, Name>>, id: string): Name => {
  const name = names[id]
  if (!name) throw new Error(`The demo has no name for ${id}`)
  return name
}

describe.skipIf(!isGiven)('the first snapshot of the demo, against the facts', () => {
  const facts = isGiven ? (JSON.parse(readFileSync(FILE, 'utf8')) as Facts) : ({} as Facts)
  let world: DemoWorld
  let demo: Tracker
  beforeAll(async () => {
    world = await openDemo()
    demo = await world.at(0)
  })
  afterAll(() => world.close())

  const idOfClaim = (fact: string): string => {
    const { statement } = DEMO_CLAIMS[named(CLAIMS, fact)]
    return demo.claims.find(claim => claim.statement === statement)?.id ?? ''
  }
  const partyIds = { ir: 0, us: 1, tr: 2, eg: 3, qa: 4, il: 5 }
  const issueIds = [
    'i-compliance',
    'i-verification',
    'i-sanctions',
    'i-guarantees',
    'i-force',
    'i-engagement',
    'i-venue',
  ]

  test('parties, their roles and people, baskets, issues and scales', () => {
    expect(
      demo.parties.map(({ alsoRole, id, name, role }) => ({
        name,
        roles: [role, ...(alsoRole ? [alsoRole] : [])],
        people: new Set(
          demo.people.filter(({ partyId }) => partyId === id).map(person => person.name || null),
        ),
      })),
    ).toEqual(
      facts.parties.map(({ alsoRoles = [], name, people, role }) => ({
        name,
        roles: [role, ...alsoRoles],
        people: new Set(people.map(person => person.name)),
      })),
    )
    expect(demo.baskets.map(({ title }) => title)).toEqual(facts.baskets.map(({ title }) => title))
    expect(
      demo.issues.map(({ scale, title }) => [title, scale.name, scale.points.map(it => it.label)]),
    ).toEqual(
      facts.issues.map(({ scale, title }) => [title, scale.name, scale.points.map(it => it.label)]),
    )
  })

  test('every one of the 42 cells, with the claims under it', () => {
    expect(facts.positions).toHaveLength(42)
    for (const fact of facts.positions) {
      const issue = demo.issues[issueIds.indexOf(fact.issueId)]
      const party = demo.parties[partyIds[fact.partyId as keyof typeof partyIds]]
      const cell = demo.cells[`${issue?.id}/${party?.id}` as keyof typeof demo.cells]
      const place = issue?.scale.points.findIndex(({ id }) => id === cell?.stance) ?? -1
      expect({
        where: `${fact.issueId}/${fact.partyId}`,
        status: cell?.knowledge ?? 'unknown',
        value: place < 0 ? null : place,
        confidence: cell?.confidence ?? null,
        salience: cell?.salience ?? null,
      }).toEqual({
        where: `${fact.issueId}/${fact.partyId}`,
        status: fact.status,
        value: fact.value,
        confidence: fact.confidence,
        salience: fact.salience?.level ?? null,
      })
      expect(cell?.claimIds ?? []).toEqual(expect.arrayContaining(fact.claimIds.map(idOfClaim)))
    }
  })

  test('sources with their chains', () => {
    for (const fact of facts.sources) {
      const { title, via } = { via: null, ...DEMO_SOURCES[named(SOURCES, fact.id)] }
      expect(demo.sources.find(source => source.title === title)?.reliability).toBe(
        fact.reliability,
      )
      expect(via).toBe(fact.viaSourceId === null ? null : named(SOURCES, fact.viaSourceId))
    }
  })

  test('claims with their hedges and grades, attributed as the report does', () => {
    for (const fact of facts.claims) {
      const claim = demo.claims.find(({ id }) => id === idOfClaim(fact.id))
      expect([fact.id, claim?.hedges, claim?.credibility]).toEqual([
        fact.id,
        fact.hedges.join(', '),
        fact.credibility,
      ])
      if (TOLD_CLOSER.has(fact.id)) continue
      const source = demo.sources.find(({ id }) => id === claim?.sourceId)
      expect([fact.id, claim?.attribution, source?.title]).toEqual([
        fact.id,
        fact.attribution,
        DEMO_SOURCES[named(SOURCES, fact.sourceId)].title,
      ])
    }
  })

  test('red lines, passed on in private to Washington', () => {
    expect(demo.redLines).toHaveLength(facts.redLines.length)
    for (const fact of facts.redLines) {
      const line = demo.redLines.find(({ issueId, point }) => {
        const scale = demo.issues.find(({ id }) => id === issueId)?.scale.points
        return scale?.findIndex(({ id }) => id === point) === fact.value
      })
      expect(line).toMatchObject({
        operator: fact.operator,
        kind: 'undistinguished',
        publicity: 'private',
        addressee: 'United States',
      })
      const under = demo.attachments.filter(({ subjectId }) => subjectId === line?.id)
      expect(under.map(({ claimId }) => claimId)).toEqual(fact.claimIds.map(idOfClaim))
    }
  })

  test('events, as imprecise as the report leaves them', () => {
    const whens = whensOf(demo.events)
    for (const { claimIds, id, when } of facts.events) {
      const event = demo.events.find(({ phrase }) => phrase === when.phrase)
      expect([id, event?.fromDays, event?.toDays]).toEqual([id, when.fromDays, when.toDays])
      expect(whens.get(event?.id as never)?.is).toBe('relative')
      const under = demo.attachments.filter(({ subjectId }) => subjectId === event?.id)
      expect(under.map(({ claimId }) => claimId)).toEqual(
        expect.arrayContaining(claimIds.map(idOfClaim)),
      )
    }
  })

  test('scenarios with their indicators, open questions, and the tensions inside the report', () => {
    expect(
      demo.scenarios.map(({ id, likelihood, title }) => [
        title,
        likelihood,
        new Set(
          demo.indicators
            .filter(({ scenarioId }) => scenarioId === id)
            .map(({ isAgainst, text }) => `${isAgainst ? 'against' : 'for'}: ${text}`),
        ),
      ]),
    ).toEqual(
      facts.scenarios.map(({ indicators, title }) => [
        title,
        null,
        new Set(indicators.map(({ direction, text }) => `${direction}: ${text}`)),
      ]),
    )
    const questions = facts.openQuestions.map(({ question }) =>
      question.replace('the article', 'the report'),
    )
    expect(new Set(demo.gaps.map(({ question }) => question))).toEqual(new Set(questions))
    expect(demo.tensions).toHaveLength(facts.tensions.length)
  })
})
