/** Where what one party would accept lies beyond another's red line: by the order of the issue's scale and nothing else. */
import { cellKey, type Cell } from '#shared/cells.ts'
import type { IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'
import type { Issue, Scale } from '#shared/issues.ts'
import type { RedLine } from '#shared/redlines.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface Collision {
  readonly lineId: RedLineId
  readonly issueId: IssueId
  /** Whose line it is, and who would accept what lies beyond it. */
  readonly holder: PartyId
  readonly crosser: PartyId
  /** What of that lies beyond the line, from the lowest point to the highest. */
  readonly options: readonly PointId[]
  /** Whether nothing that the crosser would accept lies on the line's own side. */
  readonly isWhole: boolean
}

/**
 * Where a point lies: by its step, on a numeric scale by its number. Null for one that the scale has lost, or that stands
 * for no number yet.
 */
const placeOf = (ladder: Ladder, id: PointId | null): number | null =>
  (id === null ? null : ladder.get(id)) ?? null

type Ladder = ReadonlyMap<PointId, number | null>

const ladderOf = ({ isNumeric, points }: Pick<Scale, 'isNumeric' | 'points'>): Ladder =>
  new Map(points.map(({ id, value }, step) => [id, isNumeric ? value : step]))

/**
 * What a party would accept, from end to end: from what it hopes for to what it would still take. Its stance stands for an
 * end that is not known, and alone where neither is. Undefined where nothing of it is known: that is neither zero nor
 * everything.
 */
const acceptedBy = (
  { aspiration, knowledge, stance, walkAway }: Cell,
  ladder: Ladder,
): readonly [from: number, to: number] | undefined => {
  if (knowledge !== 'reported' && knowledge !== 'agreed') return undefined
  const ends = [aspiration, walkAway].map(id => placeOf(ladder, id))
  const stands = placeOf(ladder, stance)
  const known = ends.map(end => end ?? stands).filter(end => end !== null)
  return known.length === 0 ? undefined : [Math.min(...known), Math.max(...known)]
}

/** Of one issue. A line in words only, or at a point that the scale has lost, is crossed by nothing. */
export const collisionsOn = (
  { id: issueId, scale }: Pick<Issue, 'id' | 'scale'>,
  lines: readonly RedLine[],
  cells: readonly Cell[],
): readonly Collision[] => {
  const ladder = ladderOf(scale)
  const accepted = cells.flatMap(cell => {
    const range = acceptedBy(cell, ladder)
    return range ? [{ crosser: cell.partyId, range }] : []
  })
  return lines.flatMap(({ id: lineId, operator, partyId: holder, point }) => {
    const limit = placeOf(ladder, point)
    if (limit === null) return []
    const isBeyond = (place: number): boolean =>
      operator === 'at_least' ? place < limit : place > limit
    return accepted.flatMap(({ crosser, range: [from, to] }) => {
      // Both ends are points of the scale.
      const [isLowBeyond, isHighBeyond] = [isBeyond(from), isBeyond(to)]
      if (crosser === holder || !(isLowBeyond || isHighBeyond)) return []
      return {
        lineId,
        issueId,
        holder,
        crosser,
        // Of many collisions only a few are told in full.
        get options() {
          return [...ladder].flatMap(([id, place]) =>
            place !== null && place >= from && place <= to && isBeyond(place) ? id : [],
          )
        },
        isWhole: isLowBeyond && isHighBeyond,
      }
    })
  })
}

/** In the order of the matrix, whoever takes part or stands outside. */
export const collisionsIn = (tracker: Tracker): readonly Collision[] => {
  const { cells, issues, parties, redLines } = tracker
  const byIssue = Map.groupBy(redLines, ({ issueId }) => issueId)
  return issues.flatMap(issue => {
    const lines = byIssue.get(issue.id)
    if (!lines) return []
    const filled = parties.flatMap(({ id }) => cells[cellKey(issue.id, id)] ?? [])
    const byParty = Map.groupBy(lines, ({ partyId }) => partyId)
    const ordered = parties.flatMap(({ id }) => byParty.get(id) ?? [])
    return collisionsOn(issue, ordered, filled)
  })
}

/** What names it, for as long as the line is there: whatever it is that is accepted beyond it. */
export const collisionKey = ({ crosser, lineId }: Collision): string => `${lineId}/${crosser}`

/** Those that are there now and were not then, and those that are gone. */
export const newAndDissolved = (
  then: Tracker,
  now: Tracker,
): { readonly appeared: readonly Collision[]; readonly dissolved: readonly Collision[] } => {
  const [olds, news] = [collisionsIn(then), collisionsIn(now)]
  const were = new Set(olds.map(collisionKey))
  const are = new Set(news.map(collisionKey))
  return {
    appeared: news.filter(it => !were.has(collisionKey(it))),
    dissolved: olds.filter(it => !are.has(collisionKey(it))),
  }
}
