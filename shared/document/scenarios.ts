/** Scenarios in the document: they stand in an order, and take what hangs on them along. */
import type * as Y from 'yjs'
import type { Attachment } from '#shared/claims.ts'
import { attachmentRecords } from '#shared/document/claims.ts'
import { indicatorRecords, scenarioRecords } from '#shared/document/outlook.ts'
import { placed } from '#shared/document/rank.ts'
import type { IndicatorId, ScenarioId } from '#shared/ids.ts'
import type { Scenario } from '#shared/scenarios.ts'

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
