/** People on the server: their roles, and what closing an account ends. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { count, eq } from 'drizzle-orm'
import {
  apiTokens,
  members,
  passkey,
  session,
  twoFactor,
  user,
  verification,
} from '#drizzle/sqlite/schema.ts'
import { Accounts } from '#server/accounts/accounts.ts'
import { createAuth } from '#server/accounts/auth.ts'
import { Members } from '#server/accounts/members.ts'
import { People } from '#server/accounts/people.ts'
import { Trackers } from '#server/accounts/trackers.ts'
import type { Storage } from '#server/store/database.ts'
import { CLOSES, type ServerRole } from '#shared/access.ts'
import type { ApiAuthor, ApiError, ApiMember, ApiPerson, PersonAdded } from '#shared/api.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { PASSWORD, startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { openStorage } from '#test/server/storage.ts'

interface Saved {
  readonly snapshots: readonly { readonly by: { readonly name: string } | null }[]
}

describe('closing an account', () => {
  let folder: string
  let storage: Storage
  let people: People
  let trackerMembers: Members
  let accounts: Accounts
  let now = Date.now()
  const clock = () => now

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-people-'))
    storage = await openStorage(folder)
    people = new People(storage.db, clock)
    trackerMembers = new Members(storage.db, clock)
    const auth = createAuth(storage.db, { secret: 's'.repeat(32), publicUrl: 'http://localhost' })
    accounts = new Accounts(auth, storage.db)
  })
  afterAll(async () => {
    await storage.close()
    await rm(folder, { recursive: true })
  })

  let made = 0
  const account = async (serverRole: ServerRole = 'member'): Promise<AccountId> => {
    const email = `somebody-${++made}@example.org`
    const person = await accounts.create(
      { name: 'Somebody', email, password: PASSWORD },
      serverRole,
    )
    if (!person) throw new Error('taken')
    return person.account.id
  }
  const tracker = async (owner: AccountId): Promise<TrackerId> => {
    const id = newId<TrackerId>()
    await new Trackers(storage.db, clock).enter(id, 'Talks', owner)
    return id
  }
  const rowsOf = async (id: AccountId) => {
    const { db } = storage
    const tables = [
      db.select({ n: count() }).from(session).where(eq(session.userId, id)),
      db.select({ n: count() }).from(passkey).where(eq(passkey.userId, id)),
      db.select({ n: count() }).from(twoFactor).where(eq(twoFactor.userId, id)),
      db.select({ n: count() }).from(members).where(eq(members.accountId, id)),
    ]
    return (await Promise.all(tables)).map(([row]) => row?.n)
  }
  const withEverything = async (id: AccountId): Promise<void> => {
    const { db } = storage
    await db.insert(passkey).values({
      id: newId(),
      publicKey: 'key',
      userId: id,
      credentialID: newId(),
      counter: 0,
      deviceType: 'singleDevice',
      backedUp: false,
    })
    await db.insert(twoFactor).values({ id: newId(), secret: 's', backupCodes: '[]', userId: id })
    await db.insert(apiTokens).values({
      id: newId(),
      name: 'Script',
      tokenHash: newId(),
      accountId: id,
      createdBy: id,
      createdAt: now,
      expiresAt: now + 1_000,
      actions: ['read'],
    })
  }

  test('ends every way in and keeps the row that its authorship hangs on', async () => {
    await account('administrator')
    const id = await account()
    await withEverything(id)
    expect(await rowsOf(id)).toEqual([1, 1, 1, 0])
    expect(await people.close(id)).toEqual([])
    expect(await rowsOf(id)).toEqual([0, 0, 0, 0])
    const { email, closedAt } = (await people.find(id)) ?? {}
    expect(closedAt).toBe(now)
    expect(await accounts.signIn(email ?? '', PASSWORD)).toBeUndefined()
    const [token] = await storage.db.select().from(apiTokens).where(eq(apiTokens.accountId, id))
    expect(token?.revokedAt).toBe(now)
    expect(await people.close(id)).toBe('no such person')
  })

  test('gives no session to somebody who proves who they are all the same', async () => {
    const id = await account()
    await people.close(id)
    expect(await accounts.setPassword(id, PASSWORD)).toBe(false)
    expect(await accounts.hasPassword(id)).toBe(false)
    const email = (await people.find(id))?.email ?? ''
    await expect(accounts.signIn(email, PASSWORD)).resolves.toBeUndefined()
    expect(await rowsOf(id)).toEqual([0, 0, 0, 0])
  })

  test('is refused to the last administrator, also of two at once', async () => {
    const { db } = storage
    await db.update(user).set({ serverRole: 'member' })
    const [ada, ben] = [await account('administrator'), await account('administrator')]
    const both = await Promise.all([people.close(ada), people.setServerRole(ben, 'guest')])
    expect(both.filter(it => it === 'last administrator')).toHaveLength(1)
    const left = (await people.find(ben))?.serverRole === 'administrator' ? ben : ada
    expect(await people.close(left)).toBe('last administrator')
    expect(await people.setServerRole(left, 'member')).toBe('last administrator')
    expect(await people.setServerRole(left, 'administrator')).toBe('done')
    expect(await rowsOf(left)).toEqual([1, 0, 0, 0])
  })

  test('leaves no tracker without an owner, and takes nothing away before one is named', async () => {
    await account('administrator')
    const [owner, other, next] = [await account(), await account(), await account()]
    const [mine, shared] = [await tracker(owner), await tracker(owner)]
    const third = await tracker(owner)
    await trackerMembers.add(shared, other, 'owner')
    await trackerMembers.add(mine, next, 'viewer')
    expect(await people.close(owner)).toBe(2)
    expect(await trackerMembers.roleOf(mine, owner)).toBe('owner')
    for (const nobody of [owner, newId<AccountId>()])
      expect(await people.close(owner, nobody)).toBe('no such successor')
    now += 1
    expect(await people.close(owner, next)).toHaveLength(2)
    for (const id of [mine, third]) expect(await trackerMembers.roleOf(id, next)).toBe('owner')
    expect(await trackerMembers.roleOf(shared, next)).toBeUndefined()
    expect(await trackerMembers.roleOf(mine, owner)).toBeUndefined()
  })

  test('an owner whose account is closed is none', async () => {
    const [gone, owner] = [await account(), await account()]
    const shared = await tracker(owner)
    await trackerMembers.add(shared, gone, 'owner')
    await people.close(gone)
    expect(await people.close(owner)).toBe(1)
  })

  test('a lost second factor can be turned off, and there is an end to it', async () => {
    const id = await account()
    await withEverything(id)
    expect(await people.dropSecondFactor(id)).toBe(false)
    await withEverything(id)
    await storage.db.update(user).set({ twoFactorEnabled: true }).where(eq(user.id, id))
    expect(await people.dropSecondFactor(id)).toBe(true)
    expect(await rowsOf(id)).toEqual([1, 2, 0, 0])
    expect((await people.find(id))?.twoFactorEnabled).toBe(false)
  })

  test('opened again, it has neither trackers nor a password', async () => {
    const [id, owner] = [await account(), await account()]
    await trackerMembers.add(await tracker(owner), id, 'editor')
    await people.close(id)
    // What was under way when it was closed.
    await withEverything(id)
    const [at, expiresAt] = [new Date(now), new Date(now + 60_000)]
    const begun = { id: newId(), createdAt: at, updatedAt: at, expiresAt }
    await storage.db.insert(session).values({ ...begun, token: newId(), userId: id })
    await storage.db.insert(verification).values({ ...begun, identifier: '2fa-x', value: id })
    expect(await people.reopen(id)).toBe(true)
    expect(await people.reopen(id)).toBe(false)
    expect(await rowsOf(id)).toEqual([0, 0, 0, 0])
    const half = eq(verification.value, id)
    expect(await storage.db.select().from(verification).where(half)).toEqual([])
    const tokens = await storage.db.select().from(apiTokens).where(eq(apiTokens.accountId, id))
    expect(tokens.map(({ revokedAt }) => revokedAt)).toEqual([now])
    const found = (await people.all()).find(({ accountId }) => accountId === id)
    expect(found).toMatchObject({ closedAt: null, waysIn: [], trackers: 0 })
  })
})

describe('administrators', () => {
  let server: TestServer
  let ada: Person
  let ben: Person
  let demo: TrackerId

  beforeAll(async () => {
    server = await startServer()
    const first = await server.createFirstAccount('Ada')
    ada = first.owner
    demo = first.trackerId
    ben = await server.invite(ada, demo, 'editor', 'Ben')
  })
  afterAll(() => server.close())

  const asAda = <Body = unknown>(method: string, path: string, body?: unknown) =>
    server.ask<Body>(method, path, { cookie: ada.cookie, ...(body !== undefined && { body }) })
  const add = async (name: string, serverRole: ServerRole = 'member') => {
    const email = `${name.toLowerCase()}@example.org`
    const added = await asAda<PersonAdded>('POST', '/api/people', { name, email, serverRole })
    expect(added.status).toBe(201)
    await server.ask('POST', `/api/reset-links/${added.body.link.token}`, {
      body: { password: PASSWORD },
    })
    return { id: added.body.accountId as AccountId, cookie: await server.signIn(email) }
  }

  test('see people, how they sign in and how many trackers they have, and no author of the demo', async () => {
    const { body } = await asAda<ApiPerson[]>('GET', '/api/people')
    expect(
      body.map(({ name, serverRole, trackers, waysIn }) => [name, serverRole, trackers, waysIn]),
    ).toEqual([
      ['Ada', 'administrator', 1, ['password']],
      ['Ben', 'member', 1, ['password']],
    ])
    expect(body.every(({ lastSeenAt }) => lastSeenAt !== null)).toBe(true)
    expect(JSON.stringify(body)).not.toContain(demo)
  })

  test('open no tracker by being administrators', async () => {
    const { cookie } = await add('Bea', 'administrator')
    expect((await server.ask('GET', '/api/people', { cookie })).status).toBe(200)
    expect((await server.ask('GET', `/api/trackers/${demo}`, { cookie })).status).toBe(404)
  })

  test('a guest makes no trackers', async () => {
    const { cookie } = await add('Gus', 'guest')
    for (const path of ['/api/trackers', '/api/trackers/import']) {
      const refused = await server.ask<ApiError>('POST', path, { cookie, body: { title: 'Mine' } })
      expect(refused.status).toBe(403)
      expect(refused.body.error.message).toContain('administrators')
    }
  })

  test('a role on the server holds with the next request', async () => {
    const { cookie, id } = await add('Mia')
    expect((await asAda('PATCH', `/api/people/${id}`, { serverRole: 'guest' })).status).toBe(200)
    const refused = await server.ask('POST', '/api/trackers', { cookie, body: { title: 'Mine' } })
    expect(refused.status).toBe(403)
  })

  test('closing ends open sockets and sessions at once; what was written stays theirs', async () => {
    const path = `/api/trackers/${demo}`
    await server.ask('PATCH', path, { cookie: ada.cookie, body: { title: 'Talks' } })
    const cyd = await server.invite(ada, demo, 'editor', 'Cyd')
    const issued = await server.ask('POST', `${path}/snapshots`, {
      cookie: cyd.cookie,
      body: { label: 'Hers' },
    })
    expect(issued.status).toBe(201)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${demo}`, {
      headers: { cookie: cyd.cookie, origin: server.url },
    })
    await new Promise(resolve => socket.once('message', resolve))
    const ended = new Promise<number>(resolve => socket.once('close', resolve))
    const answer = await asAda<ApiPerson[]>('POST', `/api/people/${cyd.id}/close`, {})
    const answered = performance.now()
    expect(answer.body.at(-1)).toMatchObject({ accountId: cyd.id, trackers: 0 })
    expect(await ended).toBe(CLOSES.signedOut.code)
    expect(performance.now() - answered).toBeLessThan(1_000)
    expect((await server.ask('GET', path, { cookie: cyd.cookie })).status).toBe(401)

    const { body: listed } = await asAda<ApiMember[]>('GET', `${path}/members`)
    expect(listed.map(({ name }) => name)).not.toContain('Cyd')
    const { body: saved } = await asAda<Saved>('GET', `${path}/snapshots`)
    expect(saved.snapshots.map(({ by }) => by?.name)).toContain('Cyd (former member)')
    const { body: authors } = await asAda<ApiAuthor[]>('GET', `${path}/authors`)
    expect(authors.map(({ name }) => name)).toContain('Ada')
  })

  test('a wrong password and a closed account are refused alike', async () => {
    const { id } = await add('Kim')
    await asAda('POST', `/api/people/${id}/close`, {})
    const [closed, unknown] = await Promise.all(
      ['kim@example.org', 'nobody@example.org'].map(email =>
        server.ask('POST', '/api/auth/sign-in/email', { body: { email, password: PASSWORD } }),
      ),
    )
    expect(closed?.status).toBe(401)
    expect(closed?.body).toEqual(unknown?.body)
  })

  test('people close their own account with their password', async () => {
    const { cookie, id } = await add('Lou')
    const close = (password: string) =>
      server.ask<ApiError>('POST', '/api/account/close', { cookie, body: { password } })
    expect((await close('not my password')).status).toBe(403)
    await server.ask('POST', '/api/trackers', { cookie, body: { title: 'Mine alone' } })
    const refused = await close(PASSWORD)
    expect(refused.status).toBe(409)
    expect(refused.body.error.message).toContain('One tracker')
    await asAda('POST', `/api/people/${id}/close`, { successor: ben.id })
    expect((await close(PASSWORD)).status).toBe(401)
    const { body } = await server.ask<ApiPerson[]>('GET', '/api/trackers', { cookie: ben.cookie })
    expect(body).toHaveLength(2)
    const mine = await server.ask('POST', '/api/account/close', {
      cookie: (await add('Max')).cookie,
      body: { password: PASSWORD },
    })
    expect(mine.status).toBe(200)
    expect(mine.headers.getSetCookie().join()).toContain('Max-Age=0')
  })

  test('an e-mail address has one account', async () => {
    const added = await asAda('POST', '/api/people', {
      name: 'Ben again',
      email: 'BEN@example.org',
      serverRole: 'member',
    })
    expect(added.status).toBe(409)
  })
})
