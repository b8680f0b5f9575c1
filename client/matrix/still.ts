/** Nothing moves under my hands: what others add or lengthen above what I look at is made up for by scrolling. */
import { createEffect, on, untrack } from 'solid-js'
import type { Grid } from '#client/matrix/grid.ts'
import { indexAt } from '#client/matrix/measure.ts'
import type { RowId } from '#client/matrix/rows.ts'

interface Held {
  readonly id: RowId
  readonly start: number
}

export const holdStill = (grid: Grid, top: () => number, scrollTo: (top: number) => void): void => {
  const { rowStarts, rows, rowIndex } = grid.sheet
  let starts: readonly number[] = []
  let ids: readonly RowId[] = []

  /** The row that I am in where it shows, else the first that shows. */
  const heldRow = (): Held | undefined => {
    const active = grid.selection.active().row
    const at = top()
    if (active !== 'top') {
      const start = starts[ids.indexOf(active)]
      if (start !== undefined && start >= at && start < at + grid.viewport().height)
        return { id: active, start }
    }
    const first = indexAt(starts, at)
    const id = ids[first]
    return id === undefined || at === 0 ? undefined : { id, start: starts[first] ?? 0 }
  }

  createEffect(
    on([rowStarts, rows], ([next, nextRows]) => {
      const held = starts.length > 1 ? untrack(heldRow) : undefined
      starts = next
      ids = nextRows.map(({ id }) => id)
      if (!held) return
      const start = starts[untrack(() => rowIndex(held.id))]
      if (start !== undefined && start !== held.start) scrollTo(untrack(top) + start - held.start)
    }),
  )
}
