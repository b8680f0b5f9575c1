/** What is stored of a tracker, wherever it is read from: the live document, or one moment of its history. */
import * as Y from 'yjs'
import { readText, recordsMap, type RecordRoot } from '#shared/document/layout.ts'

export interface StoredRecord {
  /** What is stored in a field; undefined for nothing. */
  readonly get: (field: string) => unknown
}

/** The maps at the root whose values are no records. */
export const SCALAR_ROOTS = ['tracker', 'cells', 'movements'] as const
export type ScalarRoot = (typeof SCALAR_ROOTS)[number]

export interface Stored {
  readonly scalar: (root: ScalarRoot, key: string) => unknown
  readonly scalars: (root: ScalarRoot) => Iterable<readonly [key: string, value: unknown]>
  readonly record: (root: RecordRoot, id: string) => StoredRecord | undefined
  readonly records: (root: RecordRoot) => Iterable<readonly [id: string, record: StoredRecord]>
  readonly text: (name: string) => string
  /** The names of the texts at the root; some may be empty, and some may be no texts. */
  readonly names: () => Iterable<string>
}

export const storedIn = (doc: Y.Doc): Stored => ({
  scalar: (root, key) => doc.getMap(root).get(key),
  scalars: root => doc.getMap(root).entries(),
  record: (root, id) => {
    const value = recordsMap(doc, root).get(id)
    return value instanceof Y.Map ? value : undefined
  },
  *records(root) {
    for (const [id, value] of recordsMap(doc, root).entries())
      if (value instanceof Y.Map) yield [id, value]
  },
  text: name => readText(doc, name),
  names: () => doc.share.keys(),
})
