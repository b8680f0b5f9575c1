/** The demo's sources. None is graded better than F: nothing is known to judge them by. */
import type { Source } from '#shared/sources.ts'

interface DemoSource extends Pick<Source, 'title' | 'reliabilityReason'> {
  readonly via?: string
}

const UNNAMED = 'Nothing is known about them.'
const NO_OUTLET = 'Outlets are not named.'
const NO_RECORD = 'First time seen here; no record to judge by yet.'

export const DEMO_SOURCES = {
  report: {
    title: 'Press report on the announcement (our digest)',
    reliabilityReason:
      'Outlet and author are not given. Careful hedges in the body, stronger headings; grade again once the outlet is known.',
  },
  iranianMedia: { title: 'Iranian media', reliabilityReason: NO_OUTLET, via: 'report' },
  governmentSource: {
    title: 'One unnamed government source',
    reliabilityReason: 'Carried by three Iranian outlets: possibly one origin.',
    via: 'iranianMedia',
  },
  usMedia: { title: 'American media', reliabilityReason: NO_OUTLET, via: 'report' },
  unnamedOfficial: {
    title: 'Unnamed official in American reports',
    reliabilityReason: 'Name, office and government are not given.',
    via: 'usMedia',
  },
  diplomats: { title: 'Diplomatic sources', reliabilityReason: UNNAMED, via: 'report' },
  organisers: { title: 'Sources on the preparations', reliabilityReason: UNNAMED, via: 'report' },
  israeliOfficials: {
    title: 'Israeli officials, second-hand',
    reliabilityReason: 'Nobody is named, and the report itself hedges.',
    via: 'report',
  },
  wire: { title: 'A wire agency', reliabilityReason: NO_RECORD },
  bothSides: {
    title: 'Officials of both sides and a diplomat',
    reliabilityReason: 'Not named; three people, independence not established.',
    via: 'wire',
  },
  newsSite: { title: 'An American news site', reliabilityReason: NO_RECORD },
  twoSources: { title: 'Two unnamed sources', reliabilityReason: UNNAMED, via: 'newsSite' },
  tehranOfficial: {
    title: 'A named Iranian official',
    reliabilityReason: 'On the record; no record to judge by yet.',
  },
  semiOfficial: {
    title: 'Semi-official Iranian outlets',
    reliabilityReason: 'Close to the government; what stands behind them is not said.',
  },
  twoUsOfficials: {
    title: 'Two US officials, unnamed',
    reliabilityReason: UNNAMED,
    via: 'newsSite',
  },
  whiteHouse: { title: 'A White House official', reliabilityReason: 'Not named; office given.' },
  foreignMinister: {
    title: 'Iran’s foreign minister',
    reliabilityReason: 'By name and on the record; no record to judge by yet.',
  },
} as const satisfies Readonly<Record<string, DemoSource>>
export type DemoSourceName = keyof typeof DEMO_SOURCES
