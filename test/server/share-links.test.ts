/** P38: what a share link shows, to whom, and until when. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '#server/live/clock.ts'
import type { ApiError, InvitationLink, SnapshotEntry, TrackerEntry } from '#shared/api.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { NewShareLink, ShareLink, ShareLinkMade } from '#shared/sharing-api.ts'
import {
  personNamed,
  startServer,
  type Ask,
  type Person,
  type TestServer,
} from '#test/server/harness.ts'

const DAY = 24 * 3_600_000
const PASSWORD = 'for the other side only'

let server: TestServer
let owner: Person
let tracker: string
let skew = 0
let address = 0

beforeAll(async () => {
  const clock = { ...systemClock, now: () => systemClock.now() + skew }
  server = await startServer({ clock, environment: { TRUSTED_PROXY: '127.0.0.1' } })
  owner = (await server.createFirstAccount('Olga Owner')).owner
  const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
    cookie: owner.cookie,
    body: { title: 'Talks <script>alert(1)</script>' },
  })
  tracker = made.body.id
  await write('Wants <img src=x onerror=alert(1)> relief & more')
})
afterAll(() => server.close())

const write = (position: string) =>
  server.ask('POST', `/api/trackers/${tracker}/import`, {
    cookie: owner.cookie,
    headers: { 'content-type': 'text/csv' },
    body: [
      'Basket,Issue,Description,Scale points,"Iran ""<u>""",Iran "<u>" · stance',
      `Economy,Sanctions,,none | some | all,"${position}",some`,
    ]
      .join('\r\n')
      .replace('Iran "<u>" · stance', '"Iran ""<u>"" · stance"'),
  })

const make = async (wanted: Partial<NewShareLink> = {}): Promise<ShareLinkMade> => {
  const { body, status } = await server.ask<ShareLinkMade>(
    'POST',
    `/api/trackers/${tracker}/share-links`,
    { cookie: owner.cookie, body: { name: 'For the press', ...wanted } },
  )
  expect(status).toBe(201)
  return body
}

const list = async (): Promise<readonly ShareLink[]> =>
  (
    await server.ask<ShareLink[]>('GET', `/api/trackers/${tracker}/share-links`, {
      cookie: owner.cookie,
    })
  ).body

const look = (token: string, headers: Readonly<Record<string, string>> = {}) =>
  server.ask<string>('GET', `/s/${token}`, { headers })

const tell = (token: string, password: string, headers: Readonly<Record<string, string>> = {}) =>
  server.ask<string>('POST', `/s/${token}`, {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: server.url,
      'x-forwarded-for': `192.0.2.${++address}`,
      ...headers,
    },
    body: new URLSearchParams({ password }).toString(),
  })

describe('P38 the page behind a share link', () => {
  test('shows the matrix, and whatever people wrote stays text', async () => {
    const { body, headers, status } = await look((await make()).token)
    expect(status).toBe(200)
    expect(body).toContain('Talks &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(body).toContain('Wants &lt;img src=x onerror=alert(1)&gt; relief &amp; more')
    expect(body).toContain('Iran &quot;&lt;u&gt;&quot;')
    expect(body).toContain('step 2 of 3')
    expect(body).not.toMatch(/<script|<img|<u>|style=/)
    expect(headers.get('content-type')).toMatch(/^text\/html/)
  })

  test('names nobody, and forbids scripts, indexing, keeping and telling where somebody came from', async () => {
    const { body, headers } = await look((await make()).token)
    expect(body).not.toContain('Olga')
    expect(body).not.toContain(owner.id)
    expect(body).not.toContain(tracker)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(body).toContain('<meta name="robots" content="noindex')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    const style = await server.ask<string>('GET', '/s/page.css')
    expect(style.headers.get('content-type')).toMatch(/^text\/css/)
  })

  test('carries the classification line above and below, as text', async () => {
    const change = (classification: string) =>
      server.ask<TrackerEntry | ApiError>('PATCH', `/api/trackers/${tracker}`, {
        cookie: owner.cookie,
        body: { classification },
      })
    expect((await change('CONFIDENTIAL <b>')).body).toMatchObject({
      classification: 'CONFIDENTIAL <b>',
    })
    const { body } = await look((await make()).token)
    expect(body.split('CONFIDENTIAL &lt;b&gt;')).toHaveLength(3)
    expect((await change('two\nlines')).status).toBe(400)
    expect((await change('x'.repeat(121))).status).toBe(400)
    expect((await change('')).body).toMatchObject({ classification: '' })
    expect((await look((await make()).token)).body).not.toContain('class="classification"')
  })

  test('shows the tracker as it is when somebody looks, or one snapshot as it was', async () => {
    const saved = await server.ask<SnapshotEntry>('POST', `/api/trackers/${tracker}/snapshots`, {
      cookie: owner.cookie,
      body: {},
    })
    const [now, then] = [await make(), await make({ snapshotId: saved.body.id })]
    await write('Something newer')
    expect((await look(now.token)).body).toContain('Something newer')
    const past = (await look(then.token)).body
    expect(past).not.toContain('Something newer')
    expect(past).toContain('relief &amp; more')
    expect(past).toContain(new Date(saved.body.at).toISOString())
    expect((await list()).find(({ id }) => id === then.id)?.snapshot).toEqual({
      id: saved.body.id,
      at: saved.body.at,
    })
    const foreign = await server.ask<ApiError>('POST', `/api/trackers/${tracker}/share-links`, {
      cookie: owner.cookie,
      body: { name: 'x', snapshotId: 'of-another' },
    })
    expect(foreign.status).toBe(404)
  })

  test('opens neither the sync socket nor any route of the tracker', async () => {
    const { token } = await make()
    for (const path of ['', '/snapshots', '/journal', '/export.json'])
      expect((await server.ask('GET', `/api/trackers/${token}${path}`)).status).toBe(401)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${token}`)
    expect(await new Promise(resolve => socket.on('close', resolve))).toBe(4401)
  })
})

describe('P38 a share link ends', () => {
  test('taken back, too old, used up and never made all read the same', async () => {
    const [revoked, old, used] = [
      await make(),
      await make({ expiresAt: systemClock.now() + skew + DAY }),
      await make({ mostViews: 1 }),
    ]
    expect((await look(used.token)).status).toBe(200)
    expect((await look(old.token)).status).toBe(200)
    const gone = await server.ask('DELETE', `/api/trackers/${tracker}/share-links/${revoked.id}`, {
      cookie: owner.cookie,
    })
    expect(gone.status).toBe(204)
    skew += DAY
    const answers = await Promise.all(
      [revoked.token, old.token, used.token, 'x'.repeat(43), '%00'].map(token => look(token)),
    )
    for (const { body, status } of answers) expect([status, body]).toEqual([404, answers[0]?.body])
    const states = new Map((await list()).map(({ id, state }) => [id, state]))
    expect([revoked, old, used].map(({ id }) => states.get(id))).toEqual([
      undefined,
      'expired',
      'used up',
    ])
  })

  test('no more see it than it has views, also when they look at once; a look at the head is none', async () => {
    const link = await make({ mostViews: 3 })
    await server.ask('HEAD', `/s/${link.token}`)
    const looks = await Promise.all(Array.from({ length: 8 }, () => look(link.token)))
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(3)
    expect((await list()).find(({ id }) => id === link.id)).toMatchObject({
      views: 3,
      mostViews: 3,
      hasPassword: false,
      createdBy: 'Olga Owner',
    })
  })

  test('an end that has passed is refused, and a link of another tracker cannot be taken back', async () => {
    const path = `/api/trackers/${tracker}/share-links`
    const past = { name: 'x', expiresAt: 1 }
    expect((await server.ask('POST', path, { cookie: owner.cookie, body: past })).status).toBe(400)
    const other = await server.ask<TrackerEntry>('POST', '/api/trackers', {
      cookie: owner.cookie,
      body: { title: 'Other' },
    })
    const { id, token } = await make()
    const elsewhere = `/api/trackers/${other.body.id}/share-links/${id}`
    expect((await server.ask('DELETE', elsewhere, { cookie: owner.cookie })).status).toBe(404)
    expect((await look(token)).status).toBe(200)
  })
})

describe('P38 a share link with a password', { timeout: 20_000 }, () => {
  test('asks for it, tells nothing before, and counts no view', async () => {
    const link = await make({ password: PASSWORD, mostViews: 1 })
    const asked = await look(link.token)
    expect(asked.body).toContain('type="password"')
    expect(asked.body).not.toContain('Talks')
    expect((await tell(link.token, 'wrong')).status).toBe(403)
    const told = await tell(link.token, PASSWORD)
    expect([told.status, told.headers.get('location')]).toEqual([303, `/s/${link.token}`])
    const [cookie = ''] = told.headers.getSetCookie()
    expect(cookie).toMatch(new RegExp(`Path=/s/${link.token};.*HttpOnly; SameSite=Lax`))
    const shown = await look(link.token, { cookie: cookie.split(';')[0] ?? '' })
    expect(shown.body).toContain('Talks')
    expect((await list()).find(({ id }) => id === link.id)?.views).toBe(1)
  })

  test('opens neither another link nor itself for ever', async () => {
    const [one, other] = [await make({ password: PASSWORD }), await make({ password: PASSWORD })]
    const told = await tell(one.token, PASSWORD)
    const cookie = told.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await look(one.token, { cookie })).body).toContain('Talks')
    expect((await look(other.token, { cookie })).body).toContain('type="password"')
    skew += 61 * 60_000
    expect((await look(one.token, { cookie })).body).toContain('type="password"')
  })

  test('takes no form from another site, and few guesses', async () => {
    const { token } = await make({ password: PASSWORD })
    expect((await tell(token, PASSWORD, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await tell(token, PASSWORD, { origin: 'null' })).status).toBe(403)
    const from = { 'x-forwarded-for': '203.0.113.9' }
    // Too long to be one: refused, and counted, without the work of a hash.
    for (let guess = 0; guess < 10; guess++)
      expect((await tell(token, 'x'.repeat(129), from)).status).toBe(403)
    const late = await tell(token, PASSWORD, from)
    expect(late.status).toBe(429)
    expect(late.headers.get('retry-after')).not.toBeNull()
    expect((await tell(token, PASSWORD)).status).toBe(303)
  })
})

test('P38 whoever is no owner any more comes in neither by their share link nor by their invitation', async () => {
  const { cookie } = owner
  const eve = await server.invite(owner, tracker as TrackerId, 'editor', 'Eve Owner')
  const member = `/api/trackers/${tracker}/members/${eve.id}`
  await server.ask('PATCH', member, { cookie, body: { role: 'owner' } })
  const link = await server.ask<ShareLinkMade>('POST', `/api/trackers/${tracker}/share-links`, {
    cookie: eve.cookie,
    body: { name: 'Hers' },
  })
  const invitation = await server.ask<InvitationLink>(
    'POST',
    `/api/trackers/${tracker}/invitations`,
    { cookie: eve.cookie, body: { role: 'editor', mostUses: 10 } },
  )
  const from = { 'x-forwarded-for': '192.0.2.250' }
  expect((await look(link.body.token, from)).status).toBe(200)
  await server.ask('DELETE', member, { cookie })
  expect((await look(link.body.token, from)).status).toBe(404)
  expect((await list()).find(({ id }) => id === link.body.id)?.state).toBe('without owner')
  const accept = (as: Ask) =>
    server.ask<ApiError>('POST', `/api/invitations/${invitation.body.token}/accept`, as)
  for (const as of [
    { cookie: eve.cookie, body: {} },
    { body: { account: personNamed('Eve Again') } },
  ])
    expect((await accept(as)).body.error.code).toBe('invitation_revoked')
})

test('an invitation does not tell for ever which addresses have accounts', async () => {
  const { body } = await server.ask<InvitationLink>(
    'POST',
    `/api/trackers/${tracker}/invitations`,
    { cookie: owner.cookie, body: { role: 'viewer' } },
  )
  const accept = (account: object) =>
    server.ask<ApiError>('POST', `/api/invitations/${body.token}/accept`, {
      body: { account },
      headers: { 'x-forwarded-for': '192.0.2.251' },
    })
  const known = { ...personNamed('Somebody'), email: owner.email }
  for (let n = 0; n < 20; n++) expect((await accept(known)).body.error.code).toBe('account_exists')
  expect((await accept(known)).status).toBe(429)
})

test('P38 one address may not look all the time, whatever it looks at', async () => {
  const { token } = await make()
  const from = { 'x-forwarded-for': '203.0.113.55' }
  for (let looks = 0; looks < 60; looks++)
    expect((await look('x'.repeat(43), from)).status).toBe(404)
  const late = await look(token, from)
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, expect.any(String)])
  expect((await look(token)).status).toBe(200)
})

test('neither log has a token of a link', async () => {
  const { token } = await make({ password: PASSWORD })
  await look(token)
  await tell(token, PASSWORD)
  expect(JSON.stringify(server.logged)).not.toContain(token)
  expect(JSON.stringify(server.logged)).not.toContain(PASSWORD)
})
