/** Whether two Yjs documents are one and the same, however their bytes came to lie. */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'

/** The same edits were made, the same deleted, and what is left reads the same. */
export const isSameDocument = (one: Y.Doc, other: Y.Doc): boolean => {
  if (!Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other))) return false
  const roots = new Set([...one.share.keys(), ...other.share.keys()])
  return [...roots].every(root =>
    isDeepStrictEqual(seen(one.share.get(root)), seen(other.share.get(root))),
  )
}

type Type = NonNullable<ReturnType<Y.Doc['share']['get']>>

interface Seen {
  readonly keys: ReadonlyMap<string, unknown>
  readonly list: readonly unknown[]
}
const NOTHING: Seen = { keys: new Map(), list: [] }

/** By the items themselves: a root that nobody has asked for by its type yet reads as nothing otherwise. */
const seen = (type: Type | undefined): Seen => {
  if (!type) return NOTHING
  const keys = new Map<string, unknown>()
  for (const [key, item] of type._map) if (!item.deleted) keys.set(key, contentsOf(item).at(-1))
  const list: unknown[] = []
  for (let item = type._start; item; item = item.right)
    if (!item.deleted) list.push(...contentsOf(item))
  return { keys, list }
}

const contentsOf = ({ content }: Y.Item): readonly unknown[] => {
  if (content instanceof Y.ContentType) return [seen(content.type)]
  if (content instanceof Y.ContentFormat) return [{ [content.key]: content.value as unknown }]
  return content.getContent() as readonly unknown[]
}
