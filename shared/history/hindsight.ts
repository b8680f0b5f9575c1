/**
 * Two clocks: what a team believed at a time, and what by all that is known now was so at that time. A party's move and a
 * finding hold since the day of the claim that came with them was over, a judgement or mere words since the movement that they
 * revise. Of all movements of a cell that hold at a time, the one that was recorded last counts.
 */
import { cellKey, isBlank, type Cell, type CellKey } from '#shared/cells.ts'
import { compare, type CellChange } from '#shared/compare/compare.ts'
import { cellIn } from '#shared/document/cells.ts'
import { parseCellKey } from '#shared/document/layout.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { kindOf, type Movement } from '#shared/history/movements.ts'
import type { Timeline } from '#shared/history/timeline.ts'
import { MapTrack, type KeyTrack } from '#shared/history/tracks.ts'
import type { ClaimId, IssueId, PartyId, RedLineId } from '#shared/ids.ts'
import type { MovementMarks } from '#shared/movements.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Tracker } from '#shared/tracker.ts'

/** What is known now. */
export interface Knowledge {
  readonly marks: MovementMarks
  /** By when the claims that there are now were said, in milliseconds since 1970; of those that say so. */
  readonly saidAt: ReadonlyMap<ClaimId, number>
}

/** What a cell says after the entry `until`, which is before its next movement, holds since `since`. */
export interface Held {
  readonly until: number
  readonly since: number
}

/** Of every cell its movements, in the order in which they were recorded. */
export type HeldByCell = ReadonlyMap<CellKey, readonly Held[]>

/** From all movements there are. */
export const heldIn = (movements: readonly Movement[], knowledge: Knowledge): HeldByCell => {
  const byCell = Map.groupBy(movements, ({ issueId, partyId }) => cellKey(issueId, partyId))
  const held = new Map<CellKey, readonly Held[]>()
  for (const [key, unordered] of byCell) {
    const ofCell = unordered.toSorted((a, b) => a.lastSeq - b.lastSeq)
    let since: number | undefined
    held.set(
      key,
      ofCell.map((movement, nth) => ({
        until: Math.max(movement.lastSeq, (ofCell[nth + 1]?.firstSeq ?? Infinity) - 1),
        since: (since = sinceOf(movement, since, knowledge)),
      })),
    )
  }
  return held
}

const sinceOf = (
  movement: Movement,
  before: number | undefined,
  { marks, saidAt }: Knowledge,
): number => {
  const kind = kindOf(movement, marks)
  if (kind === 'judged' || kind === 'worded') return before ?? movement.lastAt
  const said = movement.changes.flatMap(({ address, after, field }) => {
    const claimId = address.split('/').at(-1) as ClaimId
    const at = field === 'claim' && after === true ? saidAt.get(claimId) : undefined
    return at === undefined ? [] : [at]
  })
  // The last of several made the difference; nobody can have said it after it was written down.
  return said.length === 0 ? movement.lastAt : Math.min(movement.lastAt, Math.max(...said))
}

/** The entry after which a cell said what, by what is known now, was so at a time; 0 for nothing yet. */
export const hindsightOf = (held: readonly Held[], time: number): number =>
  held.findLast(({ since }) => since <= time)?.until ?? 0

export interface Hindsight {
  /** Today's rows and columns, each cell as by what is known now it was at the time. */
  readonly known: Tracker
  /** The same rows and columns, each cell as the team believed it was. */
  readonly believed: Tracker
  /** From what was believed to what is known. */
  readonly differing: readonly CellChange[]
}

export const hindsightAt = (timeline: Timeline, held: HeldByCell, time: number): Hindsight => {
  const now = timeline.trackerAt(timeline.last)
  const seqOf = (key: CellKey): number =>
    Math.min(timeline.last, hindsightOf(held.get(key) ?? [], time))
  const claimsOf = attachedIn(timeline, now)
  const cells: Record<CellKey, Cell> = {}
  for (const { id: issueId } of now.issues)
    for (const { id: partyId } of now.parties) {
      const key = cellKey(issueId, partyId)
      const seq = seqOf(key)
      if (seq === 0) continue
      const cell = cellIn(timeline.at(seq), issueId, partyId, claimsOf.get(key) ?? [])
      if (!isBlank(cell)) cells[key] = cell
    }
  const known = { ...now, cells, redLines: linesThen(timeline, now, seqOf) }
  const believed = inPlacesOf(timeline.trackerAt(timeline.seqAt(time)), now)
  return { known, believed, differing: compare(believed, known).cells }
}

/** A row or a column that was opened later is known to have been one before. */
const inPlacesOf = (then: Tracker, { issues, parties }: Tracker): Tracker => {
  const issuesThen = new Map(then.issues.map(issue => [issue.id, issue]))
  return { ...then, issues: issues.map(issue => issuesThen.get(issue.id) ?? issue), parties }
}

/** The claims that there still are and that hung on each cell at any time, in the order of their ids. */
const attachedIn = (
  timeline: Timeline,
  { claims }: Tracker,
): ReadonlyMap<CellKey, readonly ClaimId[]> => {
  const exists = new Set(claims.map(({ id }) => id))
  const attached = new Map<CellKey, ClaimId[]>()
  for (const [key] of timeline.keys('cells')) {
    const entry = parseCellKey(key)
    if (!entry || !('claimId' in entry) || !exists.has(entry.claimId)) continue
    const cell = cellKey(entry.issueId, entry.partyId)
    attached.set(cell, [...(attached.get(cell) ?? []), entry.claimId].sort())
  }
  return attached
}

/** Red lines, each as it was when its cell was what it is taken for. */
const linesThen = (
  timeline: Timeline,
  { issues, parties }: Tracker,
  seqOf: (key: CellKey) => number,
): readonly RedLine[] => {
  const exists = new Set<string>([...issues, ...parties].map(({ id }) => id))
  const lines: RedLine[] = []
  for (const [id, track] of timeline.keys('redLines')) {
    const [cell] = [...cellsOfLine(track)]
    const line = cell && redLineRecords.readOf(timeline.at(seqOf(cell)), id as RedLineId)
    if (line && exists.has(line.issueId) && exists.has(line.partyId)) lines.push(line)
  }
  return lines.sort((a, b) => (a.id < b.id ? -1 : 1))
}

const cellsOfLine = (track: KeyTrack): ReadonlySet<CellKey> => {
  const cells = new Set<CellKey>()
  for (const { from, value } of track.reigns) {
    if (!(value instanceof MapTrack)) continue
    const [issueId, partyId] = ['issueId', 'partyId'].map(field => value.keys.get(field)?.at(from))
    if (typeof issueId === 'string' && typeof partyId === 'string')
      cells.add(cellKey(issueId as IssueId, partyId as PartyId))
  }
  return cells
}
