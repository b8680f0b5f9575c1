/** Movements: what one account changed of one cell in one go, put together from the record of changes. */
import { cellKey, type CellField, type CellKey } from '#shared/cells.ts'
import { proposedKind, traitsOf, type FieldDelta } from '#shared/compare/kind.ts'
import type { Change } from '#shared/history/changes.ts'
import type { AccountId, IssueId, PartyId, RestoreId } from '#shared/ids.ts'
import {
  movementKey,
  weightiest,
  type MovementKey,
  type MovementKind,
  type MovementMarks,
} from '#shared/movements.ts'

export interface Movement {
  readonly key: MovementKey
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly account: AccountId
  readonly firstSeq: number
  readonly lastSeq: number
  readonly firstAt: number
  readonly lastAt: number
  readonly restore: RestoreId | null
  /** Those of its changes that were given, one for each field: what it was before, and after. */
  readonly changes: readonly Change[]
  /** What it is unless somebody has said otherwise. */
  readonly proposed: MovementKind
}

/**
 * The movements of which the given changes are a part, newest first. What ended as it had begun is left out. Of a part
 * of a movement the kind is that of the part.
 */
export const movementsIn = (changes: Iterable<Change>): readonly Movement[] => {
  const parts = new Map<MovementKey, Change[]>()
  for (const change of changes) {
    const { issueId, movement, partyId } = change
    if (issueId === null || partyId === null || movement === null) continue
    const key = movementKey(issueId, partyId, movement)
    const others = parts.get(key)
    if (others) others.push(change)
    else parts.set(key, [change])
  }
  const movements: Movement[] = []
  for (const [key, all] of parts) {
    const [first] = all
    const net = netOf(all)
    if (!first?.issueId || !first.partyId || net.length === 0) continue
    movements.push({
      key,
      issueId: first.issueId,
      partyId: first.partyId,
      account: first.account,
      firstSeq: Math.min(...all.map(({ firstSeq }) => firstSeq)),
      lastSeq: Math.max(...all.map(({ lastSeq }) => lastSeq)),
      firstAt: Math.min(...all.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...all.map(({ lastAt }) => lastAt)),
      restore: first.restore,
      changes: net,
      proposed: kindOfChanges(net, first.restore !== null),
    })
  }
  return movements.sort((a, b) => b.lastSeq - a.lastSeq || (a.key < b.key ? -1 : 1))
}

/** One change for each field: from what it was first to what it was last. */
const netOf = (changes: readonly Change[]): readonly Change[] => {
  const net = new Map<string, Change>()
  for (const change of changes.toSorted((a, b) => a.firstSeq - b.firstSeq)) {
    const earlier = net.get(change.address)
    net.set(
      change.address,
      earlier
        ? {
            ...change,
            before: earlier.before,
            firstSeq: earlier.firstSeq,
            firstAt: earlier.firstAt,
          }
        : change,
    )
  }
  return [...net.values()].filter(
    ({ after, before }) => JSON.stringify(before) !== JSON.stringify(after),
  )
}

/** Whoever brings back an earlier value has judged anew; the party has done nothing. */
const kindOfChanges = (changes: readonly Change[], isRestored: boolean): MovementKind => {
  const kind = proposedKind(traitsOf(changes.map(deltaOf)))
  return isRestored && kind !== 'worded' ? 'judged' : kind
}

const deltaOf = ({ address, after, before, field }: Change): FieldDelta =>
  address.startsWith('redLines/')
    ? { field: 'redLine', before: field === 'record' ? before : '', after }
    : { field: field as CellField | 'position' | 'claim', before, after }

export const kindOf = ({ key, proposed }: Movement, marks: MovementMarks): MovementKind =>
  marks[key]?.kind ?? proposed

/**
 * The cells of which somebody has said of what kind a movement was, with the weightiest kind among all their movements:
 * over the proposal that the two ends of the time would make.
 */
export const markedKinds = (
  movements: readonly Movement[],
  marks: MovementMarks,
): ReadonlyMap<CellKey, MovementKind> => {
  const kinds = new Map<CellKey, MovementKind>()
  for (const [key, ofCell] of Map.groupBy(movements, movement =>
    cellKey(movement.issueId, movement.partyId),
  )) {
    const isMarked = ofCell.some(movement => (marks[movement.key]?.kind ?? null) !== null)
    const kind = weightiest(ofCell.map(movement => kindOf(movement, marks)))
    if (isMarked && kind) kinds.set(key, kind)
  }
  return kinds
}

/** Whether it turned what a party stands for without a claim or a word of why. */
export const isUnexplained = (movement: Movement, marks: MovementMarks): boolean => {
  const { changes, restore } = movement
  const mark = marks[movement.key]
  if (restore !== null || (mark?.reasonId ?? null) !== null || mark?.kind === 'worded') return false
  const { gainsClaim, stand } = traitsOf(changes.map(deltaOf))
  return stand !== 'unchanged' && !gainsClaim
}
