/** Who acts and speaks for parties, and how parties stand together or apart. */
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
