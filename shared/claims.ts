/** On what a position rests: claims, each with an origin, and how both are graded. */
import type {
  AccountId,
  AssessmentId,
  AttachmentId,
  CitationId,
  ClaimEventId,
  ClaimId,
  ConflictId,
  ExcerptId,
  IssueId,
  PartyId,
  PersonId,
  SourceId,
} from '#shared/ids.ts'
import { compareGrades } from '#shared/evidence/grades.ts'
import type { Source } from '#shared/sources.ts'

/** Credibility of the information (Admiralty code). 6 is "cannot be judged": unknown, not the worst. */
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const
export type Credibility = (typeof CREDIBILITIES)[number]
export const CREDIBILITY_LABELS: Readonly<Record<Credibility, string>> = {
  1: 'Confirmed by independent sources',
  2: 'Probably true',
  3: 'Possibly true',
  4: 'Doubtful',
  5: 'Improbable',
  6: 'Cannot be judged',
}

export const CLAIM_STATUSES = [
  'reported',
  'confirmed',
  'denied',
  'disputed',
  'retracted',
  'superseded',
  'withdrawn',
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

export interface Claim {
  readonly id: ClaimId
  /** In the team's own words. */
  readonly statement: string
  readonly sourceId: SourceId | null
  readonly attribution: Attribution
  /** Who said it, of the people of the tracker; null where `speaker` says it in words, or nobody is named. */
  readonly speakerId: PersonId | null
  readonly speaker: string
  /** In what capacity, as "for the negotiating team". */
  readonly capacity: string
  /** What was said, in the language in which it was said. */
  readonly original: string
  /** BCP 47; '' where nobody has said. */
  readonly language: string
  /** The team's value, which is an act of its own: analysts' own grades are judgements. */
  readonly credibility: Credibility
  /** What the last of its claim events says; of several at the same time, one of them. */
  readonly status: ClaimStatus
  /** The hedging words that belong to it, separated by commas: "reportedly, expected". */
  readonly hedges: string
  /** When it was said and when the team learned it: ISO 8601 or EDTF, '' where unknown. */
  readonly saidAt: string
  readonly learnedAt: string
  /** The claim that this one denies: a denial is itself a claim. */
  readonly deniesClaimId: ClaimId | null
  /** What would settle it, and who sees to that. */
  readonly wouldSettle: string
  readonly chasedBy: AccountId | null
}

/** Words of a source on which a claim rests. */
export interface Citation {
  readonly id: CitationId
  readonly claimId: ClaimId
  readonly excerptId: ExcerptId
}

export const ATTACHABLE = ['redLine', 'event', 'scenario', 'indicator'] as const

/** What beside cells rests on a claim. */
export interface Attachment {
  readonly id: AttachmentId
  readonly claimId: ClaimId
  readonly to: (typeof ATTACHABLE)[number]
  readonly subjectId: string
  /** Whether the claim speaks against it. */
  readonly isAgainst: boolean
}

/** A claim's status changed. Each is written once and stays. */
export interface ClaimEvent {
  readonly id: ClaimEventId
  readonly claimId: ClaimId
  readonly status: ClaimStatus
  readonly reason: string
  /** The words that say so. */
  readonly excerptId: ExcerptId | null
  /** The claim that takes its place, or that denies it. */
  readonly otherClaimId: ClaimId | null
  /** When it became so: ISO 8601 or EDTF, '' where unknown. */
  readonly date: string
  /** The account that wrote it: the server takes no other. */
  readonly by: AccountId
  /** Milliseconds since 1970, by the writer's machine. */
  readonly at: number
}

/** After a claim was settled somebody looked at a cell that rests on it, and let it stand. Each is written once and stays. */
export interface Assessment {
  readonly id: AssessmentId
  readonly claimEventId: ClaimEventId
  readonly issueId: IssueId
  readonly partyId: PartyId
  /** The account that wrote it: the server takes no other. */
  readonly by: AccountId
  /** Milliseconds since 1970, by the writer's machine. */
  readonly at: number
}

/** Two claims that cannot both be true: a cell that rests on both is contested. */
export interface Conflict {
  readonly id: ConflictId
  readonly claimId: ClaimId
  readonly otherId: ClaimId
  /** In what they differ. */
  readonly note: string
  /** The one that the team goes by, and why; null while it goes by neither. */
  readonly chosenId: ClaimId | null
  readonly reason: string
}

/** The source's letter and the claim's number, as in "B2"; a claim without a source reads F. */
export const gradeOf = (claim: Claim, source: Source | undefined): string =>
  `${source?.reliability ?? 'F'}${claim.credibility}`

/** The best of several grades; null for none. */
export const bestGrade = (grades: readonly string[]): string | null =>
  grades.toSorted(compareGrades)[0] ?? null
