/** Yjs meets Solid: one observer of the live document wakes exactly the readers of what a transaction changed. */
import type * as Y from 'yjs'
import { createView, type MatrixView } from '#client/live/view.ts'
import { changedAddresses } from '#shared/document/changed.ts'
import { cellsMap, RECORD_ROOTS, recordsMap } from '#shared/document/layout.ts'
import { storedIn } from '#shared/document/stored.ts'

export const bind = (doc: Y.Doc): MatrixView => {
  for (const root of RECORD_ROOTS) recordsMap(doc, root)
  return createView(storedIn(doc), changed => {
    const tell = (transaction: Y.Transaction): void => {
      const keys = transaction.changed.get(cellsMap(doc) as never) ?? []
      const cellKeys = [...keys].filter(key => key !== null)
      changed({ addresses: changedAddresses(transaction), cellKeys })
    }
    doc.on('afterTransaction', tell)
    return () => doc.off('afterTransaction', tell)
  })
}
