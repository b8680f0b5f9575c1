/** Movements as the table gives them, page by page; what is said of them in summaries; and over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type * as Y from 'yjs'
import { Changes } from '#server/history/changes.ts'
import { derive } from '#server/history/derive.ts'
import { Movements, type MovementQuery, type Told } from '#server/history/movements.ts'
import { Said } from '#server/history/said.ts'
import type { Storage } from '#server/store/database.ts'
import type { ApiMovement, MovementsPage } from '#shared/api.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addIssue, issueRecords } from '#shared/document/issues.ts'
import { movementsMap } from '#shared/document/layout.ts'
import { giveReason, markKind, marksOf, reasonRecords } from '#shared/document/movements.ts'
import { addPoint } from '#shared/document/scales.ts'
import { storedIn } from '#shared/document/stored.ts'
import { createTracker } from '#shared/document/tracker.ts'
import { describeSummary } from '#shared/compare/summary.ts'
import { changesIn } from '#shared/history/changes.ts'
import {
  isUnexplained,
  kindOf,
  movementsIn,
  saidBetween,
  type Movement,
} from '#shared/history/movements.ts'
import type { IssueId, PointId, ReasonId, SnapshotId, TrackerId } from '#shared/ids.ts'
import type { MomentRef } from '#shared/moments.ts'
import { MOVEMENT_KINDS, type MovementKey } from '#shared/movements.ts'
import { startServer } from '#test/server/harness.ts'
import { ada, bo, ISSUE, openShelfWorld, PARTY, type ShelfWorld } from '#test/server/shelf-world.ts'
import { stockClient, until } from '#test/server/stock-client.ts'
import { openStorage } from '#test/server/storage.ts'
import { BEGINNING, make, rewind } from '#test/shared/edits.ts'
import { editByChance, Office } from '#test/shared/office.ts'
import { seededDice } from '#test/simulation/dice.ts'

vi.setConfig({ testTimeout: 30_000 })

const changesOf = ({ db, store }: Storage): Changes =>
  new Changes({
    db,
    store,
    derive: async stretch => derive(structuredClone(stretch)),
    report: error => {
      throw error
    },
  })

describe('of random editing', () => {
  const TRACKER = 'talks' as TrackerId
  const [NONE, WHY] = ['none', 'why'] as [ReasonId, ReasonId]
  let storage: Storage
  let folder: string

  beforeEach(async () => {
    rewind()
    folder = await mkdtemp(join(tmpdir(), 'parley-movements-'))
    storage = await openStorage(folder)
  })
  afterEach(async () => {
    await storage.close()
    await rm(folder, { recursive: true })
  })

  /** People at work, who then say of some movements what they were, and why. */
  const work = async (seed: number): Promise<{ readonly all: readonly Movement[]; doc: Y.Doc }> => {
    const dice = seededDice(seed)
    const office = new Office(['ada', 'bo', 'cy'], dice, () => undefined)
    const [first] = office.people
    createTracker(first.doc, 'Talks')
    make(first.doc, BEGINNING)
    for (let nth = 0; nth < 400; nth++) office.step(doc => editByChance(doc, dice))
    office.reunite()
    for (const [nth, { key }] of movementsIn(changesIn(office.entries)).entries())
      if (nth % 3 === 0) markKind(first.doc, key, dice.pick(MOVEMENT_KINDS))
      else if (nth % 3 === 1) giveReason(first.doc, WHY, [key], 'The call of Tuesday')
    office.send(first)
    await storage.store.append([{ document: TRACKER, drafts: office.entries }])
    return { all: movementsIn(changesIn(office.entries)), doc: office.doc }
  }

  test.each([1, 2, 3])('seed %i: pages are the movements of the record', async seed => {
    const { all, doc } = await work(seed)
    const marks = marksOf(storedIn(doc))
    const movements = new Movements({
      db: storage.db,
      changes: changesOf(storage),
      matrices: { read: async (_, look) => ({ value: look(doc), seq: 0 }) },
      atOnce: 7,
      most: 21,
    })
    const read = async (query: Partial<MovementQuery>): Promise<readonly Told[]> => {
      const found: Told[] = []
      for (let before: MovementQuery['before']; ;) {
        const page = await movements.read(TRACKER, { limit: 4, ...query, before })
        expect(page.movements.length).toBeLessThanOrEqual(4)
        found.push(...page.movements)
        if (!page.next) return found
        before = page.next
      }
    }
    const told = (those: readonly Movement[]) =>
      those.map(movement => ({
        ...movement,
        kind: kindOf(movement, marks),
        reason: reasonRecords.read(doc, marks[movement.key]?.reasonId ?? NONE) ?? null,
        unexplained: isUnexplained(movement, marks),
      }))
    expect(all.length).toBeGreaterThan(12)
    expect(await read({})).toEqual(told(all))

    const [some] = all.slice(all.length >> 1)
    const { account, firstSeq, issueId: issue, lastSeq, partyId: party } = some as Movement
    const inCell = all.filter(it => it.issueId === issue && it.partyId === party)
    expect(await read({ issue, party })).toEqual(told(inCell))
    expect(await read({ account })).toEqual(told(all.filter(it => it.account === account)))
    expect(await read({ since: lastSeq })).toEqual(told(all.filter(it => it.lastSeq > lastSeq)))
    expect(await read({ until: firstSeq })).toEqual(told(all.filter(it => it.firstSeq <= firstSeq)))
    expect(await read({ isUnexplained: true })).toEqual(
      told(all.filter(it => isUnexplained(it, marks))),
    )
    for (const kind of MOVEMENT_KINDS)
      expect(await read({ kind })).toEqual(told(all.filter(it => kindOf(it, marks) === kind)))

    const said = await movements.saidSince(TRACKER, firstSeq)
    expect(said(firstSeq, lastSeq + 20)).toEqual(saidBetween(all, marks, firstSeq, lastSeq + 20))
    expect(said(firstSeq, Infinity).size).toBeGreaterThan(0)
  })
})

describe('what is said afterwards', () => {
  const HOUR = 3_600_000
  const [low, high] = ['low' as PointId, 'high' as PointId]
  let world: ShelfWorld
  let movements: Movements
  let said: Said
  let id: TrackerId

  beforeEach(async () => {
    world = await openShelfWorld()
    const { matrices, moments, snapshots, storage } = world
    movements = new Movements({ db: storage.db, changes: changesOf(storage), matrices })
    said = new Said({ moments, movements, snapshots })
    id = await world.newTracker()
    await world.edit(id, ada, doc => {
      addPoint(doc, low, ISSUE, 'Little')
      addPoint(doc, high, ISSUE, 'Much')
      setCell(doc, ISSUE, PARTY, { stance: low, knowledge: 'reported' })
    })
  })
  afterEach(() => world.close())

  const save = async (label: string) => {
    world.time += HOUR
    const request = { kind: 'manual' as const, label, note: '', by: ada }
    return (await world.snapshots.save(id, request)).id as SnapshotId
  }
  const stand = (stance: PointId) =>
    world.edit(id, bo, doc => setCell(doc, ISSUE, PARTY, { stance }))
  const lines = async () => {
    const { sinceThen, snapshots } = await said.list(id)
    return [sinceThen, ...snapshots].map(({ summary }) => describeSummary(summary))
  }
  const newest = async (): Promise<MovementKey> => {
    const [first] = (await movements.read(id, { limit: 1 })).movements
    if (!first) throw new Error('No movement')
    return first.key
  }

  test('shows in the list of snapshots and in summaries, and is gone when it is taken back', async () => {
    const first = await save('First')
    await stand(high)
    const second = await save('Second')
    await world.edit(id, bo, doc => setPosition(doc, ISSUE, PARTY, 'Asks for more'))
    const stored = await lines()
    expect(stored).toEqual([
      '1 wording edit · Iran, Relief',
      '1 new judgement · Iran, Relief',
      expect.stringContaining('issue added'),
    ])
    const [moved, worded] = [
      (await movements.read(id, { limit: 9, kind: 'judged' })).movements[0]?.key,
      await newest(),
    ]
    if (!moved) throw new Error('No judgement')
    // What came later counts in no earlier line.
    await world.edit(id, ada, doc => markKind(doc, worded, 'moved'))
    expect(await lines()).toEqual(['1 movement · Iran, Relief', ...stored.slice(1)])
    await world.edit(id, ada, doc => {
      markKind(doc, moved, 'moved')
      markKind(doc, worded, 'learned')
    })
    expect(await lines()).toEqual([
      '1 new finding · Iran, Relief',
      '1 movement · Iran, Relief',
      stored[2],
    ])
    expect(await said.summary(id, first, second)).toMatchObject({ moved: 1, judged: 0 })
    // What is stored stays a proposal, from which thinning goes on.
    expect((await world.snapshots.list(id)).snapshots[0]?.summary).toMatchObject({ judged: 1 })
    expect(await world.moments.summary(id, first, second)).toMatchObject({ moved: 0, judged: 1 })

    await world.edit(id, ada, doc => {
      markKind(doc, moved, null)
      markKind(doc, worded, null)
    })
    expect(await lines()).toEqual(stored)
    expect(await said.summary(id, first, 'no-such' as MomentRef)).toBeUndefined()
  })

  test('of a movement over which a snapshot was saved counts on both sides of it', async () => {
    await save('First')
    world.time += HOUR
    await stand(high)
    const key = await newest()
    const request = { kind: 'manual' as const, label: 'Second', note: '', by: ada }
    await world.snapshots.save(id, request)
    await stand(low)
    await stand(high)
    expect((await lines()).slice(0, 2)).toEqual(['No changes', '1 new judgement · Iran, Relief'])
    await world.edit(id, bo, doc => setPosition(doc, ISSUE, PARTY, 'Asks'))
    await world.edit(id, ada, doc => markKind(doc, key, 'moved'))
    expect((await lines()).slice(0, 2)).toEqual([
      '1 movement · Iran, Relief',
      '1 movement · Iran, Relief',
    ])
  })

  test('a mark on what is not there, or of a cell without changes, changes nothing', async () => {
    await save('First')
    await world.edit(id, ada, doc => {
      addIssue(doc, 'other' as IssueId, { title: 'Other', basketId: null })
      markKind(doc, `other/${PARTY}/999` as MovementKey, 'moved')
      markKind(doc, `gone/gone/1` as MovementKey, 'moved')
    })
    expect((await lines())[0]).toBe('1 issue added · Other')
  })
})

test('GET /api/trackers/{id}/movements names who did what, and takes a page from where the last one ended', async () => {
  const server = await startServer()
  try {
    const { owner, trackerId } = await server.createFirstAccount('Ada')
    const { cookie } = owner
    const path = `/api/trackers/${trackerId}/movements`
    const ask = async <Body>(query: string) => {
      const { body, status } = await server.ask<Body>('GET', `${path}${query}`, { cookie })
      expect(status, JSON.stringify(body)).toBe(200)
      return body
    }
    const all = await ask<MovementsPage>('?limit=200')
    expect(all.movements.length).toBeGreaterThan(20)
    expect(all.next).toBeNull()
    const paged: ApiMovement[] = []
    for (let before = ''; ;) {
      const page = await ask<MovementsPage>(`?limit=9${before}`)
      paged.push(...page.movements)
      if (page.next === null) break
      before = `&before=${encodeURIComponent(page.next)}`
    }
    expect(paged).toEqual(all.movements)

    const [some] = all.movements
    const { issueId, key, lastSeq, partyId } = some as ApiMovement
    expect(some).toMatchObject({ account: { name: expect.any(String) }, reason: null })
    const cell = await ask<MovementsPage>(`?issue=${issueId}&party=${partyId}`)
    expect(cell.movements[0]).toEqual(some)
    expect((await ask<MovementsPage>(`?since=${lastSeq}`)).movements).toEqual([])
    const open = await ask<MovementsPage>('?unexplained=true&limit=200')
    expect(open.movements).toEqual(all.movements.filter(({ unexplained }) => unexplained))

    const [writer, reader] = [
      stockClient(server.url, cookie, trackerId),
      stockClient(server.url, cookie, trackerId),
    ]
    await until(writer.doc, () => issueRecords.has(writer.doc, issueId as IssueId))
    writer.doc.transact(() => {
      markKind(writer.doc, key as MovementKey, 'judged')
      giveReason(writer.doc, 'why' as ReasonId, [key as MovementKey], 'The call of Tuesday')
    })
    // Whoever is shown it knows that it is stored.
    await until(reader.doc, () => movementsMap(reader.doc).size > 0)
    for (const { provider } of [writer, reader]) provider.destroy()
    expect((await ask<MovementsPage>('?limit=1')).movements[0]).toEqual({
      ...some,
      kind: 'judged',
      unexplained: false,
      reason: { id: 'why', text: 'The call of Tuesday' },
    })

    for (const wrong of ['?limit=0', '?limit=201', '?kind=odd', '?unexplained=maybe', '?before=x'])
      expect((await server.ask('GET', `${path}${wrong}`, { cookie })).status, wrong).toBe(400)
  } finally {
    await server.close()
  }
}, 30_000)
