/** Rights over HTTP and on open sockets: groups, guests, and what takes effect at once. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSES, type Role } from '#shared/access.ts'
import type { ApiError, ApiGroup, ApiMember, InvitationLink, TrackerEntry } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import {
  cookieOf,
  personNamed,
  startServer,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

let server: TestServer
let owner: Person
let tracker: TrackerId
let elsewhere: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount('Olga Owner'))
  const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Elsewhere' },
  })
  elsewhere = made.body.id as TrackerId
})
afterAll(() => server.close())

const as = <Body = unknown>(by: Person, method: string, path: string, body?: unknown) =>
  server.ask<Body>(method, path, { cookie: by.cookie, ...(body !== undefined && { body }) })
const at = (rest: string) => `/api/trackers/${tracker}${rest}`

/** A group with these people in it, and a role in the tracker. */
const groupOf = async (role: Role | null, ...people: readonly Person[]): Promise<string> => {
  const { body } = await as<ApiGroup>(owner, 'POST', '/api/groups', { name: 'Desk' })
  for (const { id } of people) await as(owner, 'PUT', `/api/groups/${body.id}/people/${id}`)
  if (role) await as(owner, 'PUT', at(`/groups/${body.id}`), { role })
  return body.id
}

const open = ({ cookie }: Person): WebSocket => {
  const address = `${server.url.replace('http', 'ws')}/live/${tracker}`
  const socket = new WebSocket(address, { headers: { cookie, origin: server.url } })
  socket.on('error', () => undefined)
  return socket
}
const inside = async (person: Person): Promise<WebSocket> => {
  const socket = open(person)
  await once(socket, 'message')
  return socket
}
const closeOf = async (socket: WebSocket): Promise<number> => {
  const [code] = await once(socket, 'close')
  return code as number
}
/** Somebody whom no tracker of this test has let in. */
const outsider = (name: string) => server.invite(owner, elsewhere, 'viewer', name)

describe('a group', () => {
  test('lets its people in as what it is there, and the list says through which', async () => {
    const [gala, hugo] = [await outsider('Gala'), await outsider('Hugo')]
    const desk = await groupOf('commenter', gala, hugo)
    const { body: entries } = await as<TrackerEntry[]>(gala, 'GET', '/api/trackers')
    expect(entries.find(({ id }) => id === tracker)?.role).toBe('commenter')
    expect((await as(gala, 'GET', at(''))).status).toBe(200)
    expect((await as(gala, 'POST', at('/snapshots'), { label: 'No' })).status).toBe(403)
    await as(owner, 'PUT', at(`/members/${gala.id}`), { role: 'editor' })
    const { body: members } = await as<ApiMember[]>(owner, 'GET', at('/members'))
    expect(members.find(({ accountId }) => accountId === gala.id)).toMatchObject({
      role: 'editor',
      own: 'editor',
      through: [{ groupId: desk, name: 'Desk', role: 'commenter' }],
    })
    expect(members.find(({ accountId }) => accountId === hugo.id)).toMatchObject({
      role: 'commenter',
      own: null,
    })
    const removed = await as<ApiError>(owner, 'DELETE', at(`/members/${hugo.id}`))
    expect([removed.status, removed.body.error.code]).toEqual([409, 'through_group'])
  })

  test.each<[string, (desk: string, person: Person) => readonly [string, string, unknown?]]>([
    ['its role', desk => ['DELETE', at(`/groups/${desk}`)]],
    ['being in it', (desk, { id }) => ['DELETE', `/api/groups/${desk}/people/${id}`]],
    ['the group', desk => ['DELETE', `/api/groups/${desk}`]],
  ])('is shut on open sockets when %s ends', async (what, end) => {
    const ida = await outsider(`Ida ${what}`)
    const desk = await groupOf('editor', ida)
    const closed = closeOf(await inside(ida))
    const staying = await inside(owner)
    const [method, path, body] = end(desk, ida)
    expect((await as(owner, method, path, body)).status).toBeLessThan(300)
    expect(await closed).toBe(CLOSES.notFound.code)
    expect(await closeOf(open(ida))).toBe(CLOSES.notFound.code)
    expect(staying.readyState).toBe(staying.OPEN)
    staying.close()
  })

  test('that is lowered takes the right to write from all of its people at once', async () => {
    const [jan, kim] = [await outsider('Jan'), await outsider('Kim')]
    const desk = await groupOf('editor', jan, kim)
    await as(owner, 'PUT', at(`/members/${kim.id}`), { role: 'editor' })
    const [lowered, kept] = [closeOf(await inside(jan)), await inside(kim)]
    await as(owner, 'PUT', at(`/groups/${desk}`), { role: 'viewer' })
    expect(await lowered).toBe(CLOSES.notAllowed.code)
    expect(kept.readyState).toBe(kept.OPEN)
    const closed = closeOf(kept)
    await as(owner, 'DELETE', at(`/members/${kim.id}`))
    expect(await closed).toBe(CLOSES.notAllowed.code)
  })

  test('that alone owns a tracker keeps its last person', async () => {
    const lia = await outsider('Lia')
    const { body } = await as<TrackerEntry>(lia, 'POST', '/api/trackers', { title: 'Of a group' })
    const desk = await groupOf(null, owner)
    const path = `/api/trackers/${body.id}`
    await as(lia, 'PUT', `${path}/groups/${desk}`, { role: 'owner' })
    expect((await as(lia, 'DELETE', `${path}/members/${lia.id}`)).status).toBe(204)
    for (const [method, end] of [
      ['DELETE', `/api/groups/${desk}/people/${owner.id}`],
      ['DELETE', `/api/groups/${desk}`],
      ['DELETE', `${path}/groups/${desk}`],
    ] as const) {
      const refused = await as<ApiError>(owner, method, end)
      expect([refused.status, refused.body.error.code]).toEqual([409, 'last_owner'])
    }
  })
})

describe('handing a tracker over', () => {
  test('holds at once on both sides', async () => {
    const mia = await outsider('Mia')
    const { body } = await as<TrackerEntry>(mia, 'POST', '/api/trackers', { title: 'Handed' })
    const path = `/api/trackers/${body.id}`
    const stranger = await as<ApiError>(mia, 'POST', `${path}/ownership`, { to: owner.id })
    expect([stranger.status, stranger.body.error.code]).toEqual([404, 'no_member'])
    await as(mia, 'PUT', `${path}/members/${owner.id}`, { role: 'viewer' })
    const handed = await as<ApiMember[]>(mia, 'POST', `${path}/ownership`, { to: owner.id })
    expect(handed.body.map(({ accountId, role }) => [accountId, role])).toEqual([
      [mia.id, 'editor'],
      [owner.id, 'owner'],
    ])
    expect((await as(mia, 'POST', `${path}/ownership`, { to: mia.id })).status).toBe(403)
    expect((await as(owner, 'PATCH', path, { archived: true })).status).toBe(200)
  })
})

describe('a guest of the server', () => {
  const guest = async (name: string): Promise<Person> => {
    const link = await as<InvitationLink>(owner, 'POST', at('/invitations'), {
      role: 'viewer',
      serverRole: 'guest',
    })
    const joined = await server.ask('POST', `/api/invitations/${link.body.token}/accept`, {
      body: { account: personNamed(name) },
    })
    const cookie = cookieOf(joined)
    const { body } = await server.ask<{ account: Person }>('GET', '/api/session', { cookie })
    return { ...body.account, cookie }
  }

  test('makes no trackers and sees nobody beyond those of its own', async () => {
    const gus = await guest('Gus')
    for (const [method, path, body] of [
      ['POST', '/api/trackers', { title: 'Mine' }],
      ['POST', '/api/trackers/import', {}],
      ['GET', '/api/directory'],
      ['GET', '/api/groups'],
    ] as const)
      expect((await as(gus, method, path, body)).status, path).toBe(403)
    expect((await as(gus, 'GET', at('/members'))).status).toBe(200)
  })

  test('who owns a tracker lets nobody in but guests, by link alone', async () => {
    const gil = await guest('Gil')
    const otto = await outsider('Otto')
    await as(owner, 'PATCH', at(`/members/${gil.id}`), { role: 'owner' })
    const invite = (body: object) => as<InvitationLink>(gil, 'POST', at('/invitations'), body)
    expect((await invite({ role: 'viewer', serverRole: 'member' })).status).toBe(403)
    expect((await invite({ role: 'viewer' })).body.serverRole).toBe('guest')
    const added = await as(gil, 'PUT', at(`/members/${otto.id}`), { role: 'viewer' })
    expect(added.status).toBe(403)
    const desk = await groupOf(null, otto)
    expect((await as(gil, 'PUT', at(`/groups/${desk}`), { role: 'viewer' })).status).toBe(403)
  })
})

describe('an invitation', () => {
  test('lets in as many as it says, at once or one after the other, and says how many', async () => {
    const link = await as<InvitationLink>(owner, 'POST', at('/invitations'), {
      role: 'viewer',
      mostUses: 3,
      hours: 1,
    })
    expect(link.body).toMatchObject({ uses: 0, mostUses: 3, serverRole: 'member' })
    expect(link.body.expiresAt - Date.now()).toBeLessThanOrEqual(3_600_000)
    const accept = (name: string) =>
      server.ask<ApiError>('POST', `/api/invitations/${link.body.token}/accept`, {
        body: { account: personNamed(name) },
      })
    expect((await accept('Una')).status).toBe(200)
    // Who cannot join takes nobody's place.
    expect((await accept('Una')).status).toBe(409)
    const links = await as(owner, 'GET', at('/invitations'))
    expect(links.body).toContainEqual(expect.objectContaining({ id: link.body.id, uses: 1 }))
    const many = await Promise.all(['Uri', 'Uta', 'Uwe', 'Ugo'].map(accept))
    expect(many.map(({ status }) => status).toSorted()).toEqual([200, 200, 410, 410])
  })

  test.each([
    ['nobody', { mostUses: 0 }],
    ['more than a hundred', { mostUses: 101 }],
    ['a while that is no time', { hours: 0 }],
    ['more than thirty days', { hours: 721 }],
    ['administrators', { serverRole: 'administrator' }],
    ['owners', { role: 'owner' }],
  ])('for %s is refused', async (_, terms) => {
    const refused = await as(owner, 'POST', at('/invitations'), { role: 'viewer', ...terms })
    expect(refused.status).toBe(400)
  })
})
