/** Puts a text together out of what a parser meets: words, line ends, columns. Ends where it becomes too long. */
import { Unfit } from '#server/texts/unfit.ts'
import { MAX_TEXT_LENGTH } from '#shared/texts.ts'

export class Prose {
  readonly #pieces: string[] = []
  #length = 0
  #last = '\n'
  /** A blank between words that is not written yet: at the end of a line there is none. */
  #owesBlank = false
  /** An empty line that is not written yet: at the end of the text there is none. */
  #owesGap = false

  /** As it is, blanks and line ends included. */
  exactly(text: string): void {
    if (text === '') return
    this.#pay()
    this.#put(text)
  }

  /** Words that run on: any white space is one blank. */
  words(text: string): void {
    for (const [index, word] of text.split(/[ \t\n\r\f]+/).entries()) {
      if (index > 0) this.#owesBlank = true
      if (word !== '') this.exactly(word)
    }
  }

  /** Ends the line that is begun. */
  endLine(): void {
    this.#owesBlank = false
    if (this.#last !== '\n') this.#put('\n')
  }

  /** Leaves an empty line before what comes, but never two. */
  endParagraph(): void {
    this.endLine()
    if (this.#length > 0) this.#owesGap = true
  }

  /** The next column of a table. */
  endCell(): void {
    this.#owesBlank = false
    this.#put('\t')
  }

  toString(): string {
    return this.#pieces.join('').trim()
  }

  #pay(): void {
    if (this.#owesGap) this.#put('\n')
    else if (this.#owesBlank && !/\s/.test(this.#last)) this.#put(' ')
    this.#owesGap = false
    this.#owesBlank = false
  }

  #put(text: string): void {
    this.#pieces.push(text)
    this.#length += text.length
    this.#last = text.at(-1) ?? this.#last
    if (this.#length > MAX_TEXT_LENGTH) throw new Unfit('too_long')
  }
}
