/** What the matrix on the tracker's page draws instead of the live document while the past is looked at. */
import type { StandingStore } from '#client/history/standing.ts'
import type { MatrixView } from '#client/live/view.ts'
import type { Tint } from '#client/matrix/tint.ts'
import type { Marks, Spot } from '#client/matrix/marks.ts'

export interface Shown {
  readonly view: MatrixView
  readonly marks: Marks | undefined
  readonly tone: 'past' | 'comparison'
  /**
   * When the past moment was, in milliseconds since 1970; undefined while that is not known. Asked for where it shows: what
   * is drawn is the same at every moment of a drag.
   */
  readonly at?: () => number | undefined
  /** Brings back what stands at these places; undefined for whoever may not. */
  readonly restore?: ((spots: readonly Spot[]) => void) | undefined
}

export interface HistoryPlaceProps {
  readonly standing: StandingStore
  /** The page keeps its one matrix mounted and changes only what it draws, so that scroll and selection stay. */
  readonly show: (shown: Shown | undefined) => void
  readonly colour: (tint: Tint | undefined) => void
  /** Makes a place the active one, and brings it into view. */
  readonly select: (spot: Spot) => void
  /** What ever happened to the active cell. */
  readonly openHistory: () => void
}
