/** People, blocs and factions in the document. */
import { reference, word, words } from '#shared/document/field.ts'
import { recordKind } from '#shared/document/record.ts'
import type { BlocId, FactionId, MembershipId, PartyId, PersonId } from '#shared/ids.ts'
import type { Bloc, Faction, Membership, Person } from '#shared/people.ts'

export const personRecords = recordKind<PersonId, Omit<Person, 'id'>>('people', {
  name: words,
  office: words,
  partyId: reference<PartyId>(),
  factionId: reference<FactionId>(),
  speaksFor: words,
})

export const blocRecords = recordKind<BlocId, Omit<Bloc, 'id'>>('blocs', {
  name: words,
  note: words,
})

export const membershipRecords = recordKind<MembershipId, Omit<Membership, 'id'>>('memberships', {
  blocId: word<BlocId>(),
  partyId: word<PartyId>(),
  since: words,
  until: words,
})

export const factionRecords = recordKind<FactionId, Omit<Faction, 'id'>>('factions', {
  partyId: word<PartyId>(),
  name: words,
  note: words,
})
