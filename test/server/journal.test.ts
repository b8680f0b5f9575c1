/** The journal over HTTP: from it alone every moment can be made. */
import { zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ApiAuthor } from '#shared/api.ts'
import { decodeChapters } from '#shared/history/chapter.ts'
import type { Entry } from '#shared/history/entry.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { TrackerId } from '#shared/ids.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

let server: TestServer
let owner: Person
let trackerId: TrackerId

beforeEach(async () => {
  server = await startServer()
  ;({ owner, trackerId } = await server.createFirstAccount('Olga Owner'))
})
afterEach(() => server.close())

const journal = async (after?: number): Promise<readonly Entry[]> => {
  const query = after === undefined ? '' : `?after=${after}`
  const response = await fetch(`${server.url}/api/trackers/${trackerId}/journal${query}`, {
    headers: { cookie: owner.cookie },
  })
  expect(response.status).toBe(200)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(Number(response.headers.get('content-length'))).toBe(bytes.length)
  return [...decodeChapters(bytes, zstdDecompressSync)].flat()
}
const rename = (title: string) =>
  server.ask('PATCH', `/api/trackers/${trackerId}`, { cookie: owner.cookie, body: { title } })

test('it holds every edit, each with its author, and the tracker as it is now is its last moment', async () => {
  const before = await journal()
  await rename('Renamed')
  const after = await journal()
  expect(after.slice(0, -1)).toEqual(before)
  expect(after.at(-1)?.account).toBe(owner.id)
  const { body } = await server.ask<{ seq: number; tracker: unknown }>(
    'GET',
    `/api/trackers/${trackerId}`,
    { cookie: owner.cookie },
  )
  const timeline = new Timeline(after)
  expect(timeline.last).toBe(body.seq)
  expect(timeline.trackerAt(body.seq)).toEqual(body.tracker)
  expect(timeline.trackerAt(before.length).title).not.toBe('Renamed')
})

test('whoever has read it asks for what came since', async () => {
  const known = new Timeline(await journal())
  const { last } = known
  await rename('Once')
  await rename('Twice')
  known.add(await journal(last))
  expect(known.last).toBe(last + 2)
  expect(known.trackerAt(last + 2).title).toBe('Twice')
  expect(await journal(last + 2)).toEqual([])
  expect(await journal(last + 99)).toEqual([])
})

test('everybody whom it names has a name, also who has left', async () => {
  const bo = await server.invite(owner, trackerId, 'editor', 'Bo')
  const entries = await journal()
  const authors = async () =>
    (
      await server.ask<readonly ApiAuthor[]>('GET', `/api/trackers/${trackerId}/authors`, {
        cookie: owner.cookie,
      })
    ).body
  const named = new Map((await authors()).map(({ id, name }) => [id, name]))
  expect(entries.filter(({ account }) => !named.has(account))).toEqual([])
  expect(named.get(bo.id)).toBe('Bo')
  await rename('By Olga')
  expect((await authors()).map(({ name }) => name)).toContain('Olga Owner')
})
