/** How likely something is, in the words of ICD 203 and in numbers. */
import type { LikelihoodRow } from '#shared/scenarios.ts'

export const LIKELIHOOD_ROW_LABELS: Readonly<Record<LikelihoodRow, string>> = {
  likely: 'likely, unlikely',
  probable: 'probable, improbable',
}

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

/** What ICD 203 has words for: neither the impossible nor the certain. */
export const LIKELIHOOD_BOUNDS = { least: 1, most: 99 } as const

export type Likelihood = (typeof LIKELIHOODS)[number]

/** Undefined outside of the bounds. */
export const likelihoodOf = (percent: number): Likelihood | undefined =>
  LIKELIHOODS.find(
    ({ from, to }) =>
      percent >= from && (percent < to || (to === LIKELIHOOD_BOUNDS.most && percent === to)),
  )

/** The word of one row for a number; '' where there is none. */
export const likelihoodWords = (percent: number, row: LikelihoodRow): string =>
  likelihoodOf(percent)?.[row] ?? ''

/** "55–80 %" */
export const rangeWords = ({ from, to }: Likelihood): string => `${from}–${to} %`

/** The number that stands for a word until somebody types another one: the middle of its range. */
export const middleOf = ({ from, to }: Likelihood): number => Math.round((from + to) / 2)

/** A likelihood as people type it: "60", "60 %", "62,5". Undefined for anything else, and outside of the bounds. */
export const parseLikelihood = (typed: string): number | undefined => {
  const words = typed.replaceAll(/[\s%]/g, '').replace(',', '.')
  const percent = /^\d{1,2}(?:\.\d{1,2})?$/.test(words) ? Number(words) : undefined
  return percent !== undefined && likelihoodOf(percent) ? percent : undefined
}
