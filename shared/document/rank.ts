/** Order without moving: a record's rank is a fractional index, jittered so that two tabs rarely make the same one. */
import { generateNKeysBetween } from 'jittered-fractional-indexing'
import type { Rank } from '#shared/ids.ts'

const JITTER_BITS = 16

export interface Ranked {
  readonly id: string
  readonly rank: Rank
}

/**
 * Ranks that put `many` records before the sibling at `index` of `siblings` (in order, the moved ones left out).
 * Where the neighbours have equal or unreadable ranks, as two tabs may leave them, `rekeyed` gives
 * new ranks for the siblings from there on.
 */
export const ranksAt = (
  siblings: readonly Ranked[],
  index: number,
  many: number,
): { readonly ranks: readonly Rank[]; readonly rekeyed: readonly Ranked[] } => {
  const at = Math.max(0, Math.min(index, siblings.length))
  const below = siblings[at - 1]?.rank || null
  const above = siblings[at]?.rank || null
  if (below === null || above === null || below < above) {
    const ranks = keysBetween(below, above, many)
    if (ranks) return { ranks, rekeyed: [] }
  }
  const after = siblings.slice(at)
  const firstLarger = after.findIndex(({ rank }) => below !== null && rank > below)
  const run = firstLarger < 0 ? after : after.slice(0, firstLarger)
  const end = firstLarger < 0 ? null : (after[firstLarger]?.rank ?? null)
  const keys =
    keysBetween(below, end, many + run.length) ?? keysBetween(null, null, many + run.length) ?? []
  return {
    ranks: keys.slice(0, many),
    rekeyed: run.map(({ id }, i) => ({ id, rank: keys[many + i] as Rank })),
  }
}

/** The rank for a newcomer at `index` of its siblings, after giving new ones to equal neighbours. */
export const placed = (
  siblings: readonly Ranked[],
  index: number,
  rekey: (id: string, rank: Rank) => void,
): { rank: Rank } => {
  const { ranks, rekeyed } = ranksAt(siblings, index, 1)
  for (const { id, rank } of rekeyed) rekey(id, rank)
  return { rank: ranks[0] as Rank }
}

/** Undefined where a stored rank is not one that the indexing understands. */
const keysBetween = (
  below: string | null,
  above: string | null,
  many: number,
): readonly Rank[] | undefined => {
  try {
    return generateNKeysBetween(below, above, many, { jitterBits: JITTER_BITS }) as Rank[]
  } catch {
    return undefined
  }
}
