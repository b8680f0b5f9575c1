/**
 * What a transaction changed, field by field, with the values before and after it: read in its last moment, when Yjs
 * still holds what was deleted. The cost is that of what changed, texts as a whole.
 */
import * as Y from 'yjs'
import { cellFields } from '#shared/document/cells.ts'
import { rootName } from '#shared/document/changed.ts'
import { flag, words, type Parse } from '#shared/document/field.ts'
import {
  parseCellKey,
  parseMovementKey,
  parseTextName,
  type RecordRoot,
} from '#shared/document/layout.ts'
import { markFields } from '#shared/document/movements.ts'
import { RECORDS } from '#shared/document/registry.ts'
import { isId, type IssueId, type PartyId } from '#shared/ids.ts'

/** A field's value as plain data; that of a whole record is its fields, null where there is none. */
export type Value = string | number | boolean | null | { readonly [field: string]: Value }

/**
 * One place of the document, as a path: `tracker/<field>`, `cells/<issue>/<party>/<field>` (`position` too),
 * `cells/<issue>/<party>/claim/<claim>`, `movements/<issue>/<party>/<entry>/<field>`, `<root>/<id>` for a record that
 * comes or goes, `<root>/<id>/<field>`.
 */
export type FieldAddress = string

export interface FieldChange {
  readonly address: FieldAddress
  /** The issue and the party that it speaks of, directly or through the record's own reference. */
  readonly issueId: IssueId | null
  readonly partyId: PartyId | null
  /** `record` for a record that comes or goes, `claim` for a claim of a cell. */
  readonly field: string
  readonly before: Value
  readonly after: Value
}

type Parses = Readonly<Record<string, Parse<Value>>>
/** Of a shared type only what it holds, deleted or not. */
type Held = Pick<Y.AbstractType<unknown>, '_map' | '_start'>

const TRACKER: Parses = { title: words, description: words }

const KINDS: Readonly<Partial<Record<RecordRoot, Parses>>> = Object.fromEntries(
  Object.entries(RECORDS).map(([root, { fields }]) => [root, fields]),
)

/** Whether a field holds what somebody has written, and not a choice, an id or a place. */
export const isWritten = (root: string, field: string): boolean => parseOf(root, field) === words

/** Whether words may stand at a place: also in what this version does not know. */
export const mayHoldWords = (place: {
  readonly root: string
  readonly key: string
  readonly field: string | null
}): boolean => {
  const { field, key, root } = place
  if (root === 'movements') return false
  const entry = root === 'cells' ? parseCellKey(key) : undefined
  const known = entry && 'field' in entry ? entry.field : (field ?? key)
  const parse = parseOf(root, known)
  return parse === undefined || parse === words
}

const parseOf = (root: string, field: string): Parse<Value> | undefined => {
  const parses: Parses | undefined =
    root === 'cells' ? cellFields : root === 'tracker' ? TRACKER : KINDS[root as RecordRoot]
  return parses && Object.hasOwn(parses, field) ? parses[field] : undefined
}

/** To be called in `afterTransaction`. What this version does not know, and what reads the same, is left out. */
export const fieldChanges = (transaction: Y.Transaction): readonly FieldChange[] => {
  const changes: FieldChange[] = []
  const tell: Tell = change => {
    if (!isEqual(change.before, change.after)) changes.push(change)
  }
  for (const [type, keys] of transaction.changed) {
    const moment: Moment = { transaction, type }
    if (type._item === null) rootChanges(moment, keys, tell)
    else recordChanges(moment, type._item, keys, tell)
  }
  return changes
}

type Tell = (change: FieldChange) => void
interface Moment {
  readonly transaction: Y.Transaction
  readonly type: Held
}

const rootChanges = (moment: Moment, keys: ReadonlySet<string | null>, tell: Tell): void => {
  const name = rootName(moment.transaction.doc, moment.type)
  if (name === undefined) return
  const kind = KINDS[name as RecordRoot]
  if (kind || name === 'cells' || name === 'tracker' || name === 'movements') {
    for (const key of keys) {
      if (key === null) continue
      if (kind) recordChange(moment, name, kind, key, tell)
      else if (name === 'cells') cellChange(moment, key, tell)
      else if (name === 'movements') markChange(moment, key, tell)
      else fieldChange(moment, `tracker/${key}`, TRACKER, key, NOWHERE, tell)
    }
    return
  }
  const owner = parseTextName(name)
  if (!owner || !keys.has(null)) return
  const { issueId, partyId } = owner
  const [address, field] =
    partyId === null
      ? [`issues/${issueId}/description`, 'description']
      : [`cells/${issueId}/${partyId}/position`, 'position']
  tell({ address, issueId, partyId, field, ...textChange(moment) })
}

const cellChange = (moment: Moment, key: string, tell: Tell): void => {
  const entry = parseCellKey(key)
  if (!entry) return
  const field = 'field' in entry ? entry.field : 'claim'
  const parse = 'field' in entry ? cellFields[entry.field] : flag
  const { issueId, partyId } = entry
  const before = parse(storedBefore(moment, key))
  const after = parse(storedAfter(moment.type, key))
  tell({ address: `cells/${key}`, issueId, partyId, field, before, after })
}

/** What is said of a movement speaks of a change, not of the cell itself. */
const markChange = (moment: Moment, key: string, tell: Tell): void => {
  const entry = parseMovementKey(key)
  if (!entry) return
  const parse = markFields[entry.field]
  const before = parse(storedBefore(moment, key))
  const after = parse(storedAfter(moment.type, key))
  tell({ address: `movements/${key}`, ...NOWHERE, field: entry.field, before, after })
}

/** A record came or went; where another took its place at once, its fields changed. */
const recordChange = (moment: Moment, root: string, kind: Parses, id: string, tell: Tell): void => {
  if (!isId(id)) return
  const then = storedBefore(moment, id)
  const now = storedAfter(moment.type, id)
  const was = then instanceof Y.Map ? then : undefined
  const is = now instanceof Y.Map ? now : undefined
  const before = was
    ? readRecord(kind, field => storedBefore({ ...moment, type: was }, field))
    : null
  const after = is ? readRecord(kind, field => storedAfter(is, field)) : null
  const address = `${root}/${id}`
  const about = aboutRecord(root, id, after ?? before ?? {})
  if (before === null || after === null)
    return tell({ address, ...about, field: 'record', before, after })
  for (const field of Object.keys(kind))
    tell({
      address: `${address}/${field}`,
      ...about,
      field,
      before: before[field] ?? null,
      after: after[field] ?? null,
    })
}

/** Fields of a record that was there before and still is. */
const recordChanges = (
  moment: Moment,
  item: Y.Item,
  keys: ReadonlySet<string | null>,
  tell: Tell,
): void => {
  const { parentSub: id } = item
  const root = rootName(moment.transaction.doc, item.parent as object)
  const kind = KINDS[root as RecordRoot]
  if (root === undefined || !kind || !isId(id)) return
  const about = aboutRecord(
    root,
    id,
    readRecord(kind, field => storedAfter(moment.type, field)),
  )
  for (const key of keys)
    if (key !== null) fieldChange(moment, `${root}/${id}/${key}`, kind, key, about, tell)
}

const fieldChange = (
  moment: Moment,
  address: FieldAddress,
  parses: Parses,
  field: string,
  about: About,
  tell: Tell,
): void => {
  const parse = Object.hasOwn(parses, field) ? parses[field] : undefined
  if (!parse) return
  const before = parse(storedBefore(moment, field))
  const after = parse(storedAfter(moment.type, field))
  tell({ address, ...about, field, before, after })
}

type About = Pick<FieldChange, 'issueId' | 'partyId'>
const NOWHERE: About = { issueId: null, partyId: null }

const aboutRecord = (root: string, id: string, record: Readonly<Record<string, Value>>): About => {
  const reference = (field: string): string | null => {
    const value = record[field]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    issueId: (root === 'issues' ? id : reference('issueId')) as IssueId | null,
    partyId: (root === 'parties' ? id : reference('partyId')) as PartyId | null,
  }
}

const readRecord = (
  kind: Parses,
  stored: (field: string) => unknown,
): { readonly [field: string]: Value } =>
  Object.fromEntries(Object.entries(kind).map(([field, parse]) => [field, parse(stored(field))]))

const storedAfter = (type: Held, key: string): unknown => {
  const item = type._map.get(key)
  return item && !item.deleted ? lastOf(item) : undefined
}

/** What the transaction itself brought is passed over; what it deleted still counts. */
const storedBefore = ({ transaction, type }: Moment, key: string): unknown => {
  let item = type._map.get(key) ?? null
  while (item !== null && isNew(transaction, item)) item = item.left
  return item !== null && wasThere(transaction, item) ? lastOf(item) : undefined
}

const lastOf = (item: Y.Item): unknown => item.content.getContent()[item.length - 1]

const isNew = ({ beforeState }: Y.Transaction, { id }: Y.Item): boolean =>
  id.clock >= (beforeState.get(id.client) ?? 0)

const wasThere = ({ deleteSet }: Y.Transaction, item: Y.Item): boolean =>
  !item.deleted || Y.isDeleted(deleteSet, item.id)

const textChange = ({ transaction, type }: Moment): { before: string; after: string } => {
  let before = ''
  let after = ''
  for (let item = type._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue
    if (!item.deleted) after += item.content.str
    if (!isNew(transaction, item) && wasThere(transaction, item)) before += item.content.str
  }
  return { before, after }
}

const isEqual = (a: Value, b: Value): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
