/** The words of a Word document: its body, then its notes. Of the package nothing else is unpacked, nothing is followed. */
import { unzipSync, type Unzipped } from 'fflate'
import { Parser } from 'htmlparser2'
import { Depth } from '#server/texts/depth.ts'
import { Prose } from '#server/texts/prose.ts'
import { Unfit } from '#server/texts/unfit.ts'

/** What one part may unpack to. */
const MOST_UNPACKED = 48 * 1_024 * 1_024

const PACKAGE = '_rels/.rels'
const MAIN = /\/officeDocument$/

export const readDocx = (bytes: Uint8Array): string => {
  const main = mainPartOf(unpack(bytes, [PACKAGE])[PACKAGE])
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const notes = ['footnotes', 'endnotes'].map(name => `${folder}${name}.xml`)
  const parts = unpack(bytes, [main, ...notes])
  const body = parts[main]
  if (!body) throw new Unfit('damaged')
  const prose = new Prose()
  const reading = new Reading(prose)
  reading.read(body)
  for (const name of notes) {
    const part = parts[name]
    if (!part) continue
    prose.endParagraph()
    reading.read(part)
  }
  return prose.toString()
}

const unpack = (bytes: Uint8Array, names: readonly string[]): Unzipped => {
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!names.includes(name)) return false
        // What is unpacked is no longer than this says, or fails.
        if (originalSize > MOST_UNPACKED) throw new Unfit('too_heavy')
        return true
      },
    })
  } catch (error) {
    if (error instanceof Unfit) throw error
    throw new Unfit('damaged', { cause: error })
  }
}

/** Which part is the document; one outside of the package is none. */
const mainPartOf = (relations: Uint8Array | undefined): string => {
  let main = 'word/document.xml'
  if (relations)
    parseXml(relations, {
      onopentag: (name, { Target, TargetMode, Type }) => {
        if (name !== 'Relationship' || !MAIN.test(Type ?? '') || TargetMode === 'External') return
        main = Target?.replace(/^\//, '') ?? main
      },
    })
  return main
}

type Handler = ConstructorParameters<typeof Parser>[0]

/** Entities of a document type are not known to the parser, whether they lie in the file or outside. */
const parseXml = (bytes: Uint8Array, handler: Handler): void => {
  const parser = new Parser(handler, { xmlMode: true })
  const decoder = new TextDecoder()
  for (let at = 0; at < bytes.length; at += CHUNK)
    parser.write(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true }))
  parser.end(decoder.decode())
}

const CHUNK = 64 * 1_024

/** Deleted words of a tracked change, field codes, and what stands in for a drawing where drawings are not known. */
const UNSEEN: ReadonlySet<string> = new Set(
  'w:del w:moveFrom w:delText w:instrText mc:Fallback w:rPr w:pPr w:sectPr'.split(' '),
)

const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'w:tab': '\t',
    'w:br': '\n',
    'w:cr': '\n',
    'w:noBreakHyphen': '\u2011',
    'w:softHyphen': '\u00AD',
  }),
)

class Reading {
  readonly #prose: Prose
  /** Numbers as the readers see them: Word counts notes by where they stand, and footnotes apart from endnotes. */
  readonly #marks = new Map<string, string>()

  constructor(prose: Prose) {
    this.#prose = prose
  }

  read(part: Uint8Array): void {
    const prose = this.#prose
    const depth = new Depth()
    let unseen = 0
    let isText = false
    let cells = 0
    let inCells = 0
    parseXml(part, {
      onopentag: (name, attributes) => {
        depth.enter()
        if (unseen > 0 || UNSEEN.has(name)) {
          unseen += 1
          return
        }
        const sign = SIGNS.get(name)
        if (sign !== undefined) prose.exactly(sign)
        else if (name === 'w:t') isText = true
        else if (name === 'w:tr') cells = 0
        else if (name === 'w:tc') {
          if (cells > 0) prose.endCell()
          cells += 1
          inCells += 1
        } else if (name === 'w:footnoteReference' || name === 'w:endnoteReference')
          prose.exactly(this.#mark(name, attributes['w:id']))
        else if (name === 'w:footnote' || name === 'w:endnote') {
          const mark = this.#marks.get(`${name}Reference/${attributes['w:id']}`)
          // The lines that separate notes from the text are notes, too.
          if (mark === undefined) unseen = 1
          else prose.exactly(`${mark} `)
        }
      },
      onclosetag: name => {
        depth.leave()
        if (unseen > 0) {
          unseen -= 1
          return
        }
        if (name === 'w:t') isText = false
        else if (name === 'w:tc') inCells -= 1
        else if (name === 'w:tr') prose.endLine()
        else if (name === 'w:p') {
          if (inCells > 0) prose.words(' ')
          else prose.endLine()
        }
      },
      ontext: text => {
        if (isText && unseen === 0) prose.exactly(text)
      },
    })
  }

  #mark(name: string, id: string | undefined): string {
    const mark = `[${this.#marks.size + 1}]`
    this.#marks.set(`${name}/${id}`, mark)
    return mark
  }
}
