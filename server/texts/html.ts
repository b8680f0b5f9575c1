/** The words that a page shows. It is read from its first to its last tag and never becomes a page: nothing of it can run. */
import { Parser } from 'htmlparser2'
import { Depth } from '#server/texts/depth.ts'
import { decode } from '#server/texts/plain.ts'
import { Prose } from '#server/texts/prose.ts'

/** What stands in these is not what a reader sees. */
const UNSEEN: ReadonlySet<string> = new Set(
  'script style template noscript title iframe object embed applet svg math canvas audio video select datalist textarea noframes'.split(
    ' ',
  ),
)

/** A head ends where anything else begins, whether it says so or not. */
const IN_HEAD: ReadonlySet<string> = new Set(
  'head title meta link base style script noscript template'.split(' '),
)

const LINES: ReadonlySet<string> = new Set(
  'div li dt dd tr option address article aside body center details fieldset figcaption figure footer form header hr html legend main nav section summary caption thead tbody tfoot br'.split(
    ' ',
  ),
)

const PARAGRAPHS: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table'.split(' '),
)

const isHidden = ({ hidden, style }: Readonly<Record<string, string>>): boolean =>
  hidden !== undefined || /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style ?? '')

/** As text that is already decoded, of a mail for instance. */
export const readHtmlText = (html: string): string => {
  const prose = new Prose()
  const depth = new Depth()
  /** How many elements are open from the first unseen one on. */
  let unseen = 0
  let isInHead = false
  let preformatted = 0
  let cells = 0

  const edge = (name: string): void => {
    if (PARAGRAPHS.has(name)) prose.endParagraph()
    else if (LINES.has(name)) prose.endLine()
  }

  const parser = new Parser({
    onopentag: (name, attributes) => {
      depth.enter()
      if (unseen > 0) {
        unseen += 1
        return
      }
      if (name === 'head') isInHead = true
      else if (!IN_HEAD.has(name)) isInHead = false
      if (UNSEEN.has(name) || isHidden(attributes)) {
        unseen = 1
        return
      }
      edge(name)
      if (name === 'pre') preformatted += 1
      if (name === 'tr') cells = 0
      if (name === 'td' || name === 'th') {
        if (cells > 0) prose.endCell()
        cells += 1
      }
    },
    onclosetag: name => {
      depth.leave()
      if (unseen > 0) {
        unseen -= 1
        return
      }
      if (name === 'head') isInHead = false
      if (name === 'pre') preformatted -= 1
      edge(name)
    },
    ontext: text => {
      if (unseen > 0 || isInHead) return
      if (preformatted > 0) prose.exactly(text)
      else prose.words(text)
    },
  })
  parser.end(html)
  return prose.toString()
}

/** How much of the file is looked through for its encoding. */
const HEAD = 1_024

export const readHtml = (bytes: Uint8Array): string => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD))
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]
  return readHtmlText(decode(bytes, declared))
}
