/** Which things of a comparison the record of changes speaks of: a brief is credited by it, and what is unreviewed counted. */
import { cellKey } from '#shared/cells.ts'
import type { Change } from '#shared/history/changes.ts'
import type { RestoreAddress } from '#shared/history/restore.ts'
import type { ClaimId, SourceId } from '#shared/ids.ts'

/** A thing that changes as one: what a comparison has, and the evidence. */
export type ItemAddress = RestoreAddress | `claim/${ClaimId}` | `source/${SourceId}`

/** What of a change tells where it belongs. */
export type Touch = Pick<Change, 'address' | 'field' | 'issueId' | 'partyId'>

/**
 * The changes by the things that they belong to; those of nothing that is compared are left out. What came or went with a
 * whole row or column belongs to that, and a new claim to the cells that it was attached to.
 */
export const touched = <T extends Touch>(
  changes: readonly T[],
): ReadonlyMap<ItemAddress, readonly T[]> => {
  const wholes = new Set(
    changes.flatMap(({ address, field }) => (field === 'record' ? [address] : [])),
  )
  const attached = attachedIn(changes, wholes)
  const items = new Map<ItemAddress, T[]>()
  const note = (address: ItemAddress, change: T): void => {
    const others = items.get(address)
    if (others) others.push(change)
    else items.set(address, [change])
  }
  for (const change of changes) {
    const address = itemOf(change, wholes)
    const cells = attached.get(address as ItemAddress)
    if (cells) for (const cell of cells) note(cell, change)
    else if (address) note(address, change)
  }
  return items
}

/** Of every claim that is new, the cells to which it was attached; none of a claim that hangs nowhere. */
const attachedIn = (
  changes: readonly Touch[],
  wholes: ReadonlySet<string>,
): ReadonlyMap<ItemAddress, ReadonlySet<ItemAddress>> => {
  const attached = new Map<ItemAddress, Set<ItemAddress>>()
  for (const change of changes) {
    const id = change.field === 'claim' ? change.address.split('/').at(-1) : undefined
    const cell = id !== undefined && wholes.has(`claims/${id}`) && itemOf(change, wholes)
    if (!cell) continue
    const claim = `claim/${id as ClaimId}` as const
    attached.set(claim, (attached.get(claim) ?? new Set()).add(cell))
  }
  return attached
}

const itemOf = (
  { address, field, issueId, partyId }: Touch,
  wholes: ReadonlySet<string>,
): ItemAddress | undefined => {
  const [root, id] = address.split('/')
  switch (root) {
    case 'cells':
    case 'redLines':
      if (!issueId || !partyId) return undefined
      if (wholes.has(`issues/${issueId}`)) return `issue/${issueId}`
      if (wholes.has(`parties/${partyId}`)) return `party/${partyId}`
      return `cell/${cellKey(issueId, partyId)}`
    case 'issues':
    case 'points':
      return issueId ? `issue/${issueId}` : undefined
    case 'parties':
      return partyId ? `party/${partyId}` : undefined
    case 'baskets':
      return `basket/${id}` as ItemAddress
    case 'tracker':
      return field === 'title' || field === 'description' ? 'tracker' : undefined
    case 'claims':
      return `claim/${id as ClaimId}`
    case 'sources':
      return `source/${id as SourceId}`
    default:
      return undefined
  }
}
