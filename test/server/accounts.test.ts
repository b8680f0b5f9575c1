import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Accounts, type Account } from '#server/accounts/accounts.ts'
import { createAuth } from '#server/accounts/auth.ts'
import { Invitations, type Invited, type Terms } from '#server/accounts/invitations.ts'
import { Members } from '#server/accounts/members.ts'
import { MOST_SESSIONS } from '#server/accounts/sessions.ts'
import { TrackerIndex } from '#server/accounts/tracker-index.ts'
import { Trackers } from '#server/accounts/trackers.ts'
import type { Storage } from '#server/store/database.ts'
import { session, user } from '#drizzle/sqlite/schema.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import { PERSON_COLOURS } from '#shared/presence.ts'
import { openStorage } from '#test/server/storage.ts'

const PASSWORD = 'a long enough password'
const HOUR = 3_600_000

let folder: string
let storage: Storage
let now: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-accounts-'))
  storage = await openStorage(folder)
  now = Date.now()
})
afterEach(async () => {
  await storage.close()
  await rm(folder, { recursive: true })
})

const clock = () => now
const accountsAt = (publicUrl = 'http://127.0.0.1:3000') =>
  new Accounts(createAuth(storage.db, { secret: 's'.repeat(32), publicUrl }), storage.db)
const person = (name: string) => ({ name, email: `${name}@example.org`, password: PASSWORD })
const cookieOf = (cookies: readonly string[]) =>
  new Headers({ cookie: cookies.map(cookie => cookie.split(';')[0]).join('; ') })

const makeAccount = async (accounts: Accounts, name: string): Promise<Account> => {
  const made = await accounts.create(person(name), 'member')
  if (!made) throw new Error(`${name} is there already`)
  return made.account
}
const makeTracker = async (owner: AccountId): Promise<TrackerId> => {
  const id = newId<TrackerId>()
  await new Trackers(storage.db, clock).enter(id, 'Talks', owner)
  return id
}

describe('accounts', () => {
  test('of several first visitors at once one makes the first account', async () => {
    const accounts = accountsAt()
    const made = await Promise.all(
      ['ada', 'ben', 'cyd'].map(name => accounts.createFirst(person(name))),
    )
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await storage.db.select().from(user)).toHaveLength(1)
  })

  test('have different colours, as long as there are enough', async () => {
    const accounts = accountsAt()
    const colours: number[] = []
    for (let n = 0; n < PERSON_COLOURS; n++)
      colours.push((await makeAccount(accounts, `person-${n}`)).colour)
    expect(new Set(colours).size).toBe(PERSON_COLOURS)
    expect((await makeAccount(accounts, 'one-more')).colour).toBe(colours[0])
  })

  test('a first visitor whose account cannot be made leaves the door open', async () => {
    const accounts = accountsAt()
    await expect(accounts.createFirst({ ...person('ada'), email: 'nonsense' })).rejects.toThrow()
    expect(await accounts.isEmpty()).toBe(true)
    expect(await accounts.createFirst(person('ada'))).toBeDefined()
  })

  test("the demo's authors, who cannot sign in, are no first account", async () => {
    const at = new Date(now)
    const author = { id: newId(), name: 'Desk analyst', email: 'desk@demo.invalid' }
    await storage.db.insert(user).values({ ...author, createdAt: at, updatedAt: at })
    expect(await accountsAt().isEmpty()).toBe(true)
  })

  test('a session lasts until it is signed out', async () => {
    const accounts = accountsAt()
    const { id } = await makeAccount(accounts, 'ada')
    const signedIn = await accounts.signIn('ADA@example.org', PASSWORD)
    const headers = cookieOf(signedIn?.cookies ?? [])
    expect((await accounts.session(headers))?.account.id).toBe(id)
    await accounts.signOut(headers)
    expect(await accounts.session(headers)).toBeNull()
  })

  test('a session that begins with a password while that is reset ends', async () => {
    const auth = createAuth(storage.db, { secret: 's'.repeat(32), publicUrl: 'http://localhost' })
    const { id } = await makeAccount(accountsAt(), 'ada')
    const signInEmail = async (ask: {
      body: { email: string; password: string }
      headers: Headers
    }) => {
      const made = await auth.api.signInEmail({ ...ask, returnHeaders: true })
      // The session is stored once the reset has looked for those to end.
      const begun = await storage.db
        .select()
        .from(session)
        .where(eq(session.token, made.response.token))
      await accountsAt().setPassword(id, 'a password that is another one')
      await storage.db.insert(session).values(begun)
      return made
    }
    const slow = { ...auth, api: { ...auth.api, signInEmail } } as unknown as typeof auth
    const accounts = new Accounts(slow, storage.db)
    expect(await accounts.signIn('ada@example.org', PASSWORD)).toBeUndefined()
    expect(await storage.db.select().from(session)).toEqual([])
  })

  test('of very many sessions those that were not used for longest end', async () => {
    const accounts = accountsAt()
    const { id } = await makeAccount(accounts, 'ada')
    const rows = Array.from({ length: MOST_SESSIONS }, (_, nth) => {
      const at = new Date(now - (nth + 1) * HOUR)
      const times = { createdAt: at, updatedAt: at, expiresAt: new Date(now + HOUR) }
      return { ...times, id: `old-${nth}`, token: newId(), userId: id }
    })
    await storage.db.insert(session).values(rows)
    const signedIn = await accounts.signIn('ada@example.org', PASSWORD)
    expect(await accounts.session(cookieOf(signedIn?.cookies ?? []))).not.toBeNull()
    const left = (await storage.db.select().from(session)).map(({ id }) => id)
    expect(left).toHaveLength(MOST_SESSIONS)
    expect(left).toContain(`old-${MOST_SESSIONS - 3}`)
    expect(left).not.toContain(`old-${MOST_SESSIONS - 1}`)
  })

  test('a changed cookie is nobody', async () => {
    const accounts = accountsAt()
    const made = await accounts.create(person('ada'), 'member')
    const cookie = cookieOf(made?.cookies ?? []).get('cookie') ?? ''
    expect(await accounts.session(new Headers({ cookie }))).not.toBeNull()
    const [name = '', value = ''] = cookie.split('=')
    const forged = `${name}=${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`
    expect(await accounts.session(new Headers({ cookie: forged }))).toBeNull()
  })

  test('over https cookies are for https alone, and never for scripts', async () => {
    const made = await accountsAt('https://parley.example.org').create(person('ada'), 'member')
    expect(made?.cookies).toHaveLength(1)
    expect(made?.cookies[0]).toMatch(/^__Host-parley\./)
    for (const flag of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/'])
      expect(made?.cookies[0]).toContain(flag)
    expect(made?.cookies[0]).not.toContain('Domain')
    const cookie = cookieOf(made?.cookies ?? []).get('cookie') ?? ''
    const accounts = accountsAt('https://parley.example.org')
    expect((await accounts.session(new Headers({ cookie })))?.account.name).toBe('ada')
  })

  test('an e-mail address has one account, however it is written', async () => {
    const accounts = accountsAt()
    await makeAccount(accounts, 'ada')
    expect(
      await accounts.create({ ...person('x'), email: 'ADA@Example.org' }, 'member'),
    ).toBeUndefined()
  })
})

describe('members', () => {
  test('a tracker keeps an owner', async () => {
    const { id: ada } = await makeAccount(accountsAt(), 'ada')
    const tracker = await makeTracker(ada)
    const members = new Members(storage.db, clock)
    expect(await members.remove(tracker, ada)).toBe('last owner')
    expect(await members.setRole(tracker, ada, 'editor')).toBe('last owner')
    expect(await members.setRole(tracker, ada, 'owner')).toBe('done')
    expect(await members.roleOf(tracker, ada)).toBe('owner')
  })

  test('of two owners who step down at once one stays', async () => {
    const accounts = accountsAt()
    const { id: ada } = await makeAccount(accounts, 'ada')
    const { id: ben } = await makeAccount(accounts, 'ben')
    const tracker = await makeTracker(ada)
    const members = new Members(storage.db, clock)
    await members.add(tracker, ben, 'owner')
    const changes = await Promise.all([
      members.setRole(tracker, ada, 'viewer'),
      members.remove(tracker, ben),
    ])
    expect(changes.toSorted()).toEqual(['done', 'last owner'])
  })

  test('owners of other trackers do not count', async () => {
    const accounts = accountsAt()
    const { id: ada } = await makeAccount(accounts, 'ada')
    const { id: ben } = await makeAccount(accounts, 'ben')
    const tracker = await makeTracker(ada)
    await makeTracker(ben)
    const members = new Members(storage.db, clock)
    expect(await members.remove(tracker, ben)).toBe('no such member')
    expect(await members.remove(tracker, ada)).toBe('last owner')
  })
})

describe('invitations', () => {
  const invite = async (terms: Partial<Terms> = {}) => {
    const { id: ada } = await makeAccount(accountsAt(), 'ada')
    const trackerId = await makeTracker(ada)
    const invitations = new Invitations(storage.db, { now: clock, validForMs: HOUR })
    return {
      invitations,
      trackerId,
      link: await invitations.create(trackerId, { role: 'editor', ...terms }, ada),
    }
  }

  test('a link says what it leads to', async () => {
    const { invitations, link, trackerId } = await invite()
    const found = await invitations.find(link.token)
    expect(found).toMatchObject({
      trackerId,
      trackerTitle: 'Talks',
      role: 'editor',
    } satisfies Partial<Invited>)
    expect(link.token).toMatch(/^[\w-]{43}$/)
  })

  test('the database does not hold the secret', async () => {
    const { link } = await invite()
    const rows = JSON.stringify(await storage.db.query.invitations.findMany())
    expect(rows).not.toContain(link.token)
  })

  test('of several who use a link at once one gets in', async () => {
    const { invitations, link } = await invite()
    const claims = await Promise.all([1, 2, 3].map(() => invitations.claim(link.id)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await invitations.find(link.token)).toBe('used')
    expect(await invitations.claim(link.id)).toBe(false)
  })

  test('of more at once than a link lets in, as many get in as it says', async () => {
    const { invitations, link, trackerId } = await invite({ mostUses: 3 })
    await invitations.claim(link.id)
    expect(await invitations.openOf(trackerId)).toMatchObject([{ uses: 1, mostUses: 3 }])
    const claims = await Promise.all(Array.from({ length: 12 }, () => invitations.claim(link.id)))
    expect(claims.filter(Boolean)).toHaveLength(2)
    expect(await invitations.find(link.token)).toBe('used')
    expect(await invitations.openOf(trackerId)).toEqual([])
  })

  test('a link whose user could not join can be used by the next, one that was used cannot', async () => {
    const { invitations, link } = await invite()
    await invitations.claim(link.id)
    await invitations.release(link.id)
    expect(await invitations.claim(link.id)).toBe(true)
    await invitations.markUsed(link.id, newId())
    expect(await invitations.claim(link.id)).toBe(false)
  })

  test('a link lasts for as long as was asked', async () => {
    const { invitations, link } = await invite({ validForMs: 3 * HOUR })
    now += 3 * HOUR - 1
    expect(await invitations.claim(link.id)).toBe(true)
    await invitations.release(link.id)
    now += 1
    expect(await invitations.claim(link.id)).toBe(false)
  })

  test('an old, a revoked and an invented link lead nowhere, each for its own reason', async () => {
    const { invitations, link, trackerId } = await invite()
    expect(await invitations.find('invented')).toBe('unknown')
    now += HOUR
    expect(await invitations.find(link.token)).toBe('expired')
    expect(await invitations.claim(link.id)).toBe(false)
    now -= 1
    expect(await invitations.revoke(newId(), link.id)).toBe(false)
    expect(await invitations.revoke(trackerId, link.id)).toBe(true)
    expect(await invitations.find(link.token)).toBe('revoked')
    expect(await invitations.claim(link.id)).toBe(false)
    expect(await invitations.openOf(trackerId)).toEqual([])
  })
})

test('a burst of edits costs the list of trackers one write', async () => {
  const written: unknown[] = []
  const planned: (() => void)[] = []
  const index = new TrackerIndex({
    trackers: { allEdited: async edits => void written.push(edits) },
    after: (_milliseconds, task) => planned.push(task),
    report: error => {
      throw error
    },
  })
  const [one, two] = [newId<TrackerId>(), newId<TrackerId>()]
  index.edited(one, { title: 'T', at: 1 })
  index.edited(one, { title: 'Ta', at: 2 })
  index.edited(two, { title: 'U', at: 3 })
  expect(planned).toHaveLength(1)
  await index.flush()
  expect(written).toEqual([
    [
      [one, { title: 'Ta', at: 2 }],
      [two, { title: 'U', at: 3 }],
    ],
  ])
})
