/** What became of a claim, in order, and which of it counts. */
import type { ClaimEvent, ClaimStatus } from '#shared/claims.ts'

/** Oldest first; what was written at one moment, in the order of the ids. */
export const inOrder = (events: readonly ClaimEvent[]): readonly ClaimEvent[] =>
  events.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))

/**
 * The event that made the claim what it is. Of two at the same time the document keeps one status, which need not be the later
 * one's by the clocks of those who wrote: what counts is the newest of `ordered` that says what the claim says.
 */
export const standingEvent = (
  ordered: readonly ClaimEvent[],
  status: ClaimStatus,
): ClaimEvent | undefined => ordered.findLast(event => event.status === status)
