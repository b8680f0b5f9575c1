/** How somebody could take an account or a whole server over, and does not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { entrance } from '#server/accounts/entrance.ts'
import { CLOSES, type DocumentName } from '#shared/access.ts'
import type {
  ApiError,
  ApiPerson,
  ApiSession,
  InvitationLink,
  PersonAdded,
  ResetLink,
} from '#shared/api.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import type { TokenMade } from '#shared/tokens-api.ts'
import {
  PASSWORD,
  personNamed,
  startServer,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

let server: TestServer
let ada: Person
let demo: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner: ada, trackerId: demo } = await server.createFirstAccount('Ada'))
})
afterAll(() => server.close())

const asAda = <Body = unknown>(method: string, path: string, body?: unknown) =>
  server.ask<Body>(method, path, { cookie: ada.cookie, ...(body !== undefined && { body }) })

describe('a token', () => {
  const make = async (cookie: string, password?: string) => {
    const body = {
      name: 'Script',
      actions: ['read'],
      trackerIds: null,
      expiresAt: Date.now() + 3_600_000,
      password,
    }
    return server.ask<TokenMade>('POST', '/api/account/tokens', { cookie, body })
  }
  const works = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await server.ask('GET', '/api/trackers', { headers })).status === 200
  }
  /** With what the socket of a program ends. */
  const live = async (token: string): Promise<{ readonly closed: Promise<number> }> => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${demo}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await new Promise(resolve => socket.once('message', resolve))
    return { closed: new Promise(resolve => socket.once('close', resolve)) }
  }

  test('is made for nobody who does not know the password', async () => {
    expect((await make(ada.cookie)).status).toBe(403)
    expect((await make(ada.cookie, 'not my password')).status).toBe(403)
    expect((await make(ada.cookie, PASSWORD)).status).toBe(201)
  })

  test('ends with the password that it was made with, also where it is connected', async () => {
    const ben = await server.invite(ada, demo, 'viewer', 'Ben')
    const next = 'another long password of mine'
    const { token } = (await make(ben.cookie, PASSWORD)).body
    const changed = await live(token)
    const body = { present: PASSWORD, next }
    await server.ask('POST', '/api/account/password', { cookie: ben.cookie, body })
    expect(await changed.closed).toBe(CLOSES.signedOut.code)
    expect(await works(token)).toBe(false)

    const again = (await make(await server.signIn(ben.email, next), next)).body.token
    const reset = await live(again)
    const { body: link } = await asAda<ResetLink>('POST', `/api/people/${ben.id}/reset-link`)
    await server.ask('POST', `/api/reset-links/${link.token}`, { body: { password: PASSWORD } })
    expect(await reset.closed).toBe(CLOSES.signedOut.code)
    expect(await works(again)).toBe(false)
  })
})

describe('the server', () => {
  test('keeps an administrator who can come in, and is nobody’s to set up a second time', async () => {
    const small = await startServer()
    try {
      const { owner, trackerId } = await small.createFirstAccount('Ada')
      const asOwner = <Body = unknown>(method: string, path: string, body?: unknown) =>
        small.ask<Body>(method, path, { cookie: owner.cookie, body })
      const bob = { name: 'Bob', email: 'bob@example.org', serverRole: 'administrator' }
      const added = await asOwner<PersonAdded>('POST', '/api/people', bob)
      const id = added.body.accountId
      await asOwner('PUT', `/api/trackers/${trackerId}/members/${id}`, { role: 'owner' })
      const close = () => asOwner<ApiError>('POST', '/api/account/close', { password: PASSWORD })
      const refused = await close()
      expect([refused.status, refused.body.error.code]).toEqual([409, 'last_administrator'])
      await small.ask('POST', `/api/reset-links/${added.body.link.token}`, {
        body: { password: PASSWORD },
      })
      expect((await close()).status).toBe(200)
      const { body } = await small.ask<ApiSession>('GET', '/api/session')
      expect(body.firstVisit).toBe(false)
      const setUp = await small.ask('POST', '/api/setup', { body: personNamed('Mallory') })
      expect(setUp.status).toBe(409)
    } finally {
      await small.close()
    }
  })

  test('hides nobody from its administrators', async () => {
    const path = `/api/trackers/${demo}/invitations`
    const { body: link } = await asAda<InvitationLink>('POST', path, {
      role: 'viewer',
      mostUses: 2,
    })
    const join = (email: string) =>
      server.ask<ApiError>('POST', `/api/invitations/${link.token}/accept`, {
        body: { account: { ...personNamed('Ghost'), email } },
      })
    const refused = await join('ghost@demo.INVALID')
    expect([refused.status, refused.body.error.message]).toEqual([
      400,
      expect.stringContaining('e-mail'),
    ])
    expect((await join('ghost@example.org')).status).toBe(200)
    const { body } = await asAda<ApiPerson[]>('GET', '/api/people')
    expect(body.map(({ name }) => name)).toEqual(['Ada', 'Ben', 'Ghost'])
  })
})

test('a socket lasts no longer than the session that it came in with', async () => {
  const account = { id: newId<AccountId>(), name: 'Ada', email: '', colour: 0 }
  const session = { id: 'session', since: 0, until: 5, cookies: [] }
  const enter = entrance({
    accounts: {
      session: async () => ({ ...session, account: { ...account, serverRole: 'member' } }),
    },
    members: { roleOf: async () => 'editor' },
    tokens: { present: async () => 'wrong' },
    compartmentDoor: { opens: async () => true, noteReading: async () => undefined },
  })
  const entered = await enter(
    new Headers(),
    { kind: 'matrix', name: 'x' as DocumentName, trackerId: newId<TrackerId>() },
    '127.0.0.1',
  )
  // It comes again, and is let in if the session was used meanwhile.
  expect(entered).toMatchObject({ ends: { at: 5, why: CLOSES.outOfStep } })
})
