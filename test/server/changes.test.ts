/** The record of changes in its table: written in steps, cut off, read in pages; and over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { changeMarks, changes as changesTable } from '#drizzle/sqlite/schema.ts'
import { ChangeTable } from '#server/history/change-table.ts'
import { Changes, type ChangesDeps } from '#server/history/changes.ts'
import { derive, openDeriving, type Stretch } from '#server/history/derive.ts'
import type { Storage } from '#server/store/database.ts'
import { auditDatabase } from '#server/store/postgres-audit.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { openSqlite } from '#server/store/sqlite.ts'
import type { ApiChange, ChangesPage, LastChanges } from '#shared/api.ts'
import { setPosition } from '#shared/document/cells.ts'
import { createTracker } from '#shared/document/tracker.ts'
import { changesIn, changesUnlike, LONGEST_PAUSE, type Change } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import type { AccountId, IssueId, PartyId, TrackerId } from '#shared/ids.ts'
import { newDatabase } from '#test/contract/postgres-server.ts'
import { describePostgres } from '#test/contract/postgres-tests.ts'
import { startServer } from '#test/server/harness.ts'
import { BEGINNING, make, newDoc, rewind, VERBS } from '#test/shared/edits.ts'
import { Office } from '#test/shared/office.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

const TRACKER = 'talks' as TrackerId

const verbs = Object.values(VERBS)
const edit = (doc: Y.Doc, dice: Dice): void =>
  verbs[dice.below(verbs.length)]?.(doc, {
    a: dice.below(1_000),
    b: dice.below(1_000),
    c: dice.below(1_000),
    words: ['', 'Asks for relief', '🕊️ ok'][dice.below(3)] ?? '',
  })

const journal = (seed: number, steps: number): readonly Entry[] => {
  const dice = seededDice(seed)
  const office = new Office(['ada', 'bo', 'cy'], dice, () => undefined)
  const [first] = office.people
  createTracker(first.doc, 'Talks')
  make(first.doc, BEGINNING)
  for (let nth = 0; nth < steps; nth++) office.step(doc => edit(doc, dice))
  office.reunite()
  return office.entries
}

const sorted = (rows: readonly Change[]): readonly Change[] =>
  rows.toSorted((a, b) =>
    a.firstSeq === b.firstSeq ? (a.address < b.address ? -1 : 1) : a.firstSeq - b.firstSeq,
  )

const describeChanges = (
  name: string,
  seeds: readonly number[],
  start: () => Promise<{ readonly storage: Storage; readonly remove: () => Promise<void> }>,
): void => {
  describe(name, () => {
    let storage: Storage
    let remove: () => Promise<void>

    beforeEach(async () => {
      rewind()
      ;({ storage, remove } = await start())
    })
    afterEach(async () => {
      await storage.close()
      await remove()
    })

    const open = (deps: Partial<ChangesDeps> = {}): Changes => {
      const report = (error: unknown): never => {
        throw error
      }
      const { db, store } = storage
      const inThisThread = async (stretch: Stretch) => derive(structuredClone(stretch))
      const few = { stretch: 40, keepStateEvery: 60 }
      return new Changes({ db, store, derive: inThisThread, report, ...few, ...deps })
    }

    const append = (entries: readonly Entry[]) =>
      storage.store.append([{ document: TRACKER, drafts: entries }])

    const written = () => new ChangeTable(storage.db).all(TRACKER)

    describe('written in steps by several processes, one after the other, the rows are those of a rebuild', () => {
      test.each(seeds)('seed %i', async seed => {
        const entries = journal(seed, 200)
        const dice = seededDice(seed)
        let changes = open()
        for (let from = 0; from < entries.length;) {
          const to = from + 1 + dice.below(50)
          await append(entries.slice(from, to))
          if (dice.once(3)) changes = open()
          await changes.catchUp(TRACKER)
          from = to
        }
        expect(sorted(await written())).toEqual(sorted(changesIn(entries)))
        expect(changesUnlike(await written(), entries, entries.length)).toEqual([])
      })
    })

    test('a run goes on after the longest pause, also where it was written in between', async () => {
      const doc = newDoc()
      const updates: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => updates.push(update))
      for (const text of ['A', 'Asks', 'Asks for'])
        setPosition(doc, 'i1' as IssueId, 'p1' as PartyId, text)
      const at = [0, LONGEST_PAUSE, 2 * LONGEST_PAUSE + 1]
      for (const [nth, update] of updates.entries()) {
        await append([{ seq: nth + 1, account: 'ada' as AccountId, at: at[nth] ?? 0, update }])
        await open().catchUp(TRACKER)
      }
      expect((await written()).map(({ after, before }) => [before, after])).toEqual([
        ['', 'Asks'],
        ['Asks', 'Asks for'],
      ])
    })

    test('two that catch up at once write what one would', async () => {
      const entries = journal(5, 120)
      await append(entries)
      const [one, other] = [open(), open()]
      await Promise.all([one.catchUp(TRACKER), one.catchUp(TRACKER), other.catchUp(TRACKER)])
      expect(sorted(await written())).toEqual(sorted(changesIn(entries)))
    })

    describe('what a write that was cut off has left beyond the mark comes again, and is the same', () => {
      test.each(seeds)('seed %i', async seed => {
        const entries = journal(seed, 150)
        const half = Math.floor(entries.length / 2)
        await append(entries.slice(0, half))
        await open().catchUp(TRACKER)
        await append(entries.slice(half))
        const dice = seededDice(seed)
        const left = changesIn(entries.slice(0, half + dice.below(half))).filter(
          ({ lastSeq }) => lastSeq > half && dice.below(3) > 0,
        )
        await new ChangeTable(storage.db).write(TRACKER, left, { seq: half, stateSeq: 0 }, null)
        await open().catchUp(TRACKER)
        expect(sorted(await written())).toEqual(sorted(changesIn(entries)))
        expect(left.length).toBeGreaterThan(0)
      })
    })

    test('in a thread of its own, which is let go and starts afresh', async () => {
      const thread = openDeriving(0)
      const entries = journal(12, 60)
      const half = entries.length >> 1
      await append(entries.slice(0, half))
      await open({ derive: thread.call }).catchUp(TRACKER)
      await append(entries.slice(half))
      await open({ derive: thread.call }).catchUp(TRACKER)
      expect(sorted(await written())).toEqual(sorted(changesIn(entries)))
      const nonsense = { entries: [{ ...entries[0], update: new Uint8Array([9, 9]) }] }
      const stretch = { state: null, before: [], runs: [], wantsState: false, ...nonsense }
      await expect(thread.call(stretch as unknown as Stretch)).rejects.toThrow()
      await thread.close()
      await expect(thread.call(stretch as unknown as Stretch)).rejects.toThrow('closed')
    })

    test('rows that other rules have written are made anew', async () => {
      const entries = journal(7, 60)
      await append(entries)
      await open().catchUp(TRACKER)
      await storage.db.update(changesTable).set({ after: '"by other rules"' })
      await storage.db.update(changeMarks).set({ version: 0 })
      await open().catchUp(TRACKER)
      expect(sorted(await written())).toEqual(sorted(changesIn(entries)))
    })

    test('a row that is not what the journal gives is found', async () => {
      const entries = journal(8, 60)
      await append(entries)
      await open().catchUp(TRACKER)
      const row = (await written()).find(({ field }) => field === 'position')
      if (!row) throw new Error('No row')
      await storage.db
        .update(changesTable)
        .set({ account: 'mallory' })
        .where(eq(changesTable.address, row.address))
      expect(changesUnlike(await written(), entries, entries.length)).toContain(
        `${row.address} from entry ${row.firstSeq} on`,
      )
    })

    test('what fails while nobody waits is told, and made good by the next time', async () => {
      await append(journal(9, 30))
      const reported: unknown[] = []
      const told = Promise.withResolvers<void>()
      const readSince = () => Promise.reject(new Error('disk I/O error'))
      const changes = open({
        store: { ...storage.store, readSince },
        report: (error, trackerId) => {
          reported.push(error, trackerId)
          told.resolve()
        },
      })
      changes.catchUpLater(TRACKER)
      await told.promise
      expect(reported).toEqual([new Error('disk I/O error'), TRACKER])
      expect(await open().read(TRACKER, { limit: 500 })).not.toEqual([])
    })

    describe('read', () => {
      const listed = (rows: readonly Change[]) =>
        rows
          .filter(({ after, before }) => JSON.stringify(after) !== JSON.stringify(before))
          .toSorted((a, b) =>
            a.lastSeq === b.lastSeq ? (a.address < b.address ? 1 : -1) : b.lastSeq - a.lastSeq,
          )

      test('in pages, newest first, each row once', async () => {
        const entries = journal(10, 120)
        await append(entries)
        const changes = open()
        const pages: Change[] = []
        for (let before; ;) {
          const page = await changes.read(TRACKER, { limit: 7, before })
          pages.push(...page)
          before = page.at(-1)
          if (!before) break
        }
        expect(pages).toEqual(listed(changesIn(entries)))
      })

      test('of one cell, field, account, or since an entry', async () => {
        const entries = journal(11, 150)
        await append(entries)
        const changes = open()
        const rows = listed(changesIn(entries))
        const some = rows.find(({ issueId, partyId }) => issueId !== null && partyId !== null)
        const { account, field, issueId, partyId } = some as Change
        const [issue, party] = [issueId as string, partyId as string]
        const read = (query: object) => changes.read(TRACKER, { limit: 500, ...query })
        expect(await read({ issue, party })).toEqual(
          rows.filter(row => row.issueId === issue && row.partyId === party),
        )
        expect(await read({ field })).toEqual(rows.filter(row => row.field === field))
        expect(await read({ account })).toEqual(rows.filter(row => row.account === account))
        expect(await read({ since: 40 })).toEqual(rows.filter(({ lastSeq }) => lastSeq > 40))
        expect(await read({ issue, field: 'record' })).toEqual(
          rows.filter(row => row.issueId === issue && row.field === 'record'),
        )
      })

      test('of a tracker without edits there is nothing', async () => {
        expect(await open().read('nobody' as TrackerId, { limit: 10 })).toEqual([])
      })
    })
  })
}

describeChanges('on SQLite', [1, 2, 3, 4], async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-changes-'))
  return { storage: await openSqlite(folder), remove: () => rm(folder, { recursive: true }) }
})

describePostgres('on PostgreSQL', server => {
  test('what is looked through is what the journal says, and what is not is named', async () => {
    const url = await newDatabase(server().url)
    const { close, db, store } = await openPostgres(url)
    const faults = async () =>
      (await auditDatabase(url)).faults.filter(fault => fault.includes('record of changes'))
    await store.append([{ document: TRACKER, drafts: journal(1, 60) }])
    const inThisThread = async (stretch: Stretch) => derive(stretch)
    await new Changes({ db, store, derive: inThisThread, report: () => undefined }).catchUp(TRACKER)
    expect(await faults()).toEqual([])
    await db.update(changesTable).set({ account: 'mallory' })
    expect(await faults()).toEqual([expect.stringMatching(/^talks: .* and \d+ others$/)])
    await close()
  })

  describeChanges('in a database of its own', [5], async () => ({
    storage: await openPostgres(await newDatabase(server().url)),
    remove: async () => undefined,
  }))
})

test('GET /api/trackers/{id}/changes tells a cell’s history by name, across a restart', async () => {
  const server = await startServer()
  try {
    const { owner, trackerId } = await server.createFirstAccount('Ada')
    const { cookie } = owner
    const path = `/api/trackers/${trackerId}/changes`
    const page = async (query: string) => {
      const { body, status } = await server.ask<ChangesPage>('GET', `${path}${query}`, { cookie })
      expect(status, JSON.stringify(body)).toBe(200)
      return body
    }
    const demo = await page('?limit=500')
    expect(demo.changes.length).toBeGreaterThan(50)

    const file = { cookie, headers: { 'content-type': 'text/csv' } }
    const sheet = (stance: string) => `Basket,Issue,Ruritania\r\nB,Corridor,${stance}\r\n`
    await server.ask('POST', `/api/trackers/${trackerId}/import`, { ...file, body: sheet('Wants') })
    await server.ask('POST', `/api/trackers/${trackerId}/import`, { ...file, body: sheet('Asks') })
    await server.restart()
    const { changes } = await page('?field=position&limit=2')
    expect(changes[0]).toMatchObject({
      field: 'position',
      before: '',
      after: 'Asks',
      account: { id: owner.id, name: 'Ada' },
      restore: null,
    })
    const { issueId, lastSeq, partyId } = changes[0] as ApiChange
    const cell = await page(`?issue=${issueId}&party=${partyId}`)
    expect(cell.changes.map(({ field }) => field)).toContain('knowledge')
    expect(await page(`?since=${lastSeq}`)).toEqual({ changes: [], next: null })

    const last = async (cells: string) =>
      await server.ask<LastChanges>('GET', `${path}/last?cells=${encodeURIComponent(cells)}`, {
        cookie,
      })
    const { body } = await last(`${issueId}/${partyId},${issueId}/nobody`)
    const newest = cell.changes[0] as ApiChange
    expect(body.cells).toEqual([
      { issueId, partyId, lastAt: newest.lastAt, writer: changes[0]?.account },
    ])
    for (const wrong of ['', 'x', 'a/b/c', Array(41).fill('a/b').join()])
      expect((await last(wrong)).status, wrong).toBe(400)

    const first = await page('?limit=1')
    const second = await page(`?limit=1&before=${encodeURIComponent(first.next ?? '')}`)
    expect(second.changes[0]).not.toEqual(first.changes[0])
    for (const wrong of ['?limit=0', '?limit=501', '?since=-1', '?before=x', '?issue=a%20b'])
      expect((await server.ask('GET', `${path}${wrong}`, { cookie })).status, wrong).toBe(400)
  } finally {
    await server.close()
  }
}, 20_000)
