/**
 * Any moment of a tracker's life: an index over the whole journal, made in a worker or on the server. A moment is the
 * number of the journal's last entry in it; 0 is before everything.
 */
import * as Y from 'yjs'
import { RECORD_ROOTS, parseTextName, type RecordRoot } from '#shared/document/layout.ts'
import {
  SCALAR_ROOTS,
  type ScalarRoot,
  type Stored,
  type StoredRecord,
} from '#shared/document/stored.ts'
import { projectTracker } from '#shared/document/tracker.ts'
import type { Entry } from '#shared/history/entry.ts'
import { StampTable } from '#shared/history/stamps.ts'
import { MapTrack, TextTrack } from '#shared/history/tracks.ts'
import type { Tracker } from '#shared/tracker.ts'

/** Something whose life is followed on its own: an entry of a map at the root, or a text. */
export type Thing = `${ScalarRoot | RecordRoot}/${string}` | `text/${string}`

/** Entries that are applied in one transaction. */
const AT_ONCE = 500

export class Timeline {
  readonly #times: readonly number[]
  readonly #entries: readonly Pick<Entry, 'account' | 'at'>[]
  readonly #texts = new Map<string, TextTrack>()
  readonly #maps = new Map<string, MapTrack>()
  /** Every beginning and end, sorted by entry: what a step of the slider has to look at. */
  readonly #seqs: Uint32Array
  readonly #things: readonly Thing[]

  /** All entries of the journal from the first on. */
  constructor(entries: readonly Entry[]) {
    const written = new StampTable()
    const deleted = new StampTable()
    for (const { seq, update } of entries) {
      const { ds, structs } = Y.decodeUpdate(update)
      for (const struct of structs) {
        if (struct instanceof Y.Skip) continue
        const { client, clock } = struct.id
        written.add(client, clock, clock + struct.length, seq)
      }
      for (const [client, ranges] of ds.clients)
        for (const { clock, len } of ranges) deleted.add(client, clock, clock + len, seq)
    }
    const events = new Events()
    const doc = keepingAll(entries)
    const stamps = { written, deleted }
    for (const [name, type] of doc.share) {
      if (parseTextName(name)) {
        const mark = events.of(name as Thing)
        this.#texts.set(name, new TextTrack(type as unknown as Y.Text, stamps, mark))
      } else if (isMapRoot(name)) {
        const map = type as unknown as Y.Map<unknown>
        this.#maps.set(name, new MapTrack(map, stamps, key => events.of(`${name}/${key}` as Thing)))
      }
    }
    doc.destroy()
    ;[this.#seqs, this.#things] = events.sorted()
    this.#entries = entries.map(({ account, at }) => ({ account, at }))
    let latest = 0
    this.#times = entries.map(({ at }) => (latest = Math.max(latest, at)))
  }

  /** The number of the last entry. */
  get last(): number {
    return this.#entries.length
  }

  /** Whose edit led to the moment, and when; undefined for the moment before everything. */
  entry(seq: number): Pick<Entry, 'account' | 'at'> | undefined {
    return this.#entries[seq - 1]
  }

  /** The moment as of a time: the last entry that had come by then, also where the clock stepped back. */
  seqAt(time: number): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#times[middle] as number) <= time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The whole tracker as it was. */
  trackerAt(seq: number): Tracker {
    return projectTracker(this.at(seq))
  }

  /** What was stored at the moment, read when it is asked for. */
  at(seq: number): Stored {
    const entryOf = (root: string, key: string): unknown =>
      this.#maps.get(root)?.keys.get(key)?.at(seq)
    const recordOf = (value: unknown): StoredRecord | undefined =>
      value instanceof MapTrack ? { get: field => value.keys.get(field)?.at(seq) } : undefined
    const maps = this.#maps
    return {
      scalar: entryOf,
      *scalars(root) {
        for (const [key, track] of maps.get(root)?.keys ?? []) {
          const value = track.at(seq)
          if (value !== undefined) yield [key, value]
        }
      },
      record: (root, id) => recordOf(entryOf(root, id)),
      *records(root) {
        for (const [id, track] of maps.get(root)?.keys ?? []) {
          const record = recordOf(track.at(seq))
          if (record) yield [id, record]
        }
      },
      text: name => this.#texts.get(name)?.at(seq) ?? '',
      names: () => this.#texts.keys(),
    }
  }

  /** What may differ between two moments: everything that something happened to in between, in either direction. */
  touched(one: number, other: number): ReadonlySet<Thing> {
    const things = new Set<Thing>()
    const end = Math.max(one, other)
    for (let index = this.#firstAfter(Math.min(one, other)); index < this.#seqs.length; index++) {
      if ((this.#seqs[index] as number) > end) break
      things.add(this.#things[index] as Thing)
    }
    return things
  }

  #firstAfter(seq: number): number {
    let low = 0
    let high = this.#seqs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#seqs[middle] as number) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}

const isMapRoot = (name: string): boolean =>
  SCALAR_ROOTS.includes(name as ScalarRoot) || RECORD_ROOTS.includes(name as RecordRoot)

const keepingAll = (entries: readonly Entry[]): Y.Doc => {
  const doc = new Y.Doc({ gc: false })
  for (let from = 0; from < entries.length; from += AT_ONCE)
    Y.transact(doc, () => {
      for (const { update } of entries.slice(from, from + AT_ONCE)) Y.applyUpdate(doc, update)
    })
  return doc
}

/** Gathers which thing begins or ends with which entry. */
class Events {
  readonly #seqs: number[] = []
  readonly #things: Thing[] = []

  of(thing: Thing): (seq: number) => void {
    return seq => {
      this.#seqs.push(seq)
      this.#things.push(thing)
    }
  }

  sorted(): [Uint32Array, readonly Thing[]] {
    const order = Array.from(this.#seqs.keys()).sort(
      (a, b) => (this.#seqs[a] as number) - (this.#seqs[b] as number),
    )
    return [
      Uint32Array.from(order, index => this.#seqs[index] as number),
      order.map(index => this.#things[index] as Thing),
    ]
  }
}
