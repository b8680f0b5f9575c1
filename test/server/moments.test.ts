/** The tracker as it was, over HTTP and on the server: what the journal says of each moment. */
import { zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ApiError, ApiHistory, TrackerEntry } from '#shared/api.ts'
import { Archive } from '#server/history/archive.ts'
import { Moments } from '#server/history/moments.ts'
import { replay } from '#server/history/replay.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { decodeChapters } from '#shared/history/chapter.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { TrackerId } from '#shared/ids.ts'
import { isMomentRef, timeIn, timeRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'
import { startServer, type Person, type TestServer } from '#test/server/harness.ts'

interface View {
  readonly seq: number
  readonly at: number
  readonly tracker: Tracker
}

let server: TestServer
let owner: Person
let trackerId: TrackerId

beforeEach(async () => {
  server = await startServer()
  ;({ owner, trackerId } = await server.createFirstAccount('Olga Owner'))
})
afterEach(() => server.close())

const ask = <Body>(path: string) =>
  server.ask<Body>('GET', `/api/trackers/${trackerId}${path}`, { cookie: owner.cookie })
const viewAt = async (ref: string): Promise<View> =>
  (await ask<View>(`?at=${encodeURIComponent(ref)}`)).body
const timeline = async (): Promise<Timeline> => {
  const response = await fetch(`${server.url}/api/trackers/${trackerId}/journal`, {
    headers: { cookie: owner.cookie },
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return new Timeline([...decodeChapters(bytes, zstdDecompressSync)].flat())
}

describe('over HTTP', () => {
  test('at a time it is what it was after the last entry by then', async () => {
    const all = await timeline()
    for (let seq = 1; seq <= all.last; seq += 7) {
      const view = await viewAt(timeRef(all.timeAt(seq)))
      const expected = all.seqAt(all.timeAt(seq))
      expect(view.seq).toBe(expected)
      expect(view.tracker).toEqual(all.trackerAt(expected))
      expect(view.at).toBe(all.entry(expected)?.at)
    }
    expect(await viewAt('2001-01-01T00:00Z')).toMatchObject({ seq: 0 })
    expect(await viewAt('2999-01-01T00:00:00+03:00')).toMatchObject({ seq: all.last })
  })

  test('at a snapshot it is what that holds', async () => {
    const { body } = await ask<ApiHistory>('/snapshots')
    const all = await timeline()
    for (const { at, id, seq } of body.snapshots) {
      const view = await viewAt(id)
      expect(view).toMatchObject({ seq, at })
      expect(view.tracker).toEqual(all.trackerAt(seq))
    }
  })

  test('what is no moment is refused in words', async () => {
    for (const odd of ['yesterday at noon', '2026-13-77T99:99Z', 'a/b'])
      expect((await ask<ApiError>(`?at=${encodeURIComponent(odd)}`)).status).toBe(400)
    const missing = await ask<ApiError>('?at=no-such-snapshot')
    expect(missing.status).toBe(404)
    expect(missing.body.error.code).toBe('no_snapshot')
  })

  test('an imported snapshot, which is older than the journal, opens too', async () => {
    const exported = await ask('/export.json')
    const made = await server.ask<TrackerEntry>('POST', '/api/trackers/import', {
      cookie: owner.cookie,
      body: exported.body,
    })
    const before = await ask<ApiHistory>('/snapshots')
    trackerId = made.body.id as TrackerId
    const { body } = await ask<ApiHistory>('/snapshots')
    expect(body.snapshots.length).toBe(before.body.snapshots.length)
    const [newest] = body.snapshots
    const view = await viewAt(newest?.id ?? '')
    expect(view.seq).toBe(0)
    expect(view.tracker.parties.length).toBeGreaterThan(2)
    // A time is a moment of the journal, however old the snapshots are.
    expect((await viewAt('2001-01-01T00:00Z')).tracker.parties).toEqual([])
  })
})

test('after each entry it is what a replay gives, with snapshots to begin at and without', async () => {
  const all = await timeline()
  await server.stop()
  const { close, db, store } = await openSqlite(server.folder)
  const archive = new Archive(db)
  const moments = new Moments({ archive, store, replay: async given => replay(given) })
  for (let seq = 0; seq <= all.last; seq += 3) {
    const past = await moments.after(trackerId, seq)
    expect(past.seq).toBe(seq)
    expect(past.tracker).toEqual(all.trackerAt(seq))
  }
  expect((await moments.after(trackerId, 99_999)).seq).toBe(all.last)
  await close()
  await server.startAgain()
})

test('what names a moment', () => {
  expect(timeIn(timeRef(1_770_000_000_000))).toBe(1_770_000_000_000)
  expect(timeRef(1_770_000_000_000)).toBe('2026-02-02T02:40:00Z')
  expect(timeIn('2026-02-02T05:40+03:00')).toBe(1_770_000_000_000)
  for (const ref of ['2026-02-02', '2026-02-02T02:40', 'now', '', '2026-02-02T02:40:00ZZ'])
    expect(timeIn(ref), ref).toBeUndefined()
  expect(['x-1', '2026-02-02T02:40Z', 'a b', '', 7].map(isMomentRef)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
