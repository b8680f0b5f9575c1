/** Where I am in the matrix: by ids, never by index, so that nobody's edit moves me to another cell. */
import { batch, createSignal, type Accessor } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import type { Row, RowId } from '#client/matrix/rows.ts'
import type { Sheet } from '#client/matrix/sheet.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'

/** `top` is the header row, `head` the column of the issues' titles. */
export interface Spot {
  readonly row: RowId | 'top'
  readonly column: PartyId | 'head'
}

export interface Selection {
  readonly active: Accessor<Spot>
  /** Where the selected range began; the same as the active spot where only one is selected. */
  readonly anchor: Accessor<Spot>
  readonly select: (spot: Spot, extend?: boolean) => void
  /** How far the sheet is scrolled, for the next grid that shows the same tracker. */
  readonly scroll: { top: number; left: number }
}

export const TOP_LEFT: Spot = { row: 'top', column: 'head' }

export const createSelection = (): Selection => {
  const [active, setActive] = createSignal(TOP_LEFT, { equals: sameSpot })
  const [anchor, setAnchor] = createSignal(TOP_LEFT, { equals: sameSpot })
  return {
    active,
    anchor,
    select: (spot, extend = false) =>
      batch(() => {
        setActive(spot)
        if (!extend) setAnchor(spot)
      }),
    scroll: { top: 0, left: 0 },
  }
}

export const sameSpot = (a: Spot, b: Spot): boolean => a.row === b.row && a.column === b.column

/** Indices in the sheet: row -1 is the header row, column -1 the first column. */
export interface Position {
  readonly row: number
  readonly column: number
}

export const positionOf = (sheet: Sheet, spot: Spot): Position => ({
  row: sheet.rowIndex(spot.row),
  column: sheet.columnIndex(spot.column),
})

export const spotAt = (sheet: Sheet, { row, column }: Position): Spot => {
  const at = Math.max(-1, Math.min(row, sheet.rows().length - 1))
  return {
    row: sheet.rows()[at]?.id ?? 'top',
    column: sheet.columns()[Math.max(-1, Math.min(column, sheet.columns().length - 1))] ?? 'head',
  }
}

/** The issue and party of a spot; undefined for headers and for rows that hold no issue. */
export const cellAt = (
  sheet: Sheet,
  { row, column }: Spot,
): { readonly issueId: IssueId; readonly partyId: PartyId } | undefined => {
  const found = rowAt(sheet, row)
  return found?.kind === 'issue' && column !== 'head'
    ? { issueId: found.issueId, partyId: column }
    : undefined
}

/** The same without a sheet, in whatever is shown. */
export const cellOn = (
  view: Pick<MatrixView, 'issue' | 'party'>,
  { row, column }: Spot,
): { readonly issueId: IssueId; readonly partyId: PartyId } | undefined =>
  column !== 'head' && view.issue(row as IssueId) && view.party(column)
    ? { issueId: row as IssueId, partyId: column }
    : undefined

export const rowAt = (sheet: Sheet, id: Spot['row']): Row | undefined =>
  sheet.rows()[sheet.rowIndex(id)]

/** A selected range, from first to last, both inclusive. */
export interface Range {
  readonly top: number
  readonly bottom: number
  readonly start: number
  readonly end: number
}

export const rangeOf = (sheet: Sheet, selection: Selection): Range => {
  const from = positionOf(sheet, selection.anchor())
  const to = positionOf(sheet, selection.active())
  return {
    top: Math.min(from.row, to.row),
    bottom: Math.max(from.row, to.row),
    start: Math.min(from.column, to.column),
    end: Math.max(from.column, to.column),
  }
}

export const sameRange = (a: Range, b: Range): boolean =>
  a.top === b.top && a.bottom === b.bottom && a.start === b.start && a.end === b.end

/** The issues and parties (`head` for the titles) that a range covers, in the order of the screen. */
export const covered = (
  sheet: Sheet,
  range: Range,
): { readonly issueIds: readonly IssueId[]; readonly columns: readonly Spot['column'][] } => ({
  issueIds: sheet
    .rows()
    .slice(Math.max(0, range.top), range.bottom + 1)
    .flatMap(row => (row.kind === 'issue' ? [row.issueId] : [])),
  columns: [
    ...(range.start < 0 ? ['head' as const] : []),
    ...sheet.columns().slice(Math.max(0, range.start), range.end + 1),
  ],
})
