/**
 * The whole life of each text, key and record of a document, laid out flat: what was there at any moment is read off
 * without Yjs.
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

const NEVER = 2 ** 32 - 1

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

export class TextTrack {
  readonly #strings: string[] = []
  readonly #from: number[] = []
  readonly #to: number[] = []

  /** The doc must have kept what was deleted. */
  constructor(type: Pick<Y.Text, '_start'>, stamps: Stamps, mark: Mark) {
    for (let item = type._start; item !== null; item = item.right) {
      const { content } = item
      if (!(content instanceof Y.ContentString)) continue
      eachLife(stamps, item, (start, end, from, to) => {
        // Deleted by nobody: it has never been there.
        if (item.deleted && to === NEVER) return
        if (from >= to) return
        this.#strings.push(content.str.slice(start, end))
        this.#from.push(from)
        this.#to.push(to)
        mark(from)
        if (to !== NEVER) mark(to)
      })
    }
  }

  at(seq: number): string {
    let text = ''
    for (const [index, string] of this.#strings.entries())
      if ((this.#from[index] as number) <= seq && seq < (this.#to[index] as number)) text += string
    return text
  }
}

/** One key of a map: its values from the first to the last. */
export class KeyTrack {
  readonly #values: unknown[] = []
  readonly #from: number[] = []
  readonly #to: number[] = []

  constructor(last: Y.Item, stamps: Stamps, mark: Mark) {
    const items: Y.Item[] = []
    for (let item: Y.Item | null = last; item !== null; item = item.left) items.push(item)
    for (const item of items.reverse()) {
      const contents = valuesIn(item, stamps, mark)
      eachLife(stamps, item, (start, end, from, to) => {
        for (let at = start; at < end; at++) {
          this.#values.push(contents[at])
          this.#from.push(from)
          this.#to.push(to)
        }
        mark(from)
        if (to !== NEVER) mark(to)
      })
    }
  }

  /** The last that was written by then decides: where it was deleted there is nothing. */
  at(seq: number): unknown {
    for (let index = this.#values.length - 1; index >= 0; index--)
      if ((this.#from[index] as number) <= seq)
        return seq < (this.#to[index] as number) ? this.#values[index] : undefined
    return undefined
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
