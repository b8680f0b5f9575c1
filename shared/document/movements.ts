/** What people say of movements afterwards: their kind, and the reasons for groups of them. */
import type * as Y from 'yjs'
import { oneOfOrNull, reference, store, words, type Parse } from '#shared/document/field.ts'
import {
  movementFieldKey,
  movementsMap,
  parseMovementKey,
  type MarkField,
} from '#shared/document/layout.ts'
import { recordKind } from '#shared/document/record.ts'
import type { Stored } from '#shared/document/stored.ts'
import type { ReasonId } from '#shared/ids.ts'
import {
  MOVEMENT_KINDS,
  type MovementKey,
  type MovementKind,
  type MovementMark,
  type MovementMarks,
  type Reason,
} from '#shared/movements.ts'

export const reasonRecords = recordKind<ReasonId, Omit<Reason, 'id'>>('reasons', { text: words })

/** How each stored field of a mark is read. */
export const markFields: {
  readonly kind: Parse<MovementKind | null>
  readonly reason: Parse<ReasonId | null>
} = {
  kind: oneOfOrNull(MOVEMENT_KINDS),
  reason: reference<ReasonId>(),
}

/** Every mark that says something. */
export const marksOf = (stored: Stored): MovementMarks => {
  const marks: Record<MovementKey, MovementMark> = {}
  for (const [key, value] of stored.scalars('movements')) {
    const entry = parseMovementKey(key)
    if (!entry) continue
    const mark = marks[entry.movement] ?? { kind: null, reasonId: null }
    const said =
      entry.field === 'kind'
        ? { ...mark, kind: markFields.kind(value) }
        : { ...mark, reasonId: markFields.reason(value) }
    if (said.kind !== null || said.reasonId !== null) marks[entry.movement] = said
  }
  return marks
}

/** Says what kind a movement is of; null goes back to the proposal. */
export const markKind = (doc: Y.Doc, key: MovementKey, kind: MovementKind | null): void =>
  doc.transact(() => put(doc, key, 'kind', kind))

/** Says why a group of movements was made, in one reason for all of them; '' takes it back from each. */
export const giveReason = (
  doc: Y.Doc,
  id: ReasonId,
  keys: readonly MovementKey[],
  text: string,
): void =>
  doc.transact(() => {
    if (text !== '') reasonRecords.put(doc, id, { text })
    for (const key of keys) put(doc, key, 'reason', text === '' ? null : id)
  })

const put = (doc: Y.Doc, key: MovementKey, field: MarkField, value: string | null): void =>
  store(movementsMap(doc), movementFieldKey(key, field), markFields[field] as Parse<unknown>, value)
