/** Typed fields over Y.Map: the one door through which stored values come in, so that reading is total. */
import type * as Y from 'yjs'

/** Answers its default for anything that is not what the field holds; never throws. */
export type Parse<T> = (stored: unknown) => T

export const oneOf =
  <T extends string | number>(values: readonly T[], fallback: T): Parse<T> =>
  stored =>
    values.includes(stored as T) ? (stored as T) : fallback

export const oneOfOrNull =
  <T extends string | number>(values: readonly T[]): Parse<T | null> =>
  stored =>
    values.includes(stored as T) ? (stored as T) : null

/** The longest text that a single field holds, in UTF-16 units; longer ones are cut when read. */
export const MAX_FIELD_LENGTH = 4_000

export const words: Parse<string> = stored =>
  typeof stored === 'string' ? stored.slice(0, MAX_FIELD_LENGTH) : ''

export const flag: Parse<boolean> = stored => stored === true

export const count: Parse<number> = stored =>
  typeof stored === 'number' && Number.isSafeInteger(stored) && stored >= 0 ? stored : 0

/** The end of the year 9999: past that no calendar writes a date. */
const LAST_MOMENT = 253_402_300_799_999

/** Milliseconds since 1970; 0 for none. */
export const moment: Parse<number> = stored => {
  const at = count(stored)
  return at <= LAST_MOMENT ? at : 0
}

export const numberOrNull: Parse<number | null> = stored =>
  typeof stored === 'number' && Number.isFinite(stored) ? stored : null

/** Any id but the empty one; null where none is stored. */
export const reference =
  <Id extends string>(): Parse<Id | null> =>
  stored =>
    typeof stored === 'string' && stored !== '' && stored.length <= 64 ? (stored as Id) : null

export const word =
  <T extends string>(): Parse<T> =>
  stored =>
    words(stored) as T

/** Writes only what differs, so that setting a value twice leaves no trace. Null and '' are stored as absence. */
export const store = <T>(map: Y.Map<unknown>, key: string, parse: Parse<T>, value: T): void => {
  const kept = typeof value === 'string' ? wellFormed(value) : value
  if (parse(map.get(key)) === kept) return
  if (kept === null || kept === '') map.delete(key)
  else map.set(key, kept)
}

/** Half of a surrogate pair does not survive the wire: the others would read something else than its writer. */
export const wellFormed = (text: string): string => text.toWellFormed()
