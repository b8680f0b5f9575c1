/** Claims that cannot both be true: those that somebody marked as incompatible, and a claim with its denial. */
import type { Claim, Conflict } from '#shared/claims.ts'
import type { ClaimId } from '#shared/ids.ts'

/** As one of the two sees the other. */
export interface Rival {
  readonly otherId: ClaimId
  /** A denial speaks of the other claim wherever it is attached. */
  readonly isDenial: boolean
  /** Somebody has said that the two are incompatible. */
  readonly isMarked: boolean
  readonly note: string
  /** The one of both that the team goes by, and why; null while it goes by neither. */
  readonly chosenId: ClaimId | null
  readonly reason: string
}

export type Rivals = ReadonlyMap<ClaimId, readonly Rival[]>

type Pair = Omit<Rival, 'otherId'>

/** Of two records about one pair, made at the same time, the one that chooses counts. */
export const rivalsIn = (
  claims: readonly Pick<Claim, 'id' | 'deniesClaimId'>[],
  conflicts: readonly Conflict[],
): Rivals => {
  const byClaim = new Map<ClaimId, Map<ClaimId, Pair>>()
  const at = (id: ClaimId): Map<ClaimId, Pair> => {
    const others = byClaim.get(id) ?? new Map<ClaimId, Pair>()
    byClaim.set(id, others)
    return others
  }
  const put = (one: ClaimId, other: ClaimId, pair: Pair): void => {
    if (one === other) return
    const known = at(one).get(other)
    const merged = { ...(known?.chosenId ? known : pair) }
    const isDenial = pair.isDenial || known?.isDenial === true
    for (const [id, otherId] of [
      [one, other],
      [other, one],
    ] as const)
      at(id).set(otherId, { ...merged, isDenial })
  }
  for (const { claimId, otherId, note, chosenId, reason } of conflicts) {
    const isOfBoth = chosenId === claimId || chosenId === otherId
    put(claimId, otherId, {
      ...NOTHING_SAID,
      isMarked: true,
      note,
      chosenId: isOfBoth ? chosenId : null,
      reason,
    })
  }
  for (const { id, deniesClaimId } of claims)
    if (deniesClaimId) {
      const known = byClaim.get(id)?.get(deniesClaimId)
      put(id, deniesClaimId, { ...(known ?? NOTHING_SAID), isDenial: true })
    }
  return new Map(
    [...byClaim].map(([id, others]) => [
      id,
      [...others].map(([otherId, pair]) => ({ otherId, ...pair })),
    ]),
  )
}

const NOTHING_SAID: Pair = {
  isDenial: false,
  isMarked: false,
  note: '',
  chosenId: null,
  reason: '',
}
