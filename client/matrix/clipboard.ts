/** Between the matrix and Excel, Sheets or Word: tables as HTML and as tab-separated text. */
import { documentOf } from '#client/trusted.ts'
import { cellKey } from '#shared/cells.ts'
import type { ClaimId, IssueId, PartyId, TrackerId } from '#shared/ids.ts'

/** Rows of cells, each row as long as the longest. */
export type Block<T = string> = readonly (readonly T[])[]

export interface Place {
  readonly issueId: IssueId
  readonly partyId: PartyId
}

/** What a cell is in its own matrix: for others it reads with its hedge and attribution. */
export interface Piece {
  readonly text: string
  /** On what the words rest. */
  readonly claimIds: readonly ClaimId[]
  /** Where it was cut, and leaves its claims when it is put elsewhere. */
  readonly cutFrom: Place | undefined
}

export const bare = (text: string): Piece => ({ text, claimIds: [], cutFrom: undefined })

/** The matrix into which something is pasted. */
export interface Home {
  readonly trackerId: TrackerId
  readonly hasClaim: (id: ClaimId) => boolean
}

/** The attributes in which a copied cell carries its bare words, its claims and whence it was cut, and a table its tracker. */
const BARE = 'data-parley'
const CLAIMS = 'data-parley-claims'
const CUT = 'data-parley-cut'
const TRACKER = 'data-parley-tracker'

/** What the clipboard holds as a table; a text without tabs or line breaks is a block of one. */
export const readBlock = (
  { html, text }: { readonly html: string; readonly text: string },
  home?: Home,
): Block<Piece> => {
  const block = html === '' ? undefined : tableIn(html, home)
  return squared(block ?? parseTabs(text).map(row => row.map(bare)))
}

const squared = (block: Block<Piece>): Block<Piece> => {
  const width = Math.max(1, ...block.map(row => row.length))
  return block.map(row => [...row, ...Array<Piece>(width - row.length).fill(bare(''))])
}

const tableIn = (html: string, home: Home | undefined): Block<Piece> | undefined => {
  const table = documentOf(html).querySelector('table')
  if (!table) return undefined
  const own = table.getAttribute(TRACKER) === home?.trackerId ? home : undefined
  const rows = [...table.rows]
  const block: Piece[][] = rows.map(() => [])
  rows.forEach((row, index) => {
    const cells = block[index] ?? []
    for (const cell of row.cells) {
      let at = 0
      while (cells[at] !== undefined) at++
      // A merged cell's text stands in its first place; the places that it covers are empty.
      for (let down = 0; down < Math.min(cell.rowSpan || 1, rows.length - index); down++)
        for (let across = 0; across < Math.min(cell.colSpan || 1, 100); across++) {
          const covered = block[index + down]
          if (covered) covered[at + across] = down + across === 0 ? pieceIn(cell, own) : bare('')
        }
    }
  })
  const filled = block.map(row => Array.from(row, value => value ?? bare('')))
  return filled.length === 0 ? undefined : filled
}

/** In another tracker, and where a claim is gone since, nothing would hedge the bare words: there they stay as they read. */
const pieceIn = (cell: Element, home: Home | undefined): Piece => {
  const words = cell.getAttribute(BARE)
  const claimIds = (cell.getAttribute(CLAIMS)?.split(' ') ?? []) as ClaimId[]
  if (!home || words === null || !claimIds.every(home.hasClaim)) return bare(textOf(cell))
  const [issueId, partyId] = cell.getAttribute(CUT)?.split('/') ?? []
  return {
    text: words,
    claimIds,
    cutFrom:
      issueId && partyId ? { issueId: issueId as IssueId, partyId: partyId as PartyId } : undefined,
  }
}

const BLOCKS = new Set(['P', 'DIV', 'LI', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'PRE'])

/** An element's words with its line breaks, and without the ones that only its source has. */
const textOf = (element: Element): string => {
  let text = ''
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) text += (node.nodeValue ?? '').replace(/[\s ]+/g, ' ')
    else if (node.nodeName === 'BR') text += '\n'
    else if (node.nodeName !== 'STYLE' && node.nodeName !== 'SCRIPT') {
      const block = BLOCKS.has(node.nodeName)
      if (block && text.trim() !== '' && !text.endsWith('\n')) text += '\n'
      for (const child of node.childNodes) walk(child)
      if (block && text.trim() !== '' && !text.endsWith('\n')) text += '\n'
    }
  }
  for (const child of element.childNodes) walk(child)
  return text
    .replace(/ *\n */g, '\n')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/**
 * Tab-separated text as Excel and Sheets write it. A quotation mark opens a quoted cell only where a closing one
 * stands before a tab or a line's end: Excel leaves a cell that merely begins with a quotation as it is.
 */
export const parseTabs = (source: string): Block => {
  const text = source.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const rows: string[][] = [[]]
  let at = 0
  for (;;) {
    const quoted = matchAt(QUOTED, text, at)
    const value = quoted ?? matchAt(PLAIN, text, at) ?? ''
    rows.at(-1)?.push(quoted === undefined ? value : value.slice(1, -1).replaceAll('""', '"'))
    at += value.length
    if (at >= text.length) return rows
    if (text[at] === '\n') rows.push([])
    at++
    if (at === text.length) {
      rows.at(-1)?.push('')
      return rows
    }
  }
}
const QUOTED = /"(?:[^"]|"")*"(?=[\t\n]|$)/y
const PLAIN = /[^\t\n]*/y

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/**
 * What to put on the clipboard. One cell alone is its text, so that it pastes into a letter as words. `own` is what the same
 * cells are in their tracker, where that is pasted.
 */
export const writeBlock = (
  block: Block,
  own?: { readonly trackerId: TrackerId; readonly pieces: Block<Piece> },
): { readonly text: string; readonly html: string } => {
  const [first] = block
  const single = block.length === 1 && first?.length === 1 ? first[0] : undefined
  const cell = (value: string, row: number, column: number): string => {
    const piece = own?.pieces[row]?.[column]
    return `<td${piece ? attributesOf(piece, value) : ''}>${escape(value)}</td>`
  }
  return {
    // Every row ends with a line break, as Excel's do: else a last row that is empty would be lost.
    text: single ?? block.map(row => `${row.map(value => quote(value)).join('\t')}\n`).join(''),
    html: `<table${own ? ` ${TRACKER}="${quoted(own.trackerId)}"` : ''}>${block
      .map((row, at) => `<tr>${row.map((value, column) => cell(value, at, column)).join('')}</tr>`)
      .join('')}</table>`,
  }
}

const attributesOf = ({ claimIds, cutFrom, text }: Piece, value: string): string =>
  [
    text === value && claimIds.length === 0 ? '' : ` ${BARE}="${quoted(text)}"`,
    claimIds.length === 0 ? '' : ` ${CLAIMS}="${quoted(claimIds.join(' '))}"`,
    cutFrom ? ` ${CUT}="${quoted(cellKey(cutFrom.issueId, cutFrom.partyId))}"` : '',
  ].join('')

const quote = (value: string): string =>
  /[\t\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const quoted = (value: string): string =>
  escaped(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')

const escape = (value: string): string =>
  escaped(value).replaceAll('\n', '<br style="mso-data-placement:same-cell">')

export interface Rectangle {
  readonly top: number
  readonly start: number
  readonly rows: number
  readonly columns: number
}

export interface PastePlan<T> {
  readonly writes: readonly {
    readonly row: number
    readonly column: number
    readonly value: T
  }[]
  /** Rows of the block below the sheet's last row, from the first column on. */
  readonly overflow: Block<T>
  /** Columns of the block beyond the sheet's last column, which are left out. */
  readonly cutColumns: number
}

/**
 * Where a block goes. A block that fits a whole number of times into the selection fills it: one value fills
 * all, one row goes into every row.
 */
export const planPaste = <T>(
  block: Block<T>,
  selected: Rectangle,
  sheet: { readonly rows: number; readonly columns: number },
): PastePlan<T> => {
  const high = block.length
  const wide = block[0]?.length ?? 0
  const tiles = selected.rows % high === 0 && selected.columns % wide === 0
  const rows = tiles ? selected.rows : high
  const columns = tiles ? selected.columns : wide
  const fits = Math.min(columns, sheet.columns - selected.start)
  const writes: { row: number; column: number; value: T }[] = []
  const overflow: T[][] = []
  for (let down = 0; down < rows; down++) {
    const values = block[down % high] ?? []
    if (selected.top + down >= sheet.rows) {
      overflow.push(values.slice(0, fits))
      continue
    }
    for (let across = 0; across < fits; across++) {
      const value = values[across % wide]
      if (value !== undefined)
        writes.push({ row: selected.top + down, column: selected.start + across, value })
    }
  }
  return { writes, overflow, cutColumns: columns - fits }
}
