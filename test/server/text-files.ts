/** Files as people have them and as attackers make them, built here so that none lies in the repository. */
import { deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

/** A Word document with this body; `parts` are put beside it or in its place. */
export const docx = (body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        '[Content_Types].xml': '<Types/>',
        '_rels/.rels':
          '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>',
        'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
        ...parts,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  )

export const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

/** A package whose list of contents says that a part is tiny. */
export const lyingZip = (name: string, content: Uint8Array): Uint8Array => {
  const zip = zipSync({ [name]: content })
  const view = new DataView(zip.buffer)
  for (let at = 0; at < zip.length - 30; at += 1) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true)
  }
  return zip
}

interface PdfOptions {
  /** Put into the catalogue, such as an action to be done when the file is opened. */
  readonly catalogue?: string
  readonly objects?: readonly string[]
}

/** A PDF of one page with these drawing commands, in a font whose letters are named by a table of its own. */
export const pdf = (
  commands: string | Uint8Array,
  letters: readonly string[] = [],
  { catalogue = '', objects = [] }: PdfOptions = {},
): Uint8Array => {
  const packed = deflateSync(commands, { level: 9 })
  const table = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange
${letters.length} beginbfchar ${letters.map((letter, index) => `<${hex(index + 1)}> <${utf16(letter)}>`).join(' ')} endbfchar endcmap end`
  const bodies: (string | Uint8Array)[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R /H 7 0 R /C 8 0 R >> >> >>',
    Buffer.concat([
      utf8(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
      packed,
      utf8('\nendstream'),
    ]),
    `<< /Type /Font /Subtype /TrueType /BaseFont /Own /FirstChar 1 /LastChar ${letters.length} /Widths [${letters.map(() => 500).join(' ')}] /ToUnicode 6 0 R >>`,
    `<< /Length ${table.length} >>\nstream\n${table}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects,
  ]
  const parts: Uint8Array[] = [utf8('%PDF-1.7\n')]
  const offsets: number[] = []
  let length = 9
  for (const [index, body] of bodies.entries()) {
    offsets.push(length)
    const bytes = typeof body === 'string' ? utf8(body) : body
    const part = Buffer.concat([utf8(`${index + 1} 0 obj\n`), bytes, utf8('\nendobj\n')])
    parts.push(part)
    length += part.length
  }
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = bodies.length + 1
  parts.push(
    utf8(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF`,
    ),
  )
  return Buffer.concat(parts)
}

/** Words in Helvetica. */
export const written = (text: string, y = 700, x = 50, size = 12): string =>
  `BT /H ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj ET\n`

/** Letters drawn one by one from the left, as printers do, whatever direction they are read in. */
export const drawn = (letters: readonly string[], line: string, y = 700): string =>
  [...line]
    .map((letter, index) => {
      const code = hex(letters.indexOf(letter) + 1)
      return `BT /F 12 Tf 1 0 0 1 ${50 + 6 * index} ${y} Tm <${code}> Tj ET\n`
    })
    .join('')

const hex = (value: number): string => value.toString(16).padStart(2, '0').toUpperCase()

const utf16 = (letter: string): string =>
  Array.from({ length: letter.length }, (_, at) =>
    letter.charCodeAt(at).toString(16).padStart(4, '0'),
  ).join('')

export const eml = (headers: readonly string[], body: string): Uint8Array =>
  utf8(`${headers.join('\r\n')}\r\n\r\n${body}`)
