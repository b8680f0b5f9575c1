/** Sources in the document, with excerpts of their texts and what analysts think of them. */
import { count, flag, moment, oneOf, reference, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import { CREDIBILITIES } from '#shared/claims.ts'
import type {
  AccountId,
  ExcerptId,
  JudgementId,
  PersonId,
  SourceId,
  TensionId,
  TextHash,
} from '#shared/ids.ts'
import {
  RELIABILITIES,
  SOURCE_KINDS,
  type Excerpt,
  type Judgement,
  type Source,
  type Tension,
} from '#shared/sources.ts'

export const sourceRecords = recordKind<SourceId, Omit<Source, 'id'>>('sources', {
  title: words,
  author: words,
  personId: reference<PersonId>(),
  kind: oneOf(SOURCE_KINDS, 'other'),
  language: words,
  publishedAt: words,
  seenAt: words,
  address: words,
  reliability: oneOf(RELIABILITIES, 'F'),
  reliabilityReason: words,
  viaSourceId: reference<SourceId>(),
  textHash: reference<TextHash>(),
})

export const excerptRecords = recordKind<ExcerptId, Omit<Excerpt, 'id'>>('excerpts', {
  sourceId: word<SourceId>(),
  textHash: reference<TextHash>(),
  start: count,
  end: count,
  exact: words,
  prefix: words,
  suffix: words,
})

export const tensionRecords = recordKind<TensionId, Omit<Tension, 'id'>>('tensions', {
  excerptId: word<ExcerptId>(),
  otherId: word<ExcerptId>(),
  note: words,
})

export const judgementRecords = recordKind<JudgementId, Omit<Judgement, 'id'>>('judgements', {
  about: oneOf(['source', 'claim'], 'source'),
  subjectId: words,
  grade: oneOf(['', ...RELIABILITIES, ...CREDIBILITIES.map(String)], ''),
  reason: words,
  by: word<AccountId>(),
  at: moment,
  isTeam: flag,
})
