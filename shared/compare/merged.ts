/** Two states in one matrix: the later one, with what it lost still standing where it stood. */
import type { Comparison } from '#shared/compare/compare.ts'
import { cellKey, type Cell, type CellKey } from '#shared/cells.ts'
import type { Issue } from '#shared/issues.ts'
import type { Tracker } from '#shared/tracker.ts'

export const merged = ({ before, after }: Comparison): Tracker => {
  const parties = interleaved(before.parties, after.parties)
  const baskets = interleaved(before.baskets, after.baskets)
  const issues = inBaskets(
    baskets.map(({ id }) => id),
    interleaved(before.issues, after.issues),
  )
  const lost = lostFrom(before, after)
  const cells: Record<CellKey, Cell> = { ...after.cells }
  for (const cell of Object.values(before.cells))
    if (lost(cell)) cells[cellKey(cell.issueId, cell.partyId)] = cell
  return {
    ...after,
    parties,
    baskets,
    issues,
    cells,
    redLines: [...after.redLines, ...before.redLines.filter(lost)],
    claims: united(before.claims, after.claims),
    sources: united(before.sources, after.sources),
  }
}

/** `now`, each member that only `then` has put behind the one that it stood behind. */
const interleaved = <R extends { readonly id: string }>(
  then: readonly R[],
  now: readonly R[],
): readonly R[] => {
  const present = new Set(now.map(({ id }) => id))
  const followers = new Map<string | undefined, R[]>()
  let anchor: string | undefined
  for (const record of then)
    if (present.has(record.id)) anchor = record.id
    else followers.set(anchor, [...(followers.get(anchor) ?? []), record])
  return [
    ...(followers.get(undefined) ?? []),
    ...now.flatMap(record => [record, ...(followers.get(record.id) ?? [])]),
  ]
}

const inBaskets = (baskets: readonly string[], issues: readonly Issue[]): readonly Issue[] => {
  const place = (issue: Issue): number =>
    issue.basketId === null ? baskets.length : baskets.indexOf(issue.basketId)
  return issues.toSorted((a, b) => place(a) - place(b))
}

const lostFrom = (before: Tracker, after: Tracker) => {
  const kept = new Set<string>([...after.issues, ...after.parties].map(({ id }) => id))
  const had = new Set<string>([...before.issues, ...before.parties].map(({ id }) => id))
  return ({ issueId, partyId }: Pick<Cell, 'issueId' | 'partyId'>): boolean =>
    had.has(issueId) && had.has(partyId) && !(kept.has(issueId) && kept.has(partyId))
}

const united = <R extends { readonly id: string }>(
  then: readonly R[],
  now: readonly R[],
): readonly R[] => {
  const present = new Set(now.map(({ id }) => id))
  return [...now, ...then.filter(({ id }) => !present.has(id))]
}
