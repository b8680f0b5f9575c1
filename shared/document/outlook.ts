/** What is open, in the document: information gaps, and scenarios with their indicators. */
import type * as Y from 'yjs'
import {
  flag,
  numberOrNull,
  oneOf,
  oneOfOrNull,
  reference,
  word,
  words,
} from '#shared/document/field.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import { placed } from '#shared/document/rank.ts'
import { recordKind } from '#shared/document/record.ts'
import { LEVELS } from '#shared/cells.ts'
import type { Attachment } from '#shared/claims.ts'
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

/** Behind all others. */
export const addScenario = (
  doc: Y.Doc,
  id: ScenarioId,
  values: Partial<Omit<Scenario, 'id' | 'rank'>>,
): void =>
  doc.transact(() => {
    const others = scenarioRecords.all(doc)
    const place = placed(others, others.length, (other, rank) =>
      scenarioRecords.set(doc, other as ScenarioId, { rank }),
    )
    scenarioRecords.put(doc, id, { ...values, ...place })
  })

/** With its indicators, and with what the claims attached to either say. */
export const removeScenario = (doc: Y.Doc, id: ScenarioId): void =>
  doc.transact(() => {
    for (const indicator of indicatorRecords.all(doc))
      if (indicator.scenarioId === id) removeIndicator(doc, indicator.id)
    detachAll(doc, 'scenario', id)
    scenarioRecords.remove(doc, id)
  })

export const removeIndicator = (doc: Y.Doc, id: IndicatorId): void =>
  doc.transact(() => {
    detachAll(doc, 'indicator', id)
    indicatorRecords.remove(doc, id)
  })

const detachAll = (doc: Y.Doc, to: Attachment['to'], subjectId: string): void => {
  for (const attachment of attachmentRecords.all(doc))
    if (attachment.to === to && attachment.subjectId === subjectId)
      attachmentRecords.remove(doc, attachment.id)
}
