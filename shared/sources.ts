/** Where claims come from: sources, words of theirs, and what analysts think of both. */
import type {
  AccountId,
  ExcerptId,
  JudgementId,
  PersonId,
  SourceId,
  TensionId,
  TextHash,
} from '#shared/ids.ts'

/** Reliability of a source (Admiralty code). F is "cannot be judged": unknown, not the worst. */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type Reliability = (typeof RELIABILITIES)[number]
export const RELIABILITY_LABELS: Readonly<Record<Reliability, string>> = {
  A: 'Completely reliable',
  B: 'Usually reliable',
  C: 'Fairly reliable',
  D: 'Not usually reliable',
  E: 'Unreliable',
  F: 'Cannot be judged',
}

export const SOURCE_KINDS = [
  'report',
  'wire',
  'broadcast',
  'statement',
  'document',
  'conversation',
  'post',
  'other',
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]
export const SOURCE_KIND_LABELS: Readonly<Record<SourceKind, string>> = {
  report: 'Press report',
  wire: 'Wire report',
  broadcast: 'Broadcast',
  statement: 'Statement',
  document: 'Document',
  conversation: 'Conversation',
  post: 'Post',
  other: 'Other',
}

export interface Source {
  readonly id: SourceId
  readonly title: string
  /** The outlet, the office or the person it is from. */
  readonly author: string
  /** Of the people of the tracker the one who is the source; null for an outlet, or where nobody is named. */
  readonly personId: PersonId | null
  readonly kind: SourceKind
  /** BCP 47, as "fa"; '' where nobody has said. */
  readonly language: string
  /** ISO 8601 or EDTF, '' where unknown. */
  readonly publishedAt: string
  /** When the team saw it, in the same way. */
  readonly seenAt: string
  /** Where it stands on the web or in a file; whatever was typed, so check it before it becomes a link. */
  readonly address: string
  /** The team's value, which is an act of its own: analysts' own grades are judgements. */
  readonly reliability: Reliability
  /** Why it is graded so. */
  readonly reliabilityReason: string
  /** The source through which the team saw this one; null where it was seen directly. */
  readonly viaSourceId: SourceId | null
  /** Its text as it was taken in; null where there is none. */
  readonly textHash: TextHash | null
}

/** Words of a source, as W3C Web Annotation anchors them: by place in one text, and by quote in any later one. */
export interface Excerpt {
  readonly id: ExcerptId
  readonly sourceId: SourceId
  /** The text in which the place is counted. */
  readonly textHash: TextHash | null
  /** In UTF-16 units from 0; the start is included, the end is not. */
  readonly start: number
  readonly end: number
  readonly exact: string
  /** Up to 32 units before and after it. */
  readonly prefix: string
  readonly suffix: string
}

/** Two excerpts of one source that do not say the same, as a headline above its own body. */
export interface Tension {
  readonly id: TensionId
  readonly excerptId: ExcerptId
  readonly otherId: ExcerptId
  readonly note: string
}

/**
 * What one analyst thinks of a source's reliability or a claim's credibility. Each is written once and stays; an analyst's
 * last one counts. What the team settles on is one too, so that they are the history of the team's value.
 */
export interface Judgement {
  readonly id: JudgementId
  readonly about: 'source' | 'claim'
  readonly subjectId: string
  /** 'A' to 'F' of a source, '1' to '6' of a claim. */
  readonly grade: string
  readonly reason: string
  /** The account that wrote it: the server takes no other. */
  readonly by: AccountId
  /** Milliseconds since 1970, by the writer's machine. */
  readonly at: number
  /** Whether it is what the team settled on. */
  readonly isTeam: boolean
}
