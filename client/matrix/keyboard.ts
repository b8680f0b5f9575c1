/** What a key means in the grid. Pure: the grid carries the commands out. */

export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly isComposing?: boolean
}

export type Command =
  | {
      readonly do: 'move'
      readonly rows: number
      readonly columns: number
      readonly extend: boolean
    }
  | { readonly do: 'page'; readonly by: 1 | -1; readonly extend: boolean }
  | { readonly do: 'jump'; readonly to: Jump; readonly extend: boolean }
  /** Moves the row or the column itself. */
  | { readonly do: 'reorder'; readonly rows: number; readonly columns: number }
  /** Starts editing with what is there, or with `text` in its place. */
  | { readonly do: 'edit'; readonly text?: string }
  /** The scale's point with this index. */
  | { readonly do: 'stance'; readonly index: number }
  | { readonly do: PlainCommand }

type Jump = 'rowStart' | 'rowEnd' | 'columnStart' | 'columnEnd' | 'sheetStart' | 'sheetEnd'
type PlainCommand =
  /** Edits a cell or a name, opens or folds what is no cell. */
  | 'enter'
  | 'pickStance'
  | 'clear'
  | 'undo'
  | 'redo'
  | 'selectAll'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'menu'
  | 'panel'
  | 'history'
  /** Of the party or the issue, in place of the matrix. */
  | 'readPage'
  | 'escape'
  | 'addRow'
  | 'remove'

/** The most points of a scale that have a digit. */
export const DIGITS = 7

/** `rightToLeft`: left and right follow what the eye sees, so there the left arrow goes to the next column. */
export const commandFor = (press: KeyPress, rightToLeft: boolean): Command | undefined => {
  if (press.isComposing) return undefined
  const { key, shiftKey: extend, altKey } = press
  const control = press.ctrlKey || press.metaKey
  const arrow = arrowOf(key, rightToLeft)
  if (arrow) {
    if (altKey && extend && !control) return { do: 'reorder', ...arrow }
    if (altKey) return undefined
    return control ? { do: 'jump', to: edgeOf(arrow), extend } : { do: 'move', ...arrow, extend }
  }
  if (control && !altKey) return controlled(key, extend)
  if (altKey && key !== 'Enter') return undefined
  switch (key) {
    case 'Home':
      return { do: 'jump', to: 'rowStart', extend }
    case 'End':
      return { do: 'jump', to: 'rowEnd', extend }
    case 'PageUp':
      return { do: 'page', by: -1, extend }
    case 'PageDown':
      return { do: 'page', by: 1, extend }
    case 'Enter':
      return altKey || extend ? undefined : { do: 'enter' }
    case 'F2':
      return { do: 'edit' }
    case 'F4':
      return { do: extend ? 'history' : 'panel' }
    case 'F8':
      return { do: 'readPage' }
    case 'F10':
      return extend ? { do: 'menu' } : undefined
    case 'ContextMenu':
      return { do: 'menu' }
    case 'Escape':
      return { do: 'escape' }
    case 'Delete':
    case 'Backspace':
      return { do: 'clear' }
    case ' ':
      return { do: 'pickStance' }
    default:
      return typed(key)
  }
}

const typed = (key: string): Command | undefined => {
  if ([...key].length !== 1) return undefined
  const digit = Number(key)
  if (digit >= 1 && digit <= DIGITS) return { do: 'stance', index: digit - 1 }
  return { do: 'edit', text: key }
}

const controlled = (key: string, shift: boolean): Command | undefined => {
  switch (key) {
    case 'Home':
      return { do: 'jump', to: 'sheetStart', extend: shift }
    case 'End':
      return { do: 'jump', to: 'sheetEnd', extend: shift }
    case 'Enter':
      return { do: shift ? 'addRow' : 'panel' }
    case 'Delete':
    case 'Backspace':
      return shift ? { do: 'remove' } : { do: 'clear' }
    default:
      switch (key.toLowerCase()) {
        case 'z':
          return { do: shift ? 'redo' : 'undo' }
        case 'y':
          return { do: 'redo' }
        case 'a':
          return { do: 'selectAll' }
        default:
          // Copying, cutting and pasting arrive as events of their own, with the clipboard's content.
          return undefined
      }
  }
}

interface Arrow {
  readonly rows: number
  readonly columns: number
}

const arrowOf = (key: string, rightToLeft: boolean): Arrow | undefined => {
  switch (key) {
    case 'ArrowUp':
      return { rows: -1, columns: 0 }
    case 'ArrowDown':
      return { rows: 1, columns: 0 }
    case 'ArrowLeft':
      return { rows: 0, columns: rightToLeft ? 1 : -1 }
    case 'ArrowRight':
      return { rows: 0, columns: rightToLeft ? -1 : 1 }
    default:
      return undefined
  }
}

const edgeOf = ({ rows, columns }: Arrow): Jump =>
  rows < 0 ? 'columnStart' : rows > 0 ? 'columnEnd' : columns < 0 ? 'rowStart' : 'rowEnd'
