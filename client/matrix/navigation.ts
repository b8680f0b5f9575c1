/** Where a movement leads. Pure over the sheet's geometry. */
import type { Command } from '#client/matrix/keyboard.ts'
import { indexAt } from '#client/matrix/measure.ts'
import { positionOf, spotAt, type Position, type Spot } from '#client/matrix/selection.ts'
import type { Sheet } from '#client/matrix/sheet.ts'

export type Movement = Extract<Command, { readonly do: 'move' | 'page' | 'jump' }>

export const isMovement = (command: Command): command is Movement =>
  command.do === 'move' || command.do === 'page' || command.do === 'jump'

export const destination = (
  sheet: Sheet,
  from: Spot,
  movement: Movement,
  pageHeight: number,
): Spot => {
  const position = positionOf(sheet, from)
  if (movement.do === 'move')
    return spotAt(sheet, {
      row: position.row + movement.rows,
      column: position.column + movement.columns,
    })
  if (movement.do === 'page')
    return spotAt(sheet, { ...position, row: pageFrom(sheet, position, movement.by * pageHeight) })
  return spotAt(sheet, jumped(sheet, position, movement.to))
}

const pageFrom = (sheet: Sheet, { row }: Position, distance: number): number => {
  const starts = sheet.rowStarts()
  const target = indexAt(starts, (starts[Math.max(0, row)] ?? 0) + distance)
  // A row as high as the page must not hold the cursor back.
  return target === row ? row + Math.sign(distance) : target
}

const jumped = (
  sheet: Sheet,
  { row, column }: Position,
  to: Extract<Movement, { do: 'jump' }>['to'],
): Position => {
  const [lastRow, lastColumn] = [sheet.rows().length - 1, sheet.columns().length - 1]
  switch (to) {
    case 'rowStart':
      return { row, column: -1 }
    case 'rowEnd':
      return { row, column: lastColumn }
    case 'columnStart':
      return { row: 0, column }
    case 'columnEnd':
      return { row: lastRow, column }
    case 'sheetStart':
      return { row: 0, column: -1 }
    case 'sheetEnd':
      return { row: lastRow, column: lastColumn }
  }
}

/** The next row with an issue in a direction, past headers and folded rows; the same row where there is none. */
export const issueRowBeside = (
  { rows }: Pick<Sheet, 'rows'>,
  from: number,
  direction: 1 | -1,
): number => {
  for (let row = from + direction; rows()[row] !== undefined; row += direction)
    if (rows()[row]?.kind === 'issue') return row
  return from
}

/** How far to scroll along one axis so that a thing from `start` to `end` shows; the same place where it does already. */
export const revealed = (at: number, room: number, start: number, end: number): number => {
  if (start < at || end - start > room) return start
  return end > at + room ? end - room : at
}
