/** Bringing records back to the places among their siblings that they once had. */
import { keptInOrder } from '#shared/compare/order.ts'
import { ranksAt, type Ranked } from '#shared/document/rank.ts'
import type { Rank } from '#shared/ids.ts'

/**
 * Moves those of the chosen that no longer stand in the order `then`: each comes after the nearest that stood
 * before it and is still in place. Old ranks would not do: the siblings may have new ones since.
 * `strangers` have not stood among these siblings until now: where they are says nothing.
 */
export const restoreOrder = (
  siblings: readonly Ranked[],
  then: readonly string[],
  chosen: ReadonlySet<string>,
  strangers: ReadonlySet<string>,
  place: (id: string, rank: Rank) => void,
): void => {
  const here = new Set(siblings.map(({ id }) => id))
  const anchors = anchorsOf(siblings, then, chosen, strangers)
  let row = [...siblings]
  const indexOf = (id: string | undefined): number => row.findIndex(other => other.id === id)
  for (const [order, id] of then.entries()) {
    if (anchors.has(id) || !chosen.has(id) || !here.has(id)) continue
    const anchor = then.slice(0, order).findLast(other => anchors.has(other))
    const next = then.slice(order).find(other => anchors.has(other))
    anchors.add(id)
    const isBetween =
      indexOf(anchor) < indexOf(id) && (next === undefined || indexOf(id) < indexOf(next))
    if (isBetween && !strangers.has(id)) continue
    row = row.filter(other => other.id !== id)
    const at = indexOf(anchor) + 1
    const { ranks, rekeyed } = ranksAt(row, at, 1)
    const fresh = new Map(rekeyed.map(({ id, rank }) => [id, rank]))
    const rank = ranks[0] as Rank
    row = row
      .map(other => ({ id: other.id, rank: fresh.get(other.id) ?? other.rank }))
      .toSpliced(at, 0, { id, rank })
    for (const other of rekeyed) place(other.id, other.rank)
    place(id, rank)
  }
}

/** Those that stay where they are: where two changed places, the one that was not chosen. */
const anchorsOf = (
  siblings: readonly Ranked[],
  then: readonly string[],
  chosen: ReadonlySet<string>,
  strangers: ReadonlySet<string>,
): Set<string> => {
  const settled = siblings.map(({ id }) => id).filter(id => !strangers.has(id))
  const kept = keptInOrder(then, settled)
  const others = keptInOrder(
    then,
    settled.filter(id => !chosen.has(id)),
  )
  return new Set(others.isSubsetOf(kept) ? kept : others)
}
