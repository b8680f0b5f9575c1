/** What a team says of claims that cannot both be true. */
import type * as Y from 'yjs'
import { claimRecords, conflictRecords } from '#shared/document/claims.ts'
import type { Conflict } from '#shared/claims.ts'
import { newId, type ClaimId, type ConflictId } from '#shared/ids.ts'

/** Two people may have said the same at once: what is done to a pair is done to all that is said of it. */
const saidOf = (doc: Y.Doc, claimId: ClaimId, otherId: ClaimId): readonly Conflict[] =>
  conflictRecords
    .all(doc)
    .filter(
      said =>
        (said.claimId === claimId && said.otherId === otherId) ||
        (said.claimId === otherId && said.otherId === claimId),
    )

export const markIncompatible = (
  doc: Y.Doc,
  claimId: ClaimId,
  otherId: ClaimId,
  note = '',
): void => {
  if (claimId === otherId || !claimRecords.has(doc, claimId) || !claimRecords.has(doc, otherId))
    return
  if (saidOf(doc, claimId, otherId).length === 0)
    conflictRecords.put(doc, newId<ConflictId>(), { claimId, otherId, note })
}

/** Which of the two the team goes by, and why; null for neither. A claim and its denial need not be marked before. */
export const chooseBetween = (
  doc: Y.Doc,
  claimId: ClaimId,
  otherId: ClaimId,
  chosenId: ClaimId | null,
  reason: string,
): void =>
  doc.transact(() => {
    if (chosenId !== null) markIncompatible(doc, claimId, otherId)
    for (const { id } of saidOf(doc, claimId, otherId))
      conflictRecords.set(doc, id, { chosenId, reason })
  })

export const markCompatible = (doc: Y.Doc, claimId: ClaimId, otherId: ClaimId): void =>
  doc.transact(() => {
    for (const { id } of saidOf(doc, claimId, otherId)) conflictRecords.remove(doc, id)
  })
