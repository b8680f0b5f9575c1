import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trackers } from '#drizzle/sqlite/schema.ts'
import { Bursts } from '#server/history/bursts.ts'
import { AUTOMATIC, Snapshots } from '#server/history/snapshots.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { addIssue, moveIssue } from '#shared/document/issues.ts'
import { createTracker, docFrom, readTracker } from '#shared/document/tracker.ts'
import type { ApiHistory } from '#shared/api.ts'
import {
  newId,
  type AccountId,
  type ClaimId,
  type IssueId,
  type SnapshotId,
  type TrackerId,
} from '#shared/ids.ts'
import { startServer } from '#test/server/harness.ts'
import { ada, bo, ISSUE, openShelfWorld, PARTY, type ShelfWorld } from '#test/server/shelf-world.ts'

let world: ShelfWorld
let snapshots: Snapshots
let edit: ShelfWorld['edit']
let newTracker: ShelfWorld['newTracker']

const manual = (label: string, by = ada) => ({ kind: 'manual' as const, label, note: '', by })

beforeEach(async () => {
  world = await openShelfWorld()
  ;({ edit, newTracker, snapshots } = world)
})
afterEach(() => world.close())

describe('saving', () => {
  test('keeps the whole state, who edited since the one before, and what changed', async () => {
    const id = await newTracker()
    const first = await snapshots.save(id, manual('First'))
    await edit(id, bo, doc => setPosition(doc, ISSUE, PARTY, 'Asks for relief'))
    await edit(id, bo, doc => setCell(doc, ISSUE, PARTY, { scope: 'on_table' }))
    const second = await snapshots.save(id, { ...manual('Second'), note: 'After the call' })

    expect(first).toMatchObject({ label: 'First', seq: 1, authors: [{ id: ada, name: 'Ada' }] })
    expect(second).toMatchObject({
      label: 'Second',
      note: 'After the call',
      kind: 'manual',
      seq: 3,
      by: { id: ada, name: 'Ada' },
      authors: [{ id: bo, name: 'Bo' }],
      summary: { learned: 1, worded: 0, about: ['Iran', 'Relief'] },
    })
    const then = await snapshots.read(id, first.id as SnapshotId)
    expect(then?.tracker.cells).toEqual({})
    const now = await snapshots.read(id, second.id as SnapshotId)
    expect(now?.tracker).toEqual(readTracker(world.docOf(id)))
    expect(now?.snapshot).toEqual(second)
  })

  test('gives the state out as a gzip-compressed update V2', async () => {
    const id = await newTracker()
    const { id: snapshot } = await snapshots.save(id, manual(''))
    const packed = await snapshots.state(id, snapshot as SnapshotId)
    if (!packed) throw new Error('No state')
    expect(readTracker(docFrom(gunzipSync(packed), 2)).title).toBe('Talks')
  })

  test('a second manual snapshot of the same state may have another label', async () => {
    const id = await newTracker()
    await snapshots.save(id, manual('One'))
    const two = await snapshots.save(id, manual('Two'))
    expect(two).toMatchObject({ label: 'Two', authors: [] })
    expect((await snapshots.list(id)).snapshots.map(({ label }) => label)).toEqual(['Two', 'One'])
  })

  test('an automatic snapshot is made only when something changed, and not by a detour', async () => {
    const id = await newTracker()
    await edit(id, ada, doc => addIssue(doc, 'second' as IssueId, { title: 'B', basketId: null }))
    expect(await snapshots.save(id, AUTOMATIC)).toMatchObject({ kind: 'automatic', by: null })
    expect(await snapshots.save(id, AUTOMATIC)).toBeNull()
    await edit(id, ada, doc => moveIssue(doc, ISSUE, null, 1))
    await edit(id, ada, doc => moveIssue(doc, ISSUE, null, 0))
    expect(await snapshots.save(id, AUTOMATIC)).toBeNull()
    const claim = newId<ClaimId>()
    await edit(id, ada, doc => claimRecords.put(doc, claim, { statement: 'Said so' }))
    expect(await snapshots.save(id, AUTOMATIC)).not.toBeNull()
  })

  test('a safety snapshot of an unchanged state is the newest one', async () => {
    const id = await newTracker()
    const { id: saved } = await snapshots.save(id, manual('Before lunch'))
    const again = await snapshots.save(id, { ...manual(''), kind: 'before_restore' })
    expect(again).toMatchObject({ id: saved, label: 'Before lunch' })
    await edit(id, bo, doc => setPosition(doc, ISSUE, PARTY, 'x'))
    const safety = await snapshots.save(id, { ...manual(''), kind: 'before_restore' })
    expect(safety).toMatchObject({ kind: 'before_restore', authors: [{ id: bo }] })
  })

  test('an untouched tracker has something to fall back to as well', async () => {
    const id = newId<TrackerId>()
    await world.storage.db.insert(trackers).values({ id, title: '', createdAt: 0, editedAt: 0 })
    const safety = await snapshots.save(id, { ...manual(''), kind: 'before_import' })
    expect(safety.kind).toBe('before_import')
  })

  test('two at once each know the one before', async () => {
    const id = await newTracker()
    const [one, two] = await Promise.all([
      snapshots.save(id, AUTOMATIC),
      snapshots.save(id, AUTOMATIC),
    ])
    expect([one === null, two === null]).toEqual([false, true])
  })

  test('a failed one does not hold up the next', async () => {
    const id = await newTracker()
    let isBroken = true
    const broken = new Snapshots({
      archive: world.archive,
      store: world.storage.store,
      now: () => 0,
      matrices: {
        read: (tracker, look) =>
          isBroken ? Promise.reject(new Error('disk')) : world.matrices.read(tracker, look),
      },
    })
    await expect(broken.save(id, manual(''))).rejects.toThrow('disk')
    isBroken = false
    await edit(id, ada, doc => setPosition(doc, ISSUE, PARTY, 'x'))
    expect(await broken.save(id, manual('Now'))).toMatchObject({ label: 'Now' })
  })
})

describe('the history', () => {
  test('is newest first, with what happened since the newest', async () => {
    const id = await newTracker()
    expect((await snapshots.list(id)).sinceThen).toMatchObject({
      edits: 1,
      authors: [{ name: 'Ada' }],
      summary: { issues: { added: 1 }, parties: { added: 1 }, retitled: true },
    })
    await snapshots.save(id, manual('One'))
    expect((await snapshots.list(id)).sinceThen).toMatchObject({ edits: 0, authors: [] })
    await edit(id, bo, doc => setPosition(doc, ISSUE, PARTY, 'x'))
    const { sinceThen, snapshots: all } = await snapshots.list(id)
    expect(all.map(({ label }) => label)).toEqual(['One'])
    expect(sinceThen).toMatchObject({ edits: 1, authors: [{ id: bo, name: 'Bo' }] })
  })

  test('belongs to its tracker alone', async () => {
    const [id, other] = [await newTracker(), await newTracker()]
    const snapshot = (await snapshots.save(id, manual('Mine'))).id as SnapshotId
    expect(await snapshots.read(other, snapshot)).toBeUndefined()
    expect(await snapshots.state(other, snapshot)).toBeUndefined()
    expect(await snapshots.annotate(other, snapshot, { label: 'Theirs' })).toBeUndefined()
    expect((await snapshots.read(id, snapshot))?.snapshot.label).toBe('Mine')
  })

  test('label and note can change, and nothing else', async () => {
    const id = await newTracker()
    const saved = await snapshots.save(id, manual('Draft'))
    const change = { label: 'Round one', note: 'Agreed in plenary' }
    expect(await snapshots.annotate(id, saved.id as SnapshotId, change)).toEqual({
      ...saved,
      ...change,
    })
    expect(await snapshots.annotate(id, saved.id as SnapshotId, {})).toMatchObject(change)
  })

  test('keeps the credit of people who are gone', async () => {
    const id = await newTracker()
    await edit(id, 'gone' as AccountId, doc => setPosition(doc, ISSUE, PARTY, 'x'))
    const { authors } = await snapshots.save(id, manual(''))
    expect(authors.map(({ name }) => name)).toEqual(['Ada', 'Former member'])
  })
})

describe('bursts', () => {
  /** A clock with one hand: tasks run when the test says that their time has come. */
  const start = () => {
    const tasks = new Map<object, () => void>()
    const reports: unknown[] = []
    const ended: TrackerId[] = []
    const bursts = new Bursts({
      snapshots,
      idle: 300_000,
      after: (milliseconds, task) => {
        expect(milliseconds).toBe(300_000)
        const key = {}
        tasks.set(key, task)
        return () => tasks.delete(key)
      },
      onEnd: trackerId => ended.push(trackerId),
      report: error => reports.push(error),
    })
    const elapse = (): void => {
      for (const [key, task] of tasks) {
        tasks.delete(key)
        task()
      }
    }
    return { bursts, elapse, ended, reports, tasks }
  }
  const kinds = async (id: TrackerId) => {
    const { snapshots: all } = await snapshots.list(id)
    return all.map(({ kind }) => kind)
  }

  test('end some minutes after the last edit with one automatic snapshot', async () => {
    const id = await newTracker()
    const { bursts, elapse, ended, tasks } = start()
    bursts.edited(id)
    await edit(id, ada, doc => setPosition(doc, ISSUE, PARTY, 'x'))
    bursts.edited(id)
    expect(tasks.size).toBe(1)
    expect(await kinds(id)).toEqual([])
    elapse()
    await expect.poll(() => kinds(id)).toEqual(['automatic'])
    await expect.poll(() => ended).toEqual([id])
    elapse()
    expect(tasks.size).toBe(0)
  })

  test('end when the room closes, with what it held', async () => {
    const id = await newTracker()
    const { bursts, ended, tasks } = start()
    bursts.edited(id)
    const doc = world.docOf(id)
    world.forget(id)
    await bursts.end(id, doc, 1)
    expect(tasks.size).toBe(0)
    expect(ended).toEqual([id])
    const [saved] = (await snapshots.list(id)).snapshots
    expect(saved).toMatchObject({ kind: 'automatic', seq: 1, summary: { issues: { added: 1 } } })
  })

  test('a room in which nobody edited closes without a snapshot', async () => {
    const id = await newTracker()
    const { bursts } = start()
    await bursts.end(id, world.docOf(id), 1)
    expect(await kinds(id)).toEqual([])
  })

  test('a snapshot that fails is reported and stops nobody', async () => {
    const id = newId<TrackerId>()
    const { bursts, elapse, reports } = start()
    bursts.edited(id)
    await bursts.end(id, new Y.Doc(), 0)
    expect(reports).toHaveLength(0)
    const unknown = newId<TrackerId>()
    await edit(unknown, ada, doc => createTracker(doc, 'No row'))
    bursts.edited(unknown)
    elapse()
    await expect.poll(() => reports.length).toBe(1)
  })
})

test('a server that stops ends the bursts under way with automatic snapshots', async () => {
  const server = await startServer()
  try {
    const { owner, trackerId } = await server.createFirstAccount()
    const path = `/api/trackers/${trackerId}`
    const { cookie } = owner
    const change = { cookie, body: { description: 'Changed before the restart' } }
    expect((await server.ask('PATCH', path, change)).status).toBe(200)
    await server.restart()
    const history = await server.ask<ApiHistory>('GET', `${path}/snapshots`, { cookie })
    expect(history.body.snapshots[0]).toMatchObject({
      kind: 'automatic',
      label: '',
      by: null,
      summary: { retitled: true },
    })
    expect(history.body.snapshots[0]?.authors.map(({ name }) => name)).toContain(owner.name)
    expect(history.body.sinceThen).toMatchObject({ edits: 0, authors: [] })
    await server.restart()
    const again = await server.ask<ApiHistory>('GET', `${path}/snapshots`, { cookie })
    expect(again.body.snapshots).toHaveLength(history.body.snapshots.length)
  } finally {
    await server.close()
  }
})
