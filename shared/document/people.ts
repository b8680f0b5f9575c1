/** People, blocs and factions in the document. */
import type * as Y from 'yjs'
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

/** Dissolves a bloc: nobody is a member of it any more. */
export const removeBloc = (doc: Y.Doc, id: BlocId): void =>
  doc.transact(() => {
    blocRecords.remove(doc, id)
    for (const membership of membershipRecords.all(doc))
      if (membership.blocId === id) membershipRecords.remove(doc, membership.id)
  })

/** Takes a party out of a bloc as if it had never been in it; a bloc without members goes with the last one. */
export const removeMembership = (doc: Y.Doc, id: MembershipId): void =>
  doc.transact(() => {
    const blocId = membershipRecords.read(doc, id)?.blocId
    membershipRecords.remove(doc, id)
    if (blocId && !membershipRecords.all(doc).some(other => other.blocId === blocId))
      blocRecords.remove(doc, blocId)
  })

/** Removes a faction; its people stay with their party. */
export const removeFaction = (doc: Y.Doc, id: FactionId): void =>
  doc.transact(() => {
    factionRecords.remove(doc, id)
    for (const person of personRecords.all(doc))
      if (person.factionId === id) personRecords.set(doc, person.id, { factionId: null })
  })
