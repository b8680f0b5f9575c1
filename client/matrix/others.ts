/** What others see of me, and I of them: where I am, and where they have just edited. */
import { createEffect, onCleanup } from 'solid-js'
import { onRemoteEdit } from '#client/live/remote-edits.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { cellAt, rowAt } from '#client/matrix/selection.ts'

export const tellPlace = (grid: Grid): void => {
  const { negotiation, selection, sheet } = grid
  createEffect(() => {
    const spot = selection.active()
    const row = rowAt(sheet, spot.row)
    if (!grid.isLive) return
    const editing = grid.editing() !== undefined && cellAt(sheet, spot) !== undefined
    const partyId = spot.column === 'head' ? null : spot.column
    negotiation.setPlace(row?.kind === 'issue' ? { issueId: row.issueId, partyId, editing } : null)
  })
  onCleanup(() => negotiation.setPlace(null))
}

export const showRemoteEdits = (grid: Grid): void => {
  onCleanup(
    onRemoteEdit(grid.negotiation, ({ issueId, partyId }) => {
      if (grid.isLive)
        flash(document.getElementById(grid.elementId({ row: issueId, column: partyId })))
    }),
  )
}

/** A highlight that fades in place over two seconds. */
const flash = (element: HTMLElement | null): void => {
  if (!element?.animate || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  element.animate([{ backgroundColor: 'var(--accent-wash)' }, { backgroundColor: 'transparent' }], {
    duration: 2_000,
    easing: 'ease-in',
  })
}
