/** The demo's people, and how its parties stand together or apart: what the record names, and no more. */
import type { DemoParty } from '#server/seeds/demo-outline.ts'
import type { Edit } from '#server/seeds/demo-edit.ts'
import {
  blocRecords,
  factionRecords,
  membershipRecords,
  personRecords,
} from '#shared/document/people.ts'
import type { BlocId, FactionId, MembershipId, PartyId, PersonId } from '#shared/ids.ts'
import type { Bloc, Faction, Membership, Person } from '#shared/people.ts'

interface DemoPerson extends Pick<Person, 'name' | 'office' | 'speaksFor'> {
  readonly party: DemoParty
}

export const DEMO_PEOPLE = {
  pezeshkian: {
    party: 'iran',
    name: 'Masoud Pezeshkian',
    office: 'President of Iran',
    speaksFor: 'Said to have given the order; has not spoken about it himself.',
  },
  iranSeniors: {
    party: 'iran',
    name: '',
    office: 'Senior Iranian officials',
    speaksFor: 'Expected at the table; who leads them is not reported.',
  },
  trump: {
    party: 'us',
    name: 'Donald Trump',
    office: 'President of the United States',
    speaksFor: 'Decides on talks and on force; quoted through others only.',
  },
  witkoff: {
    party: 'us',
    name: 'Steve Witkoff',
    office: 'US special envoy for the Middle East',
    speaksFor: 'Expected to lead for the United States.',
  },
  unnamedOfficial: {
    party: 'us',
    name: '',
    office: 'Official in American reports',
    speaksFor: 'Not known; which government is not stated either.',
  },
  erdogan: {
    party: 'turkey',
    name: 'Erdoğan',
    office: '',
    speaksFor: 'Named under a picture only; the report gives no office.',
  },
  israeliOfficials: {
    party: 'israel',
    name: '',
    office: 'Israeli officials',
    speaksFor: 'Passed on what Israel needs; quoted second-hand.',
  },
} as const satisfies Readonly<Record<string, DemoPerson>>
export type DemoPersonName = keyof typeof DEMO_PEOPLE

export const people: Edit = (doc, idOf) => {
  for (const [name, { party, ...person }] of Object.entries(DEMO_PEOPLE))
    personRecords.put(doc, idOf<PersonId>('person', name), {
      ...person,
      partyId: idOf<PartyId>('party', party),
    })
}

type Member = Partial<Pick<Membership, 'since' | 'until'>> & { readonly party: DemoParty }

/** A bloc with its members; a member that is in it already is changed. */
export const bloc =
  (name: string, values: Partial<Omit<Bloc, 'id'>>, ...members: readonly Member[]): Edit =>
  (doc, idOf) => {
    const blocId = idOf<BlocId>('bloc', name)
    blocRecords.put(doc, blocId, values)
    for (const { party, ...dates } of members)
      membershipRecords.put(doc, idOf<MembershipId>('membership', `${name}/${party}`), {
        ...dates,
        blocId,
        partyId: idOf<PartyId>('party', party),
      })
  }

/** A current inside a party, with who speaks for it. */
export const faction =
  (
    party: DemoParty,
    values: Pick<Faction, 'name' | 'note'>,
    voice: Pick<Person, 'office' | 'speaksFor'>,
  ): Edit =>
  (doc, idOf) => {
    const factionId = idOf<FactionId>('faction', party)
    const partyId = idOf<PartyId>('party', party)
    factionRecords.put(doc, factionId, { ...values, partyId })
    personRecords.put(doc, idOf<PersonId>('person', voice.office), { ...voice, partyId, factionId })
  }
