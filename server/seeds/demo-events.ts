/** The demo's events. The report has no date of its own: all that it tells is counted from the moment it was published. */
import { attach } from '#server/seeds/demo-evidence.ts'
import type { DemoClaimName } from '#server/seeds/demo-claims.ts'
import { together, type Edit } from '#server/seeds/demo-edit.ts'
import type { DemoIssue, DemoParty } from '#server/seeds/demo-outline.ts'
import { effectRecords, eventRecords } from '#shared/document/events.ts'
import type { Event } from '#shared/events.ts'
import type { EffectId, EventId, IssueId, PartyId } from '#shared/ids.ts'

interface DemoEvent extends Partial<Omit<Event, 'id' | 'partyId'>> {
  readonly party?: DemoParty
  /** The event from which its date is counted. */
  readonly from?: string
  readonly claims?: readonly DemoClaimName[]
}

const before = { from: 'publication', bearing: 'before' } as const
const after = { from: 'publication', bearing: 'after' } as const

export const REPORT_EVENTS = {
  publication: {
    title: 'T0 (report published)',
    note: 'Its date is not known. Set it, and every date that is counted from it moves; nothing else does.',
  },
  months: {
    ...before,
    title: 'Months of uncertainty and rising tension',
    party: 'iran',
    phrase: 'following months of uncertainty',
  },
  usReports: {
    ...before,
    title: 'US media report that Turkey, Egypt and Qatar work together',
    phrase: 'had earlier reported',
    claims: ['threeMediators'],
  },
  conditions: {
    ...before,
    title: 'Israel passes its conditions and red lines to Washington',
    party: 'israel',
    phrase: 'have reportedly communicated',
    claims: ['israelConditions'],
  },
  order: {
    ...before,
    title: 'Reported order of Iran’s president to go back to talks',
    note: 'On the day of the report at the latest.',
    party: 'iran',
    phrase: 'reportedly issued',
    claims: ['order', 'orderRepeated'],
  },
  confirmation: {
    ...after,
    title: 'Confirmation by Washington',
    note: 'Awaited.',
    party: 'us',
    phrase: 'remains pending',
    claims: ['pending'],
  },
  arrival: {
    ...after,
    title: 'Delegations could reach Ankara',
    note: 'Possible, say diplomatic sources; nobody else names the city.',
    party: 'turkey',
    fromDays: 0,
    toDays: 6,
    phrase: 'as early as this week',
    claims: ['ankara'],
  },
  talks: {
    ...after,
    title: 'Talks expected in Turkey',
    note: 'A lower bound for “days rather than weeks” is a day, an upper one short of two weeks: our reading.',
    fromDays: 1,
    toDays: 13,
    phrase: 'within days rather than weeks',
    claims: ['comingDays', 'withinDays'],
  },
  forceDecision: {
    ...after,
    title: 'US decision on military action',
    note: 'Awaited.',
    party: 'us',
    phrase: 'has not made a final decision',
    claims: ['undecided'],
  },
} as const satisfies Readonly<Record<string, DemoEvent>>

/** Writes events; one that is there already is changed. */
export const events =
  (named: Readonly<Record<string, DemoEvent>>): Edit =>
  (doc, idOf, pen) => {
    for (const [name, { claims = [], from, party, ...event }] of Object.entries(named)) {
      eventRecords.put(doc, idOf<EventId>('event', name), {
        ...event,
        ...(party && { partyId: idOf<PartyId>('party', party) }),
        ...(from !== undefined && { anchorId: idOf<EventId>('event', from) }),
      })
      attach('event', name, ...claims)(doc, idOf, pen)
    }
  }

/** Notes which cells an event moved. */
export const moved = (
  event: string,
  ...cells: readonly (readonly [issue: DemoIssue, party: DemoParty])[]
): Edit =>
  together(
    ...cells.map(
      ([issue, party]): Edit =>
        (doc, idOf) =>
          effectRecords.put(doc, idOf<EffectId>('effect', `${event}/${issue}/${party}`), {
            eventId: idOf<EventId>('event', event),
            issueId: idOf<IssueId>('issue', issue),
            partyId: idOf<PartyId>('party', party),
          }),
    ),
  )
