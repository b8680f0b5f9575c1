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

/** Why a file or a text is not taken, and what to do then. */
export const UNFIT_WORDS = {
  unknown_kind:
    'Files of this kind are not read. Choose a .txt, .md, .html, .pdf, .docx or .eml file, or paste the text.',
  damaged:
    'This file is damaged, or is not what its name says. Open it yourself and paste the text.',
  not_unicode:
    'This file does not say in which encoding it is written. Save it as UTF-8, or paste the text.',
  locked: 'This file is locked with a password. Save it without one, or paste the text.',
  no_text:
    'There is no text in this file; perhaps it holds pictures of pages only. Type or paste what you need of it.',
  no_letters:
    'This file draws letters without saying which they are. Open it yourself and paste the text.',
  too_long: 'This text is longer than 2,000,000 characters. Keep the part that you need.',
  too_heavy:
    'Reading this file takes more time or memory than a text may. Open it yourself and paste the text.',
  too_large: 'This file is larger than 20 MB. Save it without its pictures, or paste the text.',
  no_room:
    'This tracker holds as many texts as it may. Keep the new ones outside and name their address.',
} as const
export type UnfitCode = keyof typeof UNFIT_WORDS

/** The same text whatever machine it was written on: no byte order mark, no other line ends, nothing invisible that breaks. */
export const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|[\u0085\u2028\u2029\f\v]/g, '\n')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\0-\x08\x0E-\x1F\x7F]/g, '')
