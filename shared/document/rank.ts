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
 * Where the neighbours have equal ranks, as two tabs may leave them, `rekeyed` gives new ones for the run of equals;
 * where they have unreadable or no ranks, for all siblings.
 */
export const ranksAt = (
  siblings: readonly Ranked[],
  index: number,
  many: number,
): { readonly ranks: readonly Rank[]; readonly rekeyed: readonly Ranked[] } => {
  const at = Math.max(0, Math.min(index, siblings.length))
  const below = siblings[at - 1]?.rank ?? null
  const above = siblings[at]?.rank ?? null
  if (below === null || above === null || below < above) {
    const ranks = keysBetween(below, above, many)
    if (ranks) return { ranks, rekeyed: [] }
  }
  const after = siblings.slice(at)
  const run = after.slice(0, equals(after, below))
  const keys = keysBetween(below, after[run.length]?.rank ?? null, many + run.length)
  if (keys) return { ranks: keys.slice(0, many), rekeyed: rekey(run, keys.slice(many)) }
  const all = keysBetween(null, null, many + siblings.length) ?? []
  return {
    ranks: all.slice(at, at + many),
    rekeyed: rekey(siblings, all.toSpliced(at, many)),
  }
}

/** How many at the head of `siblings` do not stand above `rank`. */
const equals = (siblings: readonly Ranked[], rank: Rank | null): number => {
  const larger = siblings.findIndex(sibling => rank !== null && sibling.rank > rank)
  return larger < 0 ? siblings.length : larger
}

const rekey = (siblings: readonly Ranked[], keys: readonly Rank[]): readonly Ranked[] =>
  siblings.map(({ id }, i) => ({ id, rank: keys[i] as Rank }))

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
  if (below === '' || above === '') return undefined
  try {
    return generateNKeysBetween(below, above, many, { jitterBits: JITTER_BITS }) as Rank[]
  } catch {
    return undefined
  }
}
