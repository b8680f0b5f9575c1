/** The words of a PDF, page by page. Its scripts, forms, fonts and attachments are not run, loaded or opened. */
import { getDocument } from 'unpdf/pdfjs'
import { linesOf, type Piece } from '#server/texts/lines.ts'
import { Prose } from '#server/texts/prose.ts'
import { Unfit } from '#server/texts/unfit.ts'

/** A letter that is drawn and not named. */
const UNNAMED = '\uFFFD'
/** One unnamed letter in so many is a sign or two; more are words that would be missing. */
const UNNAMED_IN = 20

export const readPdf = async (bytes: Uint8Array): Promise<string> => {
  let lacksLetters = false
  const opening = getDocument({
    // Its own copy: it gives the buffer away.
    data: new Uint8Array(bytes),
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    verbosity: 0,
    // Tables of letters that are not in the file, as old Chinese and Japanese ones want.
    BinaryDataFactory: class {
      fetch({ kind }: { readonly kind: string }): Promise<never> {
        if (kind === 'cMapUrl') lacksLetters = true
        return Promise.reject(new Error('Nothing is fetched'))
      }
    },
  })
  try {
    const pdf = await opening.promise
    const prose = new Prose()
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number)
      for (const { isApart, text } of linesOf(await piecesOf(page))) {
        if (isApart) prose.endParagraph()
        prose.exactly(text.trimEnd())
        prose.endLine()
      }
      page.cleanup()
      prose.endParagraph()
    }
    const text = prose.toString()
    if (lacksLetters || isUnnamed(text)) throw new Unfit('no_letters')
    return text
  } catch (error) {
    if (error instanceof Unfit) throw error
    const isLocked = error instanceof Error && error.name === 'PasswordException'
    throw new Unfit(isLocked ? 'locked' : 'damaged', { cause: error })
  }
}

const isUnnamed = (text: string): boolean =>
  (text.split(UNNAMED).length - 1) * UNNAMED_IN > text.length

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>

const piecesOf = async (page: Page): Promise<readonly Piece[]> => {
  const { items } = await page.getTextContent()
  return items.flatMap((item): Piece | [] => {
    // The empty ones only say that a line has ended, which the next one's place says as well.
    if (!('str' in item) || item.str === '') return []
    const [, , , , x, y] = item.transform as readonly number[]
    const text = item.str.replaceAll('\0', UNNAMED)
    return { text, x: x ?? 0, y: y ?? 0, width: item.width, height: item.height }
  })
}
