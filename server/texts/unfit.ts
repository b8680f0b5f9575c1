/** Why a file is not taken, for programs and, in words that say what to do, for people. */

const WORDS = {
  unknown_kind:
    'Files of this kind are not read. Choose a .txt, .md, .html, .pdf, .docx or .eml file, or paste the text.',
  damaged:
    'This file is damaged, or is not what its name says. Open it yourself and paste the text.',
  not_unicode:
    'This file does not say in which encoding it is written. Save it as UTF-8, or paste the text.',
  locked: 'This file is locked with a password. Save it without one, or paste the text.',
  no_text:
    'There is no text in this file; perhaps it holds pictures of pages only. Type or paste what you need of it.',
  too_long: 'This text is longer than 2,000,000 characters. Keep the part that you need.',
  too_heavy:
    'Reading this file takes more time or memory than a text may. Open it yourself and paste the text.',
  no_room:
    'This tracker holds as many texts as it may. Keep the new ones outside and name their address.',
} as const

/** The exit of a process that says why it does not take a file. */
export const UNFIT_EXIT = 3

export type UnfitCode = keyof typeof WORDS

export const isUnfitCode = (code: string): code is UnfitCode => Object.hasOwn(WORDS, code)

export class Unfit extends Error {
  override readonly name = 'Unfit'
  readonly code: UnfitCode

  constructor(code: UnfitCode, options?: ErrorOptions) {
    super(WORDS[code], options)
    this.code = code
  }
}
