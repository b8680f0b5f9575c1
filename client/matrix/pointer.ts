/** What the pointer does on the grid: selecting by click and drag, editing by double click, moving rows and columns by their grips. */
import { onCleanup } from 'solid-js'
import * as deeds from '#client/matrix/deeds.ts'
import type { Grid } from '#client/matrix/grid.ts'
import { startEditing } from '#client/matrix/editing.ts'
import { indexAt } from '#client/matrix/measure.ts'
import { openCellMenu } from '#client/matrix/menus.ts'
import type { DropLine } from '#client/matrix/outlines.tsx'
import { LOOSE, type RowId } from '#client/matrix/rows.ts'
import { positionOf, rowAt, type Spot } from '#client/matrix/selection.ts'
import type { PartyId } from '#shared/ids.ts'

/** How near to an edge dragging scrolls, and how far in a frame. */
const EDGE = 36
const STRIDE = 14

export const handlePointer = (
  grid: Grid,
  root: HTMLElement,
  showDrop: (line: DropLine | undefined) => void,
): void => {
  const onPointerDown = (event: PointerEvent): void => {
    const target = event.target
    if (!(target instanceof Element) || event.button !== 0) return
    grid.stray.take = undefined
    const spot = spotOf(target)
    if (!spot || target.closest('button, input, .cm-editor')) return
    if (target.closest('[data-fold]')) return toggleFold(grid, spot)
    if (target.closest('[data-grip]')) return dragRecord(grid, root, event, spot, showDrop)
    if (event.pointerType === 'touch') return
    root.focus({ preventScroll: true })
    // Else the browser would select the words over which the pointer is drawn.
    event.preventDefault()
    grid.selection.select(spot, event.shiftKey)
    drag(root, event, moved => {
      const over = spotOf(document.elementFromPoint(moved.clientX, moved.clientY))
      if (over) grid.selection.select(over, true)
    })
  }
  const onClick = (event: PointerEvent | MouseEvent): void => {
    const spot = event.target instanceof Element ? spotOf(event.target) : undefined
    if (spot && 'pointerType' in event && event.pointerType === 'touch') grid.selection.select(spot)
  }
  const onDoubleClick = (event: MouseEvent): void => {
    const target = event.target
    if (!(target instanceof Element) || target.closest('button, input, .cm-editor')) return
    const row = rowAt(grid.sheet, grid.selection.active().row)
    if (target.closest('[data-fold], [data-grip]') || row?.kind === 'add') return
    if (grid.mayEdit()) startEditing(grid)
    else grid.openPanel()
  }
  const onContextMenu = (event: MouseEvent): void => {
    const target = event.target
    if (!(target instanceof Element) || target.closest('input, .cm-editor')) return
    event.preventDefault()
    const spot = spotOf(target)
    // Inside a selected range the menu is for the range.
    if (spot && !isInRange(grid, spot)) grid.selection.select(spot)
    root.focus({ preventScroll: true })
    openCellMenu(grid, { x: event.clientX, y: event.clientY })
  }
  root.addEventListener('contextmenu', onContextMenu)
  root.addEventListener('pointerdown', onPointerDown)
  root.addEventListener('click', onClick)
  root.addEventListener('dblclick', onDoubleClick)
  onCleanup(() => {
    root.removeEventListener('contextmenu', onContextMenu)
    root.removeEventListener('pointerdown', onPointerDown)
    root.removeEventListener('click', onClick)
    root.removeEventListener('dblclick', onDoubleClick)
  })
}

const spotOf = (target: Element | null): Spot | undefined => {
  const column = target?.closest<HTMLElement>('[data-column]')?.dataset['column']
  const row = target?.closest<HTMLElement>('[data-row]')?.dataset['row']
  if (column === undefined || row === undefined) return undefined
  return { row: row as Spot['row'], column: column as Spot['column'] }
}

const isInRange = (grid: Grid, spot: Spot): boolean => {
  const { row, column } = positionOf(grid.sheet, spot)
  const { top, bottom, start, end } = grid.range()
  return row >= top && row <= bottom && column >= start && column <= end
}

const toggleFold = (grid: Grid, { row }: Spot): void => {
  const found = rowAt(grid.sheet, row)
  if (found?.kind === 'basket') grid.preferences.fold(found.basketId ?? LOOSE, !found.folded)
}

/** Follows the pointer until it is let go; scrolls while it is near an edge. */
const drag = (
  root: HTMLElement,
  down: PointerEvent,
  move: (event: PointerEvent) => void,
  end: (cancelled: boolean) => void = () => {},
): void => {
  const bounds = root.getBoundingClientRect()
  let latest: PointerEvent | undefined
  let frame = 0
  const step = (): void => {
    frame = 0
    if (!latest) return
    const by = strideOf(bounds, latest)
    if (by.x !== 0 || by.y !== 0) {
      root.scrollBy(by.x, by.y)
      frame = requestAnimationFrame(step)
    }
    move(latest)
  }
  const onMove = (event: PointerEvent): void => {
    latest = event
    frame ||= requestAnimationFrame(step)
  }
  const finish = (event: PointerEvent | KeyboardEvent): void => {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return
    cancelAnimationFrame(frame)
    if (event.type === 'pointerup' && latest) move(event as PointerEvent)
    listening.abort()
    end(event.type !== 'pointerup')
  }
  const listening = new AbortController()
  const { signal } = listening
  root.setPointerCapture(down.pointerId)
  root.addEventListener('pointermove', onMove, { signal })
  root.addEventListener('pointerup', finish, { signal })
  root.addEventListener('pointercancel', finish, { signal })
  addEventListener('keydown', finish, { signal, capture: true })
}

const strideOf = (bounds: DOMRect, { clientX, clientY }: PointerEvent) => {
  const along = (at: number, from: number, to: number): number =>
    at < from + EDGE ? -STRIDE : at > to - EDGE ? STRIDE : 0
  return {
    x: along(clientX, bounds.left, bounds.right),
    y: along(clientY, bounds.top, bounds.bottom),
  }
}

const dragRecord = (
  grid: Grid,
  root: HTMLElement,
  down: PointerEvent,
  spot: Spot,
  showDrop: (line: DropLine | undefined) => void,
): void => {
  down.preventDefault()
  grid.selection.select(spot)
  const { column, row } = spot
  let gap: number | undefined
  const isColumn = row === 'top' && column !== 'head'
  drag(
    root,
    down,
    event => {
      gap = isColumn
        ? columnGap(grid, root, event)
        : row === 'top'
          ? undefined
          : rowGap(grid, root, event, row)
      showDrop(gap === undefined ? undefined : isColumn ? { column: gap } : { row: gap })
    },
    cancelled => {
      showDrop(undefined)
      if (gap === undefined || cancelled) return
      if (isColumn) dropColumn(grid, column, gap)
      else if (row !== 'top') deeds.dropRow(grid, row, gap)
      root.focus({ preventScroll: true })
    },
  )
}

const dropColumn = (grid: Grid, id: PartyId, gap: number): void => {
  const from = grid.sheet.columnIndex(id)
  const to = gap > from ? gap - 1 : gap
  if (to !== from) deeds.dropColumn(grid, id, to)
}

const nearestGap = (starts: readonly number[], at: number): number => {
  const index = indexAt(starts, at)
  const middle = ((starts[index] ?? 0) + (starts[index + 1] ?? 0)) / 2
  return at > middle ? index + 1 : index
}

const rowGap = (
  { sheet }: Grid,
  root: HTMLElement,
  { clientY }: PointerEvent,
  moved: RowId,
): number => {
  const y = clientY - root.getBoundingClientRect().top - sheet.sizes().top + root.scrollTop
  const gap = nearestGap(sheet.rowStarts(), y)
  if (rowAt(sheet, moved)?.kind !== 'basket') return Math.max(1, gap)
  // A basket goes between baskets.
  const headers = sheet.rows().flatMap((row, index) => (row.kind === 'basket' ? [index] : []))
  return headers.find(index => index >= gap) ?? sheet.rows().length
}

const columnGap = ({ sheet }: Grid, root: HTMLElement, { clientX }: PointerEvent): number => {
  const bounds = root.getBoundingClientRect()
  const fromStart =
    getComputedStyle(root).direction === 'rtl' ? bounds.right - clientX : clientX - bounds.left
  return nearestGap(
    sheet.columnStarts(),
    fromStart - sheet.sizes().head + Math.abs(root.scrollLeft),
  )
}
