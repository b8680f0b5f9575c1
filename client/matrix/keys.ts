/** Carries out what the keyboard says while it is on the grid. */
import { onCleanup } from 'solid-js'
import * as deeds from '#client/matrix/deeds.ts'
import { startEditing } from '#client/matrix/editing.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { commandFor, type Command } from '#client/matrix/keyboard.ts'
import { openCellMenu, openStanceMenu } from '#client/matrix/menus.ts'
import { openNumberEntry } from '#client/matrix/number-entry.ts'
import { destination, isMovement } from '#client/matrix/navigation.ts'
import { LOOSE } from '#client/matrix/rows.ts'
import { cellAt, rowAt, spotAt } from '#client/matrix/selection.ts'

export const handleKeys = (grid: Grid, element: HTMLElement): void => {
  const rightToLeft = getComputedStyle(element).direction === 'rtl'
  const onKeyDown = (event: KeyboardEvent): void => {
    // Editors inside the grid have keys of their own.
    if (event.target !== element) return
    if (grid.editing()) {
      event.preventDefault()
      grid.typeAhead.push(event)
      return
    }
    if (isStray(grid, event)) return event.preventDefault()
    const command = commandFor(event, rightToLeft)
    if (command && run(grid, command)) event.preventDefault()
  }
  element.addEventListener('keydown', onKeyDown)
  onCleanup(() => element.removeEventListener('keydown', onKeyDown))
}

/** Who types on while the cell is removed means the text, not the grid; any other key ends that. */
const isStray = ({ stray }: Grid, { altKey, ctrlKey, key, metaKey }: KeyboardEvent): boolean => {
  const isText = ([...key].length === 1 || key === 'Backspace') && !ctrlKey && !metaKey && !altKey
  if (isText && stray.take) stray.take(key)
  else if (!isText && !['Shift', 'CapsLock', 'Dead', 'AltGraph'].includes(key))
    stray.take = undefined
  return isText && stray.take !== undefined
}

/** The digits that choose no point of an ordered scale. */
const isNumberStart = (text: string | undefined): boolean =>
  text !== undefined && /^[089]$/.test(text)

/** False where the key is to keep its ordinary meaning. */
const run = (grid: Grid, command: Command): boolean => {
  const { selection, sheet } = grid
  const active = selection.active()
  if (isMovement(command)) {
    selection.select(destination(sheet, active, command, grid.viewport().height), command.extend)
    return true
  }
  switch (command.do) {
    case 'menu':
      openCellMenu(grid)
      return true
    case 'panel':
      grid.togglePanel()
      return true
    case 'readPage':
      grid.openPage(active)
      return true
    case 'history':
      if (rowAt(sheet, active.row)?.kind !== 'issue') return false
      grid.toggleHistory()
      return true
    case 'selectAll':
      selection.select(spotAt(sheet, { row: 0, column: 0 }))
      selection.select(spotAt(sheet, { row: Infinity, column: Infinity }), true)
      return true
    case 'enter':
      return enter(grid)
    case 'escape':
      selection.select(active)
      return false
    default:
      return grid.mayEdit() && change(grid, command)
  }
}

const enter = (grid: Grid): boolean => {
  const active = grid.selection.active()
  const row = rowAt(grid.sheet, active.row)
  if (row?.kind === 'basket') grid.preferences.fold(row.basketId ?? LOOSE, !row.folded)
  else if (row?.kind === 'fold') grid.marks()?.unfold?.(row.issueIds)
  else if (row?.kind === 'add') deeds.addIssueHere(grid, row.basketId)
  else if (grid.mayEdit()) startEditing(grid)
  else grid.openPanel()
  return true
}

const change = (grid: Grid, command: Exclude<Command, { readonly extend: boolean }>): boolean => {
  const isCell = cellAt(grid.sheet, grid.selection.active()) !== undefined
  switch (command.do) {
    case 'edit':
      if (isNumberStart(command.text) && openNumberEntry(grid, command.text)) return true
      return startEditing(grid, command.text)
    case 'stance':
      if (!isCell) return startEditing(grid, String(command.index + 1))
      if (openNumberEntry(grid, String(command.index + 1))) return true
      deeds.setStanceByIndex(grid, command.index)
      return true
    case 'pickStance':
      if (isCell) openStanceMenu(grid)
      else enter(grid)
      return true
    case 'clear':
      deeds.clear(grid)
      return true
    case 'remove':
      deeds.remove(grid, grid.selection.active())
      return true
    case 'addRow':
      deeds.addIssueHere(grid)
      return true
    case 'reorder':
      deeds.reorder(grid, command.rows, command.columns)
      return true
    case 'undo':
      deeds.undo(grid)
      return true
    case 'redo':
      deeds.redo(grid)
      return true
    default:
      return false
  }
}
