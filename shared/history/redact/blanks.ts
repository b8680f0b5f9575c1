/**
 * What a redaction blanks in a document, by where it stands and never by what it says, and the rewriting of updates by
 * it. Every letter but a space becomes a blank and nothing else changes: ids, clocks, lengths and order stay, and with them every
 * position, every other update, and every document that somebody holds.
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** So many UTF-16 units of the nth text within a value, from there on. */
export type Cut = readonly [nth: number, from: number, length: number]

/** Of one client, ascending and without overlap. */
export type Letters = readonly (readonly [clock: number, length: number])[]

/** What is blanked of one Yjs client's work; plain data, to be stored. */
export interface ClientBlanks {
  readonly client: number
  /** Letters of texts. */
  readonly letters: Letters
  /** Values of keys. */
  readonly values: readonly (readonly [clock: number, cuts: readonly Cut[]])[]
  /** Structs of which nothing is left but that they were: not what they held, and not where. */
  readonly gone?: Letters
}

export type Blanks = readonly ClientBlanks[]

export const BLANK = '█'

/** Of the same length in UTF-16 units. Spaces stay: they tell nothing, and lines go on breaking where they did. */
export const blanksFor = (text: string): string => text.replaceAll(/\S/g, BLANK)

export const blankText = (text: string, from: number, length: number): string => {
  const end = Math.min(text.length, from + length)
  if (from >= end) return text
  return text.slice(0, from) + blanksFor(text.slice(from, end)) + text.slice(end)
}

/** Blanks the nth texts of a plain value; names of an object's fields count as texts. */
export const blankValue = (value: unknown, cuts: readonly Cut[]): unknown => {
  let nth = 0
  return mapTexts(value, text => {
    const place = nth++
    return cuts.reduce(
      (blanked, [at, from, length]) => (at === place ? blankText(blanked, from, length) : blanked),
      text,
    )
  })
}

/** A plain value with each of its texts changed, always in the same order. */
export const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(inner => mapTexts(inner, change))
  if (typeof value !== 'object' || value === null) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [change(key), mapTexts(inner, change)]),
  )
}

/** Changes updates of one document. What there is nothing to blank in comes back as it is. */
export class Blanker {
  readonly #clients: ReadonlyMap<number, readonly ClientBlanks[]>

  constructor(blanks: Blanks) {
    this.#clients = Map.groupBy(blanks, ({ client }) => client)
  }

  update(update: Uint8Array): Uint8Array {
    const { ds, structs } = Y.decodeUpdate(update)
    let isChanged = false
    const left = structs.map(struct => {
      const { id, length } = struct
      const all = this.#clients.get(id.client) ?? []
      if (struct instanceof Y.Item && all.some(blanks => isGone(struct, blanks))) {
        isChanged = true
        return new Y.GC(id, length)
      }
      for (const blanks of all) if (blank(struct, blanks)) isChanged = true
      return struct
    })
    return isChanged ? encode(left, ds.clients) : update
  }

  updateV2(update: Uint8Array): Uint8Array {
    const before = Y.convertUpdateFormatV2ToV1(update)
    const after = this.update(before)
    return after === before ? update : Y.convertUpdateFormatV1ToV2(after)
  }
}

const isGone = ({ id, length }: Y.Item, { gone }: ClientBlanks): boolean =>
  gone !== undefined && overlapping(gone, id.clock, length).length > 0

/** Answers whether something was blanked. */
const blank = (struct: Struct, blanks: ClientBlanks): boolean => {
  if (!(struct instanceof Y.Item)) return false
  const { clock } = struct.id
  const { content, length } = struct
  if (content instanceof Y.ContentString) {
    let { str } = content
    for (const [from, many] of overlapping(blanks.letters, clock, length)) {
      const start = Math.max(0, from - clock)
      str = blankText(str, start, from + many - clock - start)
    }
    if (str === content.str) return false
    struct.content = new Y.ContentString(str)
    return true
  }
  if (!(content instanceof Y.ContentAny)) return false
  const cut = blanks.values.filter(([at]) => at >= clock && at < clock + length)
  if (cut.length === 0) return false
  const values = content.arr.slice()
  for (const [at, cuts] of cut) values[at - clock] = blankValue(values[at - clock], cuts)
  if (JSON.stringify(values) === JSON.stringify(content.arr)) return false
  struct.content = new Y.ContentAny(values)
  return true
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
/** By halves: a text of many edits has many ranges, and each struct asks. */
const overlapping = (letters: Letters, clock: number, length: number): Letters => {
  let [low, high] = [0, letters.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const [from, many] = letters[middle] as Letters[number]
    if (from + many <= clock) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < letters.length && (letters[end] as Letters[number])[0] < clock + length) end++
  return letters.slice(low, end)
}

/** As Yjs writes an update of version 1, section by section as they came. */
const encode = (
  structs: readonly Struct[],
  deleted: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>,
): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder: to } = encoder
  const sections: Struct[][] = []
  for (const struct of structs) {
    const section = sections.at(-1)
    if (section?.[0]?.id.client === struct.id.client) section.push(struct)
    else sections.push([struct])
  }
  encoding.writeVarUint(to, sections.length)
  for (const section of sections) {
    const { client, clock } = (section[0] as Struct).id
    encoding.writeVarUint(to, section.length)
    encoder.writeClient(client)
    encoding.writeVarUint(to, clock)
    for (const struct of section) struct.write(encoder, 0)
  }
  encoding.writeVarUint(to, deleted.size)
  for (const [client, ranges] of [...deleted].toSorted(([a], [b]) => b - a)) {
    encoding.writeVarUint(to, client)
    encoding.writeVarUint(to, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(to, clock)
      encoding.writeVarUint(to, len)
    }
  }
  return encoder.toUint8Array()
}
