/** What only a real database shows: several stores that write the same documents at the same moment. */
import { expect, test } from 'vitest'
import { Members } from '#server/accounts/members.ts'
import { user } from '#drizzle/sqlite/schema.ts'
import { Trackers } from '#server/accounts/trackers.ts'
import type { Storage } from '#server/store/database.ts'
import { additionsOf, append } from '#server/store/postgres-journal.ts'
import { ForeignClientError, type Entry } from '#server/store/store.ts'
import type { DocumentName } from '#shared/access.ts'
import { newId, type AccountId, type TrackerId } from '#shared/ids.ts'
import { onServer } from '#test/contract/postgres-server.ts'
import { describePostgres, eventually, freshDatabase } from '#test/contract/postgres-tests.ts'
import { ada, batch, bo, bytes, name } from '#test/contract/store.ts'
import { seededDice } from '#test/simulation/dice.ts'

const A = name('a')
const B = name('b')
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
const seqsOf = (entries: readonly Entry[]) => entries.map(({ seq }) => seq)

describePostgres('many stores on one PostgreSQL', server => {
  const database = freshDatabase(server)
  const { sql, url } = database
  const open = () => database.open({ isShared: true })
  const waitingForLocks = async (): Promise<number> => {
    const waiting = await sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return waiting.length
  }
  const openMany = (many: number) => Promise.all(upTo(many).map(open))

  test('they may start at the same time on a database that is empty', async () => {
    const storages = await openMany(4)
    for (const { store } of storages) expect((await store.load(A)).head).toBe(0)
  })

  test.each([1, 2, 3, 4])(
    'numbers have no gaps, and a reader misses none (seed %i)',
    async seed => {
      const documents = ['a', 'b', 'c', 'a.discussion'].map(name)
      const writers = await openMany(4)
      const { store: reader } = await open()
      const promised = new Map<string, string>()
      const written = new Map<DocumentName, number>()

      const write = async ({ store }: Storage, who: number) => {
        const dice = seededDice(seed * 100 + who)
        for (const round of upTo(40)) {
          const chosen = documents.filter(() => dice.below(10) < 6)
          if (dice.once(2)) chosen.reverse()
          const many = new Map(chosen.map(document => [document, 1 + dice.below(3)]))
          const heads = await store.append(
            chosen.map(document => ({
              document,
              drafts: upTo(many.get(document) ?? 0).map(nth => ({
                account: ada,
                at: nth,
                update: bytes(who, round, nth),
              })),
            })),
          )
          for (const [document, count] of many) {
            const head = heads.get(document) ?? 0
            written.set(document, (written.get(document) ?? 0) + count)
            for (const nth of upTo(count))
              promised.set(`${document} ${head - count + nth}`, [who, round, nth].join())
          }
        }
      }
      const followed = new Map<DocumentName, Entry[]>(documents.map(document => [document, []]))
      const writing = Promise.all(writers.map(write))
      await Promise.all(
        [...followed].map(([document, entries]) =>
          throughout(writing, async () => {
            entries.push(...(await reader.readSince(document, entries.length)))
            const loaded = await reader.load(document)
            expect(loaded.head).toBe(loaded.entries.length)
          }),
        ),
      )

      for (const [document, entries] of followed) {
        expect(seqsOf(entries), document).toEqual(upTo(written.get(document) ?? 0))
        for (const { seq, update } of entries)
          expect([...update].join(), `${document} ${seq}`).toBe(promised.get(`${document} ${seq}`))
      }
    },
  )

  test('who has a number and no commit yet holds up the next of that document, and no other', async () => {
    const { store } = await open()
    await onServer(url(), async slow => {
      await slow.query('BEGIN')
      await append(slow, additionsOf([batch(A, 1)]))
      const other = await open()
      const next = other.store.append([batch(A, 2)])
      await eventually(waitingForLocks).toBe(1)
      expect(await store.append([batch(B, 9)])).toEqual(new Map([[B, 1]]))
      expect(await store.readSince(A, 0)).toEqual([])
      await slow.query('COMMIT')
      expect(await next).toEqual(new Map([[A, 2]]))
    })
    expect(seqsOf(await store.readSince(A, 0))).toEqual([1, 2])
  })

  test('a number whose transaction is undone is handed out again', async () => {
    const { store } = await open()
    await onServer(url(), async slow => {
      await slow.query('BEGIN')
      await append(slow, additionsOf([batch(A, 1, 2, 3)]))
      const next = store.append([batch(A, 4)])
      await eventually(waitingForLocks).toBe(1)
      await slow.query('ROLLBACK')
      expect(await next).toEqual(new Map([[A, 1]]))
    })
  })

  test('a client id that many claim at once goes to one of them', async () => {
    const storages = await openMany(4)
    for (const client of upTo(20)) {
      const attempts = await Promise.allSettled(
        storages.map(({ store }, who) =>
          store.append([
            { ...batch(A, who), clients: new Map([[client, `account ${who}` as AccountId]]) },
          ]),
        ),
      )
      const refused = attempts.filter(({ status }) => status === 'rejected')
      expect(refused).toHaveLength(storages.length - 1)
      for (const { reason } of refused as PromiseRejectedResult[])
        expect(reason).toBeInstanceOf(ForeignClientError)
    }
    const { clients, head } = await (await open()).store.load(A)
    expect(head).toBe(20)
    expect(clients.size).toBe(20)
  })

  test('checkpoints that many keep at once never go backwards', async () => {
    const [first, ...others] = await openMany(4)
    const last = 200
    await first?.store.append([batch(A, ...upTo(last))])
    const keeping = Promise.all(
      others.map(async ({ store }, who) => {
        const dice = seededDice(who)
        for (const step of upTo(60)) {
          const mark = Math.min(last, step * 3 + dice.below(20))
          await store.checkpoint(A, { upTo: mark, state: bytes(mark) })
        }
      }),
    )
    const seen: number[] = []
    await throughout(keeping, async () => {
      seen.push((await first?.store.load(A))?.checkpoint?.upTo ?? 0)
    })
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    const { checkpoint } = (await first?.store.load(A)) ?? {}
    expect(checkpoint?.state).toEqual(bytes(checkpoint?.upTo ?? -1))
    expect(checkpoint?.upTo).toBeGreaterThanOrEqual(180)
  })

  test('chapters that many bind at once lose nothing, while others append and read', async () => {
    const [first, second, third] = await openMany(3)
    if (!first || !second || !third) throw new Error('unreachable')
    for (const round of upTo(30))
      await first.store.append([batch(A, ...upTo(100).map(nth => (round * 100 + nth) % 256))])
    const bind = ({ store }: Storage) => store.compact(A).catch(String)
    const [one, two] = await Promise.all([
      bind(first),
      bind(second),
      ...upTo(20).map(nth => third.store.append([batch(A, nth)])),
      ...upTo(10).map(async () => {
        const entries = await third.store.readSince(A, 0)
        expect(seqsOf(entries)).toEqual(upTo(entries.length))
      }),
    ])
    for (const answer of [one, two])
      expect(answer === undefined || /Somebody else binds/.test(String(answer))).toBe(true)
    await first.store.compact(A)
    expect(seqsOf(await second.store.readSince(A, 0))).toEqual(upTo(3_020))
  })

  test('of two owners who step down at once, one stays', async () => {
    const [one, other] = await openMany(2)
    if (!one || !other) throw new Error('unreachable')
    const date = new Date(0)
    const person = (id: AccountId) => ({
      id,
      name: id,
      email: `${id}@example.org`,
      createdAt: date,
      updatedAt: date,
    })
    await one.db.insert(user).values([person(ada), person(bo)])
    for (const _ of upTo(15)) {
      const tracker = newId<TrackerId>()
      await new Trackers(one.db, Date.now).enter(tracker, 'T', ada)
      const [mine, theirs] = [new Members(one.db, Date.now), new Members(other.db, Date.now)]
      await mine.add(tracker, bo, 'owner')
      const changes = await Promise.all([
        mine.setRole(tracker, ada, 'editor'),
        theirs.remove(tracker, bo),
      ])
      expect(changes.sort()).toEqual(['done', 'last owner'])
      expect((await mine.of(tracker)).filter(({ role }) => role === 'owner')).toHaveLength(1)
    }
  })
})

/** Looks again and again while the work goes on, and once when it is done. */
const throughout = async (work: Promise<unknown>, look: () => Promise<void>): Promise<void> => {
  let isDone = false
  const done = work.finally(() => (isDone = true))
  for (;;) {
    const isLast = isDone
    await look()
    if (isLast) return void (await done)
  }
}
