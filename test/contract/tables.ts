/** What the queries of the server may rely on, numbered. Every backend with tables runs all of them. */
import { asc, count, eq, gt, max, sql, sum } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { audit, members, snapshots, trackers, user } from '#drizzle/sqlite/schema.ts'
import { isTaken, type Database, type Storage } from '#server/store/database.ts'
import { ada, batch, name } from '#test/contract/store.ts'

/** A place where tables are kept: what one storage wrote, the next one that is opened there finds. */
export interface TablesPlace {
  readonly open: () => Promise<Storage>
  readonly remove: () => Promise<void>
}

const tracker = (id: string, title = 'T') => ({ id, title, createdAt: 1, editedAt: 2 })
const person = (id: string, more: Partial<typeof user.$inferInsert> = {}) => {
  const date = new Date('2026-02-04T10:20:30.123Z')
  return { id, name: id, email: `${id}@example.org`, createdAt: date, updatedAt: date, ...more }
}

/** What an account is about which nothing was said. */
const PRESET = {
  kind: 'person',
  serverRole: 'member',
  twoFactorEnabled: false,
  closedAt: null,
} as const

export const describeTables = (storeName: string, newPlace: () => Promise<TablesPlace>): void => {
  describe(`the tables on ${storeName}`, () => {
    let place: TablesPlace
    let storage: Storage
    let db: Database

    const open = async (): Promise<void> => {
      storage = await place.open()
      db = storage.db
    }
    beforeEach(async () => {
      place = await newPlace()
      await open()
    })
    afterEach(async () => {
      await storage.close()
      await place.remove()
    })
    const reopen = async (): Promise<void> => {
      await storage.close()
      await open()
    }

    test('T1 what went in comes out as the same values of the same types', async () => {
      const state = Buffer.from([0, 255, 1, 92, 120])
      const snapshot = {
        id: 's1',
        trackerId: 'one',
        seq: 2 ** 53 - 1,
        at: 1_795_385_520_754,
        kind: 'manual' as const,
        label: 'it\'s "quoted" \\ $1 ? \' -- /* 🕊 کارشناس',
        note: '',
        by: null,
        authors: ['ada', 'bo "two"'],
        summary: { about: [], zero: 0, half: 0.5, text: 'a\0b\u2028', deep: [{ no: null }] },
        state,
        pinned: true,
        standsFor: 3,
      }
      await db.insert(trackers).values(tracker('one'))
      await db.insert(snapshots).values(snapshot)
      await db.insert(user).values([person('ada', { emailVerified: true }), person('bo')])
      await reopen()
      const [stored] = await db.select().from(snapshots)
      expect(stored).toEqual(snapshot)
      expect(Buffer.isBuffer(stored?.state)).toBe(true)
      expect(await db.select().from(user).orderBy(user.id)).toEqual([
        { ...person('ada'), ...PRESET, emailVerified: true, image: null },
        { ...person('bo'), ...PRESET, emailVerified: false, image: null },
      ])
      expect(await db.select().from(user).where(eq(user.emailVerified, true))).toHaveLength(1)
      expect(await db.query.trackers.findFirst()).toEqual({
        ...tracker('one'),
        archivedAt: null,
        classification: '',
      })
    })

    test('T2 counts, sums and the greatest are numbers', async () => {
      await db.insert(trackers).values([tracker('one'), { ...tracker('two'), editedAt: 2 ** 42 }])
      const [totals] = await db
        .select({
          many: count(),
          latest: max(trackers.editedAt),
          all: sum(trackers.createdAt).mapWith(Number),
          raw: sql<number>`(select count(*) from trackers as others where others.edited_at > ${trackers.createdAt})`,
        })
        .from(trackers)
        .groupBy(trackers.createdAt)
      expect(totals).toEqual({ many: 2, latest: 2 ** 42, all: 2, raw: 2 })
    })

    test('T3 texts are sorted by their characters’ codes', async () => {
      const names = ['b', 'B', 'a', 'é', '_', '-', 'Z', 'z', '1']
      await db.insert(trackers).values(names.map(title => tracker(`id ${title}`, title)))
      const rows = await db.select().from(trackers).orderBy(asc(trackers.title))
      expect(rows.map(({ title }) => title)).toEqual(names.toSorted())
      expect(await db.select().from(trackers).where(gt(trackers.title, 'a'))).toHaveLength(3)
    })

    test('T4 a batch is all or nothing', async () => {
      const twice = db.batch([
        db.insert(trackers).values(tracker('one')),
        db.insert(trackers).values(tracker('one')),
      ])
      await expect(twice).rejects.toSatisfy(isTaken)
      expect(await db.select().from(trackers)).toEqual([])
    })

    test('T5 a batch answers each of its statements', async () => {
      const [, inserted, all, one, none] = await db.batch([
        db.insert(trackers).values(tracker('one')),
        db.insert(trackers).values(tracker('two')).returning({ id: trackers.id }),
        db.select().from(trackers).orderBy(trackers.id),
        db.query.trackers.findFirst({ where: sql`id = 'one'` }),
        db.query.trackers.findFirst({ where: sql`id = 'three'` }),
      ])
      expect(inserted).toEqual([{ id: 'two' }])
      expect(all.map(({ id }) => id)).toEqual(['one', 'two'])
      expect(one).toMatchObject({ id: 'one', archivedAt: null })
      expect(none).toBeUndefined()
    })

    test('T6 no statement slips into a batch, and no transaction stays open', async () => {
      const [failed] = await Promise.allSettled([
        db.batch([
          db.insert(trackers).values(tracker('one')),
          db.insert(trackers).values(tracker('one')),
        ]),
        db.insert(trackers).values(tracker('two')),
        storage.store.append([batch(name('a'), 1)]),
      ])
      expect(failed.status).toBe('rejected')
      expect((await db.select().from(trackers)).map(({ id }) => id)).toEqual(['two'])
      expect((await storage.store.load(name('a'))).head).toBe(1)

      await expect(db.run(sql`BEGIN`)).rejects.toMatchObject({
        cause: { message: 'A transaction must be one call: use batch' },
      })
      await db.insert(trackers).values(tracker('three'))
      await reopen()
      expect(await db.select().from(trackers)).toHaveLength(2)
    })

    test('T7 a transaction by callback says what to do instead', async () => {
      const open = db as unknown as { transaction: (work: () => void) => Promise<void> }
      await expect(open.transaction(() => undefined)).rejects.toThrow('use db.batch')
    })

    test('T8 a key that is taken is told from other failures', async () => {
      await db.insert(user).values(person('ada'))
      await expect(db.insert(user).values(person('ada'))).rejects.toSatisfy(isTaken)
      const sameMail = { ...person('bo'), email: 'ada@example.org' }
      await expect(db.insert(user).values(sameMail)).rejects.toSatisfy(isTaken)
      const wrong = await db
        .run(sql`INSERT INTO nowhere VALUES (1)`)
        .catch((error: unknown) => error)
      expect(isTaken(wrong)).toBe(false)
      const orphan = { trackerId: 'none', accountId: 'none', role: 'owner', joinedAt: 1 } as const
      const refused = await db
        .insert(members)
        .values(orphan)
        .catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(Error)
      expect(isTaken(refused)).toBe(false)
    })

    test('T9 a row that is there already can be changed or left', async () => {
      await db.insert(user).values(person(ada))
      await db.insert(trackers).values(tracker('one'))
      const member = { trackerId: 'one', accountId: ada, joinedAt: 1 }
      const set = { role: 'viewer' } as const
      await db.insert(members).values({ ...member, role: 'owner' })
      await db
        .insert(members)
        .values({ ...member, role: 'viewer' })
        .onConflictDoUpdate({ target: [members.trackerId, members.accountId], set })
      await db
        .insert(members)
        .values({ ...member, role: 'editor' })
        .onConflictDoNothing()
      expect(await db.select().from(members)).toEqual([{ ...member, role: 'viewer' }])
    })

    test('T10 a text with a zero in it is no failure, and harms nothing around it', async () => {
      await db.insert(trackers).values(tracker('one', 'a\0b'))
      const [row] = await db.select().from(trackers)
      expect(row?.title).toMatch(/^a[\0\uFFFD]b$/)
    })

    test('T11 a row of the audit log is neither changed nor removed nor replaced', async () => {
      const row = { seq: 1, at: 1, what: 'signed in', by: ada, byName: 'Ada', from: '192.0.2.1' }
      const noted = { ...row, trackerId: null, subject: '', detail: '', previous: '', hash: 'h' }
      await db.insert(audit).values(noted)
      const other = { ...noted, byName: 'Bo' }
      const attempts = [
        () => db.update(audit).set({ byName: 'Bo' }),
        () => db.delete(audit),
        () => db.insert(audit).values(other),
        () =>
          db
            .insert(audit)
            .values(other)
            .onConflictDoUpdate({ target: audit.seq, set: { byName: 'Bo' } }),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow()
      await reopen()
      expect(await db.select().from(audit)).toEqual([noted])
    })
  })
}
