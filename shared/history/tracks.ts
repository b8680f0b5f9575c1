/**
 * The whole life of each text, key and record of a document, laid out flat: what was there at any moment, and by which
 * entry of the journal it came, is read off without Yjs.
 */
import * as Y from 'yjs'
import { UNSTAMPED, type StampTable } from '#shared/history/stamps.ts'

/** When each clock of each client was written and deleted: numbers of journal entries. */
export interface Stamps {
  readonly written: StampTable
  readonly deleted: StampTable
}

/** Told of each entry with which something begins or ends to be there. */
export type Mark = (seq: number) => void

/** The entry that never comes. */
export const NEVER = 2 ** 32 - 1

/** Visits an item's clocks in stretches of one life: there from the entry `from` on, and no more from `to` on. */
const eachLife = (
  { written, deleted }: Stamps,
  { deleted: isDeleted, id: { client, clock }, length }: Y.Item,
  visit: (start: number, end: number, from: number, to: number) => void,
): void =>
  written.visit(client, clock, clock + length, (start, end, from) => {
    if (from === UNSTAMPED) return
    if (!isDeleted) return visit(start - clock, end - clock, from, NEVER)
    deleted.visit(client, start, end, (start, end, to) => {
      visit(start - clock, end - clock, from, to === UNSTAMPED ? NEVER : to)
    })
  })

/** Characters that came and went together: there from the entry `from` on, and no more from `to` on. */
export interface Segment {
  readonly text: string
  readonly from: number
  readonly to: number
  /** The Yjs id of the first; the others follow. */
  readonly client: number
  readonly clock: number
}

export const isThere = ({ from, to }: Pick<Segment, 'from' | 'to'>, seq: number): boolean =>
  from <= seq && seq < to

export class TextTrack {
  /** In the order of the text, with all that was ever deleted from it. */
  readonly segments: readonly Segment[]

  /** The doc must have kept what was deleted. */
  constructor(type: Pick<Y.Text, '_start'>, stamps: Stamps, mark: Mark) {
    const segments: Segment[] = []
    for (let item = type._start; item !== null; item = item.right) {
      const { content, id } = item
      if (!(content instanceof Y.ContentString)) continue
      eachLife(stamps, item, (start, end, from, to) => {
        // Deleted by nobody: it has never been there.
        if (item.deleted && to === NEVER) return
        if (from >= to) return
        const text = content.str.slice(start, end)
        segments.push({ text, from, to, client: id.client, clock: id.clock + start })
        mark(from)
        if (to !== NEVER) mark(to)
      })
    }
    this.segments = segments
  }

  at(seq: number): string {
    let text = ''
    for (const segment of this.segments) if (isThere(segment, seq)) text += segment.text
    return text
  }
}

/** A value of a key, from the entry that set it to the one that took it away or replaced it. */
export interface Reign {
  readonly value: unknown
  readonly from: number
  readonly to: number
}

/** One key of a map. */
export class KeyTrack {
  /** From the first to the last. */
  readonly reigns: readonly Reign[]

  constructor(last: Y.Item, stamps: Stamps, mark: Mark) {
    const items: Y.Item[] = []
    for (let item: Y.Item | null = last; item !== null; item = item.left) items.push(item)
    const reigns: Reign[] = []
    for (const item of items.reverse()) {
      const contents = valuesIn(item, stamps, mark)
      eachLife(stamps, item, (start, end, from, to) => {
        for (let at = start; at < end; at++) reigns.push({ value: contents[at], from, to })
        mark(from)
        if (to !== NEVER) mark(to)
      })
    }
    this.reigns = reigns
  }

  at(seq: number): unknown {
    const reign = this.reignAt(seq)
    return reign && seq < reign.to ? reign.value : undefined
  }

  /** The last that was written by then decides: where it was taken away there is nothing. */
  reignAt(seq: number): Reign | undefined {
    return this.reigns.findLast(({ from }) => from <= seq)
  }
}

const valuesIn = (item: Y.Item, stamps: Stamps, mark: Mark): readonly unknown[] =>
  item.content instanceof Y.ContentType
    ? [
        item.content.type instanceof Y.Map
          ? new MapTrack(item.content.type, stamps, () => mark)
          : null,
      ]
    : item.content.getContent()

export class MapTrack {
  readonly keys = new Map<string, KeyTrack>()

  constructor(type: Pick<Y.Map<unknown>, '_map'>, stamps: Stamps, markOf: (key: string) => Mark) {
    for (const [key, last] of type._map) this.keys.set(key, new KeyTrack(last, stamps, markOf(key)))
  }
}
