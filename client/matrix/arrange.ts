/** Where a row dragged or pushed to a gap between rows ends up: in which basket, and as which of its issues. */
import { rowAt } from '#client/matrix/selection.ts'
import type { Sheet } from '#client/matrix/sheet.ts'
import type { Row, RowId } from '#client/matrix/rows.ts'
import type { BasketId, IssueId } from '#shared/ids.ts'

export interface IssuePlace {
  readonly basketId: BasketId | null
  /** Among the basket's other issues. */
  readonly index: number
}

/** `gap` 0 is above the first row. */
export const issuePlaceAt = (rows: readonly Row[], gap: number, moved: IssueId): IssuePlace => {
  let index = 0
  // Above the first basket's header there is no place of its own: the first one begins below it.
  for (let row = Math.max(gap, rows[0]?.kind === 'basket' ? 1 : 0) - 1; row >= 0; row--) {
    const above = rows[row]
    if (above?.kind === 'basket')
      return {
        basketId: above.basketId,
        index: above.folded ? Number.POSITIVE_INFINITY : index,
      }
    if (above?.kind === 'issue' && above.issueId !== moved) index++
  }
  return { basketId: null, index }
}

/** The index among the other baskets of one that is dropped at a gap. */
export const basketIndexAt = (rows: readonly Row[], gap: number, moved: BasketId): number =>
  rows
    .slice(0, gap)
    .filter(row => row.kind === 'basket' && row.basketId !== null && row.basketId !== moved).length

/** The gap to which one step up or down leads; undefined at the ends. */
export const gapOneStep = (sheet: Sheet, id: RowId, step: 1 | -1): number | undefined => {
  const rows = sheet.rows()
  const index = sheet.rowIndex(id)
  const row = rowAt(sheet, id)
  if (row?.kind === 'basket') return basketGap(rows, index, step)
  if (row?.kind !== 'issue') return undefined
  if (step < 0) return index <= (rows[0]?.kind === 'basket' ? 1 : 0) ? undefined : index - 1
  const next = rows[index + 1]
  if (!next) return undefined
  // The place to add an issue ends a basket: beyond it lies the next one's header.
  const gap = next.kind === 'add' ? index + 3 : index + 2
  return gap > rows.length ? undefined : gap
}

const basketGap = (rows: readonly Row[], index: number, step: 1 | -1): number | undefined => {
  const headers = rows.flatMap((row, at) =>
    row.kind === 'basket' && row.basketId !== null ? [at] : [],
  )
  const place = headers.indexOf(index)
  if (place < 0) return undefined
  if (step < 0) return headers[place - 1]
  if (headers[place + 1] === undefined) return undefined
  return headers[place + 2] ?? rows.length
}
