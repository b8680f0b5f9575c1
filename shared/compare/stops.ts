/** The changes of a comparison as stops on a walk through the matrix: header first, then row by row, left to right. */
import type { CellChange, Comparison, RecordChange } from '#shared/compare/compare.ts'
import type { RestoreAddress } from '#shared/history/restore.ts'
import type { BasketId, IssueId, PartyId } from '#shared/ids.ts'
import type { Basket, Issue } from '#shared/issues.ts'
import type { Party } from '#shared/parties.ts'
import type { Tracker } from '#shared/tracker.ts'

export type Stop = { readonly address: RestoreAddress } & (
  | { readonly kind: 'tracker'; readonly fields: Comparison['tracker'] }
  | { readonly kind: 'basket'; readonly change: RecordChange<Basket> }
  | { readonly kind: 'party'; readonly change: RecordChange<Party> }
  | { readonly kind: 'issue'; readonly change: RecordChange<Issue> }
  | { readonly kind: 'cell'; readonly change: CellChange }
)

/** Every change of the comparison, in the order of `matrix`, which holds both states. */
export const stopsOf = (comparison: Comparison, matrix: Tracker): readonly Stop[] => {
  const stops: Stop[] = []
  const { baskets, cells, issues, parties, tracker } = comparison
  if (tracker.length > 0) stops.push({ kind: 'tracker', address: 'tracker', fields: tracker })

  const partyChanges = new Map(parties.map(change => [change.id, change]))
  for (const { id } of matrix.parties) {
    const change = partyChanges.get(id)
    if (change) stops.push({ kind: 'party', address: `party/${id}`, change })
  }

  const basketChanges = new Map(baskets.map(change => [change.id, change]))
  const issueChanges = new Map(issues.map(change => [change.id, change]))
  const cellChanges = Map.groupBy(cells, ({ issueId }) => issueId)
  const columns = new Map(matrix.parties.map(({ id }, index) => [id, index]))
  const column = ({ partyId }: CellChange): number => columns.get(partyId) ?? 0

  const rows = Map.groupBy(matrix.issues, ({ basketId }) => basketId)
  for (const basketId of [...matrix.baskets.map(({ id }) => id), null]) {
    const change = basketId === null ? undefined : basketChanges.get(basketId)
    if (change) stops.push({ kind: 'basket', address: `basket/${change.id as BasketId}`, change })
    for (const { id } of rows.get(basketId) ?? []) {
      const change = issueChanges.get(id)
      if (change) stops.push({ kind: 'issue', address: `issue/${id}`, change })
      for (const change of (cellChanges.get(id) ?? []).toSorted((a, b) => column(a) - column(b)))
        stops.push({ kind: 'cell', address: `cell/${change.key}`, change })
    }
  }
  return stops
}

/** The row and the column in which a stop stands. */
export const spotOf = (
  stop: Stop,
): { readonly issueId: IssueId | null; readonly partyId: PartyId | null } | undefined => {
  switch (stop.kind) {
    case 'issue':
      return { issueId: stop.change.id as IssueId, partyId: null }
    case 'party':
      return { issueId: null, partyId: stop.change.id as PartyId }
    case 'cell':
      return { issueId: stop.change.issueId, partyId: stop.change.partyId }
    case 'basket':
    case 'tracker':
      return undefined
  }
}

/** The stop after (or before) the one at `address`; the walk begins at the first and wraps around. */
export const stepped = (
  stops: readonly Stop[],
  address: RestoreAddress | undefined,
  by: 1 | -1,
): Stop | undefined => {
  const at = stops.findIndex(stop => stop.address === address)
  if (at < 0) return by > 0 ? stops[0] : stops.at(-1)
  return stops[(at + by + stops.length) % stops.length]
}
