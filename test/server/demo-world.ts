/** The demo as it lies in a store of its own, at each of its snapshots and now. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { user } from '#drizzle/sqlite/schema.ts'
import { Archive } from '#server/history/archive.ts'
import { seedDemo } from '#server/seeds/demo.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import type { Cell } from '#shared/cells.ts'
import { docFrom, readTracker } from '#shared/document/tracker.ts'
import type { AccountId, SnapshotId, TrackerId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { openStorage } from '#test/server/storage.ts'

export type DemoWorld = Awaited<ReturnType<typeof openDemo>>

export const openDemo = async () => {
  const owner = 'owner' as AccountId
  const now = Date.parse('2026-03-01T12:00:00Z')
  const folder = await mkdtemp(join(tmpdir(), 'parley-demo-'))
  const storage = await openStorage(folder)
  const archive = new Archive(storage.db)
  const made = new Date(now)
  await storage.db.insert(user).values({
    id: owner,
    name: 'Ada',
    email: 'ada@example.org',
    createdAt: made,
    updatedAt: made,
  })
  const seed = (): Promise<TrackerId> => seedDemo({ ...storage, archive, now: () => now }, owner)
  const started = performance.now()
  const id = await seed()
  const took = performance.now() - started
  const snapshots: readonly SnapshotEntry[] = (await archive.all(id)).toReversed()
  return {
    archive,
    id,
    owner,
    seed,
    snapshots,
    storage,
    took,
    live: async (): Promise<Tracker> => {
      const doc = new Y.Doc()
      for (const { update } of await storage.store.readSince(id, 0)) Y.applyUpdate(doc, update)
      return readTracker(doc)
    },
    at: async (index: number): Promise<Tracker> => {
      const snapshot = snapshots[index]
      const state = snapshot && (await archive.state(id, snapshot.id as SnapshotId))
      if (!state) throw new Error(`No snapshot ${index}`)
      return readTracker(docFrom(state, 2))
    },
    close: async (): Promise<void> => {
      await storage.close()
      await rm(folder, { recursive: true })
    },
  }
}

export const cellNamed = (tracker: Tracker, title: string, name: string): Cell | undefined => {
  const issue = tracker.issues.find(issue => issue.title === title)
  const party = tracker.parties.find(party => party.name === name)
  if (!issue || !party) throw new Error(`No ${title} of ${name}`)
  return tracker.cells[`${issue.id}/${party.id}`]
}
