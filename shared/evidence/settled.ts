/** After a claim is settled: the cells that rest on it, whose assessment it may change. It never changes one by itself. */
import { cellKey, type CellKey } from '#shared/cells.ts'
import type { Assessment, Claim, ClaimEvent } from '#shared/claims.ts'
import { inOrder, standingEvent } from '#shared/evidence/became.ts'
import type { ClaimId, IssueId, PartyId } from '#shared/ids.ts'

interface Place {
  readonly issueId: IssueId
  readonly partyId: PartyId
}

export interface Settled {
  readonly event: ClaimEvent
  readonly claim: Claim
  /** Those that hang on it, of which nobody has said since that they stand. */
  readonly cells: readonly Place[]
}

/** Of every claim what made it what it is, where that settles it; newest first. */
export const settledIn = (
  events: readonly ClaimEvent[],
  assessments: readonly Assessment[],
  claimOf: (id: ClaimId) => Claim | undefined,
  cellsOf: (id: ClaimId) => readonly Place[],
): readonly Settled[] => {
  const byClaim = Map.groupBy(inOrder(events), ({ claimId }) => claimId)
  const seen = new Set(
    assessments.map(({ claimEventId, issueId, partyId }) =>
      seenKey(claimEventId, cellKey(issueId, partyId)),
    ),
  )
  return [...byClaim]
    .flatMap(([claimId, ordered]) => {
      const claim = claimOf(claimId)
      const event = claim && standingEvent(ordered, claim.status)
      if (!event || event.status === 'reported') return []
      const cells = cellsOf(claim.id).filter(
        ({ issueId, partyId }) => !seen.has(seenKey(event.id, cellKey(issueId, partyId))),
      )
      return cells.length > 0 ? [{ event, claim, cells }] : []
    })
    .toSorted((a, b) => b.event.at - a.event.at)
}

const seenKey = (eventId: string, cell: CellKey): string => `${eventId} ${cell}`

/** The same without the cells that somebody has changed since: whoever did has looked. */
export const unanswered = (
  settled: readonly Settled[],
  changedAt: (place: Place) => number | undefined,
): readonly Settled[] =>
  settled
    .map(one => ({
      ...one,
      cells: one.cells.filter(place => (changedAt(place) ?? -Infinity) <= one.event.at),
    }))
    .filter(({ cells }) => cells.length > 0)
