/** What was reported in the three days after the announcement. */
import type { DemoClaim } from '#server/seeds/demo-claims.ts'

const MONDAY = '2026-02-02'
const TUESDAY = '2026-02-03'
const WEDNESDAY = '2026-02-04'

const wire = {
  source: 'bothSides',
  attribution: 'unnamed_official',
  speaker: 'Officials of both sides and a diplomat',
  credibility: 3,
  saidAt: MONDAY,
  learnedAt: MONDAY,
} as const

export const LATER_CLAIMS = {
  friday: { ...wire, statement: 'The two sides meet on Friday in Istanbul.' },
  regionalGuests: {
    ...wire,
    statement: 'Qatar, Saudi Arabia, the Emirates and Egypt would take part.',
    hedges: 'would',
    wouldSettle: 'A list of delegations, or one of the four saying so itself.',
    chasedBy: 'mediation',
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
    speaker: 'Two sources, not named',
    credibility: 3,
    hedges: 'no official confirmation',
    wouldSettle: 'Who is in the room when the talks begin.',
    chasedBy: 'mediation',
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
    speaker: 'An Iranian official, by name',
    capacity: 'on the record',
    denies: 'uraniumAbroad',
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
    speaker: 'Two US officials, not named',
    original: '“this or nothing”, then “nothing”',
    language: 'en',
    credibility: 3,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
  muscatUs: {
    statement: 'The talks are on again, in Muscat.',
    source: 'whiteHouse',
    attribution: 'unnamed_official',
    speaker: 'A White House official, not named',
    capacity: 'for the White House',
    credibility: 1,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
  muscatIran: {
    statement: 'The talks take place in Muscat.',
    source: 'foreignMinister',
    attribution: 'named_official',
    speaker: 'Iran’s foreign minister',
    capacity: 'on the record, by name',
    credibility: 1,
    saidAt: WEDNESDAY,
    learnedAt: WEDNESDAY,
  },
} as const satisfies Readonly<Record<string, DemoClaim>>
