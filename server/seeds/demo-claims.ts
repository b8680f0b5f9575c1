/** The demo's claims, in our own words. */
import type { DemoSourceName } from '#server/seeds/demo-sources.ts'
import type { Claim } from '#shared/claims.ts'

interface DemoClaim extends Pick<Claim, 'statement' | 'attribution' | 'credibility'> {
  readonly source: DemoSourceName
  readonly hedges?: string
  /** When it was said; unknown for what the undated report says. */
  readonly saidAt?: string
  readonly learnedAt: string
}

const MONDAY = '2026-02-02'
const TUESDAY = '2026-02-03'
const WEDNESDAY = '2026-02-04'

const reported = {
  source: 'report',
  attribution: 'media_report',
  credibility: 3,
  learnedAt: MONDAY,
} as const
const official = {
  source: 'unnamedOfficial',
  attribution: 'unnamed_official',
  credibility: 3,
  learnedAt: MONDAY,
} as const
const wire = {
  source: 'bothSides',
  attribution: 'unnamed_official',
  credibility: 3,
  saidAt: MONDAY,
  learnedAt: MONDAY,
} as const

export const DEMO_CLAIMS = {
  order: {
    ...reported,
    statement: 'Iran’s president gave the order to return to nuclear talks with the United States.',
    source: 'governmentSource',
    attribution: 'unnamed_source',
    hedges: 'reportedly, according to Iranian media',
  },
  nuclearOnly: {
    ...reported,
    statement: 'The talks are to stay within the nuclear issue and nothing else.',
    source: 'governmentSource',
    attribution: 'unnamed_source',
    hedges: 'according to Iranian media',
  },
  noStatement: {
    ...reported,
    statement: 'No Iranian office has said anything in public so far.',
    credibility: 2,
    hedges: 'not yet',
  },
  noConcessions: {
    ...reported,
    statement: 'Going back to the table does not by itself concede anything.',
    credibility: 2,
  },
  exploring: {
    ...reported,
    statement: 'Iran is prepared to look for solutions on sanctions relief and nuclear compliance.',
    hedges: 'signals',
  },
  pressures: {
    ...reported,
    statement: 'Economic strain and scrutiny of the nuclear activities are both growing.',
    credibility: 2,
  },
  hostChosen: {
    ...reported,
    statement: 'Turkey has been chosen as host.',
    source: 'iranianMedia',
    hedges: 'according to Iranian media',
  },
  mediatorsAgree: {
    ...reported,
    statement:
      'Among the mediators a view forms that Turkey is the most neutral and practical place.',
    hedges: 'emerging',
  },
  threeMediators: {
    ...reported,
    statement: 'Turkey, Egypt and Qatar together work on a meeting with the US envoy.',
    source: 'usMedia',
    hedges: 'reported earlier',
  },
  withinDays: {
    ...reported,
    statement: 'Preparations are under way for talks in days, not weeks.',
    source: 'organisers',
    attribution: 'unnamed_source',
    hedges: 'expected',
  },
  ankara: {
    ...reported,
    statement: 'Both delegations could be in Ankara within the week.',
    source: 'diplomats',
    attribution: 'unnamed_source',
    hedges: 'could, as early as',
  },
  pending: {
    ...reported,
    statement: 'Washington has not confirmed the talks.',
    credibility: 2,
    hedges: 'pending',
  },
  openToDiplomacy: {
    ...official,
    statement: 'The US president remains open to a diplomatic solution.',
  },
  undecided: {
    ...official,
    statement: 'The US president has taken no final decision on military action.',
  },
  israelConditions: {
    ...reported,
    statement:
      'Israel has told the United States what it needs, above all strict verification and long-term guarantees; which of it is a condition and which a red line is not said.',
    source: 'israeliOfficials',
    attribution: 'second_hand',
    hedges: 'reportedly',
  },
  friday: { ...wire, statement: 'The two sides meet on Friday in Istanbul.' },
  regionalGuests: {
    ...wire,
    statement: 'Qatar, Saudi Arabia, the Emirates and Egypt would take part.',
    hedges: 'would',
  },
  threeDemands: {
    ...wire,
    statement:
      'The United States asks for zero enrichment, limits on missiles and an end to support for armed groups in the region.',
  },
  allRejected: {
    ...wire,
    statement: 'Iran rejects all three demands; its missiles are not for discussion.',
  },
  missilesHarder: {
    ...wire,
    statement: 'Missiles are the harder of the two subjects, harder than enrichment.',
  },
  wantsOman: {
    statement: 'Iran wants to meet in Oman, with the two sides alone.',
    source: 'twoSources',
    attribution: 'unnamed_source',
    credibility: 3,
    hedges: 'no official confirmation',
    saidAt: TUESDAY,
    learnedAt: TUESDAY,
  },
  uraniumAbroad: {
    statement: 'Iran might ship enriched uranium abroad.',
    source: 'iranianMedia',
    attribution: 'media_report',
    credibility: 4,
    hedges: 'might',
    saidAt: '2026-02-02/2026-02-03',
    learnedAt: TUESDAY,
  },
  uraniumDenied: {
    statement: 'There is no plan to ship uranium abroad.',
    source: 'tehranOfficial',
    attribution: 'named_official',
    credibility: 2,
    saidAt: TUESDAY,
    learnedAt: TUESDAY,
  },
  omanOutlets: {
    statement: 'The talks take place in Oman.',
    source: 'semiOfficial',
    attribution: 'media_report',
    credibility: 3,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
  takeItOrLeaveIt: {
    statement:
      'Washington told Tehran to keep to what was arranged or to expect nothing, and after the reply said that there would be nothing.',
    source: 'twoUsOfficials',
    attribution: 'unnamed_official',
    credibility: 3,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
  muscatUs: {
    statement: 'The talks are on again, in Muscat.',
    source: 'whiteHouse',
    attribution: 'unnamed_official',
    credibility: 1,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
  muscatIran: {
    statement: 'The talks take place in Muscat.',
    source: 'foreignMinister',
    attribution: 'named_official',
    credibility: 1,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
} as const satisfies Readonly<Record<string, DemoClaim>>
export type DemoClaimName = keyof typeof DEMO_CLAIMS
