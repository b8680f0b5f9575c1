/** The demo's sources. None is graded better than F: nothing is known to judge them by. */
import type { DemoPersonName } from '#server/seeds/demo-people.ts'
import type { Source } from '#shared/sources.ts'

export interface DemoSource
  extends
    Pick<Source, 'title' | 'reliabilityReason' | 'kind'>,
    Partial<Pick<Source, 'author' | 'language' | 'publishedAt'>> {
  readonly seenAt: string
  readonly person?: DemoPersonName
  /** Through which of them the team saw this one. */
  readonly via?: string
}

const MONDAY = '2026-02-02'
const TUESDAY = '2026-02-03'
const WEDNESDAY = '2026-02-04'

const UNNAMED = 'Nothing is known about them.'
const NO_OUTLET = 'Outlets are not named.'
const NO_RECORD = 'First time seen here; no record to judge by yet.'
const CARRIES = 'Carries the word of one unnamed government source, and has none of its own.'

/** All that came to the team through the one report. */
const within = { kind: 'report', via: 'report', seenAt: MONDAY } as const
const quoted = { ...within, kind: 'other' } as const
const outlet = {
  kind: 'report',
  via: 'governmentSource',
  seenAt: MONDAY,
  reliabilityReason: CARRIES,
} as const

export const DEMO_SOURCES = {
  report: {
    title: 'Press report on the announcement (our digest)',
    kind: 'report',
    language: 'en',
    seenAt: MONDAY,
    reliabilityReason:
      'Outlet and author are not given. Careful hedges in the body, stronger headings; grade again once the outlet is known.',
  },
  iranianMedia: { ...within, title: 'Iranian media', reliabilityReason: NO_OUTLET },
  governmentSource: {
    ...quoted,
    title: 'One unnamed government source',
    reliabilityReason: 'Carried by three Iranian outlets: possibly one origin.',
    via: 'iranianMedia',
  },
  outletOne: { ...outlet, title: 'First Iranian outlet, not named' },
  outletTwo: { ...outlet, title: 'Second Iranian outlet, not named' },
  outletThree: { ...outlet, title: 'Third Iranian outlet, not named' },
  familiar: { ...quoted, title: 'People familiar with the matter', reliabilityReason: UNNAMED },
  usMedia: { ...within, title: 'American media', reliabilityReason: NO_OUTLET },
  unnamedOfficial: {
    ...quoted,
    title: 'Unnamed official in American reports',
    person: 'unnamedOfficial',
    reliabilityReason: 'Name, office and government are not given.',
    via: 'usMedia',
  },
  diplomats: { ...quoted, title: 'Diplomatic sources', reliabilityReason: UNNAMED },
  organisers: { ...quoted, title: 'Sources on the preparations', reliabilityReason: UNNAMED },
  israeliOfficials: {
    ...quoted,
    title: 'Israeli officials, as reported',
    person: 'israeliOfficials',
    reliabilityReason: 'Nobody is named, and the report itself hedges.',
  },
  wire: {
    title: 'A wire agency',
    kind: 'wire',
    publishedAt: MONDAY,
    seenAt: MONDAY,
    reliabilityReason: NO_RECORD,
  },
  bothSides: {
    title: 'Officials of both sides and a diplomat',
    kind: 'other',
    seenAt: MONDAY,
    reliabilityReason: 'Not named; three people, independence not established.',
    via: 'wire',
  },
  newsSite: {
    title: 'An American news site',
    kind: 'report',
    seenAt: TUESDAY,
    reliabilityReason: NO_RECORD,
  },
  twoSources: {
    title: 'Two unnamed sources',
    kind: 'other',
    seenAt: TUESDAY,
    reliabilityReason: UNNAMED,
    via: 'newsSite',
  },
  tehranOfficial: {
    title: 'A named Iranian official',
    kind: 'statement',
    publishedAt: TUESDAY,
    seenAt: TUESDAY,
    reliabilityReason: 'On the record; no record to judge by yet.',
  },
  semiOfficial: {
    title: 'Semi-official Iranian outlets',
    kind: 'report',
    publishedAt: WEDNESDAY,
    seenAt: WEDNESDAY,
    reliabilityReason: 'Close to the government; what stands behind them is not said.',
  },
  twoUsOfficials: {
    title: 'Two US officials, unnamed',
    kind: 'other',
    seenAt: WEDNESDAY,
    reliabilityReason: UNNAMED,
    via: 'newsSite',
  },
  whiteHouse: {
    title: 'A White House official',
    author: 'White House',
    kind: 'statement',
    publishedAt: WEDNESDAY,
    seenAt: WEDNESDAY,
    reliabilityReason: 'Not named; office given.',
  },
  foreignMinister: {
    title: 'Iran’s foreign minister',
    author: 'Foreign minister of Iran',
    kind: 'statement',
    publishedAt: WEDNESDAY,
    seenAt: WEDNESDAY,
    reliabilityReason: 'By name and on the record; no record to judge by yet.',
  },
} as const satisfies Readonly<Record<string, DemoSource>>
export type DemoSourceName = keyof typeof DEMO_SOURCES
