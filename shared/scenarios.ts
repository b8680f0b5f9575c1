/** Futures that are open at once, how likely each is thought to be, and what would speak for or against it. */
import type { Level } from '#shared/cells.ts'
import type { IndicatorId, Rank, ScenarioId } from '#shared/ids.ts'

/** The two rows of words of ICD 203: an assessment uses one of them, never both. */
export const LIKELIHOOD_ROWS = ['likely', 'probable'] as const
export type LikelihoodRow = (typeof LIKELIHOOD_ROWS)[number]

/** Each step with its word in either row and its bounds in percent; the lower is included, the upper is not, but for the last. */
export const LIKELIHOODS = [
  { likely: 'almost no chance', probable: 'remote', from: 1, to: 5 },
  { likely: 'very unlikely', probable: 'highly improbable', from: 5, to: 20 },
  { likely: 'unlikely', probable: 'improbable', from: 20, to: 45 },
  { likely: 'roughly even chance', probable: 'roughly even odds', from: 45, to: 55 },
  { likely: 'likely', probable: 'probable', from: 55, to: 80 },
  { likely: 'very likely', probable: 'highly probable', from: 80, to: 95 },
  { likely: 'almost certain', probable: 'nearly certain', from: 95, to: 99 },
] as const

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
