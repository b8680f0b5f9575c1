/** Routes and live connections together: whatever ends over HTTP ends on the sockets too, and edits meet. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { CLOSES } from '#shared/access.ts'
import type { TrackerEntry } from '#shared/api.ts'
import { describeTracker, readTitle } from '#shared/document/tracker.ts'
import type { TrackerId } from '#shared/ids.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'
import { stockClient, until } from '#test/server/stock-client.ts'

let server: TestServer
let owner: Person
let tracker: TrackerId

beforeAll(async () => {
  server = await startServer()
  ;({ owner, trackerId: tracker } = await server.createFirstAccount())
})
afterAll(() => server.close())

const live = () => server.url.replace('http', 'ws')
const open = (path: string, headers: Readonly<Record<string, string>>): WebSocket => {
  const socket = new WebSocket(`${live()}/live/${path}`, {
    headers: { origin: server.url, ...headers },
  })
  socket.on('error', () => undefined)
  return socket
}
const closeOf = async (socket: WebSocket): Promise<number> => {
  const [code] = await once(socket, 'close')
  return code as number
}
/** Somebody whose connection is open and has been greeted. */
const inside = async ({ cookie }: Person): Promise<WebSocket> => {
  const socket = open(tracker, { cookie })
  await once(socket, 'message')
  return socket
}
const members = () => `/api/trackers/${tracker}/members`

describe('the door', () => {
  test('is shut to strangers, outsiders and made-up names', async () => {
    const { body } = await server.ask<TrackerEntry>('POST', '/api/trackers', {
      cookie: owner.cookie,
      body: { title: 'Elsewhere' },
    })
    const outsider = await server.invite(owner, body.id as TrackerId, 'editor', 'Otto')
    const codes = await Promise.all(
      [
        open(tracker, {}),
        open(tracker, { cookie: 'parley.session_token=made.up' }),
        open(tracker, { cookie: outsider.cookie }),
        open('nothing', { cookie: owner.cookie }),
        open('__proto__', { cookie: owner.cookie }),
        open('..%2f..', { cookie: owner.cookie }),
      ].map(closeOf),
    )
    expect(codes).toEqual([
      CLOSES.signedOut.code,
      CLOSES.signedOut.code,
      ...Array.from({ length: 4 }, () => CLOSES.notFound.code),
    ])
  })

  const refused = async (socket: WebSocket): Promise<void> => {
    socket.on('error', () => undefined)
    const [, response] = await once(socket, 'unexpected-response')
    expect(response.statusCode).toBe(403)
  }

  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://localhost',
    'http://127.0.0.1.evil.example',
    'file://',
    '',
  ])('is shut to the pages of “%s”, who cannot even look in', origin =>
    refused(open(tracker, { cookie: owner.cookie, origin })),
  )

  test('is shut to who has a cookie and says of no page where it is: no browser is so', () =>
    refused(new WebSocket(`${live()}/live/${tracker}`, { headers: { cookie: owner.cookie } })))
})

describe('what ends over HTTP ends on the socket', () => {
  test('signing out', async () => {
    const cookie = await server.signIn(owner.email)
    const closed = closeOf(await inside({ ...owner, cookie }))
    const staying = await inside(owner)
    await server.ask('POST', '/api/auth/sign-out', { cookie })
    expect(await closed).toBe(CLOSES.signedOut.code)
    expect(staying.readyState).toBe(staying.OPEN)
    staying.close()
  })

  test('a membership', async () => {
    const editor = await server.invite(owner, tracker, 'editor', 'Edda')
    const closed = closeOf(await inside(editor))
    await server.ask('DELETE', `${members()}/${editor.id}`, { cookie: owner.cookie })
    expect(await closed).toBe(CLOSES.notFound.code)
    expect(await closeOf(open(tracker, { cookie: editor.cookie }))).toBe(CLOSES.notFound.code)
  })

  test('the right to write', async () => {
    const editor = await server.invite(owner, tracker, 'editor', 'Ernst')
    const closed = closeOf(await inside(editor))
    await server.ask('PATCH', `${members()}/${editor.id}`, {
      cookie: owner.cookie,
      body: { role: 'viewer' },
    })
    expect(await closed).toBe(CLOSES.notAllowed.code)
    const back = await inside(editor)
    back.close()
  })
})

describe('a stock Yjs client and the routes', () => {
  test('see the same tracker, through a restart too', async () => {
    const made = await server.ask<TrackerEntry>('POST', '/api/trackers', {
      cookie: owner.cookie,
      body: { title: 'Before', template: 'trade' },
    })
    const id = made.body.id as TrackerId
    const path = `/api/trackers/${id}`
    const { doc, provider } = stockClient(server.url, owner.cookie, id)
    await until(doc, () => readTitle(doc) === 'Before')

    await server.ask('PATCH', path, { cookie: owner.cookie, body: { title: 'Renamed' } })
    await until(doc, () => readTitle(doc) === 'Renamed')

    describeTracker(doc, { title: 'Typed' })
    const other = stockClient(server.url, owner.cookie, id)
    await until(other.doc, () => readTitle(other.doc) === 'Typed')

    await server.restart()
    const view = await server.ask<{ seq: number; tracker: { title: string } }>('GET', path, {
      cookie: owner.cookie,
    })
    expect(view.body.tracker.title).toBe('Typed')
    expect(view.body.seq).toBe(3)
    const list = await server.ask<TrackerEntry[]>('GET', '/api/trackers', { cookie: owner.cookie })
    expect(list.body.find(entry => entry.id === id)?.title).toBe('Typed')

    describeTracker(doc, { title: 'After the restart' })
    await until(other.doc, () => readTitle(other.doc) === 'After the restart')
    for (const client of [provider, other.provider]) client.destroy()
  })
})
