/** Whether a record was ever in a document, removed or not; one that went into a compartment never was. */
import type * as Y from 'yjs'

export const everExisted = (doc: Y.Doc, root: string, id: string): boolean =>
  doc.share.get(root)?._map.has(id) ?? false
