/** The active cell, the selected range and the line of a drop, drawn over the sheet so that no cell has to be redrawn. */
import { createMemo, Show, type Accessor } from 'solid-js'
import { useGrid } from '#client/matrix/grid.ts'
import { cellAt, positionOf } from '#client/matrix/selection.ts'
import { Icon } from '#client/ui/icon.tsx'

/** Where what is dragged would go: before the row or column with this index. */
export type DropLine = { readonly row: number } | { readonly column: number }

interface Box {
  readonly top: number
  readonly start: number
  readonly width: number
  readonly height: number
}

const place = ({ top, start, width, height }: Box) => ({
  translate: `0 ${top}px`,
  'inset-inline-start': `${start}px`,
  'inline-size': `${width}px`,
  'block-size': `${height}px`,
})

export const Outlines = (props: { readonly dropLine: DropLine | undefined }) => {
  const { openPanel, range, selection, sheet } = useGrid()
  const box = (top: number, bottom: number, start: number, end: number): Box => {
    const [rows, columns] = [sheet.rowStarts(), sheet.columnStarts()]
    const [y, x] = [rows[top] ?? 0, columns[start] ?? 0]
    return {
      top: y,
      start: sheet.sizes().head + x,
      width: (columns[end + 1] ?? x) - x,
      height: (rows[bottom + 1] ?? y) - y,
    }
  }
  const active: Accessor<Box | undefined> = createMemo(() => {
    if (!cellAt(sheet, selection.active())) return undefined
    const { row, column } = positionOf(sheet, selection.active())
    return box(row, row, column, column)
  })
  const selected: Accessor<Box | undefined> = createMemo(() => {
    const { top, bottom, start, end } = range()
    const single = top === bottom && start === end
    return single || bottom < 0 || end < 0
      ? undefined
      : box(Math.max(0, top), bottom, Math.max(0, start), end)
  })
  const drop = (): Box | undefined => {
    const line = props.dropLine
    if (!line) return undefined
    const whole = sheet.sizes().head + (sheet.columnStarts().at(-1) ?? 0)
    if ('row' in line)
      return { top: (sheet.rowStarts()[line.row] ?? 0) - 1, start: 0, width: whole, height: 2 }
    return {
      top: 0,
      start: sheet.sizes().head + (sheet.columnStarts()[line.column] ?? 0) - 1,
      width: 2,
      height: sheet.rowStarts().at(-1) ?? 0,
    }
  }
  return (
    <>
      <Show when={selected()}>{box => <div class="selected-range" style={place(box())} />}</Show>
      <Show when={active()}>
        {box => (
          <div class="active-outline" aria-hidden="true" style={place(box())}>
            {/* For the pointer alone; the keyboard has F4, and a reader the menu. */}
            <button
              type="button"
              class="open-beside"
              tabindex="-1"
              aria-label="Open beside"
              data-tip="Open beside"
              data-keys="F4"
              onClick={openPanel}
            >
              <Icon name="right" />
            </button>
          </div>
        )}
      </Show>
      <Show when={drop()}>{box => <div class="drop-line" style={place(box())} />}</Show>
    </>
  )
}
