/** The matrix as a sheet: a row for each issue, four columns for each party. */
import type { Table } from '#server/exchange/csv.ts'
import { MAX_ISSUES, MAX_PARTIES } from '#server/exchange/tracker-schema.ts'
import { Unreadable } from '#server/exchange/unreadable.ts'
import { KNOWLEDGE_LABELS } from '#shared/cells.ts'
import { evidenceWords } from '#shared/evidence/hedged.ts'
import { groundsOf } from '#shared/evidence/support.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

const ROW_COLUMNS = ['Basket', 'Issue', 'Description', 'Scale points'] as const
type RowColumn = (typeof ROW_COLUMNS)[number]

const STANCE = ' · stance'
const KNOWLEDGE = ' · knowledge'
/** What hedges a position and whose word it is: for readers, since what comes back in has claims of its own. */
const EVIDENCE = ' · evidence'
/** What people and programs make of the dot in the middle. */
const SUFFIX = /^(.*?)\s*[·:|–—-]\s*(stance|knowledge|evidence)$/i

const BETWEEN_POINTS = ' | '
/** Stands for a bar inside a point's label. */
export const INNER_BAR = '¦'
const inSheet = (label: string): string => label.replaceAll('|', INNER_BAR)

/** `classification`: a line above the header, with as many columns as the rest; '' for none. */
export const writeSheet = (tracker: Tracker, classification = ''): Table => {
  const baskets = new Map(tracker.baskets.map(({ id, title }) => [id, title]))
  const header = [
    ...ROW_COLUMNS,
    ...tracker.parties.flatMap(({ name }) => [
      name,
      name + STANCE,
      name + KNOWLEDGE,
      name + EVIDENCE,
    ]),
  ]
  const grounds = groundsOf(tracker)
  const rows = tracker.issues.map(({ basketId, description, id, scale, title }) => [
    basketId === null ? '' : (baskets.get(basketId) ?? ''),
    title,
    description,
    scale.points.map(({ label }) => inSheet(label)).join(BETWEEN_POINTS),
    ...tracker.parties.flatMap(party => {
      const cell = cellOf(tracker, id, party.id)
      const point = scale.points.find(point => point.id === cell.stance)
      return [
        cell.position,
        inSheet(point?.label ?? ''),
        KNOWLEDGE_LABELS[cell.knowledge],
        evidenceWords(cell, grounds),
      ]
    }),
  ])
  const line = [classification, ...header.slice(1).map(() => '')]
  return classification === '' ? [header, ...rows] : [line, header, ...rows]
}

export interface SheetCell {
  readonly position: string
  readonly stance: string
  readonly knowledge: string
}

export interface SheetRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly row: number
  readonly basket: string
  readonly title: string
  readonly description: string
  readonly points: readonly string[]
  /** One for each party of the sheet. */
  readonly cells: readonly SheetCell[]
}

export interface SheetParty {
  readonly name: string
  /** The headers of its columns, as the file has them. */
  readonly columns: SheetCell
}

export interface Sheet {
  readonly parties: readonly SheetParty[]
  readonly rows: readonly SheetRow[]
}

/** Rejects with words a table that is no matrix. */
export const readSheet = (table: Table): Sheet => {
  const above = hasLineAbove(table) ? 1 : 0
  const [header = [], ...body] = table.slice(above)
  const { columns, parties } = readHeader(header.map(name => name.trim()))
  const text = (row: readonly string[], index: number | undefined): string => {
    const words = index === undefined ? '' : (row[index] ?? '')
    return words.trim() === '' ? '' : words
  }
  const at = (row: readonly string[], index: number | undefined): string => text(row, index).trim()
  const title = columns.get('Issue')
  if (title === undefined)
    throw new Unreadable(
      'The first row has to name the columns, and one of them has to be “Issue”. Export a tracker as CSV to see the form.',
    )
  if (body.length > MAX_ISSUES || parties.length > MAX_PARTIES)
    throw new Unreadable(
      `A sheet may have ${MAX_ISSUES} rows and ${MAX_PARTIES} parties. Import it in parts.`,
    )
  return {
    parties: parties.map(({ name, ...columns }) => ({
      name,
      columns: {
        position: header[columns.position ?? -1] ?? name,
        stance: header[columns.stance ?? -1] ?? name + STANCE,
        knowledge: header[columns.knowledge ?? -1] ?? name + KNOWLEDGE,
      },
    })),
    rows: body.map((row, index) => ({
      row: index + 2 + above,
      basket: at(row, columns.get('Basket')),
      title: at(row, title),
      description: text(row, columns.get('Description')),
      points: at(row, columns.get('Scale points'))
        .split('|')
        .map(label => label.trim())
        .filter(label => label !== ''),
      cells: parties.map(({ knowledge, position, stance }) => ({
        position: text(row, position),
        stance: at(row, stance),
        knowledge: at(row, knowledge),
      })),
    })),
  }
}

/** Whether a classification line stands above the header: one cell alone, over the row that names the columns. */
const hasLineAbove = ([first = [], second = []]: Table): boolean => {
  const filled = (row: readonly string[]): readonly string[] =>
    row.map(cell => cell.trim()).filter(cell => cell !== '')
  const names = filled(second)
  return filled(first).length === 1 && names.length > 1 && names.some(name => /^issue$/i.test(name))
}

interface PartyColumns {
  readonly name: string
  position?: number
  stance?: number
  knowledge?: number
}

/** A name that comes again begins another party of that name. */
const readHeader = (names: readonly string[]) => {
  const columns = new Map<RowColumn, number>()
  const parties: PartyColumns[] = []
  const put = (name: string, part: 'position' | 'stance' | 'knowledge', index: number): void => {
    let party = parties.findLast(party => party.name === name)
    if (!party || party[part] !== undefined) parties.push((party = { name }))
    party[part] = index
  }
  for (const [index, name] of names.entries()) {
    const column = ROW_COLUMNS.find(column => column.toLowerCase() === name.toLowerCase())
    if (name === '') continue
    if (column && !columns.has(column)) {
      columns.set(column, index)
      continue
    }
    const [, party, part] = SUFFIX.exec(name) ?? []
    const kind = part?.toLowerCase()
    if (party === undefined) put(name, 'position', index)
    else if (party !== '' && kind !== 'evidence')
      put(party, kind === 'stance' ? 'stance' : 'knowledge', index)
  }
  return { columns, parties }
}
