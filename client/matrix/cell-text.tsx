/** The active cell's text while it is written, over its cell; it grows downwards and moves nothing. */
import { createSignal, onCleanup, onMount, Show } from 'solid-js'
import type { TextEditor } from '#client/live/cell-editor.ts'
import { useGrid, type Editing } from '#client/matrix/grid.ts'
import { issueRowBeside } from '#client/matrix/navigation.ts'
import { watchOver } from '#client/matrix/rescue.ts'
import { cellAt, positionOf, spotAt } from '#client/matrix/selection.ts'
import { persist, whenIdle } from '#client/ui/late.ts'

const load = () => persist(() => import('#client/live/cell-editor.ts'))

/** Fetches the editor while there is nothing else to do, so that the first key finds it there. */
export const preloadEditor = (): void => whenIdle(() => void load())

export const CellText = (props: { readonly editing: Editing }) => {
  const grid = useGrid()
  const { spot, text } = props.editing
  const cell = cellAt(grid.sheet, spot)
  if (!cell) return null
  const { issueId, partyId } = cell
  const [ready, setReady] = createSignal(false)
  let host: HTMLDivElement | undefined
  let editor: TextEditor | undefined
  let gone = false

  const close = (): void => {
    if (gone) return
    gone = true
    const hadFocus = host?.contains(document.activeElement) || document.activeElement === null
    grid.setEditing(undefined)
    if (hadFocus || document.activeElement === document.body) grid.focus()
  }
  const move = (rows: number, columns: number): void => {
    const { row, column } = positionOf(grid.sheet, spot)
    grid.selection.select(
      spotAt(grid.sheet, {
        row: rows === 0 ? row : issueRowBeside(grid.sheet, row, rows > 0 ? 1 : -1),
        column: column + columns,
      }),
    )
  }
  const onKey = (event: Pick<KeyboardEvent, KeyParts>): boolean => {
    if (event.isComposing) return false
    switch (event.key) {
      case 'Escape':
        editor?.revert()
        close()
        return true
      case 'Tab':
        close()
        move(0, event.shiftKey ? -1 : 1)
        return true
      case 'F2':
        close()
        return true
      case 'Enter':
        if (event.shiftKey || event.altKey) return false
        close()
        if (event.ctrlKey || event.metaKey) grid.openPanel()
        else move(1, 0)
        return true
      default:
        return false
    }
  }

  const mount = async (): Promise<void> => {
    const { mountTextEditor } = await load()
    const typed = takeTyped(grid.typeAhead)
    if (gone || !host) return
    setReady(true)
    editor = mountTextEditor({
      negotiation: grid.negotiation,
      owner: { issueId, partyId },
      parent: host,
      label: `Position of ${grid.view.party(partyId)?.name ?? 'a party'} on ${grid.view.issue(issueId)?.title ?? 'an issue'}`,
      replaceBy: text === undefined ? undefined : text + typed.text,
      onKey,
      onBlur: () => {
        // Another window in front is not the end of writing.
        if (document.hasFocus()) close()
      },
    })
    if (text === undefined && typed.text !== '') editor.insert(typed.text)
    editor.focus()
    if (typed.last && onKey(typed.last)) grid.press(typed.rest)
  }
  watchOver(grid, issueId, partyId, () => editor?.written() ?? '', close)
  onMount(() => void mount())
  onCleanup(() => {
    gone = true
    editor?.dispose()
  })

  const box = () => {
    const { row, column } = positionOf(grid.sheet, spot)
    const rows = grid.sheet.rowStarts()
    return {
      translate: `0 ${rows[row] ?? 0}px`,
      'inset-inline-start': `${grid.sheet.columnLeft(partyId)}px`,
      'inline-size': `${grid.sheet.sizes().column}px`,
      'min-block-size': `${(rows[row + 1] ?? 0) - (rows[row] ?? 0)}px`,
      display: column < 0 || row < 0 ? 'none' : undefined,
    }
  }
  // It lies over the sheet; to those who hear it, it is the cell that it covers.
  return (
    <div class="cell-text-row" role="row" aria-rowindex={positionOf(grid.sheet, spot).row + 2}>
      <div
        ref={host}
        class="cell-text"
        role="gridcell"
        aria-colindex={positionOf(grid.sheet, spot).column + 2}
        style={box()}
      >
        <Show when={!ready()}>
          <div class="position" dir="auto">
            {text ?? grid.view.cell(issueId, partyId).position}
          </div>
        </Show>
      </div>
    </div>
  )
}

type KeyParts = 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'isComposing'

interface Typed {
  readonly text: string
  /** The key that ends the writing, and what was pressed after it. */
  readonly last: KeyboardEvent | undefined
  readonly rest: readonly KeyboardEvent[]
}

const takeTyped = (queue: KeyboardEvent[]): Typed => {
  const keys = queue.splice(0)
  const characters: string[] = []
  for (const [index, event] of keys.entries()) {
    if (event.key === 'Backspace') characters.pop()
    else if (event.key === 'Enter' && (event.shiftKey || event.altKey)) characters.push('\n')
    else if (['Enter', 'Tab', 'Escape'].includes(event.key))
      return { text: characters.join(''), last: event, rest: keys.slice(index + 1) }
    else if ([...event.key].length === 1 && !event.ctrlKey && !event.metaKey)
      characters.push(event.key)
  }
  return { text: characters.join(''), last: undefined, rest: [] }
}
