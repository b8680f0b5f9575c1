/** Sources and claims in the document. */
import { oneOf, reference, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import {
  ATTRIBUTIONS,
  CLAIM_STATUSES,
  CREDIBILITIES,
  RELIABILITIES,
  type Claim,
  type Source,
} from '#shared/claims.ts'
import type { ClaimId, SourceId } from '#shared/ids.ts'

export const sourceRecords = recordKind<SourceId, Omit<Source, 'id'>>('sources', {
  title: words,
  reliability: oneOf(RELIABILITIES, 'F'),
  reliabilityReason: words,
  viaSourceId: reference<SourceId>(),
})

export const claimRecords = recordKind<ClaimId, Omit<Claim, 'id'>>('claims', {
  statement: words,
  sourceId: reference<SourceId>(),
  attribution: oneOf(ATTRIBUTIONS, 'media_report'),
  credibility: oneOf(CREDIBILITIES, 6),
  status: oneOf(CLAIM_STATUSES, 'reported'),
  hedges: words,
  saidAt: words,
  learnedAt: words,
})
