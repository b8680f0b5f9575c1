/** Who acts and speaks for parties, and how parties stand together or apart. */
import { calendarWords, sinceWords } from '#shared/calendar-words.ts'
import { latest } from '#shared/dates.ts'
import type { BlocId, FactionId, MembershipId, PartyId, PersonId } from '#shared/ids.ts'

export interface Person {
  readonly id: PersonId
  /** '' for somebody whom nobody names, as "senior officials". */
  readonly name: string
  readonly office: string
  readonly partyId: PartyId | null
  readonly factionId: FactionId | null
  /** For whom or what the person speaks, and with what mandate. */
  readonly speaksFor: string
}

/** Parties that act together. */
export interface Bloc {
  readonly id: BlocId
  readonly name: string
  readonly note: string
}

export interface Membership {
  readonly id: MembershipId
  readonly blocId: BlocId
  readonly partyId: PartyId
  /** ISO 8601 or EDTF, '' where unknown; `until` is '' also for a member of today. */
  readonly since: string
  readonly until: string
}

/** A current inside a party, with what sets it apart. */
export interface Faction {
  readonly id: FactionId
  readonly partyId: PartyId
  readonly name: string
  readonly note: string
}

/** "Abbas Araghchi, foreign minister"; of somebody whom nobody names, the office alone says who it is. */
export const personWords = ({ name, office }: Pick<Person, 'name' | 'office'>): string =>
  [name || 'not named', office].filter(Boolean).join(', ')

/** By name; those whom nobody names come last, by their office. */
export const byPersonName = (
  a: Pick<Person, 'id' | 'name' | 'office'>,
  b: Pick<Person, 'id' | 'name' | 'office'>,
): number =>
  Number(a.name === '') - Number(b.name === '') ||
  a.name.localeCompare(b.name) ||
  a.office.localeCompare(b.office) ||
  (a.id < b.id ? -1 : 1)

/** "since 2020, until June 2025"; '' where no date is known. */
export const membershipWords = ({ since, until }: Pick<Membership, 'since' | 'until'>): string =>
  [
    since && sinceWords(since),
    until && `until ${calendarWords(until).replace(/^from (.*) on$/, '$1 or later')}`,
  ]
    .filter(Boolean)
    .join(', ')

/** Whether the membership has ended for certain by then. */
export const hasEnded = ({ until }: Pick<Membership, 'until'>, now: number): boolean =>
  (latest(until) ?? Infinity) <= now
