/** Yjs meets Solid: one observer of the live documents wakes exactly the readers of what a transaction changed. */
import type * as Y from 'yjs'
import { createView, type Changed, type MatrixView } from '#client/live/view.ts'
import { changedAddresses, type Address } from '#shared/document/changed.ts'
import {
  cellsMap,
  parseCellKey,
  parseTextName,
  RECORD_ROOTS,
  recordsMap,
} from '#shared/document/layout.ts'
import { storedIn } from '#shared/document/stored.ts'
import { Together } from '#shared/document/together.ts'

/** Documents beside the matrix that come and go; `watch` is told of each, and answers how to stop that. */
export interface Beside {
  readonly docs: () => readonly Y.Doc[]
  readonly watch: (told: (doc: Y.Doc, isThere: boolean) => void) => () => void
}

export const NOTHING_BESIDE: Beside = { docs: () => [], watch: () => () => undefined }

export const bind = (
  doc: Y.Doc,
  beside = NOTHING_BESIDE,
  together = new Together(doc, beside.docs),
): MatrixView => {
  for (const root of RECORD_ROOTS) recordsMap(doc, root)
  return createView(
    storedIn(together.doc),
    changed => {
      const listeners = new Map<Y.Doc, () => void>()
      const listen = (doc: Y.Doc): void => {
        const tell = (transaction: Y.Transaction): void => {
          const keys = transaction.changed.get(cellsMap(doc) as never) ?? []
          const cellKeys = [...keys].filter(key => key !== null)
          changed({ addresses: changedAddresses(transaction), cellKeys })
        }
        doc.on('afterTransaction', tell)
        listeners.set(doc, () => doc.off('afterTransaction', tell))
      }
      listen(doc)
      const unwatch = beside.watch((other, isThere) => {
        if (isThere) listen(other)
        else {
          listeners.get(other)?.()
          listeners.delete(other)
        }
        changed(everythingIn(other))
      })
      return () => {
        unwatch()
        for (const unlisten of listeners.values()) unlisten()
      }
    },
    storedIn(doc),
  )
}

/** A document has come or gone, and with it all that it holds. */
const everythingIn = (doc: Y.Doc): Changed => {
  const addresses = new Set<Address>()
  for (const root of RECORD_ROOTS) {
    const ids = [...recordsMap(doc, root).keys()]
    if (ids.length > 0) addresses.add(`records/${root}`)
    for (const id of ids) addresses.add(`record/${id}`)
  }
  const cellKeys = [...cellsMap(doc).keys()]
  for (const key of cellKeys) {
    const entry = parseCellKey(key)
    if (entry) addresses.add(`cell/${entry.issueId}/${entry.partyId}`)
  }
  for (const name of doc.share.keys()) {
    const owner = parseTextName(name)
    if (owner?.partyId) addresses.add(`cell/${owner.issueId}/${owner.partyId}`)
  }
  return { addresses, cellKeys }
}
