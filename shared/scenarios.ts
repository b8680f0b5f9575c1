/** Futures that are open at once, how likely each is thought to be, and what would speak for or against it. */
import type { Level } from '#shared/cells.ts'
import type { IndicatorId, Rank, ScenarioId } from '#shared/ids.ts'

/** The two rows of words of ICD 203: an assessment uses one of them, never both. */
export const LIKELIHOOD_ROWS = ['likely', 'probable'] as const
export type LikelihoodRow = (typeof LIKELIHOOD_ROWS)[number]

export interface Scenario {
  readonly id: ScenarioId
  readonly title: string
  readonly note: string
  /** In percent, 1 to 99; null where nobody has judged it. Its word is that of the tracker's row. */
  readonly likelihood: number | null
  /** The quality of the basis: another thing than the likelihood. */
  readonly confidence: Level | null
  readonly rank: Rank
}

export const INDICATOR_STATES = ['not_seen', 'seen', 'passed'] as const
export type IndicatorState = (typeof INDICATOR_STATES)[number]

/** An observable that would speak for or against a scenario; the claims that show it are attached to it. */
export interface Indicator {
  readonly id: IndicatorId
  readonly scenarioId: ScenarioId
  readonly text: string
  readonly isAgainst: boolean
  readonly state: IndicatorState
}
