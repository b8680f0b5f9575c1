/** How somebody could take an account or a whole server over, and does not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiError, ApiPerson, ApiSession, InvitationLink, PersonAdded } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
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
    expect(body.map(({ name }) => name)).toEqual(['Ada', 'Ghost'])
  })
})
