/**
 * Excerpts that begin or end within what is redacted of their source's text: they hold a part of it only, which a search
 * for the whole does not find.
 */
import type { Redacting } from '#server/history/redact.ts'
import type { TextRow } from '#server/texts/text-table.ts'
import type { Blanks, Cut } from '#shared/history/redact/blanks.ts'
import type { Excerpt } from '#shared/sources.ts'

/** A text with what goes of it. */
export interface CutText {
  readonly row: TextRow
  readonly cuts: readonly Cut[]
}

/** What to blank of them in a document that was edited by these updates. */
export const blanksInExcerpts = async (
  redacting: Pick<Redacting, 'find'>,
  updates: readonly Uint8Array[],
  excerpts: readonly Excerpt[],
  texts: readonly CutText[],
): Promise<Blanks> => {
  const blanks: Blanks[] = []
  for (const { from, length, words } of partsOf(excerpts, texts)) {
    const found = await redacting.find({ updates, text: words })
    blanks.push(
      found.blanks.map(({ client, values }) => ({
        client,
        letters: [],
        values: values.map(([clock, cuts]) => [
          clock,
          cuts.map(([nth, start]): Cut => [nth, start + from, length]),
        ]),
      })),
    )
  }
  return blanks.flat()
}

/** Of an excerpt's own words those that overlap with a cut and do not hold it as a whole. */
interface Part {
  readonly words: string
  readonly from: number
  readonly length: number
}

const partsOf = (excerpts: readonly Excerpt[], texts: readonly CutText[]): readonly Part[] =>
  texts.flatMap(({ cuts, row }) =>
    excerpts
      .filter(({ textHash }) => textHash === row.hash)
      .flatMap(({ end, exact, prefix, start, suffix }) => [
        { words: prefix, at: start - prefix.length },
        { words: exact, at: start },
        { words: suffix, at: end },
      ])
      // Where the places are not what they say, nothing is known of its words.
      .filter(({ at, words }) => at >= 0 && words !== '' && row.text.startsWith(words, at))
      .flatMap(({ at, words }) =>
        cuts.flatMap(([, cutFrom, cutLength]) => {
          const from = Math.max(cutFrom, at)
          const length = Math.min(cutFrom + cutLength, at + words.length) - from
          return length > 0 && length < cutLength ? [{ words, from: from - at, length }] : []
        }),
      ),
  )
