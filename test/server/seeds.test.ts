import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { user } from '#drizzle/sqlite/schema.ts'
import { Accounts } from '#server/accounts/accounts.ts'
import { Members } from '#server/accounts/members.ts'
import { DEMO_AUTHORS } from '#server/seeds/demo-edit.ts'
import { templates } from '#server/seeds/templates.ts'
import { TEMPLATES } from '#shared/api.ts'
import { compare } from '#shared/compare/compare.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import type { AccountId } from '#shared/ids.ts'
import { colourOf } from '#shared/presence.ts'
import type { Tracker } from '#shared/tracker.ts'
import { cellNamed, openDemo, type DemoWorld } from '#test/server/demo-world.ts'

describe('the templates', () => {
  const made = (name: (typeof TEMPLATES)[number]): Tracker => {
    const doc = new Y.Doc()
    createTracker(doc, 'New')
    templates[name](doc)
    return readTracker(doc)
  }

  test('empty is empty', () => {
    expect(made('empty')).toMatchObject({ parties: [], baskets: [], issues: [], cells: {} })
  })

  test.each(TEMPLATES.filter(name => name !== 'empty'))(
    '%s offers 8 to 14 described issues in 3 to 5 baskets, on scales of five points',
    name => {
      const { baskets, cells, issues, parties } = made(name)
      expect(issues.length).toBeGreaterThanOrEqual(8)
      expect(issues.length).toBeLessThanOrEqual(14)
      expect(baskets.length).toBeGreaterThanOrEqual(3)
      expect(baskets.length).toBeLessThanOrEqual(5)
      expect(parties.length).toBeGreaterThanOrEqual(3)
      expect(cells).toEqual({})
      for (const { basketId, description, scale, title } of issues) {
        expect(title).not.toBe('')
        expect(description).not.toBe('')
        expect(scale.name).not.toBe('')
        expect(new Set(scale.points.map(({ label }) => label)).size).toBe(5)
        expect(baskets.some(({ id }) => id === basketId)).toBe(true)
      }
      expect(new Set(issues.map(({ title }) => title)).size).toBe(issues.length)
    },
  )
})

describe('the demo', () => {
  let world: DemoWorld
  let at: DemoWorld['at']
  let live: DemoWorld['live']

  beforeAll(async () => {
    world = await openDemo()
    ;({ at, live } = world)
  })
  afterAll(() => world.close())

  test('has authors whose colours are not the owner’s, nor each other’s', async () => {
    const ids = (await world.storage.db.select({ id: user.id }).from(user)).map(
      ({ id }) => id as AccountId,
    )
    expect(new Set(ids.map(colourOf)).size).toBe(1 + Object.keys(DEMO_AUTHORS).length)
  })
  test('takes under a second, of two times the quicker', async () => {
    const started = performance.now()
    await world.seed()
    expect(Math.min(world.took, performance.now() - started)).toBeLessThan(1_000)
  })

  test('has six parties, five baskets and seven issues on scales of five', async () => {
    const tracker = await live()
    expect(tracker.title).toBe('US–Iran nuclear talks: the Turkey round')
    expect(tracker.parties.map(({ name }) => name)).toEqual([
      'Iran',
      'United States',
      'Turkey',
      'Egypt',
      'Qatar',
      'Israel',
    ])
    expect(tracker.baskets).toHaveLength(5)
    expect(tracker.issues).toHaveLength(7)
    for (const { scale } of tracker.issues) expect(scale.points).toHaveLength(5)
  })

  test('began with what the report supports: of 42 cells 9 have a value, 3 are on the agenda only', async () => {
    const { cells, issues, parties, redLines } = await at(0)
    const all = Object.values(cells)
    expect(issues.length * parties.length).toBe(42)
    expect(all.filter(({ stance }) => stance !== null)).toHaveLength(9)
    expect(all.filter(({ knowledge }) => knowledge === 'reported')).toHaveLength(9)
    expect(all.filter(({ knowledge }) => knowledge === 'agenda_only')).toHaveLength(3)
    expect(all.filter(({ knowledge }) => knowledge === 'not_applicable')).toHaveLength(4)
    expect(all.every(({ confidence }) => confidence === null || confidence === 'low')).toBe(true)
    expect(redLines.map(({ kind }) => kind)).toEqual(['undistinguished', 'undistinguished'])
  })

  test('says nothing of what is unknown, and rests every reported cell on claims', async () => {
    for (const tracker of [await at(0), await at(1), await at(2), await at(3), await live()])
      for (const cell of Object.values(tracker.cells)) {
        if (cell.knowledge === 'unknown' || cell.knowledge === 'not_applicable')
          expect([cell.stance, cell.position]).toEqual([null, ''])
        else expect(cell.claimIds.length).toBeGreaterThan(0)
      }
  })

  test('grades no source better than unknown, and every claim names one', async () => {
    const { claims, sources } = await live()
    expect(new Set(sources.map(({ reliability }) => reliability))).toEqual(new Set(['F']))
    for (const { sourceId } of claims)
      expect(sources.some(source => source.id === sourceId)).toBe(true)
    expect(new Set(claims.map(({ status }) => status))).toEqual(
      new Set(['reported', 'disputed', 'denied', 'superseded', 'confirmed']),
    )
  })

  test('has five labelled and noted snapshots of February 2026, in order', () => {
    expect(world.snapshots).toHaveLength(5)
    for (const { kind, label, note } of world.snapshots) {
      expect(kind).toBe('manual')
      expect(label).not.toBe('')
      expect(note).not.toBe('')
    }
    expect(world.snapshots.map(({ at }) => new Date(at).toISOString().slice(0, 10))).toEqual([
      '2026-02-02',
      '2026-02-02',
      '2026-02-03',
      '2026-02-04',
      '2026-02-04',
    ])
    const times = world.snapshots.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  test('credits the three analysts in every snapshot', () => {
    for (const { authors, by } of world.snapshots) {
      expect(new Set(authors.map(({ name }) => name))).toEqual(
        new Set(Object.values(DEMO_AUTHORS).map(({ name }) => name)),
      )
      expect(by).not.toBeNull()
    }
  })

  test('tells the story of the venue between neighbouring snapshots', async () => {
    const venues = []
    for (let index = 0; index < 5; index++)
      venues.push(cellNamed(await at(index), 'Turkey as venue', 'Iran')?.position)
    expect(venues).toEqual([
      expect.stringContaining('Turkey'),
      expect.stringContaining('Istanbul'),
      expect.stringContaining('Oman'),
      expect.stringContaining('Oman'),
      expect.stringContaining('Muscat'),
    ])
    for (let index = 1; index < 5; index++)
      expect(compare(await at(index - 1), await at(index)).cells.length).toBeGreaterThan(3)
  })

  test('tells refusing to discuss from opposing, and denied from superseded', async () => {
    const second = await at(1)
    expect(cellNamed(second, 'Missile limits', 'Iran')?.scope).toBe('off_table')
    expect(cellNamed(second, 'Nuclear compliance framework', 'Iran')?.scope).toBeNull()
    const [before, after] = [await at(3), await at(4)]
    const gone = compare(before, after).issues.filter(({ status }) => status === 'removed')
    expect(gone.map(({ before }) => before?.title)).toEqual(['Missile limits'])
    const denied = after.claims.filter(({ status }) => status === 'denied')
    expect(denied).toHaveLength(1)
  })

  test('journals every edit under its author, in time', async () => {
    const entries = await world.storage.store.readSince(world.id, 0)
    expect(new Set(entries.map(({ account }) => account)).size).toBe(3)
    const times = entries.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Date(times[0] ?? 0).toISOString().slice(0, 7)).toBe('2026-02')
    const { clients } = await world.storage.store.load(world.id)
    expect(clients.size).toBe(3)
  })

  test('belongs to its owner, and its authors are editors who cannot sign in', async () => {
    const people = await new Members(world.storage.db, Date.now).of(world.id)
    expect(people.find(({ accountId }) => accountId === world.owner)?.role).toBe('owner')
    expect(people.filter(({ role }) => role === 'editor')).toHaveLength(3)
    expect(await new Accounts({} as never, world.storage.db).isEmpty()).toBe(true)
  })

  test('can be made twice, by the same authors', async () => {
    expect(await world.seed()).not.toBe(world.id)
    expect(await world.storage.db.select().from(user)).toHaveLength(4)
  })
})
