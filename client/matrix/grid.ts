/** What the parts of one grid on the screen share. */
import { createContext, useContext, type Accessor } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import type { Negotiation } from '#client/live/negotiation.ts'
import type { Marks, Spot as MarkedSpot } from '#client/matrix/marks.ts'
import type { Preferences } from '#client/matrix/preferences.ts'
import type { Range, Selection, Spot } from '#client/matrix/selection.ts'
import type { Sheet } from '#client/matrix/sheet.ts'
import type { Tint } from '#client/matrix/tint.ts'

/** What is being written in place. */
export interface Editing {
  readonly spot: Spot
  /** Typed in place of what is there; undefined where what is there is edited. */
  readonly text: string | undefined
}

/** A paste that is higher than what is left of the sheet. */
export interface RowsOffer {
  readonly rows: number
  readonly paste: (addRows: boolean) => void
}

export interface Grid {
  readonly negotiation: Negotiation
  /** The live document, or a past state; it may be exchanged for another. */
  readonly view: MatrixView
  /** False for a past state: nobody is there, and nothing can be changed. */
  readonly isLive: boolean
  readonly mayEdit: Accessor<boolean>
  readonly sheet: Sheet
  readonly selection: Selection
  readonly range: Accessor<Range>
  readonly preferences: Preferences
  readonly marks: Accessor<Marks | undefined>
  readonly tint: Accessor<Tint | undefined>
  /** Brings back what stands at these places of a past state; undefined where there is none, or for whoever may not. */
  readonly restore: Accessor<((spots: readonly MarkedSpot[]) => void) | undefined>
  readonly editing: Accessor<Editing | undefined>
  readonly setEditing: (editing: Editing | undefined) => void
  /** Keys pressed before the editor has arrived; it makes up for them. */
  readonly typeAhead: KeyboardEvent[]
  /** Where typing goes on when the cell under it was removed; undefined where nobody's was. */
  readonly stray: { take: ((key: string) => void) | undefined }
  readonly openPanel: () => void
  readonly togglePanel: () => void
  /** What ever happened to the active cell or issue. */
  readonly openHistory: () => void
  readonly toggleHistory: () => void
  /** The page of the party or the issue to which a place belongs. */
  readonly openPage: (spot: Spot) => void
  readonly offerRows: (offer: RowsOffer | undefined) => void
  /** Gives the keyboard back to the grid. */
  readonly focus: () => void
  /** As if these keys were pressed on the grid now. */
  readonly press: (keys: readonly KeyboardEvent[]) => void
  /** How much of the sheet shows at once, without its headers. */
  readonly viewport: Accessor<{ readonly width: number; readonly height: number }>
  readonly elementId: (spot: Spot) => string
}

export const GridContext = createContext<Grid>()

export const useGrid = (): Grid => {
  const grid = useContext(GridContext)
  if (!grid) throw new Error('useGrid needs <GridContext.Provider> above it')
  return grid
}
