/** What happened or is expected to: events whose dates are as imprecise as the record leaves them. */
import type { EffectId, EventId, IssueId, PartyId } from '#shared/ids.ts'

/** How a date that is relative to another event lies to it. */
export const BEARINGS = ['around', 'before', 'after'] as const
export type Bearing = (typeof BEARINGS)[number]

export interface Event {
  readonly id: EventId
  readonly title: string
  readonly note: string
  /** In whose lane it stands; null for nobody's. */
  readonly partyId: PartyId | null
  /** ISO 8601 or EDTF; '' for a date that is relative to its anchor, or unknown. */
  readonly date: string
  /** The event from which the date is counted: T0, or another. */
  readonly anchorId: EventId | null
  readonly bearing: Bearing
  /**
   * In days from the anchor, in the direction of the bearing; null where the phrase leaves that side open. Around it, `toDays`
   * either way.
   */
  readonly fromDays: number | null
  readonly toDays: number | null
  /** The words of the record: "within the coming days". */
  readonly phrase: string
}

/** A cell that an event moved. */
export interface Effect {
  readonly id: EffectId
  readonly eventId: EventId
  readonly issueId: IssueId
  readonly partyId: PartyId
}
