/** A restore is an edit like any other: the guard lets it in, whatever it brings back, and so is the demo's past. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { user } from '#drizzle/sqlite/schema.ts'
import { Archive } from '#server/history/archive.ts'
import { guard, type Guarded } from '#server/live/guard.ts'
import { LIMITS } from '#server/live/limits.ts'
import { seedDemo } from '#server/seeds/demo.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import { compare } from '#shared/compare/compare.ts'
import { readTracker } from '#shared/document/tracker.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import type { AccountId } from '#shared/ids.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BEGINNING, copyOf, edits, make, newDoc, rewind } from '#test/shared/edits.ts'

const SEED = 20_260_206
const ada = 'ada' as AccountId

const guarded = (doc: Y.Doc, clients: ReadonlyMap<number, AccountId> = new Map()): Guarded => ({
  doc,
  kind: 'matrix',
  limits: LIMITS,
  clients,
})

test(`a restore by a tab that has joined is let in (seed ${SEED})`, () => {
  fc.assert(
    fc
      .property(edits(20), edits(20), (before, after) => {
        const doc = newDoc()
        make(doc, BEGINNING)
        make(doc, before)
        const then = readTracker(doc)
        make(doc, after)
        const tab = copyOf(doc)
        let update: Uint8Array | undefined
        tab.on('update', (bytes: Uint8Array) => (update = bytes))
        restore(tab, then, restorable(compare(then, readTracker(tab))))
        if (!update) return
        const verdict = guard(guarded(copyOf(doc)), ada, update)
        expect(verdict).toMatchObject({ is: 'accepted' })
        if (verdict.is !== 'accepted') return
        Y.applyUpdate(doc, verdict.update)
        expect(restorable(compare(then, readTracker(doc)))).toEqual([])
      })
      .beforeEach(rewind),
    { seed: SEED, numRuns: 150 },
  )
})

test("every edit of the demo's past would have been let in, under its author", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-demo-'))
  const sqlite = await openSqlite(folder)
  try {
    const made = new Date(0)
    await sqlite.db
      .insert(user)
      .values({ id: ada, name: 'Ada', email: 'ada@example.org', createdAt: made, updatedAt: made })
    const deps = { ...sqlite, archive: new Archive(sqlite.db), now: () => 0 }
    const id = await seedDemo(deps, ada)
    const doc = new Y.Doc()
    const clients = new Map<number, AccountId>()
    for (const { account, seq, update } of await sqlite.store.readSince(id, 0)) {
      const verdict = guard(guarded(doc, clients), account, update)
      if (verdict.is !== 'accepted') throw new Error(`Edit ${seq}: ${verdict.is}`)
      for (const client of verdict.clients) clients.set(client, account)
      Y.applyUpdate(doc, verdict.update)
    }
    expect((await sqlite.store.load(id)).clients).toEqual(clients)
  } finally {
    await sqlite.close()
    await rm(folder, { recursive: true })
  }
})
