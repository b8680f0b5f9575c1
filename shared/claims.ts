/** On what a position rests: claims, each with an origin, and how both are graded. */
import type { ClaimId, SourceId } from '#shared/ids.ts'

/** Reliability of a source (Admiralty code). F is "cannot be judged": unknown, not the worst. */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type Reliability = (typeof RELIABILITIES)[number]

/** Credibility of the information (Admiralty code). 6 is "cannot be judged": unknown, not the worst. */
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const
export type Credibility = (typeof CREDIBILITIES)[number]

export const CLAIM_STATUSES = [
  'reported',
  'confirmed',
  'denied',
  'disputed',
  'retracted',
  'superseded',
] as const
export type ClaimStatus = (typeof CLAIM_STATUSES)[number]

export const ATTRIBUTIONS = [
  'official_statement',
  'named_official',
  'unnamed_official',
  'unnamed_source',
  'media_report',
  'second_hand',
  'document',
] as const
export type Attribution = (typeof ATTRIBUTIONS)[number]
export const ATTRIBUTION_LABELS: Readonly<Record<Attribution, string>> = {
  official_statement: 'official statement',
  named_official: 'named official',
  unnamed_official: 'unnamed official',
  unnamed_source: 'unnamed source',
  media_report: 'media report',
  second_hand: 'second-hand',
  document: 'document',
}

export interface Source {
  readonly id: SourceId
  readonly title: string
  readonly reliability: Reliability
  /** Why it is graded so. */
  readonly reliabilityReason: string
  /** The source through which the team saw this one; null where it was seen directly. */
  readonly viaSourceId: SourceId | null
}

export interface Claim {
  readonly id: ClaimId
  /** In the team's own words. */
  readonly statement: string
  readonly sourceId: SourceId | null
  readonly attribution: Attribution
  readonly credibility: Credibility
  readonly status: ClaimStatus
  /** The hedging words that belong to it, separated by commas: "reportedly, expected". */
  readonly hedges: string
  /** When it was said and when the team learned it: ISO 8601 or EDTF, '' where unknown. */
  readonly saidAt: string
  readonly learnedAt: string
}

const byGrade = (grade: string): string => grade.replace('F', 'Z').replace('6', '9')

/** The source's letter and the claim's number, as in "B2"; a claim without a source reads F. */
export const gradeOf = (claim: Claim, source: Source | undefined): string =>
  `${source?.reliability ?? 'F'}${claim.credibility}`

/** The best of several grades, the unknown ones (F, 6) last; null for none. */
export const bestGrade = (grades: readonly string[]): string | null =>
  grades.toSorted((a, b) => (byGrade(a) < byGrade(b) ? -1 : 1))[0] ?? null
