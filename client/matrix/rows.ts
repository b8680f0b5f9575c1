/** The rows of the sheet from top to bottom, as one list: baskets, their issues, folded stretches and places to add. */
import type { BasketId, IssueId } from '#shared/ids.ts'

/** Names a row for as long as the thing in it lives; never an index. */
export type RowId = IssueId | BasketId | typeof LOOSE | `add/${string}` | `fold/${IssueId}`

/** The header of issues that are in no basket. */
export const LOOSE = 'loose'

export type Row =
  | {
      readonly kind: 'basket'
      readonly id: RowId
      readonly basketId: BasketId | null
      readonly issues: number
      readonly folded: boolean
    }
  | { readonly kind: 'issue'; readonly id: IssueId; readonly issueId: IssueId }
  | { readonly kind: 'add'; readonly id: RowId; readonly basketId: BasketId | null }
  | { readonly kind: 'fold'; readonly id: RowId; readonly issueIds: readonly IssueId[] }

export interface RowSources {
  readonly baskets: readonly BasketId[]
  readonly issues: readonly { readonly id: IssueId; readonly basketId: BasketId | null }[]
  readonly isBasketFolded: (id: BasketId | null) => boolean
  /** In a comparison: rows without a change, drawn together as one line. */
  readonly isIssueFolded?: ((id: IssueId) => boolean) | undefined
  readonly withAdd: boolean
}

export const listRows = (sources: RowSources): readonly Row[] => {
  const byBasket = new Map<BasketId | null, IssueId[]>([
    ...sources.baskets.map((id): [BasketId, IssueId[]] => [id, []]),
    [null, []],
  ])
  for (const { id, basketId } of sources.issues)
    (byBasket.get(basketId) ?? byBasket.get(null))?.push(id)

  const hasLoose = sources.baskets.length === 0 || (byBasket.get(null)?.length ?? 0) > 0
  const last = hasLoose ? null : (sources.baskets.at(-1) ?? null)
  const rows: Row[] = []
  for (const [basketId, issueIds] of byBasket) {
    const loose = basketId === null
    if (loose && !hasLoose) continue
    const folded = sources.isBasketFolded(basketId)
    if (!loose || sources.baskets.length > 0)
      rows.push({
        kind: 'basket',
        id: basketId ?? LOOSE,
        basketId,
        issues: issueIds.length,
        folded,
      })
    if (folded) continue
    pushIssues(rows, issueIds, sources.isIssueFolded)
    // A basket's header offers the same: a line for it only where there is nothing else, and at the very end.
    if (sources.withAdd && (issueIds.length === 0 || basketId === last))
      rows.push({ kind: 'add', id: `add/${basketId ?? LOOSE}`, basketId })
  }
  return rows
}

const pushIssues = (
  rows: Row[],
  issueIds: readonly IssueId[],
  isFolded: ((id: IssueId) => boolean) | undefined,
): void => {
  let run: IssueId[] = []
  const close = (): void => {
    const [first] = run
    if (first) rows.push({ kind: 'fold', id: `fold/${first}`, issueIds: run })
    run = []
  }
  for (const issueId of issueIds) {
    if (isFolded?.(issueId)) {
      run.push(issueId)
      continue
    }
    close()
    rows.push({ kind: 'issue', id: issueId, issueId })
  }
  close()
}

/** Two lists of rows that would be drawn alike, so that an edit inside a row leaves the list as it is. */
export const sameRows = (a: readonly Row[], b: readonly Row[]): boolean =>
  a.length === b.length && a.every((row, index) => sameRow(row, b[index]))

export const sameRow = (a: Row, b: Row | undefined): boolean =>
  b !== undefined &&
  a.kind === b.kind &&
  a.id === b.id &&
  (a.kind !== 'basket' ||
    (b.kind === 'basket' && a.issues === b.issues && a.folded === b.folded)) &&
  (a.kind !== 'fold' || (b.kind === 'fold' && a.issueIds.join() === b.issueIds.join()))
