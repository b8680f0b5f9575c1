/** What the founding report says, claim by claim. Nothing in it is confirmed. */
import type { DemoClaim } from '#server/seeds/demo-claims.ts'

const MONDAY = '2026-02-02'

const reported = {
  source: 'report',
  attribution: 'media_report',
  credibility: 3,
  learnedAt: MONDAY,
} as const
const official = {
  source: 'unnamedOfficial',
  attribution: 'unnamed_official',
  person: 'unnamedOfficial',
  capacity: 'not stated',
  credibility: 3,
  learnedAt: MONDAY,
} as const
/** One voice, which three outlets carry. */
const government = {
  ...reported,
  attribution: 'unnamed_source',
  speaker: 'A government source, not named',
  capacity: 'not stated',
} as const

export const REPORT_CLAIMS = {
  order: {
    ...government,
    statement: 'Iran’s president gave the order to return to nuclear talks with the United States.',
    source: 'outletOne',
    hedges: 'reportedly, according to Iranian media',
    wouldSettle: 'A statement by the president’s office or the foreign ministry.',
    chasedBy: 'sources',
  },
  nuclearOnly: {
    ...government,
    statement: 'The talks are to stay within the nuclear issue and nothing else.',
    source: 'outletTwo',
    hedges: 'according to Iranian media',
    wouldSettle: 'An agenda that both sides name in public.',
  },
  orderRepeated: {
    ...government,
    statement: 'A third outlet carries the order to return to talks, with no source of its own.',
    source: 'outletThree',
    hedges: 'reportedly',
    wouldSettle: 'The names of the three outlets, and what each had of its own.',
    chasedBy: 'sources',
  },
  testOfDiplomacy: {
    ...reported,
    statement:
      'The order is a decision from the top, to see whether diplomacy can still replace confrontation.',
    source: 'familiar',
    attribution: 'unnamed_source',
    speaker: 'People familiar with the matter',
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
    wouldSettle: 'Words of an Iranian office on what it would accept.',
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
    wouldSettle: 'An invitation, or a word from Ankara.',
    chasedBy: 'mediation',
  },
  mediatorsAgree: {
    ...reported,
    statement:
      'Among the mediators a view forms that Turkey is the most neutral and practical place.',
    hedges: 'emerging consensus',
  },
  threeMediators: {
    ...reported,
    statement: 'Turkey, Egypt and Qatar together work on a meeting with the US envoy.',
    source: 'usMedia',
    hedges: 'had earlier reported',
    wouldSettle: 'One of the three saying so in its own name.',
    chasedBy: 'mediation',
  },
  comingDays: {
    ...reported,
    statement: 'The talks are to take place in Turkey within the coming days.',
    source: 'iranianMedia',
    hedges: 'expected',
  },
  withinDays: {
    ...reported,
    statement: 'Preparations are under way for talks in days, not weeks.',
    source: 'organisers',
    attribution: 'unnamed_source',
    hedges: 'sources indicate, expected',
  },
  ankara: {
    ...reported,
    statement: 'Both delegations could be in Ankara within the week.',
    source: 'diplomats',
    attribution: 'unnamed_source',
    hedges: 'claim, could, as early as',
  },
  pending: {
    ...reported,
    statement: 'Washington has not confirmed the talks.',
    credibility: 2,
    hedges: 'remains pending',
    wouldSettle: 'A date and a place from the White House or the State Department.',
    chasedBy: 'sources',
  },
  movingForward: { ...official, statement: 'The process is moving forward.' },
  openToDiplomacy: {
    ...official,
    statement: 'The US president remains open to a diplomatic solution.',
  },
  undecided: {
    ...official,
    statement: 'The US president has taken no final decision on military action.',
    hedges: 'the same source emphasized',
  },
  otherOptions: {
    ...reported,
    statement:
      'Washington still weighs options short of force, although allies press for more, Israel above all.',
    hedges: 'suggesting',
  },
  israelConditions: {
    ...reported,
    statement:
      'Israel has told the United States what it needs, above all strict verification and long-term guarantees; which of it is a condition and which a red line is not said.',
    source: 'israeliOfficials',
    attribution: 'second_hand',
    hedges: 'reportedly',
    wouldSettle: 'The points themselves, or somebody on the record on what they are.',
    chasedBy: 'desk',
  },
  notAtTable: { ...reported, statement: 'Israel is not at the table.', credibility: 2 },
} as const satisfies Readonly<Record<string, DemoClaim>>
