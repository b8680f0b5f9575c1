/**
 * Any moment of a tracker's life: an index over the whole journal, made in a worker or on the server, and kept up with
 * what is added to it. A moment is the number of the journal's last entry in it; 0 is before everything.
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
import { LONGEST_PAUSE } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import { countUpTo, Happenings } from '#shared/history/happenings.ts'
import { StampTable } from '#shared/history/stamps.ts'
import type { Thing } from '#shared/history/thing.ts'
import { KeyTrack, MapTrack, TextTrack, type Mark } from '#shared/history/tracks.ts'
import type { Tracker } from '#shared/tracker.ts'

/** Entries that are applied in one transaction. */
const AT_ONCE = 500

/** The types that changed, each with its keys; null stands for a text. */
type Touched = Map<Held, Set<string | null>>
type Held = Pick<Y.AbstractType<unknown>, '_item'>

export class Timeline {
  /** Keeps what was deleted. */
  readonly #doc = new Y.Doc({ gc: false })
  readonly #stamps = { written: new StampTable(), deleted: new StampTable() }
  readonly #entries: Pick<Entry, 'account' | 'at'>[] = []
  /** The latest time up to each entry. */
  readonly #times: number[] = []
  readonly #texts = new Map<string, TextTrack>()
  readonly #maps = new Map<string, MapTrack>()
  /** What a step of the slider has to look at. */
  readonly #happenings = new Happenings()

  constructor(entries: readonly Entry[] = []) {
    this.add(entries)
  }

  /**
   * Takes the journal's next entries; those that it has already change nothing. Throws where some are missing. `told`
   * hears how much is done, from 0 to 1.
   */
  add(entries: readonly Entry[], told: (done: number) => void = () => undefined): void {
    const { last } = this
    const next = entries.filter(({ seq }) => seq > last)
    const touched: Touched = new Map()
    for (let from = 0; from < next.length; from += AT_ONCE) {
      this.#apply(next.slice(from, from + AT_ONCE), touched)
      told(from / next.length)
    }
    const markOf = (thing: Thing): Mark => this.#happenings.markOf(thing)
    for (const [name, type] of this.#doc.share) {
      const keys = touched.get(type)
      if (!keys) continue
      if (parseTextName(name)) {
        const track = new TextTrack(type as unknown as Y.Text, this.#stamps, markOf(name as Thing))
        this.#texts.set(name, track)
      } else if (isMapRoot(name)) this.#followKeys(name, type, keys, markOf)
    }
    this.#happenings.sortUpTo(this.last)
  }

  /** The number of the last entry. */
  get last(): number {
    return this.#entries.length
  }

  /** Whose edit led to the moment, and when; undefined for the moment before everything. */
  entry(seq: number): Pick<Entry, 'account' | 'at'> | undefined {
    return this.#entries[seq - 1]
  }

  /** The latest time up to the moment: never earlier than that of a moment before. */
  timeAt(seq: number): number {
    return this.#times[seq - 1] ?? 0
  }

  /** The moment as of a time: the last entry that had come by then, also where the clock stepped back. */
  seqAt(time: number): number {
    return countUpTo(this.#times, time)
  }

  /** The whole tracker as it was. */
  trackerAt(seq: number): Tracker {
    return projectTracker(this.at(seq))
  }

  /** What was stored at the moment, read when it is asked for. */
  at(seq: number): Stored {
    const entryOf = (root: string, key: string): unknown => this.key(root, key)?.at(seq)
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

  text(name: string): TextTrack | undefined {
    return this.#texts.get(name)
  }

  texts(): Iterable<readonly [name: string, track: TextTrack]> {
    return this.#texts
  }

  /** The names of the maps at the root. */
  roots(): Iterable<string> {
    return this.#maps.keys()
  }

  key(root: string, key: string): KeyTrack | undefined {
    return this.#maps.get(root)?.keys.get(key)
  }

  keys(root: string): Iterable<readonly [key: string, track: KeyTrack]> {
    return this.#maps.get(root)?.keys ?? []
  }

  /** What may differ between two moments: everything that something happened to in between, in either direction. */
  touched(one: number, other: number): ReadonlySet<Thing> {
    return this.#happenings.between(Math.min(one, other), Math.max(one, other))
  }

  /**
   * The moments at which somebody was done with something, ascending: what one account did to one thing without a longer
   * pause ends with the last entry of it.
   */
  stops(): Uint32Array<ArrayBuffer> {
    const runs = new Map<Thing, number>()
    const ends = new Set<number>()
    this.#happenings.visit((thing, seq) => {
      const last = runs.get(thing)
      if (last !== undefined && !this.#goesOn(last, seq)) ends.add(last)
      runs.set(thing, seq)
    })
    for (const last of runs.values()) ends.add(last)
    return Uint32Array.from(ends).sort()
  }

  #goesOn(before: number, seq: number): boolean {
    const [one, other] = [this.entry(before), this.entry(seq)]
    return one !== undefined && one.account === other?.account && other.at - one.at <= LONGEST_PAUSE
  }

  #apply(entries: readonly Entry[], touched: Touched): void {
    const { deleted, written } = this.#stamps
    for (const { account, at, seq, update } of entries) {
      if (seq !== this.last + 1) throw new Error(`Entry ${this.last + 1} is missing`)
      this.#entries.push({ account, at })
      this.#times.push(Math.max(this.#times.at(-1) ?? 0, at))
      const { ds, structs } = Y.decodeUpdate(update)
      for (const struct of structs) {
        if (struct instanceof Y.Skip) continue
        const { client, clock } = struct.id
        written.add(client, clock, clock + struct.length, seq)
      }
      for (const [client, ranges] of ds.clients)
        for (const { clock, len } of ranges) deleted.add(client, clock, clock + len, seq)
    }
    this.#doc.once('afterTransaction', ({ changed }: Y.Transaction) => {
      for (const [type, keys] of changed) note(touched, type, keys)
    })
    Y.transact(this.#doc, () => {
      for (const { update } of entries) Y.applyUpdate(this.#doc, update)
    })
  }

  #followKeys(
    root: string,
    type: Pick<Y.Map<unknown>, '_map'>,
    touched: ReadonlySet<string | null>,
    markOf: (thing: Thing) => Mark,
  ): void {
    let map = this.#maps.get(root)
    if (!map) this.#maps.set(root, (map = new MapTrack({ _map: new Map() }, this.#stamps, markAll)))
    for (const key of touched) {
      const last = key === null ? undefined : type._map.get(key)
      if (last && key !== null)
        map.keys.set(key, new KeyTrack(last, this.#stamps, markOf(`${root}/${key}` as Thing)))
    }
  }
}

const markAll = () => () => undefined

/** What happens inside a record happens to the key under which it stands at its root. */
const note = (touched: Touched, type: Held, keys: Iterable<string | null>): void => {
  const item = type._item
  if (item !== null) return note(touched, item.parent as Held, [item.parentSub])
  const known = touched.get(type)
  if (known) for (const key of keys) known.add(key)
  else touched.set(type, new Set(keys))
}

const isMapRoot = (name: string): boolean =>
  SCALAR_ROOTS.includes(name as ScalarRoot) || RECORD_ROOTS.includes(name as RecordRoot)
