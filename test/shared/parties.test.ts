/** Parties in several roles, with their people, blocs and factions; and what stays when one is removed. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, test } from 'vitest'
import { createActions } from '#client/live/actions.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addIssue } from '#shared/document/issues.ts'
import { recordsMap } from '#shared/document/layout.ts'
import { addParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import {
  blocRecords,
  factionRecords,
  membershipRecords,
  personRecords,
  removeBloc,
  removeFaction,
  removeMembership,
} from '#shared/document/people.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint } from '#shared/document/scales.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import type {
  BlocId,
  FactionId,
  IssueId,
  MembershipId,
  PartyId,
  PersonId,
  PointId,
  RedLineId,
} from '#shared/ids.ts'
import { asAlso, PARTY_ROLES, rolesOf, roleWords } from '#shared/parties.ts'
import { hasEnded, membershipWords, personWords } from '#shared/people.ts'
import { copyOf, newDoc } from '#test/shared/edits.ts'

const [I, K] = ['i', 'k'] as unknown as readonly [IssueId, PointId]
const [P, Q] = ['p', 'q'] as unknown as readonly [PartyId, PartyId]
const [ENVOY, BLOC, FACTION] = ['envoy', 'bloc', 'faction'] as unknown as readonly [
  PersonId,
  BlocId,
  FactionId,
]
const [OF_P, OF_Q] = ['mp', 'mq'] as unknown as readonly [MembershipId, MembershipId]

const talks = (): Y.Doc => {
  const doc = newDoc()
  createTracker(doc, 'Talks')
  addParty(doc, P, { name: 'Oman', role: 'host' })
  addParty(doc, Q, { name: 'Iran', role: 'negotiating_party' })
  addIssue(doc, I, { title: 'Limits', basketId: null })
  addPoint(doc, K, I, 'Full')
  factionRecords.put(doc, FACTION, { partyId: P, name: 'The court' })
  personRecords.put(doc, ENVOY, { partyId: P, factionId: FACTION, office: 'envoy' })
  blocRecords.put(doc, BLOC, { name: 'The Gulf' })
  membershipRecords.put(doc, OF_P, { blocId: BLOC, partyId: P, since: '1981' })
  membershipRecords.put(doc, OF_Q, { blocId: BLOC, partyId: Q })
  return doc
}
const merge = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}

describe('roles', () => {
  const stored = (alsoRole: unknown): readonly string[] => {
    const doc = talks()
    ;(recordsMap(doc, 'parties').get(P) as Y.Map<unknown>).set('alsoRole', alsoRole)
    return rolesOf(partyRecords.read(doc, P) ?? expect.fail())
  }

  test('a document of before, with one further role, reads as it did', () => {
    expect(stored('mediator')).toEqual(['host', 'mediator'])
    expect(stored(undefined)).toEqual(['host'])
  })

  test.each([
    ['several', 'guarantor mediator', ['host', 'mediator', 'guarantor']],
    ['one twice, and the first again', 'host mediator mediator', ['host', 'mediator']],
    ['names that are none', 'mediator king  ', ['host', 'mediator']],
    ['what is no text', 7, ['host']],
  ])('%s', (_, alsoRole, roles) => expect(stored(alsoRole)).toEqual(roles))

  test('whatever is chosen is held once, in one order, and comes back as it is', () => {
    const role = fc.constantFrom(...PARTY_ROLES)
    fc.assert(
      fc.property(role, fc.array(role), (first, others) => {
        const doc = talks()
        partyRecords.set(doc, P, { role: first, alsoRole: asAlso(others) })
        const party = partyRecords.read(doc, P) ?? expect.fail()
        expect(new Set(rolesOf(party))).toEqual(new Set([first, ...others]))
        expect(rolesOf(party)[0]).toBe(first)
        expect(asAlso(party.alsoRole?.split(' ') ?? [])).toBe(party.alsoRole)
      }),
      { seed: 20_260_203 },
    )
  })

  test('read in words', () => {
    expect(roleWords({ role: 'host', alsoRole: asAlso(['guarantor', 'mediator']) })).toBe(
      'hosts, mediates, guarantees',
    )
  })
})

describe('a party removed while somebody works in its column', () => {
  test('nothing of the column stays, its people do, and an undo brings all of it together again', () => {
    const mine = talks()
    const theirs = copyOf(mine)
    const actions = createActions(mine)
    actions.act('remove a party', doc => removeParty(doc, P))
    setPosition(theirs, I, P, 'Offers a room')
    setCell(theirs, I, P, { stance: K })
    redLineRecords.put(theirs, 'line' as RedLineId, { issueId: I, partyId: P, point: K })
    personRecords.set(theirs, ENVOY, { name: 'Badr' })
    personRecords.put(theirs, 'aide' as PersonId, { partyId: P })
    merge(mine, theirs)
    const removed = readTracker(mine)
    expect(readTracker(theirs)).toEqual(removed)
    expect(removed.parties.map(({ id }) => id)).toEqual([Q])
    expect(removed.cells).toEqual({})
    expect(removed.people.map(({ id, partyId }) => [id, partyId])).toEqual([
      ['aide', P],
      [ENVOY, P],
    ])
    expect(removed.memberships.map(({ id }) => id)).toContain(OF_P)
    actions.undo()
    const back = readTracker(mine)
    expect(back.parties.map(({ id }) => id)).toEqual([P, Q])
    expect(back.people.filter(({ partyId }) => partyId === P)).toHaveLength(2)
    actions.dispose()
  })
})

describe('blocs and factions', () => {
  test('a bloc goes with its last member, or with all of them at once', () => {
    const doc = talks()
    removeMembership(doc, OF_P)
    expect(blocRecords.has(doc, BLOC)).toBe(true)
    removeMembership(doc, OF_Q)
    expect(blocRecords.has(doc, BLOC)).toBe(false)
    const other = talks()
    removeBloc(other, BLOC)
    expect(membershipRecords.all(other)).toEqual([])
  })

  test('the people of a removed faction stay with their party', () => {
    const doc = talks()
    removeFaction(doc, FACTION)
    expect(personRecords.read(doc, ENVOY)).toMatchObject({ partyId: P, factionId: null })
  })

  test('in words: who has no name is known by the office, and dates may be imprecise', () => {
    expect(personWords({ name: '', office: 'a senior official' })).toBe(
      'not named, a senior official',
    )
    expect(membershipWords({ since: '1981', until: '2024-06~' })).toBe(
      'since 1981, until about Jun 2024',
    )
    expect(membershipWords({ since: '../2026-02-02', until: '2026-02-04/..' })).toBe(
      'by 2 Feb 2026, until 4 Feb 2026 or later',
    )
    expect(membershipWords({ since: 'long ago', until: '' })).toBe('since long ago')
  })

  test('a membership ends with the last day that its date may mean', () => {
    const at = Date.parse('2024-06-30T12:00:00Z')
    expect(hasEnded({ until: '2024-06' }, at)).toBe(false)
    expect(hasEnded({ until: '2024-05' }, at)).toBe(true)
    expect(hasEnded({ until: '' }, at)).toBe(false)
    expect(hasEnded({ until: 'one day' }, at)).toBe(false)
  })
})
