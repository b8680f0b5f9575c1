/** The text of a source, as it is kept: plain Unicode, lines end with `\n`, immutable, named by its hash. */
import type { TextHash } from '#shared/ids.ts'

/** What a text was made of. */
export const TEXT_KINDS = ['pasted', 'txt', 'md', 'html', 'pdf', 'docx', 'eml'] as const
export type TextKind = (typeof TEXT_KINDS)[number]
export type FileKind = Exclude<TextKind, 'pasted'>

/** Of a file, in bytes. */
export const MAX_FILE_BYTES = 20 * 1_024 * 1_024
/** Of a text, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 2_000_000
export const MAX_FILE_NAME_LENGTH = 200

/** SHA-256 of the text in UTF-8, in hex. */
export const isTextHash = (value: unknown): value is TextHash =>
  typeof value === 'string' && /^[\da-f]{64}$/.test(value)

const ENDINGS: Readonly<Record<string, FileKind>> = {
  txt: 'txt',
  text: 'txt',
  md: 'md',
  markdown: 'md',
  html: 'html',
  htm: 'html',
  pdf: 'pdf',
  docx: 'docx',
  eml: 'eml',
}

const MEDIA_TYPES: Readonly<Record<string, FileKind>> = {
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/html': 'html',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'message/rfc822': 'eml',
}

/** What a browser's file chooser is told to offer. */
export const FILE_ENDINGS: readonly string[] = Object.keys(ENDINGS).map(ending => `.${ending}`)

/** By the ending of its name, where that is missing by its media type; `undefined` for a file that cannot be read. */
export const fileKindOf = (name: string, mediaType: string): FileKind | undefined => {
  const ending = /\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase()
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
  const found = ending === undefined ? MEDIA_TYPES : ENDINGS
  const key = ending ?? type
  return Object.hasOwn(found, key) ? found[key] : undefined
}

/** The same text whatever machine it was written on: no byte order mark, no other line ends, nothing invisible that breaks. */
export const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|[\u0085\u2028\u2029\f\v]/g, '\n')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\0-\x08\x0E-\x1F\x7F]/g, '')
