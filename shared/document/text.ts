/** Writing root texts so that what stays keeps its author and concurrent typing survives. */
import { diffWordsWithSpace } from 'diff'
import type * as Y from 'yjs'
import { wellFormed } from '#shared/document/field.ts'
import { readText } from '#shared/document/layout.ts'

export const emptyText = (doc: Y.Doc, name: string): void => {
  if (!doc.share.has(name)) return
  const text = doc.getText(name)
  if (text.length > 0) text.delete(0, text.length)
}

/** Above this many edits a word-by-word difference is not worth its time: the middle is replaced. */
const MAX_EDITS = 500

/** Turns a text into what is wanted by the words that differ, as one transaction; nothing where they are equal. */
export const rewriteText = (doc: Y.Doc, name: string, wanted: string): void => {
  const target = wellFormed(wanted)
  const current = readText(doc, name)
  if (current === target) return
  const text = doc.getText(name)
  doc.transact(() => {
    let at = 0
    for (const part of differences(current, target)) {
      if (part.removed) text.delete(at, part.value.length)
      else {
        if (part.added) text.insert(at, part.value)
        at += part.value.length
      }
    }
  })
}

interface Part {
  readonly value: string
  readonly added?: boolean
  readonly removed?: boolean
}

const differences = (from: string, to: string): readonly Part[] =>
  diffWordsWithSpace(from, to, { maxEditLength: MAX_EDITS }) ?? replacedMiddle(from, to)

const replacedMiddle = (from: string, to: string): readonly Part[] => {
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start++
  if (splitsPair(from, start) || splitsPair(to, start)) start--
  let end = 0
  const room = Math.min(from.length, to.length) - start
  while (end < room && from[from.length - 1 - end] === to[to.length - 1 - end]) end++
  if (splitsPair(from, from.length - end) || splitsPair(to, to.length - end)) end--
  return [
    { value: from.slice(0, start) },
    { value: from.slice(start, from.length - end), removed: true },
    { value: to.slice(start, to.length - end), added: true },
    { value: from.slice(from.length - end) },
  ]
}

/** Yjs replaces both halves of a surrogate pair that an edit cuts apart. */
const splitsPair = (text: string, at: number): boolean =>
  /[\uDC00-\uDFFF]/.test(text[at] ?? '') && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '')
