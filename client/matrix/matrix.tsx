/** The sheet: an ARIA grid of which only what shows is drawn. One tab stop; the keyboard stays on the grid itself. */
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onMount,
  Show,
  type Accessor,
} from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { CellText, preloadEditor } from '#client/matrix/cell-text.tsx'
import * as deeds from '#client/matrix/deeds.ts'
import { GridContext, type Editing, type Grid, type RowsOffer } from '#client/matrix/grid.ts'
import { PartyHeader } from '#client/matrix/headers.tsx'
import { handleKeys } from '#client/matrix/keys.ts'
import type { Marks, Spot as MarkedSpot } from '#client/matrix/marks.ts'
import { showRemoteEdits, tellPlace } from '#client/matrix/others.ts'
import { Minimap } from '#client/matrix/minimap.tsx'
import { Outlines, type DropLine } from '#client/matrix/outlines.tsx'
import { handleClipboard } from '#client/matrix/pasting.ts'
import { handlePointer } from '#client/matrix/pointer.ts'
import type { Preferences } from '#client/matrix/preferences.ts'
import { SheetRow } from '#client/matrix/row.tsx'
import { RowsOfferDialog } from '#client/matrix/rows-offer.tsx'
import {
  positionOf,
  rangeOf,
  sameRange,
  spotAt,
  type Selection,
  type Spot,
} from '#client/matrix/selection.ts'
import { createSheet, type Sheet } from '#client/matrix/sheet.ts'
import { holdStill } from '#client/matrix/still.ts'
import type { Tint } from '#client/matrix/tint.ts'
import { createViewport, type Viewport } from '#client/matrix/viewport.ts'
import { Icon } from '#client/ui/icon.tsx'
import '#client/matrix/matrix.css'

export interface MatrixProps {
  /** The live document, or a past state; it may be exchanged while the grid stays. */
  readonly view: MatrixView
  readonly readOnly?: boolean
  readonly marks?: Marks | undefined
  readonly tint?: Tint | undefined
  readonly selection: Selection
  readonly preferences: Preferences
  readonly label: string
  readonly panelOpen: boolean
  readonly onPanel: (open: boolean) => void
  /** Over a past state: brings back what stands at these places. */
  readonly restore?: ((spots: readonly MarkedSpot[]) => void) | undefined
  readonly historyOpen: boolean
  readonly onHistory: (open: boolean) => void
  readonly onPage: (spot: Spot) => void
}

/** Room for the button behind the last party. */
const ADD_COLUMN = 120

let grids = 0

export const Matrix = (props: MatrixProps) => {
  const negotiation = useNegotiation()
  const { selection, preferences } = props
  const prefix = `grid${++grids}`
  let root: HTMLDivElement | undefined

  const isLive = createMemo(() => props.view === negotiation.view)
  const mayEdit = createMemo(() => isLive() && props.readOnly !== true && negotiation.mayEdit())
  const sheet = createSheet({
    view: () => props.view,
    preferences,
    marks: () => props.marks,
    withAdd: mayEdit,
  })
  const viewport = createViewport(sheet, selection)
  const [editing, setEditing] = createSignal<Editing>()
  const [dropLine, setDropLine] = createSignal<DropLine>()
  const [offer, setOffer] = createSignal<RowsOffer>()
  const range = createMemo(() => rangeOf(sheet, selection), undefined, { equals: sameRange })
  const grid: Grid = {
    negotiation,
    get view() {
      return props.view
    },
    get isLive() {
      return isLive()
    },
    mayEdit,
    sheet,
    selection,
    range,
    preferences,
    marks: () => props.marks,
    tint: () => props.tint,
    restore: () => props.restore,
    editing,
    setEditing,
    typeAhead: [],
    stray: { take: undefined },
    openPanel: () => props.onPanel(true),
    togglePanel: () => props.onPanel(!props.panelOpen),
    openHistory: () => props.onHistory(true),
    toggleHistory: () => props.onHistory(!props.historyOpen),
    openPage: spot => props.onPage(spot),
    offerRows: setOffer,
    focus: () => root?.focus({ preventScroll: true }),
    press: keys => {
      for (const key of keys) root?.dispatchEvent(new KeyboardEvent('keydown', key))
    },
    viewport: viewport.room,
    elementId: ({ row, column }) => `${prefix}-${row}-${column}`,
  }
  const shownRows = createMemo(() =>
    sheet.rows().slice(viewport.rowSpan().first, viewport.rowSpan().end),
  )
  const shownColumns = createMemo(() =>
    sheet.columns().slice(viewport.columnSpan().first, viewport.columnSpan().end),
  )
  const columnsEnd = (): number => sheet.sizes().head + (sheet.columnStarts().at(-1) ?? 0)

  onMount(() => {
    if (!root) return
    viewport.attach(root)
    handleKeys(grid, root)
    handleClipboard(grid, root)
    handlePointer(grid, root, setDropLine)
    if (mayEdit()) preloadEditor()
  })
  holdStill(grid, viewport.top, viewport.scrollTo)
  createEffect(on(selection.active, viewport.reveal, { defer: true }))
  // The panel takes room from the sheet: what it speaks of must not be what it pushed out of sight.
  createEffect(
    on(
      viewport.room,
      () => {
        if (props.panelOpen || props.historyOpen) viewport.reveal(selection.active())
      },
      { defer: true },
    ),
  )
  createEffect(() => {
    // Whoever loses the right to edit, or turns to the past, has stopped writing.
    if (!mayEdit()) setEditing(undefined)
  })
  keepSelectionAlive(sheet, selection, editing)
  tellPlace(grid)
  showRemoteEdits(grid)

  return (
    <GridContext.Provider value={grid}>
      <div
        ref={root}
        class="matrix"
        classList={{
          [`density-${preferences.density()}`]: true,
          comparing: props.marks !== undefined,
          editing: editing() !== undefined,
        }}
        role="grid"
        tabindex="0"
        aria-label={props.label}
        aria-rowcount={sheet.rows().length + 1}
        aria-colcount={sheet.columns().length + (mayEdit() ? 2 : 1)}
        aria-multiselectable="true"
        aria-readonly={!mayEdit()}
        aria-activedescendant={activeElement(grid, viewport)}
        style={{
          '--column': `${sheet.sizes().column}px`,
          '--head': `${sheet.sizes().head}px`,
          '--top': `${sheet.sizes().top}px`,
          '--pad': `${sheet.sizes().padding}px`,
          '--lines': sheet.sizes().lines,
          '--labelled': sheet.sizes().labelled,
          '--contested': sheet.sizes().contested,
          '--described': sheet.sizes().described,
          '--viewport': `${viewport.width()}px`,
        }}
      >
        <div
          class="sheet"
          role="presentation"
          style={{
            'inline-size': `${columnsEnd() + (mayEdit() ? ADD_COLUMN : 0)}px`,
            'block-size': `${sheet.sizes().top + (sheet.rowStarts().at(-1) ?? 0)}px`,
          }}
        >
          <div class="sheet-head" role="rowgroup">
            <div class="sheet-head-row" role="row" aria-rowindex={1} data-row="top">
              <div
                class="corner"
                role="columnheader"
                id={grid.elementId({ row: 'top', column: 'head' })}
                aria-colindex={1}
                data-column="head"
              >
                Issue
              </div>
              <For each={shownColumns()}>{partyId => <PartyHeader partyId={partyId} />}</For>
              <Show when={mayEdit()}>
                <div
                  class="add-column"
                  role="columnheader"
                  aria-colindex={sheet.columns().length + 2}
                  style={{ 'inset-inline-start': `${columnsEnd() + 8}px` }}
                >
                  <button
                    type="button"
                    class="add"
                    tabindex="-1"
                    onClick={() => deeds.addPartyHere(grid)}
                  >
                    <Icon name="plus" /> Add party
                  </button>
                </div>
              </Show>
            </div>
          </div>
          <div class="sheet-body" role="rowgroup">
            <For each={shownRows()}>{row => <SheetRow row={row} columns={shownColumns()} />}</For>
            <Outlines dropLine={dropLine()} />
            <Show when={editing()} keyed>
              {current => <CellText editing={current} />}
            </Show>
          </div>
        </div>
      </div>
      <Minimap viewport={viewport} />
      <RowsOfferDialog offer={offer()} onDone={() => setOffer(undefined)} />
    </GridContext.Provider>
  )
}

/** The element that assistive technology is told of as active; undefined while it is not drawn. */
const activeElement = ({ elementId, selection, sheet }: Grid, viewport: Viewport) => {
  const spot = selection.active()
  const { row, column } = positionOf(sheet, spot)
  const [rows, columns] = [viewport.rowSpan(), viewport.columnSpan()]
  if (row >= 0 && (row < rows.first || row >= rows.end)) return undefined
  const kind = sheet.rows()[row]?.kind
  if (kind !== undefined && kind !== 'issue') return elementId({ ...spot, column: 'head' })
  if (column >= 0 && (column < columns.first || column >= columns.end)) return undefined
  return elementId(spot)
}

/** What the selection stands on may be removed by somebody: it stays where it was on the screen. */
const keepSelectionAlive = (
  sheet: Sheet,
  selection: Selection,
  editing: Accessor<Editing | undefined>,
): void => {
  let last = positionOf(sheet, selection.active())
  createEffect(() => {
    const { row, column } = selection.active()
    const position = positionOf(sheet, { row, column })
    const lost = (row !== 'top' && position.row < 0) || (column !== 'head' && position.column < 0)
    if (!lost) last = position
    else if (!editing()) selection.select(spotAt(sheet, last))
  })
}
