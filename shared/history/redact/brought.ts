/**
 * What somebody brings along who was away while a text was redacted: copies of it, as taking back a deletion makes them,
 * come in as blanks. What their update builds on is not at hand: a copy is looked for in the update alone, where its
 * letters follow one another.
 */
import * as Y from 'yjs'
import { Blanker, type Blanks, type ClientBlanks } from '#shared/history/redact/blanks.ts'
import { cutsIn, placesIn } from '#shared/history/redact/find.ts'

export const withoutTexts = (update: Uint8Array, texts: readonly string[]): Uint8Array => {
  let clean = update
  for (const text of texts) {
    const blanks = copiesIn(clean, text)
    if (blanks.length > 0) clean = new Blanker(blanks).update(clean)
  }
  return clean
}

/** Letters of one client, clock by clock. */
interface Stretch {
  readonly client: number
  readonly clock: number
  text: string
}

const copiesIn = (update: Uint8Array, text: string): Blanks => {
  const stretches: Stretch[] = []
  const blanks: ClientBlanks[] = []
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue
    const { content } = struct
    const { client, clock } = struct.id
    const last = stretches.at(-1)
    if (content instanceof Y.ContentString) {
      if (last?.client === client && last.clock + last.text.length === clock)
        last.text += content.str
      else stretches.push({ client, clock, text: content.str })
    } else if (content instanceof Y.ContentAny)
      for (const [index, value] of content.arr.entries()) {
        const cuts = isChoice(value) ? [] : cutsIn(value, text)
        if (cuts.length > 0) blanks.push({ client, letters: [], values: [[clock + index, cuts]] })
      }
  }
  for (const { client, clock, text: letters } of stretches)
    for (const at of placesIn(letters, text))
      blanks.push({ client, letters: [[clock + at, text.length]], values: [] })
  return blanks
}

/** `agreed`, `on_table`: the document's own words. */
const isChoice = (value: unknown): boolean => typeof value === 'string' && /^[a-z_]+$/.test(value)
