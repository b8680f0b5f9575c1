/** Starting to write: in the active cell, or in the name that the active header bears. */
import type { Grid } from '#client/matrix/grid.ts'
import { rowAt } from '#client/matrix/selection.ts'

/** False where there is nothing to write in. `text` takes the place of what is there. */
export const startEditing = (grid: Grid, text?: string): boolean => {
  const spot = grid.selection.active()
  const row = rowAt(grid.sheet, spot.row)
  const isCorner = spot.row === 'top' && spot.column === 'head'
  if (isCorner || row?.kind === 'add' || row?.kind === 'fold') return false
  if (row?.kind === 'basket' && row.basketId === null) return false
  const where = row?.kind === 'basket' ? ({ ...spot, column: 'head' } as const) : spot
  grid.selection.select(where)
  grid.setEditing({ spot: where, text })
  return true
}
