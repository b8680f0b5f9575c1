/** Every kind of record there is: what reads, compares, exports or guards all of them goes by this. */
import {
  assessmentRecords,
  attachmentRecords,
  citationRecords,
  claimEventRecords,
  claimRecords,
  conflictRecords,
} from '#shared/document/claims.ts'
import { effectRecords, eventRecords } from '#shared/document/events.ts'
import { basketRecords, issueRecords } from '#shared/document/issues.ts'
import {
  agendaItemRecords,
  attendanceRecords,
  meetingRecords,
  noteRecords,
} from '#shared/document/meetings.ts'
import { reasonRecords } from '#shared/document/movements.ts'
import { gapRecords, indicatorRecords, scenarioRecords } from '#shared/document/outlook.ts'
import { partyRecords } from '#shared/document/parties.ts'
import {
  blocRecords,
  factionRecords,
  membershipRecords,
  personRecords,
} from '#shared/document/people.ts'
import { questionRecords } from '#shared/document/questions.ts'
import { redactionRecords } from '#shared/document/redactions.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { pointRecords } from '#shared/document/scales.ts'
import {
  excerptRecords,
  judgementRecords,
  sourceRecords,
  tensionRecords,
} from '#shared/document/sources.ts'
import type { RecordKind } from '#shared/document/record.ts'
import type { Stored } from '#shared/document/stored.ts'

/** Those that a tracker as plain data holds just as they are stored, each under its root's name. */
export const PLAIN_RECORDS = {
  parties: partyRecords,
  baskets: basketRecords,
  sources: sourceRecords,
  excerpts: excerptRecords,
  tensions: tensionRecords,
  judgements: judgementRecords,
  claims: claimRecords,
  citations: citationRecords,
  attachments: attachmentRecords,
  claimEvents: claimEventRecords,
  assessments: assessmentRecords,
  conflicts: conflictRecords,
  people: personRecords,
  blocs: blocRecords,
  memberships: membershipRecords,
  factions: factionRecords,
  events: eventRecords,
  effects: effectRecords,
  meetings: meetingRecords,
  attendances: attendanceRecords,
  agendaItems: agendaItemRecords,
  notes: noteRecords,
  gaps: gapRecords,
  scenarios: scenarioRecords,
  indicators: indicatorRecords,
  restores: restoreRecords,
  reasons: reasonRecords,
  redactions: redactionRecords,
  questions: questionRecords,
} as const

export type PlainRoot = keyof typeof PLAIN_RECORDS
export const PLAIN_ROOTS = Object.keys(PLAIN_RECORDS) as readonly PlainRoot[]

/** And those that become part of a row or of a cell. */
export const RECORDS = {
  ...PLAIN_RECORDS,
  issues: issueRecords,
  points: pointRecords,
  redLines: redLineRecords,
} as const

type RecordOf<Kind> =
  Kind extends RecordKind<infer Id, infer Fields> ? Fields & { readonly id: Id } : never

export type PlainRecords = {
  readonly [Root in PlainRoot]: readonly RecordOf<(typeof PLAIN_RECORDS)[Root]>[]
}

export const plainRecordsOf = (stored: Stored): PlainRecords =>
  Object.fromEntries(
    PLAIN_ROOTS.map(root => [root, PLAIN_RECORDS[root].allOf(stored)]),
  ) as unknown as PlainRecords
