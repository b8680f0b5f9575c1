/** Red lines in the document: records that name their issue and party. */
import { flag, oneOf, oneOfOrNull, reference, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import type { IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'
import { PUBLICITIES, RED_LINE_KINDS, RED_LINE_OPERATORS, type RedLine } from '#shared/redlines.ts'

/** `put` draws or changes a red line, `remove` lifts it. */
export const redLineRecords = recordKind<RedLineId, Omit<RedLine, 'id'>>('redLines', {
  issueId: word<IssueId>(),
  partyId: word<PartyId>(),
  kind: oneOf(RED_LINE_KINDS, 'undistinguished'),
  statement: words,
  operator: oneOf(RED_LINE_OPERATORS, 'at_least'),
  point: reference<PointId>(),
  soft: flag,
  publicity: oneOfOrNull(PUBLICITIES),
  addressee: words,
  since: words,
  isInferred: flag,
})
