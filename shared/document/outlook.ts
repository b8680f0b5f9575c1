/** What is open, in the document: information gaps, and scenarios with their indicators. */
import {
  flag,
  numberOrNull,
  oneOf,
  oneOfOrNull,
  reference,
  word,
  words,
} from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import { LEVELS } from '#shared/cells.ts'
import { GAP_STATUSES, type Gap } from '#shared/gaps.ts'
import type {
  AccountId,
  GapId,
  IndicatorId,
  IssueId,
  PartyId,
  Rank,
  ScenarioId,
} from '#shared/ids.ts'
import { INDICATOR_STATES, type Indicator, type Scenario } from '#shared/scenarios.ts'

export const gapRecords = recordKind<GapId, Omit<Gap, 'id'>>('gaps', {
  question: words,
  issueId: reference<IssueId>(),
  partyId: reference<PartyId>(),
  ownerId: reference<AccountId>(),
  dueAt: words,
  status: oneOf(GAP_STATUSES, 'open'),
  answer: words,
})

export const scenarioRecords = recordKind<ScenarioId, Omit<Scenario, 'id'>>('scenarios', {
  title: words,
  note: words,
  likelihood: numberOrNull,
  confidence: oneOfOrNull(LEVELS),
  rank: word<Rank>(),
})

export const indicatorRecords = recordKind<IndicatorId, Omit<Indicator, 'id'>>('indicators', {
  scenarioId: word<ScenarioId>(),
  text: words,
  isAgainst: flag,
  state: oneOf(INDICATOR_STATES, 'not_seen'),
})
