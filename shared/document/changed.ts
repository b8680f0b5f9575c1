/** What a transaction touched, as names that a screen or a history can wake up on. */
import type * as Y from 'yjs'
import { cellKey, type CellKey } from '#shared/cells.ts'
import {
  parseCellKey,
  parseTextName,
  RECORD_ROOTS,
  recordsMap,
  type RecordRoot,
} from '#shared/document/layout.ts'

/**
 * `records/issues`: the set or the order of them; `record/<id>`: one of them; `cell/<issue>/<party>`; `tracker`;
 * `movements`: what is said of any.
 */
export type Address =
  | 'tracker'
  | 'movements'
  | `records/${RecordRoot}`
  | `record/${string}`
  | `cell/${CellKey}`

/** Fields on which the order or the grouping of records depends. */
const PLACING_FIELDS: ReadonlySet<string | null> = new Set([
  'rank',
  'basketId',
  'issueId',
  'partyId',
])

/** The addresses that a finished transaction changed; its cost is that of the change. */
export const changedAddresses = (transaction: Y.Transaction): ReadonlySet<Address> => {
  const { doc } = transaction
  const addresses = new Set<Address>()
  for (const [type, keys] of transaction.changed) {
    const item = type._item
    if (item === null) rootChanged(doc, type, keys, addresses)
    else if (typeof item.parentSub === 'string') {
      addresses.add(`record/${item.parentSub}`)
      if ([...keys].some(key => PLACING_FIELDS.has(key))) {
        const root = RECORD_ROOTS.find(name => recordsMap(doc, name) === item.parent)
        if (root) addresses.add(`records/${root}`)
      }
    }
  }
  return addresses
}

const rootChanged = (
  doc: Y.Doc,
  type: Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>,
  keys: ReadonlySet<string | null>,
  addresses: Set<Address>,
): void => {
  const name = rootName(doc, type)
  if (name === 'cells')
    for (const key of keys) {
      const entry = key === null ? undefined : parseCellKey(key)
      if (entry) addresses.add(`cell/${cellKey(entry.issueId, entry.partyId)}`)
    }
  else if (name === 'tracker' || name === 'movements') addresses.add(name)
  else if (RECORD_ROOTS.includes(name as RecordRoot)) {
    addresses.add(`records/${name as RecordRoot}`)
    for (const key of keys) addresses.add(`record/${key}`)
  } else {
    const owner = name === undefined ? undefined : parseTextName(name)
    if (!owner) return
    if (owner.partyId !== null) addresses.add(`cell/${cellKey(owner.issueId, owner.partyId)}`)
    else addresses.add(`record/${owner.issueId}`)
  }
}

/** Names of root types; a root type keeps its name for the life of the document. */
const names = new WeakMap<object, string>()
export const rootName = (doc: Y.Doc, type: object): string | undefined => {
  const known = names.get(type)
  if (known !== undefined) return known
  for (const [name, shared] of doc.share)
    if (shared === type) {
      names.set(type, name)
      return name
    }
  return undefined
}
