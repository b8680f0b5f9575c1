/**
 * Excerpts that begin or end within what is redacted of their source's text: they hold a part of it only, which a search
 * for the whole does not find, and which may be an ordinary word everywhere else. So it goes from the excerpt alone, by
 * where the excerpt says that it stands in the text.
 */
import type { Cut } from '#shared/history/redact/blanks.ts'
import type { TextHash } from '#shared/ids.ts'

/** A text with what goes of it. */
export interface CutText {
  readonly hash: TextHash
  readonly text: string
  readonly cuts: readonly Cut[]
}

/** All that the fields of one excerpt hold or held. */
export type ValuesOf = (field: string) => readonly unknown[]

/** What a value of an excerpt's field holds of the cuts, where it does not hold them as a whole. */
export const partsIn = (
  field: string,
  value: unknown,
  valuesOf: ValuesOf,
  texts: readonly CutText[],
): readonly Cut[] => {
  if (typeof value !== 'string' || value === '') return []
  const hashes = new Set(valuesOf('textHash'))
  const places = placesOf(field, value, valuesOf)
  return texts
    .filter(({ hash }) => hashes.has(hash))
    .flatMap(({ cuts, text }) =>
      places
        // Where the places are not what they say, nothing is known of its words.
        .filter(at => at >= 0 && text.startsWith(value, at))
        .flatMap(at =>
          cuts.flatMap(([, cutFrom, cutLength]): readonly Cut[] => {
            const from = Math.max(cutFrom, at)
            const length = Math.min(cutFrom + cutLength, at + value.length) - from
            return length > 0 && length < cutLength ? [[0, from - at, length]] : []
          }),
        ),
    )
}

const placesOf = (field: string, { length }: string, valuesOf: ValuesOf): readonly number[] => {
  const numbers = (of: string): readonly number[] => [
    ...new Set(valuesOf(of).filter(value => typeof value === 'number')),
  ]
  switch (field) {
    case 'exact':
      return numbers('start')
    case 'prefix':
      return numbers('start').map(start => start - length)
    case 'suffix':
      return numbers('end')
    default:
      return []
  }
}
