/** Events in the document, and the cells that they moved. */
import type * as Y from 'yjs'
import { attachmentRecords } from '#shared/document/claims.ts'
import { numberOrNull, oneOf, reference, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import { BEARINGS, type Effect, type Event } from '#shared/events.ts'
import type { EffectId, EventId, IssueId, PartyId } from '#shared/ids.ts'

export const eventRecords = recordKind<EventId, Omit<Event, 'id'>>('events', {
  title: words,
  note: words,
  partyId: reference<PartyId>(),
  date: words,
  anchorId: reference<EventId>(),
  bearing: oneOf(BEARINGS, 'around'),
  fromDays: numberOrNull,
  toDays: numberOrNull,
  phrase: words,
})

export const effectRecords = recordKind<EffectId, Omit<Effect, 'id'>>('effects', {
  eventId: word<EventId>(),
  issueId: word<IssueId>(),
  partyId: word<PartyId>(),
})

/** Removes an event with its effects and its claims' attachments. What is counted from it has no date then. */
export const removeEvent = (doc: Y.Doc, id: EventId): void =>
  doc.transact(() => {
    eventRecords.remove(doc, id)
    for (const effect of effectRecords.all(doc))
      if (effect.eventId === id) effectRecords.remove(doc, effect.id)
    for (const { id: attachmentId, subjectId, to } of attachmentRecords.all(doc))
      if (to === 'event' && subjectId === id) attachmentRecords.remove(doc, attachmentId)
  })
