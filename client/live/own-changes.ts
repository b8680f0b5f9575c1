/** What I change of cells myself, field by field, as it happens: not what comes from others. */
import type * as Y from 'yjs'
import { fieldChanges, type FieldChange } from '#shared/history/fields.ts'

/** Undoing counts too: it may leave nothing of what it speaks of. Answers how to stop. */
export const onOwnChanges = (
  doc: Y.Doc,
  tell: (changes: readonly FieldChange[]) => void,
): (() => void) => {
  const listen = (transaction: Y.Transaction): void => {
    if (!transaction.local) return
    const changes = fieldChanges(transaction).filter(
      ({ issueId, partyId }) => issueId !== null && partyId !== null,
    )
    if (changes.length > 0) tell(changes)
  }
  doc.on('afterTransaction', listen)
  return () => doc.off('afterTransaction', listen)
}
