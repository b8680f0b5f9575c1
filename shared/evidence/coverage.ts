/** How well a matrix is covered: of every cell what there is to work on. */
import { blankCell, cellKey, type Cell } from '#shared/cells.ts'
import {
  groundsOf,
  hasSingleOrigin,
  isStale,
  saysSomething,
  STALE_AFTER,
  supportOf,
  type Support,
} from '#shared/evidence/support.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'

/** Most pressing first. */
export const COVERAGE_STATES = [
  'unsupported',
  'contested',
  'stale',
  'single_origin',
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
    now !== undefined && isStale(support, now, days) && ('stale' as const),
    hasSingleOrigin(support) && ('single_origin' as const),
  ].filter(state => state !== false)
  const [first, ...others] = faults
  if (first) return [first, ...others]
  if (cell.knowledge === 'not_applicable') return ['not_applicable']
  if (support.standing.length > 0 || saysSomething(cell)) return ['supported']
  return [cell.knowledge === 'agenda_only' ? 'agenda_only' : 'empty']
}

export interface CoveredCell {
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly states: readonly [CoverageState, ...CoverageState[]]
  readonly support: Support
}

/** Every cell of the matrix, row by row, empty ones included. */
export const coverageIn = (
  tracker: Tracker,
  freshness: Freshness = { now: undefined, days: STALE_AFTER },
): readonly CoveredCell[] => {
  const grounds = groundsOf(tracker)
  return tracker.issues.flatMap(({ id: issueId }) =>
    tracker.parties.map(({ id: partyId }) => {
      const cell = tracker.cells[cellKey(issueId, partyId)] ?? blankCell(issueId, partyId)
      const support = supportOf(cell, grounds)
      return { issueId, partyId, support, states: coverageOf(cell, support, freshness) }
    }),
  )
}

/** How many cells each state holds of; a cell counts for each of its own. */
export const coverageCounts = (
  cells: readonly CoveredCell[],
): Readonly<Record<CoverageState, number>> => {
  const counts = Object.fromEntries(COVERAGE_STATES.map(state => [state, 0])) as Record<
    CoverageState,
    number
  >
  for (const { states } of cells) for (const state of states) counts[state]++
  return counts
}
