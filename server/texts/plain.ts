/** Bytes of a plain text, in whatever encoding they say they are. A guess would put wrong words into somebody's mouth. */
import { Unfit } from '#server/texts/unfit.ts'
import { MAX_TEXT_LENGTH, tidy } from '#shared/texts.ts'

const decoded = (bytes: Uint8Array, encoding: string): string => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Unfit('not_unicode')
  }
}

/** `declared` is the encoding that a file names itself, as HTML does. */
export const decode = (bytes: Uint8Array, declared?: string): string => {
  const [first, second, third] = bytes
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be')
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoded(bytes, 'utf-8')
  return decoded(bytes, declared ?? 'utf-8')
}

export const readPlain = (bytes: Uint8Array): string => {
  // No encoding takes more for a unit.
  if (bytes.length > 3 * MAX_TEXT_LENGTH) throw new Unfit('too_long')
  const text = decode(bytes)
  // No text holds this, and every program, picture or old Word document does.
  if (text.includes('\0')) throw new Unfit('damaged')
  return checked(text)
}

/** What every text goes through in the end. */
export const checked = (text: string): string => {
  const tidied = tidy(text)
  if (tidied.length > MAX_TEXT_LENGTH) throw new Unfit('too_long')
  if (tidied.trim() === '') throw new Unfit('no_text')
  return tidied
}
