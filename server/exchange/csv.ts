/** Tables as CSV that a spreadsheet opens without running anything, and whatever a spreadsheet saves as a table. */
import Papa from 'papaparse'
import { Unreadable } from '#server/exchange/unreadable.ts'

export type Table = readonly (readonly string[])[]

/**
 * What makes a spreadsheet take a cell for a formula, earlier apostrophes included: the signs and all that a
 * program may take for them, also behind what some programs trim away before they look.
 */
const FORMULA =
  /^'*(?:[\t\r\n\0]|[\s\u200B-\u200F\u202A-\u202E\u2060\uFEFF"]*[=+\-@⁺⁼₊₌⩵⩶﬩﹢﹣﹦﹫＋－＝＠])/

const asWords = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell)
const asWritten = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell

/** Before the first row, or Excel reads UTF-8 as something else. */
export const BYTE_ORDER_MARK = '\uFEFF'

export const writeCsv = (table: Table): string => `${BYTE_ORDER_MARK}${csvRows(table)}`

/** Some rows of a sheet that is written bit by bit. */
export const csvRows = (table: Table): string =>
  `${Papa.unparse(
    table.map(row => row.map(asWords)),
    { newline: '\r\n' },
  )}\r\n`

export const readCsv = (bytes: Uint8Array): Table => {
  const text = decode(bytes)
  const { data, errors } = Papa.parse<readonly string[]>(text, {
    delimiter: delimiterOf(text),
    skipEmptyLines: 'greedy',
  })
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault)
    throw new Unreadable(
      `Row ${(fault.row ?? 0) + 1} has a quotation mark that is not closed. Save the sheet as CSV again.`,
    )
  return data.map(row => row.map(asWritten))
}

/**
 * The one that makes most columns of the header, or of the row below it where nothing parts the first: spreadsheets in
 * many languages write semicolons.
 */
const delimiterOf = (text: string): string => mostColumns(text, 0) ?? mostColumns(text, 1) ?? ','

const mostColumns = (text: string, row: number): string | undefined => {
  const columns = (delimiter: string): number =>
    Papa.parse<readonly string[]>(text, { delimiter, preview: row + 1 }).data[row]?.length ?? 0
  const best = [',', ';', '\t'].reduce((best, other) =>
    columns(other) > columns(best) ? other : best,
  )
  return columns(best) > 1 ? best : undefined
}

const decode = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  if (first === 0x50 && second === 0x4b)
    throw new Unreadable('This is a workbook, not CSV. In Excel, save it as “CSV UTF-8”.')
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Falls through to the words below: a decoder says no more than that it failed.
  }
  throw new Unreadable('This is not text in UTF-8. In Excel, save the sheet as “CSV UTF-8”.')
}
