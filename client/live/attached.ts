/** Which claims hang on which cell, both ways: kept from the keys that change, so that nobody has to ask for every pair. */
import { cellKey, type CellKey } from '#shared/cells.ts'
import { parseCellKey } from '#shared/document/layout.ts'
import type { Stored } from '#shared/document/stored.ts'
import type { ClaimId, IssueId, PartyId } from '#shared/ids.ts'

export interface CellPlace {
  readonly issueId: IssueId
  readonly partyId: PartyId
}

const placeIn = (key: CellKey): CellPlace => {
  const [issueId, partyId] = key.split('/') as [IssueId, PartyId]
  return { issueId, partyId }
}

export interface Attached {
  readonly to: (cell: CellKey) => ReadonlySet<ClaimId>
  /** In the order of their keys; a fresh list each time. */
  readonly cellsOf: (claim: ClaimId) => readonly CellPlace[]
  /** Looks at these keys of the root `cells` again; answers the claims that now hang elsewhere. */
  readonly update: (keys: Iterable<string>) => ReadonlySet<ClaimId>
}

export const attachedClaims = (stored: Stored): Attached => {
  const byCell = new Map<CellKey, Set<ClaimId>>()
  const byClaim = new Map<ClaimId, Set<CellKey>>()
  const update = (keys: Iterable<string>): ReadonlySet<ClaimId> => {
    const touched = new Set<ClaimId>()
    for (const key of keys) {
      const entry = parseCellKey(key)
      if (!entry || !('claimId' in entry)) continue
      const cell = cellKey(entry.issueId, entry.partyId)
      const isAttached = stored.scalar('cells', key) === true
      put(byCell, cell, entry.claimId, isAttached)
      put(byClaim, entry.claimId, cell, isAttached)
      touched.add(entry.claimId)
    }
    return touched
  }
  update([...stored.scalars('cells')].map(([key]) => key))
  return {
    to: cell => byCell.get(cell) ?? NOTHING,
    cellsOf: claim => [...(byClaim.get(claim) ?? NOTHING)].sort().map(placeIn),
    update,
  }
}

const put = <K, V>(sets: Map<K, Set<V>>, key: K, value: V, isIn: boolean): void => {
  const set = sets.get(key)
  if (!isIn) set?.delete(value)
  else if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

const NOTHING: ReadonlySet<never> = new Set<never>()
