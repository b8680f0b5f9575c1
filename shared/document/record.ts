/** Records: Y.Maps in a root map, read totally and written field by field. Fields this version does not know are kept. */
import * as Y from 'yjs'
import { isId } from '#shared/ids.ts'
import { recordsMap, type RecordRoot } from '#shared/document/layout.ts'
import { store, type Parse } from '#shared/document/field.ts'
import { storedIn, type Stored, type StoredRecord } from '#shared/document/stored.ts'

type Fields<T> = { readonly [Name in keyof T]: Parse<T[Name]> }

/** How one kind of record is stored: `T` are its fields without its id. */
export interface RecordKind<Id extends string, T extends object> {
  readonly root: RecordRoot
  /** How each stored field is read, by its name. */
  readonly fields: Fields<T>
  /** What is read of a record in which nothing is stored. */
  readonly blank: T
  readonly read: (doc: Y.Doc, id: Id) => (T & { readonly id: Id }) | undefined
  /** The same of what is stored elsewhere. */
  readonly readOf: (stored: Stored, id: Id) => (T & { readonly id: Id }) | undefined
  /** Every record, in the order of (rank, id) where there is a rank, else of ids. */
  readonly all: (doc: Y.Doc) => readonly (T & { readonly id: Id })[]
  readonly allOf: (stored: Stored) => readonly (T & { readonly id: Id })[]
  readonly has: (doc: Y.Doc, id: Id) => boolean
  /** Creates the record, or writes the values into the one that exists under this id. */
  readonly put: (doc: Y.Doc, id: Id, values: Partial<T>) => void
  /** Changes an existing record; a removed one stays removed. */
  readonly set: (doc: Y.Doc, id: Id, values: Partial<T>) => void
  readonly remove: (doc: Y.Doc, id: Id) => void
}

/** Sorts by rank with plain `<`, then by id, so that every screen shows one order. */
export const byRank = (
  a: { readonly id: string; readonly rank?: string },
  b: { readonly id: string; readonly rank?: string },
): number => {
  const [rankA, rankB] = [a.rank ?? '', b.rank ?? '']
  if (rankA !== rankB) return rankA < rankB ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export const recordKind = <Id extends string, T extends object>(
  root: RecordRoot,
  fields: Fields<T>,
): RecordKind<Id, T> => {
  const names = Object.keys(fields) as (keyof T & string)[]

  const mapOf = (doc: Y.Doc, id: Id): Y.Map<unknown> | undefined => {
    const stored = recordsMap(doc, root).get(id)
    return stored instanceof Y.Map ? stored : undefined
  }
  const readMap = (id: Id, map: StoredRecord): T & { id: Id } => {
    const record: Record<string, unknown> = { id }
    for (const name of names) record[name] = fields[name](map.get(name))
    return record as T & { id: Id }
  }
  const write = (map: Y.Map<unknown>, values: Partial<T>): void => {
    for (const name of names) {
      const value = values[name]
      if (value !== undefined) store(map, name, fields[name], value as T[typeof name])
    }
  }

  const allOf = (stored: Stored): (T & { id: Id })[] => {
    const records: (T & { id: Id })[] = []
    for (const [id, record] of stored.records(root))
      if (isId(id)) records.push(readMap(id as Id, record))
    return records.sort(byRank)
  }

  return {
    root,
    fields,
    blank: Object.fromEntries(names.map(name => [name, fields[name](undefined)])) as T,
    read: (doc, id) => {
      const map = mapOf(doc, id)
      return map && readMap(id, map)
    },
    readOf: (stored, id) => {
      const record = stored.record(root, id)
      return record && readMap(id, record)
    },
    all: doc => allOf(storedIn(doc)),
    allOf,
    has: (doc, id) => mapOf(doc, id) !== undefined,
    put: (doc, id, values) =>
      doc.transact(() => {
        let map = mapOf(doc, id)
        if (!map) recordsMap(doc, root).set(id, (map = new Y.Map<unknown>()))
        write(map, values)
      }),
    set: (doc, id, values) =>
      doc.transact(() => {
        const map = mapOf(doc, id)
        if (map) write(map, values)
      }),
    remove: (doc, id) => doc.transact(() => recordsMap(doc, root).delete(id)),
  }
}
