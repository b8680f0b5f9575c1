/** Questions in the document: written by the server alone, which knows who asks. */
import { moment, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import type { ItemAddress } from '#shared/history/touched.ts'
import type { QuestionId } from '#shared/ids.ts'
import type { Question } from '#shared/questions.ts'

export const questionRecords = recordKind<QuestionId, Omit<Question, 'id'>>('questions', {
  about: word<ItemAddress>(),
  text: words,
  by: words,
  at: moment,
  answer: words,
  answeredBy: words,
  answeredAt: moment,
  resolvedAt: moment,
  resolvedBy: words,
})
