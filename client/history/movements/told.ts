/**
 * A cell's movements in words. What the rest of the cell said at the time follows from what it says now, movement by
 * movement back, so that a red line of which one word changed is told whole.
 */
import type { ApiMovement } from '#shared/api.ts'
import { CELL_FIELDS, cellKey, type Cell, type CellField } from '#shared/cells.ts'
import type { Claim } from '#shared/claims.ts'
import { cellDetails } from '#shared/compare/cell-details.ts'
import { compare } from '#shared/compare/compare.ts'
import { line, type Detail } from '#shared/compare/detail.ts'
import { restorable } from '#shared/history/restore.ts'
import type { ClaimId, Rank, RedLineId } from '#shared/ids.ts'
import { NO_SCALE, type Issue } from '#shared/issues.ts'
import type { MovementKey } from '#shared/movements.ts'
import type { RedLine } from '#shared/redlines.ts'
import { EMPTY_TRACKER, type Tracker } from '#shared/tracker.ts'

/** What stands in a cell. */
export interface Standing {
  readonly cell: Cell
  readonly redLines: readonly RedLine[]
}

export interface Told {
  readonly key: MovementKey
  readonly movement: ApiMovement
  readonly details: readonly Detail[]
  /** On how many claims the cell rested after it. */
  readonly claims: number
  /** Whether bringing back what the cell said after it would change anything. */
  readonly differs: boolean
}

/** What is known of where the cell stands. */
export interface Around {
  /** With the scale on which stances stand; undefined where it is gone. */
  readonly issue: Issue | undefined
  readonly claim: (id: ClaimId) => Pick<Claim, 'statement'> | undefined
}

/** `movements`, newest first, of the cell that says `now`. */
export const tellMovements = (
  movements: readonly ApiMovement[],
  now: Standing,
  { claim, issue }: Around,
): readonly Told[] => {
  const present = trackerOf(now, issue)
  let then = now
  return movements.map(movement => {
    const after = withValues(then, movement, 'after')
    const before = withValues(after, movement, 'before')
    then = before
    const [was, is] = [trackerOf(before, issue), trackerOf(after, issue)]
    const [change] = compare(was, is).cells
    return {
      key: movement.key as MovementKey,
      movement,
      details: [
        ...(change ? cellDetails(change, was, is).filter(({ name }) => name !== CLAIMS) : []),
        ...claimDetails(movement, claim),
      ],
      claims: after.cell.claimIds.length,
      differs: restorable(compare(is, present)).length > 0,
    }
  })
}

const CLAIMS = 'Claims'

/** Each by its words: a number would not tell on what it rests. */
const claimDetails = ({ changes }: ApiMovement, claim: Around['claim']): readonly Detail[] =>
  changes
    .filter(({ field }) => field === 'claim')
    .map(({ address, after }) => {
      const id = address.split('/').at(-1) as ClaimId
      const words = claim(id)?.statement || 'a claim that is gone'
      return after === true ? line('Claim', '', words) : line('Claim', words, '')
    })

const FIELDS: ReadonlySet<string> = new Set<CellField | 'position'>([...CELL_FIELDS, 'position'])

/** What stood there with what the movement found, or left. */
const withValues = (
  { cell, redLines }: Standing,
  { changes }: ApiMovement,
  side: 'before' | 'after',
): Standing => {
  const values: Record<string, unknown> = {}
  const claims = new Set(cell.claimIds)
  const lines = new Map<string, RedLine>(redLines.map(line => [line.id, line]))
  // A record that came or went was otherwise in between: the way back is the other way round.
  for (const { address, field, [side]: value } of side === 'after'
    ? changes
    : changes.toReversed()) {
    const [root, id = '', , , claimId] = address.split('/')
    if (root === 'redLines') {
      const line =
        field === 'record' ? value : lines.has(id) && { ...lines.get(id), [field]: value }
      if (field === 'record' && value === null) lines.delete(id)
      else if (line)
        lines.set(id, { ...(line as Omit<RedLine, 'id'>), id: id as RedLineId, ...placeOf(cell) })
    } else if (field === 'claim') {
      if (value === true) claims.add(claimId as ClaimId)
      else claims.delete(claimId as ClaimId)
    } else if (FIELDS.has(field)) values[field] = value
  }
  return {
    cell: { ...cell, ...values, claimIds: [...claims].sort() },
    redLines: [...lines.values()],
  }
}

const placeOf = ({ issueId, partyId }: Cell) => ({ issueId, partyId })

/** A tracker of that one cell. */
const trackerOf = ({ cell, redLines }: Standing, issue: Issue | undefined): Tracker => {
  const { issueId, partyId } = cell
  const rank = '' as Rank
  const unknown = { id: issueId, basketId: null, title: '', description: '', scale: NO_SCALE, rank }
  return {
    ...EMPTY_TRACKER,
    parties: [{ id: partyId, name: '', role: 'stakeholder', alsoRole: null, rank }],
    issues: [issue ?? unknown],
    cells: { [cellKey(issueId, partyId)]: cell },
    redLines,
  }
}
