/** P9: what somebody may do is the highest of what they and their groups were granted, and a tracker keeps an owner. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { user } from '#drizzle/sqlite/schema.ts'
import { enforcement } from '#server/accounts/enforcement.ts'
import { Groups } from '#server/accounts/groups.ts'
import { Members } from '#server/accounts/members.ts'
import { Trackers } from '#server/accounts/trackers.ts'
import type { Storage } from '#server/store/database.ts'
import type { Role } from '#shared/access.ts'
import { newId, type AccountId, type GroupId, type TrackerId } from '#shared/ids.ts'
import { openStorage } from '#test/server/storage.ts'

let folder: string
let storage: Storage
let members: Members
let groups: Groups
let trackers: Trackers
let ada: AccountId
let ben: AccountId
let cyd: AccountId
let tracker: TrackerId

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-rights-'))
  storage = await openStorage(folder)
  const now = () => Date.now()
  members = new Members(storage.db, now)
  groups = new Groups(storage.db, now)
  trackers = new Trackers(storage.db, now)
})
afterAll(async () => {
  await storage.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  ;[ada, ben, cyd] = await Promise.all([person('Ada'), person('Ben'), person('Cyd')])
  tracker = await owned(ada)
})

const person = async (name: string, kind: 'person' | 'service' = 'person'): Promise<AccountId> => {
  const id = newId<AccountId>()
  const at = new Date()
  const email = `${id}@example.org`
  await storage.db.insert(user).values({ id, name, email, kind, createdAt: at, updatedAt: at })
  return id
}
const owned = async (by: AccountId): Promise<TrackerId> => {
  const id = newId<TrackerId>()
  await trackers.enter(id, 'Talks', by)
  return id
}
const groupOf = async (...people: readonly AccountId[]): Promise<GroupId> => {
  const { id } = await groups.make('Desk', ada)
  for (const one of people) await groups.addPerson(id as GroupId, one)
  return id as GroupId
}
const close = (id: AccountId, closedAt: number | null = 1) =>
  storage.db.update(user).set({ closedAt }).where(eq(user.id, id))

describe('what somebody may do', () => {
  test.each<[own: Role | null, group: Role | null, other: Role | null, is: Role | undefined]>([
    ['viewer', null, null, 'viewer'],
    [null, 'commenter', null, 'commenter'],
    ['viewer', 'editor', null, 'editor'],
    ['editor', 'viewer', 'commenter', 'editor'],
    [null, 'viewer', 'owner', 'owner'],
    [null, null, null, undefined],
  ])('with %s, and %s and %s through groups, is that of the %s', async (own, one, other, is) => {
    if (own) await members.add(tracker, ben, own)
    const [first, second] = [await groupOf(ben), await groupOf(cyd, ben)]
    if (one) await groups.grant(tracker, first, one)
    if (other) await groups.grant(tracker, second, other)
    expect(await members.roleOf(tracker, ben)).toBe(is)
    expect((await members.rolesIn(tracker)).get(ben)).toBe(is)
    const [entry] = await trackers.of(ben)
    expect(entry?.role).toBe(is)
    const listed = (await members.of(tracker)).find(({ accountId }) => accountId === ben)
    expect(listed?.role).toBe(is)
    if (is) expect(listed?.own).toBe(own)
    // Which of the two came first is not told by a clock of milliseconds.
    expect((listed?.through.map(({ role }) => role) ?? []).toSorted()).toEqual(
      [one, other].filter(role => role !== null).toSorted(),
    )
  })

  test('ends with the group, with being in it, with its role and with the account', async () => {
    const desk = await groupOf(ben)
    await groups.grant(tracker, desk, 'editor')
    await close(ben)
    expect(await members.roleOf(tracker, ben)).toBeUndefined()
    expect(await groups.people(desk)).toEqual([])
    await close(ben, null)
    expect(await members.roleOf(tracker, ben)).toBe('editor')
    await groups.removePerson(desk, ben)
    expect(await members.roleOf(tracker, ben)).toBeUndefined()
    await groups.addPerson(desk, ben)
    await groups.withdraw(tracker, desk)
    expect(await members.roleOf(tracker, ben)).toBeUndefined()
    await groups.grant(tracker, desk, 'viewer')
    await groups.remove(desk)
    expect(await members.roleOf(tracker, ben)).toBeUndefined()
    expect(await trackers.of(ben)).toEqual([])
  })

  test('counts each of the people once in the list of trackers, and no closed account', async () => {
    const desk = await groupOf(ada, ben, cyd)
    await groups.grant(tracker, desk, 'viewer')
    await members.add(tracker, ben, 'editor')
    expect((await trackers.entry(tracker, ada))?.people).toBe(3)
    await close(cyd)
    expect((await trackers.entry(tracker, ada))?.people).toBe(2)
  })

  test('is what was granted in this tracker alone', async () => {
    const elsewhere = await owned(cyd)
    const desk = await groupOf(ben)
    await groups.grant(elsewhere, desk, 'owner')
    expect(await members.roleOf(tracker, ben)).toBeUndefined()
    expect(await members.roleOf(newId(), ben)).toBeUndefined()
    expect((await trackers.of(ben)).map(({ id }) => id)).toEqual([elsewhere])
  })
})

describe('a tracker keeps an owner', () => {
  const owners = async (): Promise<number> =>
    (await members.of(tracker)).filter(({ role }) => role === 'owner').length

  test('through a group, as long as somebody is in it', async () => {
    const desk = await groupOf()
    await groups.grant(tracker, desk, 'owner')
    expect(await members.remove(tracker, ada)).toBe('last owner')
    await groups.addPerson(desk, ben)
    expect(await members.setRole(tracker, ada, 'viewer')).toBe('done')
    expect(await members.remove(tracker, ada)).toBe('done')
    expect(await groups.removePerson(desk, ben)).toBe('last owner')
    expect(await groups.withdraw(tracker, desk)).toBe('last owner')
    expect(await groups.grant(tracker, desk, 'editor')).toBe('last owner')
    expect(await groups.remove(desk)).toBe('last owner')
    await groups.addPerson(desk, cyd)
    expect(await groups.removePerson(desk, ben)).toBe('done')
    expect(await members.roleOf(tracker, cyd)).toBe('owner')
  })

  test('whose account is open, and who is a person', async () => {
    await members.add(tracker, ben, 'owner')
    await members.add(tracker, await person('Robot', 'service'), 'owner')
    await close(ben)
    expect(await members.remove(tracker, ada)).toBe('last owner')
    await close(ben, null)
    expect(await members.remove(tracker, ada)).toBe('done')
  })

  test('of an owner and the last of an owning group who leave at once, one stays', async () => {
    const desk = await groupOf(ben)
    await groups.grant(tracker, desk, 'owner')
    const left = await Promise.all([
      members.remove(tracker, ada),
      groups.removePerson(desk, ben),
      groups.remove(desk),
    ])
    expect(left).toContain('last owner')
    expect(await owners()).toBe(1)
  })

  test('and a new one by one act, with which the old one steps down', async () => {
    await members.add(tracker, ben, 'viewer')
    expect(await members.transfer(tracker, ada, cyd)).toBe('no such member')
    expect(await members.transfer(tracker, ada, ada)).toBe('no such member')
    expect(await members.transfer(tracker, ben, ben)).toBe('no such member')
    expect(await members.transfer(tracker, ada, ben)).toBe('done')
    expect(await members.roleOf(tracker, ada)).toBe('editor')
    expect(await members.roleOf(tracker, ben)).toBe('owner')
    expect(await members.transfer(tracker, ada, ben)).toBe('not yours')
    expect(await owners()).toBe(1)
  })

  test('of two who are given it at once, one has it', async () => {
    await members.add(tracker, ben, 'viewer')
    await members.add(tracker, cyd, 'viewer')
    const given = await Promise.all([
      members.transfer(tracker, ada, ben),
      members.transfer(tracker, ada, cyd),
    ])
    expect(given.toSorted()).toEqual(['done', 'not yours'])
    expect(await owners()).toBe(1)
  })

  test('also where whoever is given it was in through a group alone', async () => {
    const desk = await groupOf(ben, cyd)
    await groups.grant(tracker, desk, 'viewer')
    await groups.grant(tracker, await groupOf(ben), 'editor')
    expect(await members.transfer(tracker, ada, ben)).toBe('done')
    expect(await members.of(tracker)).toContainEqual(
      expect.objectContaining({ accountId: ben, own: 'owner' }),
    )
    expect(await members.transfer(tracker, ada, cyd)).toBe('not yours')
  })

  test('and nobody hands over what they own through a group alone', async () => {
    const desk = await groupOf(ben)
    await groups.grant(tracker, desk, 'owner')
    await members.add(tracker, cyd, 'viewer')
    expect(await members.transfer(tracker, ben, cyd)).toBe('not yours')
    expect(await members.roleOf(tracker, cyd)).toBe('viewer')
  })
})

describe('what is carried to open connections', () => {
  test('is what holds last, however the answers come in', async () => {
    const told: (readonly [AccountId, Role | null])[] = []
    let role: Role = 'editor'
    const waiting: (() => void)[] = []
    const changed = enforcement({
      members: {
        rolesIn: async () => {
          const read = new Map<string, Role>([[ben, role]])
          await new Promise<void>(resolve => waiting.push(resolve))
          return read
        },
      },
      setRole: async (_, account, is) => void told.push([account, is]),
      cut: () => expect.unreachable(),
      report: () => expect.unreachable(),
    })
    const first = changed([tracker], [ben])
    await expect.poll(() => waiting.length).toBe(1)
    role = 'viewer'
    const second = changed([tracker], [ben, cyd])
    waiting.pop()?.()
    await first
    await expect.poll(() => waiting.length).toBe(1)
    waiting.pop()?.()
    await second
    expect(told).toEqual([
      [ben, 'editor'],
      [ben, 'viewer'],
      [cyd, null],
    ])
  })

  test('is the door, where nobody can say what holds', async () => {
    const cut: AccountId[] = []
    const changed = enforcement({
      members: { rolesIn: () => Promise.reject(new Error('away')) },
      setRole: () => expect.unreachable(),
      cut: account => cut.push(account),
      report: () => undefined,
    })
    await changed([tracker], [ben, cyd])
    expect(cut).toEqual([ben, cyd])
  })
})
