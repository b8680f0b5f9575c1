/** Claims in the document: what they rest on, what rests on them, and what became of them. */
import { flag, moment, oneOf, reference, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import {
  ATTACHABLE,
  ATTRIBUTIONS,
  CLAIM_STATUSES,
  CREDIBILITIES,
  type Assessment,
  type Attachment,
  type Citation,
  type Claim,
  type ClaimEvent,
  type Conflict,
} from '#shared/claims.ts'
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

export const claimRecords = recordKind<ClaimId, Omit<Claim, 'id'>>('claims', {
  statement: words,
  sourceId: reference<SourceId>(),
  attribution: oneOf(ATTRIBUTIONS, 'media_report'),
  speakerId: reference<PersonId>(),
  speaker: words,
  capacity: words,
  original: words,
  language: words,
  credibility: oneOf(CREDIBILITIES, 6),
  status: oneOf(CLAIM_STATUSES, 'reported'),
  hedges: words,
  saidAt: words,
  learnedAt: words,
  deniesClaimId: reference<ClaimId>(),
  wouldSettle: words,
  chasedBy: reference<AccountId>(),
})

export const citationRecords = recordKind<CitationId, Omit<Citation, 'id'>>('citations', {
  claimId: word<ClaimId>(),
  excerptId: word<ExcerptId>(),
})

export const attachmentRecords = recordKind<AttachmentId, Omit<Attachment, 'id'>>('attachments', {
  claimId: word<ClaimId>(),
  to: oneOf(ATTACHABLE, 'redLine'),
  subjectId: words,
  isAgainst: flag,
})

export const claimEventRecords = recordKind<ClaimEventId, Omit<ClaimEvent, 'id'>>('claimEvents', {
  claimId: word<ClaimId>(),
  status: oneOf(CLAIM_STATUSES, 'reported'),
  reason: words,
  excerptId: reference<ExcerptId>(),
  otherClaimId: reference<ClaimId>(),
  date: words,
  by: word<AccountId>(),
  at: moment,
})

export const assessmentRecords = recordKind<AssessmentId, Omit<Assessment, 'id'>>('assessments', {
  claimEventId: word<ClaimEventId>(),
  issueId: word<IssueId>(),
  partyId: word<PartyId>(),
  by: word<AccountId>(),
  at: moment,
})

export const conflictRecords = recordKind<ConflictId, Omit<Conflict, 'id'>>('conflicts', {
  claimId: word<ClaimId>(),
  otherId: word<ClaimId>(),
  note: words,
  chosenId: reference<ClaimId>(),
  reason: words,
})
