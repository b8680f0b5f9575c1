import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ApiError, ApiHistory, ApiSummary } from '#shared/api.ts'
import { hasBegun, type Meeting } from '#shared/meetings.ts'
import type { TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

let server: TestServer
let owner: Person
let path: string

beforeEach(async () => {
  server = await startServer()
  const first = await server.createFirstAccount('Ada')
  owner = first.owner
  path = `/api/trackers/${first.trackerId}`
})
afterEach(() => server.close())

const post = async <Body>(rest: string, body: unknown = {}, { cookie } = owner) =>
  await server.ask<Body & ApiError>('POST', `${path}${rest}`, { cookie, body })
const get = async <Body>(rest: string): Promise<Body> =>
  (await server.ask<Body>('GET', `${path}${rest}`, { cookie: owner.cookie })).body
const taken = async () =>
  (await get<ApiHistory>('/snapshots')).snapshots.filter(({ kind }) => kind === 'meeting')
const all = async () => (await get<{ tracker: Tracker }>('')).tracker.meetings
/** Without the one that the demo expects. */
const meetings = async () => (await all()).filter(hasBegun)

test('a meeting stands between two snapshots, and its movement is what differs', async () => {
  const { body: begun, status } = await post<Meeting>('/meetings', { title: ' Round two ' })
  expect(status).toBe(201)
  const [before] = await taken()
  expect(before).toMatchObject({ label: 'Before Round two', by: { name: 'Ada' } })
  expect(begun).toMatchObject({ title: 'Round two', endedAt: 0, before: before?.id, after: null })
  expect(begun.startedAt).toBe(before?.at)
  expect(await meetings()).toEqual([begun])

  await server.ask('PATCH', path, { cookie: owner.cookie, body: { title: 'Renamed in between' } })
  const { body: ended } = await post<Meeting>(`/meetings/${begun.id}/end`)
  const [after] = await taken()
  expect(after?.label).toBe('After Round two')
  expect(ended).toEqual({ ...begun, endedAt: after?.at, after: after?.id })
  expect(await meetings()).toEqual([ended])

  const movement = await get<ApiSummary>(`/snapshots/${ended.after}/summary?since=${ended.before}`)
  expect(movement).toMatchObject({ retitled: true, moved: 0 })
})

test('two who start one of the same title at once are in one meeting', async () => {
  const trackerId = path.split('/').at(-1) as TrackerId
  const bo = await server.invite(owner, trackerId, 'editor', 'Bo')
  const start = (by: Person, title: string) => post<Meeting>('/meetings', { title }, by)
  const [one, other, another] = await Promise.all([
    start(owner, 'Plenary'),
    start(bo, 'Plenary'),
    start(bo, 'Caucus'),
  ])
  expect(one.status).toBe(201)
  expect(other.body).toEqual(one.body)
  expect(another.body.id).not.toBe(one.body.id)
  expect(await taken()).toHaveLength(2)
  expect(await meetings()).toHaveLength(2)

  await post(`/meetings/${one.body.id}/end`)
  expect((await start(bo, 'Plenary')).body.id).not.toBe(one.body.id)
})

test('several who end it at once make one end, and later ones change nothing', async () => {
  const trackerId = path.split('/').at(-1) as TrackerId
  const bo = await server.invite(owner, trackerId, 'editor', 'Bo')
  const { body: begun } = await post<Meeting>('/meetings', { title: 'Plenary' })
  const end = (by: Person) => post<Meeting>(`/meetings/${begun.id}/end`, {}, by)
  const rename = server.ask('PATCH', path, { cookie: owner.cookie, body: { title: 'Meanwhile' } })
  const answers = await Promise.all([end(owner), end(bo), rename.then(() => end(bo)), end(owner)])
  const first = answers[0].body
  for (const { body, status } of answers) {
    expect(status).toBe(200)
    expect(body).toEqual(first)
  }
  expect((await end(bo)).body).toEqual(first)
  expect(await taken()).toHaveLength(2)
  expect(await meetings()).toEqual([first])
})

test('one that was planned begins where it stands, once, however many press start', async () => {
  const trackerId = path.split('/').at(-1) as TrackerId
  const bo = await server.invite(owner, trackerId, 'editor', 'Bo')
  const { body: begun } = await post<Meeting>('/meetings', { title: 'First' })
  const again = await post<Meeting>(`/meetings/${begun.id}/start`)
  expect(again.body).toEqual(begun)

  const planned = (await all()).find(meeting => !hasBegun(meeting))
  if (!planned) expect.unreachable('the demo expects a meeting')
  const start = (by: Person) => post<Meeting>(`/meetings/${planned.id}/start`, {}, by)
  const [one, other] = await Promise.all([start(owner), start(bo)])
  expect(one.status).toBe(200)
  expect(other.body).toEqual(one.body)
  const [before] = await taken()
  expect(before?.label).toBe(`Before ${planned.title}`)
  expect(one.body).toEqual({ ...planned, startedAt: before?.at, before: before?.id })
  expect(await taken()).toHaveLength(2)
  const { body: ended } = await post<Meeting>(`/meetings/${planned.id}/end`)
  expect((await start(bo)).body).toEqual(ended)
  expect((await post('/meetings/none/start')).status).toBe(404)
})

test('what is no meeting, or has no name, is refused with words', async () => {
  const many = (await taken()).length
  expect((await post('/meetings', { title: '  ' })).body.error.message).toContain('title')
  const long = await post('/meetings', { title: 'x'.repeat(101) })
  expect(long.body.error.message).toBe('title: must have at most 100 characters')
  const missing = await post('/meetings/none/end')
  expect(missing.status).toBe(404)
  expect(missing.body.error).toMatchObject({ code: 'no_meeting' })
  expect((await post('/meetings/__proto__/end')).status).toBe(404)
  expect(await taken()).toHaveLength(many)
})

test('a script may take the snapshot of a meeting by itself', async () => {
  const saved = await post('/snapshots', { kind: 'meeting', label: 'Before the plenary' })
  expect(saved.status).toBe(201)
  expect(await taken()).toMatchObject([{ kind: 'meeting', label: 'Before the plenary' }])
})
