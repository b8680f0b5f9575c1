/** Words selected in the reader, by pointer or by keyboard, as places in the text. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { trimmed, type Span } from '#shared/evidence/anchor.ts'

export interface Caret {
  readonly left: number
  readonly top: number
  readonly height: number
}

export interface Selecting {
  /** Undefined while nothing is selected in the reader, and while the pointer still selects. */
  readonly span: Accessor<Span | undefined>
  /** Where the selection ends on the screen. */
  readonly at: Accessor<{ readonly x: number; readonly y: number }>
  /** Where the keyboard is while nothing is selected, within what is scrolled. */
  readonly caret: Accessor<Caret | undefined>
  readonly clear: () => void
  /** Moves or extends as in an editor; answers whether the key was one for that. */
  readonly onKey: (event: KeyboardEvent) => boolean
}

const MOVES: Readonly<Record<string, readonly [direction: string, granularity: string]>> = {
  ArrowLeft: ['left', 'character'],
  ArrowRight: ['right', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
}

export const createSelecting = (
  reader: Accessor<HTMLElement | undefined>,
  text: Accessor<string>,
): Selecting => {
  const [span, setSpan] = createSignal<Span>()
  const [at, setAt] = createSignal({ x: 0, y: 0 })
  const [caret, setCaret] = createSignal<Caret>()
  let isPointing = false

  const read = (): void => {
    const root = reader()
    const selection = getSelection()
    const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined
    if (!root || !range || isPointing || !root.contains(range.commonAncestorContainer)) {
      setSpan(undefined)
      setCaret(undefined)
      return
    }
    const from = offsetIn(root, range.startContainer, range.startOffset)
    const to = offsetIn(root, range.endContainer, range.endOffset)
    const words = trimmed(text(), from, to)
    const boxes = range.getClientRects()
    const last = boxes[boxes.length - 1]
    setCaret(range.collapsed && last ? caretAt(root, last) : undefined)
    if (words.start === words.end) return void setSpan(undefined)
    if (last) setAt({ x: last.right, y: last.bottom })
    setSpan(before => (before?.start === words.start && before.end === words.end ? before : words))
  }
  const onPointerDown = (event: PointerEvent): void => {
    isPointing = event.pointerType === 'mouse' && inside(reader(), event.target)
  }
  const onPointerUp = (): void => {
    if (!isPointing) return
    isPointing = false
    // The browser has not yet selected what a click selects.
    queueMicrotask(read)
    read()
  }
  document.addEventListener('selectionchange', read)
  addEventListener('pointerdown', onPointerDown)
  addEventListener('pointerup', onPointerUp)
  onCleanup(() => {
    document.removeEventListener('selectionchange', read)
    removeEventListener('pointerdown', onPointerDown)
    removeEventListener('pointerup', onPointerUp)
  })

  return {
    span,
    at,
    caret,
    clear: () => getSelection()?.removeAllRanges(),
    onKey: event => {
      const root = reader()
      const selection = getSelection()
      const move = MOVES[event.key]
      if (!root || !selection || !move || event.altKey) return false
      if (!inside(root, selection.focusNode)) startIn(root, selection)
      const [direction, granularity] = move
      const byWord = (event.ctrlKey || event.metaKey) && granularity === 'character'
      selection.modify(event.shiftKey ? 'extend' : 'move', direction, byWord ? 'word' : granularity)
      showFocus(root, selection)
      return true
    },
  }
}

const inside = (root: Node | undefined, target: EventTarget | null): boolean =>
  root !== undefined && target instanceof Node && root.contains(target)

/** The place in the text of a place in the reader's tree. */
export const offsetIn = (root: Element, node: Node, offset: number): number => {
  const element = node instanceof Element ? node : node.parentElement
  const block = element?.closest('[data-start]')
  if (!block || !root.contains(block)) {
    const next = root.querySelectorAll('[data-start]')[offset]
    return next ? startOf(next) : Number.MAX_SAFE_INTEGER
  }
  const before = document.createRange()
  before.setStart(block, 0)
  before.setEnd(node, offset)
  return startOf(block) + before.toString().length
}

const startOf = (block: Element): number => Number(block.getAttribute('data-start'))

/** The first block that is in sight. */
const startIn = (root: HTMLElement, selection: Selection): void => {
  const { top } = root.getBoundingClientRect()
  const first = [...root.querySelectorAll('[data-start]')].find(
    block => block.getBoundingClientRect().bottom > top,
  )
  if (first) selection.collapse(first, 0)
}

const caretAt = (root: HTMLElement, box: DOMRect): Caret => {
  const { left, top } = root.getBoundingClientRect()
  return {
    left: box.left - left + root.scrollLeft,
    top: box.top - top + root.scrollTop,
    height: box.height,
  }
}

const MARGIN = 24

const showFocus = (root: HTMLElement, { focusNode, focusOffset }: Selection): void => {
  if (!focusNode) return
  const range = document.createRange()
  range.setStart(focusNode, focusOffset)
  const box = range.getClientRects()[0]
  if (!box) return
  const { bottom, top } = root.getBoundingClientRect()
  if (box.top < top + MARGIN) root.scrollBy(0, box.top - top - MARGIN)
  else if (box.bottom > bottom - MARGIN) root.scrollBy(0, box.bottom - bottom + MARGIN)
}
