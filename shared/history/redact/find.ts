/** Every place at which a text stood in a document's life, and what has to be blanked for it to be gone. */
import * as Y from 'yjs'
import { rootName } from '#shared/document/changed.ts'
import { mayHoldWords } from '#shared/history/fields.ts'
import { StampTable, UNSTAMPED } from '#shared/history/stamps.ts'
import { mapTexts, type Blanks, type Cut } from '#shared/history/redact/blanks.ts'
import { partsIn, type CutText } from '#shared/history/redact/excerpts.ts'
import { FOREVER, standsOf, type Run } from '#shared/history/redact/stand.ts'

/** Something that holds the text, or held it: a root text, or a field under a key of a root map. */
export interface Holder {
  readonly root: string
  /** A record's id, a cell's or a movement's key; '' for a root text. */
  readonly key: string
  /** A record's field; null for what is no record. */
  readonly field: string | null
  readonly times: number
  /** Whether the text still stands there. */
  readonly isThere: boolean
}

export interface Findings {
  readonly holders: readonly Holder[]
  readonly blanks: Blanks
}

/**
 * Of a document that was edited by these updates, one after the other. `texts`: those of sources that hold it, whose
 * excerpts may hold a part of it.
 */
export const findInJournal = (
  updates: readonly Uint8Array[],
  text: string,
  texts: readonly CutText[] = [],
): Findings => {
  const doc = new Y.Doc({ gc: false })
  const written = new StampTable()
  const deleted = new StampTable()
  const whole: Y.ID[] = []
  for (const [index, update] of updates.entries()) {
    const { ds, structs } = Y.decodeUpdate(update)
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue
      const { client, clock } = struct.id
      written.add(client, clock, clock + struct.length, index + 1)
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
        for (const at of placesIn(struct.content.str, text))
          whole.push(Y.createID(client, clock + at))
    }
    for (const [client, ranges] of ds.clients)
      for (const { clock, len } of ranges) deleted.add(client, clock, clock + len, index + 1)
  }
  Y.transact(doc, () => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return new Search(doc, text, texts, { written, deleted }).run(whole)
}

/** Of a document as it is at one moment. */
export const findInState = (
  state: Uint8Array,
  text: string,
  texts: readonly CutText[] = [],
): Findings => {
  const doc = new Y.Doc({ gc: false })
  Y.applyUpdateV2(doc, state)
  return new Search(doc, text, texts, null).run()
}

interface Stamps {
  readonly written: StampTable
  readonly deleted: StampTable
}

interface Place {
  readonly root: string
  readonly key: string
  readonly field: string | null
}

/** Of a shared type only what it holds, deleted or not. */
type Held = Pick<Y.AbstractType<unknown>, '_map' | '_start'>

interface Piece extends Run {
  readonly client: number
  readonly clock: number
}

class Search {
  readonly #doc: Y.Doc
  readonly #text: string
  readonly #texts: readonly CutText[]
  readonly #stamps: Stamps | null
  readonly #letters = new Map<number, Set<number>>()
  readonly #values = new Map<number, Map<number, readonly Cut[]>>()
  readonly #holders = new Map<string, Holder>()

  constructor(doc: Y.Doc, text: string, texts: readonly CutText[], stamps: Stamps | null) {
    this.#doc = doc
    this.#text = text
    this.#texts = texts
    this.#stamps = stamps
  }

  /**
   * `whole`: where it came in one piece. It need not have stood there for anybody to see, where something was written
   * into the middle of it in the same edit; its bytes came all the same.
   */
  run(whole: readonly Y.ID[] = []): Findings {
    for (const [root, type] of this.#doc.share) {
      this.#searchText(type, root)
      for (const [key, last] of type._map) this.#searchKey(last, { root, key, field: null })
    }
    for (const id of whole) this.#blankWhole(id)
    this.#doc.destroy()
    const clients = new Set([...this.#letters.keys(), ...this.#values.keys()])
    return {
      holders: [...this.#holders.values()],
      blanks: Array.from(clients, client => ({
        client,
        letters: rangesOf(this.#letters.get(client) ?? new Set()),
        values: [...(this.#values.get(client) ?? [])],
      })),
    }
  }

  #searchText(type: Held, root: string): void {
    const pieces: Piece[] = []
    for (let item = type._start; item !== null; item = item.right) this.#lives(item, pieces)
    for (const { isLasting, letters } of standsOf(this.#text, pieces)) {
      for (const { at, run } of letters) {
        const { client, clock } = pieces[run] as Piece
        this.#lettersOf(client).add(clock + at)
      }
      this.#found({ root, key: '', field: null }, isLasting)
    }
  }

  #blankWhole({ client, clock }: Y.ID): void {
    const letters = this.#lettersOf(client)
    const before = letters.size
    for (let at = 0; at < this.#text.length; at++) letters.add(clock + at)
    if (letters.size === before) return
    const item = Y.getItem(this.#doc.store, Y.createID(client, clock))
    const root = item instanceof Y.Item ? rootName(this.#doc, item.parent as object) : undefined
    this.#found({ root: root ?? '', key: '', field: null }, false)
  }

  #lettersOf(client: number): Set<number> {
    const known = this.#letters.get(client)
    if (known) return known
    const letters = new Set<number>()
    this.#letters.set(client, letters)
    return letters
  }

  /**
   * Times are twice the number of the entry. What one entry brought and took away again was there just before it was
   * over: its bytes are in the journal, too.
   */
  #lives(item: Y.Item, into: Piece[]): void {
    const { content, id, length } = item
    if (!(content instanceof Y.ContentString)) return
    const { client, clock } = id
    const push = (start: number, end: number, from: number, to: number): void => {
      const text = content.str.slice(start - clock, end - clock)
      into.push({ text, from, to, client, clock: start })
    }
    if (!this.#stamps) return item.deleted ? undefined : push(clock, clock + length, 0, FOREVER)
    const { deleted, written } = this.#stamps
    written.visit(client, clock, clock + length, (start, end, came) => {
      if (!item.deleted) return push(start, end, 2 * came - 1, FOREVER)
      deleted.visit(client, start, end, (start, end, went) =>
        push(start, end, 2 * came - 1, went === UNSTAMPED ? FOREVER : 2 * Math.max(came, went)),
      )
    })
  }

  #searchKey(last: Y.Item, place: Place): void {
    for (let item: Y.Item | null = last; item !== null; item = item.left) {
      const { content } = item
      if (content instanceof Y.ContentType) {
        if (place.field !== null) continue
        for (const [field, inner] of content.type._map) this.#searchKey(inner, { ...place, field })
        if (place.root === 'excerpts') this.#searchExcerpt(content.type, place)
      } else if (content instanceof Y.ContentAny && mayHoldWords(place)) {
        for (const [index, value] of content.arr.entries())
          this.#blankIn(item, index, cutsIn(value, this.#text), place)
      }
    }
  }

  #searchExcerpt({ _map: fields }: Held, place: Place): void {
    if (this.#texts.length === 0) return
    const valuesOf = (field: string): readonly unknown[] =>
      valuesUnder(fields.get(field)).map(({ value }) => value)
    for (const [field, last] of fields)
      for (const { index, item, value } of valuesUnder(last))
        this.#blankIn(item, index, partsIn(field, value, valuesOf, this.#texts), {
          ...place,
          field,
        })
  }

  #blankIn(item: Y.Item, index: number, cuts: readonly Cut[], place: Place): void {
    if (cuts.length === 0) return
    const { client, clock } = item.id
    const values = this.#values.get(client) ?? new Map<number, readonly Cut[]>()
    const known = values.get(clock + index) ?? []
    this.#values.set(client, values.set(clock + index, [...known, ...cuts]))
    this.#found(place, !item.deleted && index === item.length - 1)
  }

  #found(place: Place, isThere: boolean): void {
    const name = JSON.stringify([place.root, place.key, place.field])
    const known = this.#holders.get(name)
    this.#holders.set(name, {
      ...place,
      times: (known?.times ?? 0) + 1,
      isThere: isThere || (known?.isThere ?? false),
    })
  }
}

interface Kept {
  readonly item: Y.Item
  readonly index: number
  readonly value: unknown
}

/** Plain values that a key holds or held, the last one first. */
const valuesUnder = (last: Y.Item | undefined): readonly Kept[] => {
  const kept: Kept[] = []
  for (let item = last ?? null; item !== null; item = item.left) {
    const at = item
    if (at.content instanceof Y.ContentAny)
      kept.push(...at.content.arr.map((value, index) => ({ item: at, index, value })))
  }
  return kept
}

/** Where the text stands in a plain value's texts. */
export const cutsIn = (
  value: unknown,
  text: string,
  isMeant: (within: string, from: number, to: number) => boolean = () => true,
): readonly Cut[] => {
  const cuts: Cut[] = []
  let nth = 0
  mapTexts(value, within => {
    for (const from of placesIn(within, text))
      if (isMeant(within, from, from + text.length)) cuts.push([nth, from, text.length])
    nth++
    return within
  })
  return cuts
}

/** `US` in "US, EU" and not in "USA". */
export const isWholeWord = (within: string, from: number, to: number): boolean =>
  !/[\p{L}\p{N}]$/u.test(within.slice(0, from)) && !/^[\p{L}\p{N}]/u.test(within.slice(to))

export const placesIn = (within: string, text: string): readonly number[] => {
  const places: number[] = []
  for (let at = within.indexOf(text); at >= 0; at = within.indexOf(text, at + 1)) places.push(at)
  return places
}

export const rangesOf = (clocks: ReadonlySet<number>): readonly (readonly [number, number])[] => {
  const joined: [number, number][] = []
  for (const clock of [...clocks].sort((a, b) => a - b)) {
    const last = joined.at(-1)
    if (last && last[0] + last[1] === clock) last[1]++
    else joined.push([clock, 1])
  }
  return joined
}
