/** Tombstones of redactions in the document: written by the server alone. */
import { moment, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import type { RedactionId } from '#shared/ids.ts'
import type { Redaction } from '#shared/redactions.ts'

export const redactionRecords = recordKind<RedactionId, Omit<Redaction, 'id'>>('redactions', {
  by: words,
  at: moment,
  where: words,
  reason: words,
})
