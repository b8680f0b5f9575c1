/** Trackers without rooms or connections: documents whose every edit is on disk at once, and their snapshots. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { trackers, user } from '#drizzle/sqlite/schema.ts'
import { Archive } from '#server/history/archive.ts'
import type { Matrices } from '#server/history/matrices.ts'
import { Moments } from '#server/history/moments.ts'
import { replay } from '#server/history/replay.ts'
import { Snapshots } from '#server/history/snapshots.ts'
import type { Storage } from '#server/store/database.ts'
import { addIssue } from '#shared/document/issues.ts'
import { addParty } from '#shared/document/parties.ts'
import { createTracker } from '#shared/document/tracker.ts'
import { newId, type AccountId, type IssueId, type PartyId, type TrackerId } from '#shared/ids.ts'
import { openStorage } from '#test/server/storage.ts'

export const [ada, bo] = ['ada', 'bo'] as [AccountId, AccountId]
export const ISSUE = 'issue' as IssueId
export const PARTY = 'party' as PartyId

export interface ShelfWorld {
  readonly storage: Storage
  readonly archive: Archive
  readonly snapshots: Snapshots
  readonly matrices: Matrices
  readonly moments: Moments
  /** Milliseconds since 1970; each snapshot takes one. */
  time: number
  readonly docOf: (id: TrackerId) => Y.Doc
  /** The document leaves memory. */
  readonly forget: (id: TrackerId) => void
  readonly edit: (id: TrackerId, by: AccountId, change: (doc: Y.Doc) => void) => Promise<number>
  /** Of Ada's making, with one issue and one party. */
  readonly newTracker: () => Promise<TrackerId>
  readonly close: () => Promise<void>
}

export const openShelfWorld = async (): Promise<ShelfWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-snapshots-'))
  const storage = await openStorage(folder)
  const made = new Date(0)
  await storage.db.insert(user).values(
    [ada, bo].map(id => ({
      id,
      name: id === ada ? 'Ada' : 'Bo',
      email: `${id}@example.org`,
      createdAt: made,
      updatedAt: made,
    })),
  )
  const docs = new Map<TrackerId, Y.Doc>()
  const seqs = new Map<TrackerId, number>()
  const docOf = (id: TrackerId): Y.Doc => docs.get(id) ?? new Y.Doc()

  const edit: ShelfWorld['edit'] = async (id, account, change) => {
    const doc = docOf(id)
    docs.set(id, doc)
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => updates.push(update)
    doc.on('update', note)
    doc.transact(() => change(doc))
    doc.off('update', note)
    const drafts = updates.map(update => ({ account, at: world.time, update }))
    const heads = drafts.length > 0 && (await storage.store.append([{ document: id, drafts }]))
    if (heads) seqs.set(id, heads.get(id) ?? 0)
    return seqs.get(id) ?? 0
  }
  const matrices: Matrices = {
    read: async (id, look) => ({ value: look(docOf(id)), seq: seqs.get(id) ?? 0 }),
    edit,
  }
  const archive = new Archive(storage.db)
  const world: ShelfWorld = {
    storage,
    archive,
    matrices,
    moments: new Moments({ archive, store: storage.store, replay: async it => replay(it) }),
    snapshots: new Snapshots({
      archive,
      matrices,
      store: storage.store,
      now: () => (world.time += 1),
    }),
    time: 0,
    docOf,
    forget: id => void docs.delete(id),
    edit,
    newTracker: async () => {
      const id = newId<TrackerId>()
      await storage.db.insert(trackers).values({ id, title: 'Talks', createdAt: 0, editedAt: 0 })
      await edit(id, ada, doc => {
        createTracker(doc, 'Talks')
        addParty(doc, PARTY, { name: 'Iran' })
        addIssue(doc, ISSUE, { title: 'Relief', basketId: null })
      })
      return id
    },
    close: async () => {
      await storage.close()
      await rm(folder, { recursive: true })
    },
  }
  return world
}
