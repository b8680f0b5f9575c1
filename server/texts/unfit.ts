/** Why a file is not taken, for programs and, in words that say what to do, for people. */
import { UNFIT_WORDS, type UnfitCode } from '#shared/texts.ts'

/** The exit of a process that says why it does not take a file. */
export const UNFIT_EXIT = 3

export const isUnfitCode = (code: string): code is UnfitCode => Object.hasOwn(UNFIT_WORDS, code)

export class Unfit extends Error {
  override readonly name = 'Unfit'
  readonly code: UnfitCode

  constructor(code: UnfitCode, options?: ErrorOptions) {
    super(UNFIT_WORDS[code], options)
    this.code = code
  }
}
