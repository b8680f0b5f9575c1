/** What a comparison draws over the matrix: the grid asks, place by place, while it draws what is on the screen. */
import type { JSX } from 'solid-js'
import type { BasketId, IssueId, PartyId } from '#shared/ids.ts'

export interface Mark {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved' | 'renamed'
  /** Shown as a badge where there is room and read aloud: "added", "moved", "renamed from …". */
  readonly label: string
}

export interface Spot {
  readonly issueId: IssueId | null
  readonly partyId: PartyId | null
}

/**
 * Removed rows and columns need no door of their own: a comparison hands the grid a MatrixView whose lists hold
 * them too. Every function may read signals; it is called inside a tracking scope.
 */
export interface Marks {
  /** Undefined for what did not change, which is drawn paler. */
  readonly cell: (issueId: IssueId, partyId: PartyId) => Mark | undefined
  readonly row: (issueId: IssueId) => readonly Mark[]
  readonly column: (partyId: PartyId) => readonly Mark[]
  readonly basket: (basketId: BasketId) => readonly Mark[]
  /** Drawn inside a marked cell in place of its content; undefined leaves the ordinary content. */
  readonly renderCell?: (issueId: IssueId, partyId: PartyId) => JSX.Element | undefined
  readonly renderIssue?: (issueId: IssueId) => JSX.Element | undefined
  readonly renderParty?: (partyId: PartyId) => JSX.Element | undefined
  /** The words from which the height of a marked cell is reckoned, where they are not its position. */
  readonly textOf?: (issueId: IssueId, partyId: PartyId) => string | undefined
  /** The change that the reader stands on; the grid brings it into view. Without a party a row, without an issue a column. */
  readonly current?: () => Spot | undefined
  /** The marked rows and columns, for the map along the scroll bars. */
  readonly overview?: () => {
    readonly rows: ReadonlyMap<IssueId, Mark['kind']>
    readonly columns: ReadonlyMap<PartyId, Mark['kind']>
  }
  /** Neighbouring folded rows become one line, "… 14 unchanged", that opens with `unfold`. */
  readonly folded?: (issueId: IssueId) => boolean
  readonly foldedWord?: () => string
  readonly unfold?: (issueIds: readonly IssueId[]) => void
}
