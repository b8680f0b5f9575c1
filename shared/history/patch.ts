/**
 * What is stored of a tracker at a moment, as plain data that is brought from moment to moment by what differs: a screen
 * holds one, and a worker with the whole history sends it patches.
 */
import { cellKey } from '#shared/cells.ts'
import type { Address } from '#shared/document/changed.ts'
import {
  parseCellKey,
  parseTextName,
  RECORD_ROOTS,
  type RecordRoot,
} from '#shared/document/layout.ts'
import {
  SCALAR_ROOTS,
  type ScalarRoot,
  type Stored,
  type StoredRecord,
} from '#shared/document/stored.ts'
import type { Thing } from '#shared/history/thing.ts'
import type { Timeline } from '#shared/history/timeline.ts'
import { MapTrack } from '#shared/history/tracks.ts'

/** A record's fields by name. */
type Fields = ReadonlyMap<string, unknown>

/** What stands there afterwards; undefined for nothing. Of a record its fields, of a text its words. */
export type Patch = readonly (readonly [thing: Thing, is: unknown])[]

/** What leads from one moment to another, in either direction. */
export const patchBetween = (timeline: Timeline, from: number, to: number): Patch =>
  [...timeline.touched(from, to)].map(thing => [thing, standsAt(timeline, thing, to)])

const standsAt = (timeline: Timeline, thing: Thing, seq: number): unknown => {
  if (parseTextName(thing)) return timeline.text(thing)?.at(seq)
  const [root, key] = split(thing)
  const value = timeline.key(root, key)?.at(seq)
  if (!isRecordRoot(root)) return value instanceof MapTrack ? undefined : value
  if (!(value instanceof MapTrack)) return undefined
  const fields = new Map<string, unknown>()
  for (const [field, track] of value.keys) put(fields, field, track.at(seq))
  return fields
}

export interface Applied {
  readonly addresses: ReadonlySet<Address>
  /** Those of the root `cells`. */
  readonly cellKeys: readonly string[]
}

export class Mirror {
  readonly #scalars: Readonly<Record<ScalarRoot, Map<string, unknown>>> = {
    tracker: new Map(),
    cells: new Map(),
    movements: new Map(),
  }
  readonly #records = new Map(RECORD_ROOTS.map(root => [root, new Map<string, Fields>()]))
  readonly #texts = new Map<string, string>()

  readonly stored: Stored = {
    scalar: (root, key) => this.#scalars[root].get(key),
    scalars: root => this.#scalars[root],
    record: (root, id) => asRecord(this.#records.get(root)?.get(id)),
    records: root => this.#recordsOf(root),
    text: name => this.#texts.get(name) ?? '',
    names: () => this.#texts.keys(),
  }

  /** Answers what it touched, as a view wants to know it. */
  apply(patch: Patch): Applied {
    const addresses = new Set<Address>()
    const cellKeys: string[] = []
    for (const [thing, is] of patch) {
      const [root, key] = split(thing)
      const owner = parseTextName(thing)
      if (owner) {
        put(this.#texts, thing, is === '' ? undefined : (is as string | undefined))
        const { issueId, partyId } = owner
        addresses.add(partyId === null ? `record/${issueId}` : `cell/${cellKey(issueId, partyId)}`)
      } else if (isRecordRoot(root)) {
        put(this.#records.get(root) ?? new Map(), key, is as Fields | undefined)
        addresses.add(`records/${root}`).add(`record/${key}`)
      } else {
        put(this.#scalars[root as ScalarRoot], key, is)
        const cell = root === 'cells' ? parseCellKey(key) : undefined
        if (cell) addresses.add(`cell/${cellKey(cell.issueId, cell.partyId)}`)
        if (root === 'cells') cellKeys.push(key)
        else addresses.add(root as Exclude<ScalarRoot, 'cells'>)
      }
    }
    return { addresses, cellKeys }
  }

  *#recordsOf(root: RecordRoot): Iterable<readonly [string, StoredRecord]> {
    for (const [id, fields] of this.#records.get(root) ?? [])
      yield [id, asRecord(fields) as StoredRecord]
  }
}

const asRecord = (fields: Fields | undefined): StoredRecord | undefined =>
  fields && { get: field => fields.get(field) }

const put = <Value>(map: Map<string, Value>, key: string, value: Value | undefined): void => {
  if (value === undefined) map.delete(key)
  else map.set(key, value)
}

const split = (thing: Thing): readonly [root: ScalarRoot | RecordRoot, key: string] => {
  const slash = thing.indexOf('/')
  return [thing.slice(0, slash) as ScalarRoot | RecordRoot, thing.slice(slash + 1)]
}

const isRecordRoot = (root: string): root is RecordRoot =>
  !SCALAR_ROOTS.includes(root as ScalarRoot)
