/** The sheet as geometry: which rows and columns there are, and where each begins. */
import { createMemo, mapArray, type Accessor } from 'solid-js'
import type { MatrixView } from '#client/live/view.ts'
import type { Marks } from '#client/matrix/marks.ts'
import {
  BASKET_HEIGHT,
  cellHeight,
  LINE,
  markedHeight,
  SLIM_HEIGHT,
  sizesOf,
  startsOf,
  titleHeight,
  type Sizes,
} from '#client/matrix/measure.ts'
import type { Preferences } from '#client/matrix/preferences.ts'
import { listRows, LOOSE, sameRow, sameRows, type Row, type RowId } from '#client/matrix/rows.ts'
import type { Cell } from '#shared/cells.ts'
import { isContested } from '#shared/evidence/support.ts'
import type { IssueId, PartyId } from '#shared/ids.ts'
import { NO_SCALE, type Scale } from '#shared/issues.ts'

export interface Sheet {
  readonly sizes: Accessor<Sizes>
  readonly rows: Accessor<readonly Row[]>
  readonly columns: Accessor<readonly PartyId[]>
  /** Where each row begins below the header, and where the last one ends. */
  readonly rowStarts: Accessor<readonly number[]>
  /** Where each party's column begins after the first column, and where the last one ends. */
  readonly columnStarts: Accessor<readonly number[]>
  /** Where a party's column begins in the sheet. */
  readonly columnLeft: (id: PartyId) => number
  /** -1 where there is no such row. */
  readonly rowIndex: (id: RowId | 'top') => number
  readonly columnIndex: (id: PartyId | 'head') => number
}

interface Sources {
  readonly view: () => MatrixView
  readonly preferences: Preferences
  readonly marks: () => Marks | undefined
  readonly withAdd: () => boolean
}

export const createSheet = ({ view, preferences, marks, withAdd }: Sources): Sheet => {
  const sizes = createMemo(() => sizesOf(preferences.density()))
  const columns = createMemo(() => view().partyIds())

  const baskets = mapArray(
    () => view().issueIds(),
    id => ({ id, basketId: createMemo(() => view().issue(id)?.basketId ?? null) }),
  )
  const rows = createMemo<readonly Row[]>(
    before => {
      const { folded } = marks() ?? {}
      const known = new Map(before.map(row => [row.id, row]))
      return listRows({
        baskets: view().basketIds(),
        issues: baskets().map(({ id, basketId }) => ({ id, basketId: basketId() })),
        isBasketFolded: id => preferences.isFolded(id ?? LOOSE),
        isIssueFolded: folded,
        withAdd: withAdd(),
      }).map(row => {
        // The same object for the same row keeps its place on the screen and its measured height.
        const old = known.get(row.id)
        return old && sameRow(row, old) ? old : row
      })
    },
    [],
    { equals: sameRows },
  )

  const heightOfCell = (cell: Cell, scale: Scale, size: Sizes): number =>
    cellHeight(cell, scale, size, isContested(cell, view().grounds))
  const heightOf = (issueId: IssueId): number => {
    const size = sizes()
    const issue = view().issue(issueId)
    const badges = marks()?.row(issueId)?.length ? LINE : 0
    let height = Math.max(
      size.least,
      titleHeight(issue?.title ?? '', issue?.description ?? '', size) + badges,
    )
    for (const partyId of columns()) {
      const marked = marks()?.textOf?.(issueId, partyId)
      const own =
        marked === undefined
          ? heightOfCell(view().cell(issueId, partyId), issue?.scale ?? NO_SCALE, size)
          : markedHeight(marked, size)
      height = Math.max(height, own)
    }
    return height
  }
  const heights = mapArray(rows, row =>
    createMemo(() => {
      if (row.kind === 'issue') return heightOf(row.issueId)
      return row.kind === 'basket' ? BASKET_HEIGHT : SLIM_HEIGHT
    }),
  )
  const rowStarts = createMemo(() => startsOf(heights().map(height => height())), [0], {
    equals: sameNumbers,
  })
  const columnStarts = createMemo(() => startsOf(columns().map(() => sizes().column)), [0], {
    equals: sameNumbers,
  })

  const rowPlaces = createMemo(() => new Map(rows().map(({ id }, index) => [id as string, index])))
  const columnPlaces = createMemo(
    () => new Map(columns().map((id, index) => [id as string, index])),
  )
  return {
    columnLeft: id => sizes().head + (columnStarts()[columnPlaces().get(id) ?? -1] ?? 0),
    sizes,
    rows,
    columns,
    rowStarts,
    columnStarts,
    rowIndex: id => rowPlaces().get(id) ?? -1,
    columnIndex: id => columnPlaces().get(id) ?? -1,
  }
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((number, index) => number === b[index])
