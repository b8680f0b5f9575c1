/** Taking something out of one document into another, as it stands, with all that belongs to it. */
import * as Y from 'yjs'
import type { Subject } from '#shared/compartments.ts'
import { belongingTo, SUBJECT_ROOTS, type Belonging } from '#shared/document/belonging.ts'
import {
  cellsMap,
  movementsMap,
  readText,
  RECORD_ROOTS,
  recordsMap,
  trackerMap,
} from '#shared/document/layout.ts'
import { emptyText, rewriteText } from '#shared/document/text.ts'
import { createTracker } from '#shared/document/tracker.ts'

/** What belongs to it as the document stands; undefined where it is not there. */
export const belongingIn = (doc: Y.Doc, subject: Subject): Belonging | undefined => {
  if (!recordsMap(doc, SUBJECT_ROOTS[subject.kind]).has(subject.id)) return undefined
  return belongingTo(
    subject,
    function* (root) {
      for (const [id, record] of recordsMap(doc, root))
        if (record instanceof Y.Map) yield [id, field => [record.get(field)]]
    },
    [...movementsMap(doc)].map(([key, value]) => [key, [value]]),
  )
}

/** Writes what belongs together into another document, under the same ids; fields that this version does not know too. */
export const copyInto = (to: Y.Doc, from: Y.Doc, belonging: Belonging): void =>
  to.transact(() => {
    if (!trackerMap(to).has('layout')) createTracker(to, '')
    for (const root of RECORD_ROOTS)
      for (const [id, record] of recordsMap(from, root))
        if (record instanceof Y.Map && belonging.holds(root, id))
          recordsMap(to, root).set(id, new Y.Map(record.entries()))
    for (const [key, value] of cellsMap(from))
      if (belonging.holdsCell(key)) cellsMap(to).set(key, value)
    for (const name of textsOf(from, belonging)) rewriteText(to, name, readText(from, name))
  })

/** What was said of its movements speaks of this document's own journal, and goes as well. */
export const takeOut = (doc: Y.Doc, belonging: Belonging): void =>
  doc.transact(() => {
    for (const root of RECORD_ROOTS)
      for (const id of recordsMap(doc, root).keys())
        if (belonging.holds(root, id)) recordsMap(doc, root).delete(id)
    for (const key of cellsMap(doc).keys()) if (belonging.holdsCell(key)) cellsMap(doc).delete(key)
    for (const key of movementsMap(doc).keys())
      if (belonging.holdsMark(key)) movementsMap(doc).delete(key)
    for (const name of textsOf(doc, belonging)) emptyText(doc, name)
  })

const textsOf = (doc: Y.Doc, { holdsText }: Belonging): readonly string[] =>
  [...doc.share.keys()].filter(holdsText)

/** The names, titles and statements of what belongs together: what people call it elsewhere. */
export const wordsOf = (doc: Y.Doc, { holds }: Belonging): readonly string[] => {
  const words = RECORD_ROOTS.flatMap(root =>
    [...recordsMap(doc, root)].flatMap(([id, record]) =>
      record instanceof Y.Map && holds(root, id)
        ? NAMING.map(field => record.get(field)).filter(value => typeof value === 'string')
        : [],
    ),
  )
  return [...new Set(words)].filter(word => word.trim().length > 1)
}

const NAMING = ['name', 'title', 'statement'] as const
