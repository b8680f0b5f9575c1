/** The window onto the sheet: what of it shows, and bringing a place into sight. No size is ever read while scrolling. */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import { sameSpan, spanOf, type Span } from '#client/matrix/measure.ts'
import { revealed } from '#client/matrix/navigation.ts'
import { positionOf, type Selection, type Spot } from '#client/matrix/selection.ts'
import type { Sheet } from '#client/matrix/sheet.ts'

export interface Viewport {
  /** Of the sheet, without its headers. */
  readonly room: Accessor<{ readonly width: number; readonly height: number }>
  /** Of the whole grid. */
  readonly width: Accessor<number>
  readonly rowSpan: Accessor<Span>
  readonly columnSpan: Accessor<Span>
  readonly top: () => number
  readonly reveal: (spot: Spot) => void
  readonly scrollTo: (top: number, left?: number) => void
  readonly attach: (element: HTMLElement) => void
}

/** How far beyond its edges the sheet is drawn. */
const BEYOND = { rows: 320, columns: 240 }

const NOTHING: Span = { first: 0, end: 0 }

export const createViewport = (sheet: Sheet, selection: Selection): Viewport => {
  let root: HTMLElement | undefined
  let direction: 1 | -1 = 1
  const [size, setSize] = createSignal({ width: 1_200, height: 800 })
  const [scroll, setScroll] = createSignal({ ...selection.scroll })
  const room = createMemo(() => ({
    width: Math.max(0, size().width - sheet.sizes().head),
    height: Math.max(0, size().height - sheet.sizes().top),
  }))
  const spanned = (span: () => Span): Accessor<Span> =>
    createMemo<Span>(span, NOTHING, { equals: sameSpan })

  const noteScroll = (): void => {
    if (!root) return
    // In right-to-left scripts the browser counts from 0 downwards.
    const at = { top: root.scrollTop, left: Math.abs(root.scrollLeft) }
    Object.assign(selection.scroll, at)
    setScroll(at)
  }
  const scrollTo = (top: number, left = scroll().left): void => {
    if (!root) return
    root.scrollTop = top
    root.scrollLeft = left * direction
    noteScroll()
  }

  return {
    room,
    width: () => size().width,
    rowSpan: spanned(() => {
      const { top } = scroll()
      return spanOf(sheet.rowStarts(), top, top + room().height, BEYOND.rows)
    }),
    columnSpan: spanned(() => {
      const { left } = scroll()
      return spanOf(sheet.columnStarts(), left, left + room().width, BEYOND.columns)
    }),
    top: () => scroll().top,
    reveal: spot => {
      const { row, column } = positionOf(sheet, spot)
      const { top, left } = scroll()
      const [rows, columns] = [sheet.rowStarts(), sheet.columnStarts()]
      const nextTop =
        row < 0 ? top : revealed(top, room().height, rows[row] ?? 0, rows[row + 1] ?? 0)
      const nextLeft =
        column < 0
          ? left
          : revealed(left, room().width, columns[column] ?? 0, columns[column + 1] ?? 0)
      if (nextTop !== top || nextLeft !== left) scrollTo(nextTop, nextLeft)
    },
    scrollTo,
    attach: element => {
      root = element
      direction = getComputedStyle(element).direction === 'rtl' ? -1 : 1
      const observer = new ResizeObserver(([entry]) => {
        if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
      })
      observer.observe(element)
      if (element.clientWidth > 0)
        setSize({ width: element.clientWidth, height: element.clientHeight })
      const { top, left } = selection.scroll
      scrollTo(top, left)
      element.addEventListener('scroll', noteScroll, { passive: true })
      onCleanup(() => {
        observer.disconnect()
        element.removeEventListener('scroll', noteScroll)
      })
    },
  }
}
