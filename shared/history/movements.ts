/** Movements: what one account changed of one cell in one go, put together from the record of changes. */
import { cellKey, type CellField, type CellKey } from '#shared/cells.ts'
import { proposedKind, traitsOf, type FieldDelta } from '#shared/compare/kind.ts'
import type { KindsSaid } from '#shared/compare/summary.ts'
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

/** What a movement did to one field. */
export type Part = Pick<Change, 'address' | 'after' | 'before' | 'field'>

/** Whether a list of changes, newest first, names one before the other. */
const isNewer = (one: Change, other: Change): boolean =>
  one.lastSeq > other.lastSeq || (one.lastSeq === other.lastSeq && one.address > other.address)

/** Of each movement the change that is named first in a list of changes: there the movement stands in a list of its own. */
export const newestIn = (changes: Iterable<Change>): ReadonlyMap<MovementKey, Change> => {
  const newest = new Map<MovementKey, Change>()
  for (const change of changes) {
    const key = keyOf(change)
    const other = key && newest.get(key)
    if (key && !(other && isNewer(other, change))) newest.set(key, change)
  }
  return newest
}

const keyOf = ({ issueId, movement, partyId }: Change): MovementKey | undefined =>
  issueId === null || partyId === null || movement === null
    ? undefined
    : movementKey(issueId, partyId, movement)

/**
 * The movements of which the given changes are a part, newest first. What ended as it had begun is left out. Of a part
 * of a movement the kind is that of the part.
 */
export const movementsIn = (changes: Iterable<Change>): readonly Movement[] => {
  const all = [...changes]
  const parts = Map.groupBy(all, keyOf)
  const movements: Movement[] = []
  for (const [key, newest] of [...newestIn(all)].sort(([, a], [, b]) => (isNewer(a, b) ? -1 : 1))) {
    const ofMovement = parts.get(key) ?? []
    const { account, issueId, lastSeq, partyId, restore } = newest
    const net = netOf(ofMovement)
    if (issueId === null || partyId === null || net.length === 0) continue
    movements.push({
      key,
      issueId,
      partyId,
      account,
      firstSeq: Math.min(...ofMovement.map(({ firstSeq }) => firstSeq)),
      lastSeq,
      firstAt: Math.min(...ofMovement.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...ofMovement.map(({ lastAt }) => lastAt)),
      restore,
      changes: net,
      proposed: kindOfChanges(net, restore !== null),
    })
  }
  return movements
}

/** One change for each field: from what it was first to what it was last. */
const netOf = (changes: readonly Change[]): readonly Change[] => {
  const net = new Map<string, Change>()
  for (const change of changes.toSorted(byBeginning)) {
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

const byBeginning = (a: Change, b: Change): number =>
  a.firstSeq - b.firstSeq || (a.address < b.address ? -1 : 1)

/** Whoever brings back an earlier value has judged anew; the party has done nothing. */
const kindOfChanges = (changes: readonly Part[], isRestored: boolean): MovementKind => {
  const kind = proposedKind(traitsOf(changes.map(deltaOf)))
  return isRestored && kind !== 'worded' ? 'judged' : kind
}

const deltaOf = ({ address, after, before, field }: Part): FieldDelta =>
  address.startsWith('redLines/')
    ? { field: 'redLine', before: field === 'record' ? before : '', after }
    : { field: field as CellField | 'position' | 'claim', before, after }

export const kindOf = (
  { key, proposed }: Pick<Movement, 'key' | 'proposed'>,
  marks: MovementMarks,
): MovementKind => marks[key]?.kind ?? proposed

/**
 * The cells of which somebody has said of what kind a movement was, with the weightiest kind among all their movements:
 * over the proposal that the two ends of the time would make.
 */
export const markedKinds = (
  movements: readonly Pick<Movement, 'issueId' | 'partyId' | 'key' | 'proposed'>[],
  marks: MovementMarks,
): KindsSaid => {
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

/** The same of what happened after one entry and up to another: also of what had begun before, or went on later. */
export const saidBetween = (
  movements: readonly Movement[],
  marks: MovementMarks,
  after: number,
  upTo: number,
): KindsSaid =>
  markedKinds(
    movements.filter(({ firstSeq, lastSeq }) => lastSeq > after && firstSeq <= upTo),
    marks,
  )

/** Whether it turned what a party stands for without a claim or a word of why. */
export const isUnexplained = (
  {
    changes,
    key,
    restore,
  }: Pick<Movement, 'key' | 'restore'> & { readonly changes: readonly Part[] },
  marks: MovementMarks,
): boolean => {
  const mark = marks[key]
  if (restore !== null || (mark?.reasonId ?? null) !== null || mark?.kind === 'worded') return false
  const { gainsClaim, stand } = traitsOf(changes.map(deltaOf))
  return stand !== 'unchanged' && !gainsClaim
}
