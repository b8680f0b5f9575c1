/** What I do to the matrix from the grid: each is one action and one step of undo. */
import { offerUndo } from '#client/matrix/undo-offer.ts'
import { notify } from '#client/ui/toaster.tsx'
import { basketIndexAt, gapOneStep, issuePlaceAt } from '#client/matrix/arrange.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { LOOSE, type RowId } from '#client/matrix/rows.ts'
import { cellAt, covered, rowAt, type Spot } from '#client/matrix/selection.ts'
import { clearCell, setCell } from '#shared/document/cells.ts'
import type { Cell, CellField } from '#shared/cells.ts'
import {
  addBasket,
  addIssue,
  basketRecords,
  issueRecords,
  moveBasket,
  moveIssue,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { pointAt } from '#shared/document/numeric.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { newId, type BasketId, type IssueId, type PartyId } from '#shared/ids.ts'
import type { Step } from '#client/live/actions.ts'

export const undo = (grid: Grid): void => taken(grid, grid.negotiation.undo(), 'Undone')
export const redo = (grid: Grid): void => taken(grid, grid.negotiation.redo(), 'Done again')

let dismissLast: (() => void) | undefined

const taken = (grid: Grid, step: Step | undefined, word: 'Undone' | 'Done again'): void => {
  // Several steps in a row are one notice that changes.
  dismissLast?.()
  if (!step) {
    dismissLast = notify({ text: `Nothing of yours to ${word === 'Undone' ? 'undo' : 'do again'}` })
    return
  }
  goToChange(grid, step)
  dismissLast = notify({ text: `${word}: ${step.label}` })
}

/** Moves the selection to the first thing that a step touched and that the sheet shows. */
const goToChange = (grid: Grid, { addresses }: Step): void => {
  const { sheet, selection } = grid
  const cells = [...addresses].flatMap(address => {
    const [kind, issueId, partyId] = address.split('/')
    return kind === 'cell' ? [{ row: issueId as IssueId, column: partyId as PartyId }] : []
  })
  for (const { row } of cells) {
    const issue = grid.view.issue(row)
    if (issue) grid.preferences.fold(issue.basketId ?? LOOSE, false)
  }
  const shown = cells
    .filter(({ row, column }) => sheet.rowIndex(row) >= 0 && sheet.columnIndex(column) >= 0)
    .toSorted((a, b) => sheet.rowIndex(a.row) - sheet.rowIndex(b.row))[0]
  if (shown) {
    selection.select(shown)
    return
  }
  for (const address of addresses) {
    const id = address.split('/')[1]
    if (address.startsWith('record/') && id) {
      if (sheet.rowIndex(id as RowId) >= 0)
        return selection.select({ row: id as RowId, column: 'head' })
      if (sheet.columnIndex(id as PartyId) >= 0)
        return selection.select({ row: 'top', column: id as PartyId })
    }
  }
}

const selectedCells = (
  grid: Grid,
): readonly { readonly issueId: IssueId; readonly partyId: PartyId }[] => {
  const { issueIds, columns } = covered(grid.sheet, grid.range())
  return issueIds.flatMap(issueId =>
    columns.flatMap(column => (column === 'head' ? [] : [{ issueId, partyId: column }])),
  )
}

const counted = (many: number): string => (many === 1 ? 'a cell' : `${many} cells`)

export const clear = (grid: Grid): void => clearing(grid)()

/** Clears, when it is called, what is selected now. */
export const clearing = (grid: Grid): (() => void) => {
  const cells = selectedCells(grid)
  return () => {
    if (cells.length === 0) return
    grid.negotiation.act(`clear ${counted(cells.length)}`, doc => {
      for (const { issueId, partyId } of cells) clearCell(doc, issueId, partyId)
    })
  }
}

/** Gives every selected cell the value that `choose` names for its issue; undefined leaves a cell as it is. */
export const chooseInCells = (
  grid: Grid,
  label: string,
  choose: (issueId: IssueId) => Partial<Pick<Cell, CellField>> | undefined,
): void => {
  const cells = selectedCells(grid)
  if (cells.length === 0) return
  grid.negotiation.act(label, doc => {
    for (const { issueId, partyId } of cells) {
      const values = choose(issueId)
      if (values) setCell(doc, issueId, partyId, values)
    }
  })
}

export const tellNoScale = (grid: Grid): void => {
  notify({
    text: 'This issue has no scale yet, so there is no stance to choose.',
    action: { label: 'Add a scale', run: grid.openPanel },
  })
}

/** The digit's point of each selected cell's own scale. */
export const setStanceByIndex = (grid: Grid, index: number): void => {
  const active = cellAt(grid.sheet, grid.selection.active())
  if (!active) return
  const points = grid.view.issue(active.issueId)?.scale.points ?? []
  if (points.length === 0) {
    return tellNoScale(grid)
  }
  const label = points[index]?.label
  if (label === undefined) {
    notify({ text: `This issue’s scale has ${points.length} points.` })
    return
  }
  chooseInCells(grid, `set the stance “${label}”`, issueId => {
    const point = grid.view.issue(issueId)?.scale.points[index]
    return point && { stance: point.id }
  })
}

/** The number, on each selected cell's scale that is one of numbers: its point is made where there is none. */
export const setStanceByNumber = (grid: Grid, value: number): void => {
  const cells = selectedCells(grid).filter(
    ({ issueId }) => grid.view.issue(issueId)?.scale.isNumeric,
  )
  if (cells.length === 0) return
  grid.negotiation.act(`set the stance to ${value}`, doc => {
    for (const { issueId, partyId } of cells)
      setCell(doc, issueId, partyId, { stance: pointAt(doc, issueId, value) })
  })
}

/** Adds an issue after the active row, or at the end of the named basket, and starts naming it. */
export const addIssueHere = (grid: Grid, basketId?: BasketId | null): void => {
  const { sheet, selection, view } = grid
  const active = rowAt(sheet, selection.active().row)
  const after = basketId === undefined && active?.kind === 'issue' ? active.issueId : undefined
  const home =
    basketId !== undefined
      ? basketId
      : active?.kind === 'issue'
        ? (view.issue(active.issueId)?.basketId ?? null)
        : active?.kind === 'basket' || active?.kind === 'add'
          ? active.basketId
          : (view.basketIds().at(-1) ?? null)
  const siblings = view.issueIds().filter(id => (view.issue(id)?.basketId ?? null) === home)
  const id = newId<IssueId>()
  const done = grid.negotiation.act('add an issue', doc =>
    addIssue(
      doc,
      id,
      { title: '', basketId: home },
      after === undefined ? undefined : siblings.indexOf(after) + 1,
    ),
  )
  if (!done) return
  grid.preferences.fold(home ?? LOOSE, false)
  startNaming(grid, { row: id, column: 'head' })
}

export const addPartyHere = (grid: Grid): void => {
  const id = newId<PartyId>()
  if (grid.negotiation.act('add a party', doc => addParty(doc, id, { role: 'negotiating_party' })))
    startNaming(grid, { row: 'top', column: id })
}

export const addBasketHere = (grid: Grid): void => {
  const id = newId<BasketId>()
  if (grid.negotiation.act('add a basket', doc => addBasket(doc, id, '')))
    startNaming(grid, { row: id, column: 'head' })
}

const startNaming = (grid: Grid, spot: Spot): void => {
  grid.selection.select(spot)
  grid.setEditing({ spot, text: undefined })
}

/** Names the issue, basket or party of a header. */
export const rename = (grid: Grid, spot: Spot, name: string): void => {
  const row = rowAt(grid.sheet, spot.row)
  if (nameOf(grid, spot) === name) return
  if (spot.row === 'top' && spot.column !== 'head') {
    const id = spot.column
    grid.negotiation.act('rename a party', doc => partyRecords.set(doc, id, { name }))
  } else if (row?.kind === 'issue')
    grid.negotiation.act('rename an issue', doc =>
      issueRecords.set(doc, row.issueId, { title: name }),
    )
  else if (row?.kind === 'basket' && row.basketId !== null) {
    const id = row.basketId
    grid.negotiation.act('rename a basket', doc => basketRecords.set(doc, id, { title: name }))
  }
}

export const nameOf = (grid: Grid, spot: Spot): string | undefined => {
  const row = rowAt(grid.sheet, spot.row)
  if (spot.row === 'top')
    return spot.column === 'head' ? undefined : grid.view.party(spot.column)?.name
  if (row?.kind === 'issue') return grid.view.issue(row.issueId)?.title
  return row?.kind === 'basket' && row.basketId !== null
    ? grid.view.basket(row.basketId)?.title
    : undefined
}

/** Removes what a header names: an issue, a basket (its issues stay), a party. It can be undone. */
export const remove = (grid: Grid, spot: Spot): void => {
  const row = rowAt(grid.sheet, spot.row)
  const name = nameOf(grid, spot) || 'without a name'
  let done = false
  if (spot.row === 'top' && spot.column !== 'head') {
    const id = spot.column
    done = grid.negotiation.act(`remove the party “${name}”`, doc => removeParty(doc, id))
  } else if (row?.kind === 'issue')
    done = grid.negotiation.act(`remove the issue “${name}”`, doc => removeIssue(doc, row.issueId))
  else if (row?.kind === 'basket' && row.basketId !== null) {
    const id = row.basketId
    done = grid.negotiation.act(`remove the basket “${name}”`, doc => removeBasket(doc, id))
  }
  if (done) offerUndo(grid.negotiation, `Removed “${name}”`, () => undo(grid))
}

/** Moves the active row or column by one step. */
export const reorder = (grid: Grid, rows: number, columns: number): void => {
  const { row, column } = grid.selection.active()
  if (columns !== 0 && column !== 'head') {
    const index = grid.sheet.columnIndex(column) + columns
    if (index >= 0 && index < grid.sheet.columns().length) dropColumn(grid, column, index)
  } else if (rows !== 0 && row !== 'top') {
    const gap = gapOneStep(grid.sheet, row, rows > 0 ? 1 : -1)
    if (gap !== undefined) dropRow(grid, row, gap)
  }
}

export const dropRow = (grid: Grid, id: RowId, gap: number): void => {
  const row = rowAt(grid.sheet, id)
  const rows = grid.sheet.rows()
  if (row?.kind === 'issue') {
    const place = issuePlaceAt(rows, gap, row.issueId)
    grid.negotiation.act('move an issue', doc =>
      moveIssue(doc, row.issueId, place.basketId, place.index),
    )
  } else if (row?.kind === 'basket' && row.basketId !== null) {
    const basketId = row.basketId
    const index = basketIndexAt(rows, gap, basketId)
    grid.negotiation.act('move a basket', doc => moveBasket(doc, basketId, index))
  }
}

/** `index` is that among the other columns. */
export const dropColumn = (grid: Grid, id: PartyId, index: number): void => {
  grid.negotiation.act('move a party', doc => moveParty(doc, id, index))
}
