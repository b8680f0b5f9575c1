/** What may stand where in a document: the layout, as a rule for what a peer may add to it. */
import * as Y from 'yjs'
import { CLOSES, type Close, type DocumentRef } from '#shared/access.ts'
import { rootName } from '#shared/document/changed.ts'
import { everExisted } from '#shared/document/existed.ts'
import {
  LAYOUT,
  parseMovementKey,
  parseTextName,
  RECORD_ROOTS,
  SIGNED_ROOTS,
} from '#shared/document/layout.ts'
import { ID_PATTERN, type AccountId } from '#shared/ids.ts'
import type { Limits } from '#server/live/limits.ts'
import type { Ranges } from '#server/live/ranges.ts'

export type Struct = Y.Item | Y.GC

/** Tombstones are written by the server itself, and stay; questions too, under the name of whoever asks it to. */
const OF_THE_SERVER: ReadonlySet<string> = new Set(['redactions', 'questions'])

const RECORDS = new Set<string>(RECORD_ROOTS.filter(root => !OF_THE_SERVER.has(root)))

const ROOTS: Readonly<Record<DocumentRef['kind'], ReadonlySet<string>>> = {
  matrix: RECORDS,
  compartment: RECORDS,
  discussion: new Set(['threads', 'comments', 'resolutions']),
}

/** A compartment is laid out as the matrix is. */
export const hasMatrix = (kind: DocumentRef['kind']): boolean => kind !== 'discussion'

/** A root type, one of its records, and the key there; `key` is null in a text. */
interface Place {
  readonly root: string
  readonly record: string | null
  readonly key: string | null
}
/** Under something that is deleted: Yjs turns what comes there into nothing. */
const GONE = 'gone'

/** A name that an object would take for its own machinery. */
const isTrap = (key: string): boolean => key === 'prototype' || key in {}
const isName = (key: string): boolean => ID_PATTERN.test(key) && !isTrap(key)

export interface Ground {
  readonly doc: Y.Doc
  readonly kind: DocumentRef['kind']
  readonly limits: Limits
}

export interface Losses {
  /** Given what nobody will ever see: it is under something that is deleted. */
  readonly lost?: (item: Y.Item) => void
  /** Given words about a row or column that is not there and never was, as far as anybody may know; without it, they are a fault. */
  readonly astray?: ((item: Y.Item) => void) | undefined
}

export interface Fault {
  readonly why: string
  readonly close: Close
}
const fault = (why: string, close: Close = CLOSES.malformed): Fault => ({ why, close })

/** The first fault among new structs (in an order in which each comes after what it builds on). */
export const misplaced = (
  { doc, kind, limits }: Ground,
  account: AccountId,
  structs: readonly Struct[],
  { astray, lost }: Losses = {},
): Fault | undefined => {
  const places = new Places(doc)
  const created = new Set<string>()
  const named: (Named & { readonly item: Y.Item })[] = []
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) {
      places.note(struct, GONE)
      continue
    }
    const place = places.find(struct)
    if (place === undefined) return fault('a place that cannot be')
    places.note(struct, place)
    if (struct.content instanceof Y.ContentDoc) return fault('a document in the document')
    if (place === GONE) {
      lost?.(struct)
      continue
    }
    if (place.key !== null && struct.rightOrigin) return fault('a value before another')
    const wrong = wrongAt(kind, place, struct.content, limits)
    if (wrong) return wrong
    if (isForged(doc, place, struct.content, account))
      return fault('a record that somebody else has signed')
    if (place.record === null && place.key !== null) created.add(`${place.root}/${place.key}`)
    // Rows and columns that a compartment speaks of may stand in the document that everybody sees.
    if (kind !== 'compartment')
      for (const name of namedBy(place)) named.push({ ...name, item: struct })
  }
  for (const { id, item, root } of named) {
    if (created.has(`${root}/${id}`) || everExisted(doc, root, id)) continue
    if (!astray) return fault(`a cell or text of ${root} that never existed`)
    astray(item)
  }
  return undefined
}

/** A signed record is its author's alone, from the beginning; one that nobody signed stays as it is. */
const isForged = (
  doc: Y.Doc,
  { key, record, root }: Place,
  content: Content,
  account: AccountId,
): boolean => {
  if (!SIGNED_ROOTS.has(root)) return false
  const stored: unknown = doc.getMap(root).get(record ?? key ?? '')
  if (stored instanceof Y.Map && stored.get('by') !== account) return true
  if (key !== 'by' || record === null) return false
  return !(content instanceof Y.ContentAny) || content.arr.some(value => value !== account)
}

/** Whether something of a record goes that another account has signed. */
export const deletesSigned = (doc: Y.Doc, account: AccountId, deletions: Ranges): boolean => {
  for (const [client, ranges] of deletions) {
    const structs = doc.store.clients.get(client) ?? []
    for (const { clock, len } of ranges)
      for (
        let index =
          clock < Y.getState(doc.store, client) ? Y.findIndexSS(structs, clock) : Infinity;
        (structs[index]?.id.clock ?? Infinity) < clock + len;
        index++
      ) {
        const record = signedRecord(doc, structs[index])
        if (record && record.get('by') !== account) return true
      }
  }
  return false
}

/** The signed record that a struct is, or in which it is a field. */
const signedRecord = (doc: Y.Doc, struct: Struct | undefined): Y.Map<unknown> | undefined => {
  if (!(struct instanceof Y.Item) || struct.deleted) return undefined
  const { content, parent } = struct
  if (!(parent instanceof Y.AbstractType)) return undefined
  const isRecord = parent._item === null
  const root = isRecord ? parent : parent._item?.parent
  if (!(root instanceof Y.AbstractType) || !SIGNED_ROOTS.has(rootName(doc, root) ?? ''))
    return undefined
  const record: unknown = isRecord ? content instanceof Y.ContentType && content.type : parent
  return record instanceof Y.Map ? record : undefined
}

interface Named {
  readonly root: 'issues' | 'parties'
  readonly id: string
}

const namedBy = ({ key, root }: Place): readonly Named[] => {
  const isOfCell = (root === 'cells' || root === 'movements') && key !== null
  const [issueId, partyId] = isOfCell ? key.split('/') : textOwner(root)
  return [
    ...(issueId === undefined ? [] : [{ root: 'issues' as const, id: issueId }]),
    ...(partyId === undefined ? [] : [{ root: 'parties' as const, id: partyId }]),
  ]
}

const textOwner = (root: string): readonly string[] => {
  const owner = parseTextName(root)
  if (!owner) return []
  return owner.partyId === null ? [owner.issueId] : [owner.issueId, owner.partyId]
}

type Content = Y.Item['content']

const wrongAt = (
  kind: DocumentRef['kind'],
  { key, record, root }: Place,
  content: Content,
  limits: Limits,
): Fault | undefined => {
  if (ROOTS[kind].has(root)) {
    if (key === null || !isName(key)) return fault('a record without a proper name')
    if (record !== null) return wrongValue(content, limits.depth, limits)
    if (content instanceof Y.ContentDeleted) return undefined
    return content instanceof Y.ContentType && content.type.constructor === Y.Map
      ? undefined
      : fault('a record that is no map')
  }
  if (hasMatrix(kind) && root === 'tracker') {
    if (key === null || !isName(key)) return fault('a field without a proper name')
    const values: readonly unknown[] = content instanceof Y.ContentAny ? content.arr : []
    if (key === 'layout' && values.some(value => typeof value === 'number' && value > LAYOUT))
      return fault('a layout from the future', CLOSES.newerLayout)
    return wrongValue(content, limits.depth, limits)
  }
  if (hasMatrix(kind) && root === 'cells') {
    const names = key?.split('/') ?? []
    if (names.length < 3 || names.length > 4 || !names.every(isName))
      return fault('a cell without a proper address')
    return wrongValue(content, 0, limits)
  }
  if (hasMatrix(kind) && root === 'movements') {
    if (key === null || !parseMovementKey(key) || !key.split('/').every(isName))
      return fault('a movement without a proper name')
    return wrongValue(content, 0, limits)
  }
  if (hasMatrix(kind) && parseTextName(root) && root.split('/').every(isName)) {
    if (key !== null) return fault('an attribute of a text')
    return content instanceof Y.ContentString || content instanceof Y.ContentDeleted
      ? undefined
      : fault('something else than words in a text')
  }
  return fault('an unknown root')
}

const wrongValue = (content: Content, depth: number, limits: Limits): Fault | undefined => {
  if (content instanceof Y.ContentDeleted) return undefined
  if (!(content instanceof Y.ContentAny)) return fault('a field that is no plain value')
  // Several where a client kept overwritten values for its undo: the last one counts.
  return content.arr.every(value =>
    isPlain(value, depth, { values: limits.values, words: limits.words }),
  )
    ? undefined
    : fault('a value that is not plain, or too large')
}

/** Plain JSON within what is left of the bounds. */
const isPlain = (
  value: unknown,
  depth: number,
  left: { values: number; words: number },
): boolean => {
  if (--left.values < 0) return false
  if (value === null || value === undefined || typeof value === 'boolean') return true
  if (typeof value === 'number')
    return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
  if (typeof value === 'string') return (left.words -= value.length) >= 0
  if (typeof value !== 'object' || depth === 0) return false
  if (Array.isArray(value)) return value.every(inner => isPlain(inner, depth - 1, left))
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  return Object.entries(value).every(
    ([key, inner]) =>
      !isTrap(key) && (left.words -= key.length) >= 0 && isPlain(inner, depth - 1, left),
  )
}

/** Where structs stand: those of the document, and the new ones as they become known. */
class Places {
  readonly #doc: Y.Doc
  readonly #new = new Map<number, { structs: Struct[]; places: (Place | typeof GONE)[] }>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  note(struct: Struct, place: Place | typeof GONE): void {
    const known = this.#new.get(struct.id.client)
    if (known) {
      known.structs.push(struct)
      known.places.push(place)
    } else this.#new.set(struct.id.client, { structs: [struct], places: [place] })
  }

  /** Where Yjs will put a new item: beside its neighbours, else where it says. Undefined for a contradiction. */
  find({ origin, parent, parentSub, rightOrigin }: Y.Item): Place | typeof GONE | undefined {
    const beside = [origin, rightOrigin].flatMap(id => (id ? [this.#at(id).place] : []))
    const [first, second] = beside
    if (first !== undefined) {
      if (beside.includes(GONE)) return GONE
      return second === undefined || isSame(first, second) ? first : undefined
    }
    if (typeof parent === 'string') return { root: parent, record: null, key: parentSub }
    if (!(parent instanceof Y.ID)) return undefined
    const { place, struct } = this.#at(parent)
    if (place === GONE || !(struct instanceof Y.Item)) return GONE
    if (struct.content instanceof Y.ContentDeleted) return GONE
    if (!(struct.content instanceof Y.ContentType) || place.record !== null) return undefined
    return { root: place.root, record: place.key, key: parentSub }
  }

  #at(id: Y.ID): { readonly struct: Struct; readonly place: Place | typeof GONE } {
    const known = this.#new.get(id.client)
    if (known && id.clock >= (known.structs[0]?.id.clock ?? 0)) {
      const index = Y.findIndexSS(known.structs, id.clock)
      const [struct, place] = [known.structs[index], known.places[index]]
      if (struct && place) return { struct, place }
    }
    const struct = Y.getItem(this.#doc.store, id) as Struct
    return { struct, place: this.#placeOf(struct) }
  }

  #placeOf(struct: Struct): Place | typeof GONE {
    if (!(struct instanceof Y.Item)) return GONE
    const { parent, parentSub } = struct
    if (!(parent instanceof Y.AbstractType)) return GONE
    const owner = parent._item
    if (owner === null) {
      const root = rootName(this.#doc, parent)
      return root === undefined ? GONE : { root, record: null, key: parentSub }
    }
    const above = this.#placeOf(owner)
    return above === GONE ? GONE : { root: above.root, record: above.key, key: parentSub }
  }
}

const isSame = (a: Place | typeof GONE, b: Place | typeof GONE): boolean =>
  a !== GONE && b !== GONE && a.root === b.root && a.record === b.record && a.key === b.key
