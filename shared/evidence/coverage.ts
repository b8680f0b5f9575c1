/** How well a matrix is covered: of every cell what there is to work on. */
import type { Cell } from '#shared/cells.ts'
import { hasSingleOrigin, isStale, saysSomething, type Support } from '#shared/evidence/support.ts'

/** Most pressing first. */
export const COVERAGE_STATES = [
  'unsupported',
  'contested',
  'single_origin',
  'stale',
  'empty',
  'agenda_only',
  'supported',
  'not_applicable',
] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]
export const COVERAGE_LABELS: Readonly<Record<CoverageState, string>> = {
  unsupported: 'Unsupported',
  contested: 'Contested',
  stale: 'Stale',
  single_origin: 'Single origin',
  empty: 'Empty',
  agenda_only: 'Agenda only',
  supported: 'Supported',
  not_applicable: 'Not applicable',
}

export interface Freshness {
  /** Milliseconds since 1970; undefined where age says nothing, as in the past. */
  readonly now: number | undefined
  /** How many days a position may rest on what was last said. */
  readonly days: number
}

/** All that is so of a cell, most pressing first: one may be contested and stale at once. */
export const coverageOf = (
  cell: Cell,
  support: Support,
  { days, now }: Freshness,
): readonly [CoverageState, ...CoverageState[]] => {
  const faults = [
    support.isUnsupported && ('unsupported' as const),
    support.contests.length > 0 && ('contested' as const),
    hasSingleOrigin(support) && ('single_origin' as const),
    now !== undefined && isStale(support, now, days) && ('stale' as const),
  ].filter(state => state !== false)
  const [first, ...others] = faults
  if (first) return [first, ...others]
  if (cell.knowledge === 'not_applicable') return ['not_applicable']
  if (support.standing.length > 0 || saysSomething(cell)) return ['supported']
  return [cell.knowledge === 'agenda_only' ? 'agenda_only' : 'empty']
}

/** What asks for work: the rest is either held up, or nobody knows anything yet. */
export const isFault = (state: CoverageState): boolean =>
  state === 'unsupported' || state === 'contested' || state === 'stale' || state === 'single_origin'

/** How many cells each state holds of; a cell counts for each of its own. */
export const coverageCounts = (
  cells: Iterable<readonly CoverageState[]>,
): Readonly<Record<CoverageState, number>> => {
  const counts = Object.fromEntries(COVERAGE_STATES.map(state => [state, 0])) as Record<
    CoverageState,
    number
  >
  for (const states of cells) for (const state of states) counts[state]++
  return counts
}
