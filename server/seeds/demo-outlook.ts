/** What the demo leaves open: the questions on which its assessments depend, and the futures that are open at once. */
import { attach, attachAgainst } from '#server/seeds/demo-evidence.ts'
import type { DemoClaimName } from '#server/seeds/demo-claims.ts'
import type { DemoAuthor, Edit } from '#server/seeds/demo-edit.ts'
import type { DemoIssue, DemoParty } from '#server/seeds/demo-outline.ts'
import { gapRecords, indicatorRecords, scenarioRecords } from '#shared/document/outlook.ts'
import { placed } from '#shared/document/rank.ts'
import type { Gap } from '#shared/gaps.ts'
import type { GapId, IndicatorId, IssueId, PartyId, ScenarioId } from '#shared/ids.ts'
import type { IndicatorState, Scenario } from '#shared/scenarios.ts'

interface DemoGap extends Pick<Gap, 'question'>, Partial<Pick<Gap, 'dueAt'>> {
  readonly issue?: DemoIssue
  readonly party?: DemoParty
  readonly owner?: DemoAuthor
}

export const DEMO_GAPS = {
  date: {
    question:
      'On which date was the report published? Every “this week” and “coming days” hangs on it.',
  },
  usConfirms: {
    question: 'Has Washington confirmed the talks, the place and the level?',
    issue: 'readiness',
    party: 'us',
  },
  iranConfirms: {
    question: 'Has any Iranian office confirmed the order?',
    issue: 'readiness',
    party: 'iran',
  },
  format: {
    question: 'Direct or indirect talks, and who leads the Iranian side?',
    issue: 'readiness',
    party: 'iran',
  },
  israelLines: {
    question: 'What exactly are Israel’s red lines, and which of them are conditions only?',
    party: 'israel',
  },
  scope: {
    question: 'Which sanctions and which nuclear activities are on the agenda?',
    issue: 'sanctions',
  },
  guarantor: {
    question: 'Who would guarantee what to whom, and for how long?',
    issue: 'guarantees',
  },
  verifier: { question: 'Who would verify?', issue: 'verification' },
  mediators: {
    question: 'Do Egypt and Qatar attend, or only prepare?',
    issue: 'venue',
    owner: 'mediation',
    dueAt: '2026-02-05',
  },
  official: {
    question: 'Who is the unnamed official, and of which government?',
    issue: 'force',
    party: 'us',
  },
  outlets: {
    question:
      'Which Iranian and US outlets stand behind the reports? Are they independent of each other?',
  },
  city: { question: 'Ankara or another Turkish city?', issue: 'venue', party: 'turkey' },
} as const satisfies Readonly<Record<string, DemoGap>>

export const gaps: Edit = (doc, idOf, { accountOf }) => {
  for (const [name, { issue, owner, party, ...gap }] of Object.entries<DemoGap>(DEMO_GAPS))
    gapRecords.put(doc, idOf<GapId>('gap', name), {
      ...gap,
      ...(issue && { issueId: idOf<IssueId>('issue', issue) }),
      ...(party && { partyId: idOf<PartyId>('party', party) }),
      ...(owner && { ownerId: accountOf(owner) }),
    })
}

export const answer =
  (name: keyof typeof DEMO_GAPS, words: string): Edit =>
  (doc, idOf) =>
    gapRecords.set(doc, idOf<GapId>('gap', name), { status: 'answered', answer: words })

interface DemoIndicator {
  readonly text: string
  readonly isAgainst?: boolean
  readonly shownBy?: readonly DemoClaimName[]
  readonly spokenAgainstBy?: readonly DemoClaimName[]
}

interface DemoScenario extends Pick<Scenario, 'title' | 'note'> {
  readonly claims?: readonly DemoClaimName[]
  readonly indicators: Readonly<Record<string, DemoIndicator>>
}

export const DEMO_SCENARIOS = {
  diplomatic: {
    title: 'The diplomatic path holds: talks convene in Turkey',
    note: '',
    claims: ['openToDiplomacy', 'otherOptions'],
    indicators: {
      usConfirms: {
        text: 'Washington confirms date and place',
        spokenAgainstBy: ['pending'],
      },
      iranConfirms: {
        text: 'Official Iranian statement on the order',
        spokenAgainstBy: ['noStatement'],
      },
      arrival: { text: 'Delegations arrive in Ankara', shownBy: ['ankara'] },
    },
  },
  slip: {
    title: 'Talks slip or move elsewhere',
    note: '',
    indicators: {
      silence: { text: 'The week passes without confirmation', shownBy: ['pending'] },
      otherHost: { text: 'Another host is named', spokenAgainstBy: ['hostChosen'] },
    },
  },
  military: {
    title: 'Military option',
    note: '',
    claims: ['undecided'],
    indicators: {
      decision: {
        text: 'A decision on military action is reported',
        spokenAgainstBy: ['undecided'],
      },
      convene: { text: 'Talks convene', isAgainst: true, shownBy: ['comingDays'] },
    },
  },
} as const satisfies Readonly<Record<string, DemoScenario>>
export type DemoScenarioName = keyof typeof DEMO_SCENARIOS

/** Nobody has judged how likely they are yet. */
export const scenarios: Edit = (doc, idOf, pen) => {
  for (const [name, { claims = [], indicators, note, title }] of Object.entries<DemoScenario>(
    DEMO_SCENARIOS,
  )) {
    const id = idOf<ScenarioId>('scenario', name)
    const rank = placed(scenarioRecords.all(doc), Number.POSITIVE_INFINITY, (other, rank) =>
      scenarioRecords.set(doc, other as ScenarioId, { rank }),
    )
    scenarioRecords.put(doc, id, { title, note, ...rank })
    attach('scenario', name, ...claims)(doc, idOf, pen)
    for (const [
      key,
      { isAgainst = false, shownBy = [], spokenAgainstBy = [], text },
    ] of Object.entries(indicators)) {
      const indicator = `${name}/${key}`
      indicatorRecords.put(doc, idOf<IndicatorId>('indicator', indicator), {
        scenarioId: id,
        text,
        isAgainst,
      })
      attach('indicator', indicator, ...shownBy)(doc, idOf, pen)
      attachAgainst('indicator', indicator, ...spokenAgainstBy)(doc, idOf, pen)
    }
  }
}

export const judged =
  (name: DemoScenarioName, values: Partial<Omit<Scenario, 'id' | 'rank'>>): Edit =>
  (doc, idOf) =>
    scenarioRecords.set(doc, idOf<ScenarioId>('scenario', name), values)

export const indicator =
  (name: string, state: IndicatorState, ...shownBy: readonly DemoClaimName[]): Edit =>
  (doc, idOf, pen) => {
    indicatorRecords.set(doc, idOf<IndicatorId>('indicator', name), { state })
    attach('indicator', name, ...shownBy)(doc, idOf, pen)
  }
