/** The demo's columns and rows: who takes part, and the seven questions that the founding report names. */
import type { IssueOutline } from '#server/seeds/template.ts'
import type { Party } from '#shared/parties.ts'

export const DEMO_TITLE = 'US–Iran nuclear talks: the Turkey round'

export const DEMO_DESCRIPTION =
  'A demonstration. What one press report supported when the talks were announced, and how the record moved in the three days after. Everything is in our own words; what nobody reported stays unknown.'

type PartyOutline = Omit<Party, 'id' | 'rank'>

export const DEMO_PARTIES = {
  iran: { name: 'Iran', role: 'negotiating_party', alsoRole: null },
  us: { name: 'United States', role: 'negotiating_party', alsoRole: null },
  turkey: { name: 'Turkey', role: 'host', alsoRole: 'mediator' },
  egypt: { name: 'Egypt', role: 'mediator', alsoRole: null },
  qatar: { name: 'Qatar', role: 'mediator', alsoRole: null },
  israel: { name: 'Israel', role: 'stakeholder', alsoRole: null },
} as const satisfies Readonly<Record<string, PartyOutline>>
export type DemoParty = keyof typeof DEMO_PARTIES

export const DEMO_BASKETS = {
  nuclear: 'Nuclear file',
  economic: 'Sanctions and the economy',
  assurance: 'Assurances over time',
  security: 'Use of force',
  process: 'Process',
} as const
export type DemoBasket = keyof typeof DEMO_BASKETS

interface DemoIssueOutline extends IssueOutline {
  readonly basket: DemoBasket
}

export const DEMO_ISSUES = {
  compliance: {
    basket: 'nuclear',
    title: 'Nuclear compliance framework',
    description:
      'Which limits and obligations on its nuclear activities Iran would accept. The report names the subject, no position.',
    scale: {
      name: 'Depth of limits accepted',
      points: [
        'No new limits',
        'Reporting only',
        'Capped activities',
        'Deep, long limits',
        'Disputed activities end',
      ],
    },
  },
  verification: {
    basket: 'nuclear',
    title: 'Verification mechanisms',
    description: 'How compliance would be checked, and by whom.',
    scale: {
      name: 'Strictness of verification',
      points: [
        'None beyond today',
        'Declared sites only',
        'Wider managed access',
        'Wide access, short notice',
        'Strict: continuous and intrusive',
      ],
    },
  },
  sanctions: {
    basket: 'economic',
    title: 'Sanctions relief',
    description: 'How much economic pressure is lifted, how fast, and how easily it returns.',
    scale: {
      name: 'Extent and speed of relief',
      points: [
        'No relief',
        'Limited or humanitarian only',
        'Phased, step for step',
        'Broad early relief, reversible',
        'Full relief at once',
      ],
    },
  },
  guarantees: {
    basket: 'assurance',
    title: 'Long-term guarantees',
    description:
      'How long undertakings last and how binding they are. Who would guarantee what to whom is not reported.',
    scale: {
      name: 'Duration and bindingness',
      points: [
        'None',
        'Political statement',
        'Time-limited undertaking',
        'Long-term guarantee',
        'Permanent, legally binding',
      ],
    },
  },
  force: {
    basket: 'security',
    title: 'Military action against Iran',
    description: 'Where the decision on the use of force stands.',
    scale: {
      name: 'Closeness to military action',
      points: [
        'Ruled out',
        'Last resort, stated',
        'Undecided, diplomacy still open',
        'Threatened with conditions',
        'Decided or under way',
      ],
    },
  },
  readiness: {
    basket: 'process',
    title: 'Readiness to talk',
    description: 'How far a negotiating party has committed itself to talks.',
    scale: {
      name: 'Commitment to talks',
      points: [
        'Refuses talks',
        'Messages through others only',
        'Ready to explore, nothing conceded',
        'Committed to a dated meeting',
        'Negotiating on a text',
      ],
    },
  },
  venue: {
    basket: 'process',
    title: 'Turkey as venue',
    description:
      'How acceptable Turkey is as the place of the talks. Last word: Turkey, city open.',
    scale: {
      name: 'Acceptance of the venue',
      points: ['Rejects', 'Reluctant', 'No view stated', 'Accepts', 'Prefers'],
    },
  },
} as const satisfies Readonly<Record<string, DemoIssueOutline>>

/** A row that the team tries from the second snapshot to the fourth, and then writes as a dispute about scope. */
export const MISSILES = {
  basket: 'security',
  title: 'Missile limits',
  description: 'Whether missiles belong into these talks at all, and if so which limits.',
  scale: {
    name: 'Depth of limits',
    points: [
      'No limits',
      'Declared ranges',
      'Capped range',
      'Capped range and numbers',
      'Programme ends',
    ],
  },
} as const satisfies DemoIssueOutline

export type DemoIssue = keyof typeof DEMO_ISSUES | 'missiles'
