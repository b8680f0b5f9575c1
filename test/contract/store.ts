/** The promises of server/store/store.ts, numbered. Every store runs all of them. */
import { zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DocumentName } from '#shared/access.ts'
import { decodeChapters, encodeChapters } from '#shared/history/chapter.ts'
import type { AccountId } from '#shared/ids.ts'
import { ForeignClientError, type Batch, type Entry, type Store } from '#server/store/store.ts'

/** A place where stores keep things: what one store wrote, the next one that is opened there finds. */
export interface Place {
  readonly open: () => Promise<Store>
  /** Whether the files hold a text anywhere; undefined where there are none. */
  readonly holds?: (text: string) => Promise<boolean>
  readonly remove: () => Promise<void>
}

export const name = (text: string) => text as DocumentName
export const ada = 'ada' as AccountId
export const bo = 'bo' as AccountId
const A = name('a')
const B = name('b')

export const bytes = (...values: readonly number[]) => Uint8Array.from(values)

/** One draft per number: its only byte is the number, its time 1,000 times the number. */
export const drafts = (account: AccountId, ...numbers: readonly number[]) =>
  numbers.map(number => ({ account, at: number * 1_000, update: bytes(number) }))

export const batch = (document: DocumentName, ...numbers: readonly number[]): Batch => ({
  document,
  drafts: drafts(ada, ...numbers),
})

/** The bytes of entries that hold one byte each. */
const numbersOf = (entries: readonly Entry[]) => entries.map(({ update }) => update[0])
const seqsOf = (entries: readonly Entry[]) => entries.map(({ seq }) => seq)
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

export const describeStore = (storeName: string, newPlace: () => Promise<Place>): void => {
  describe(`the store contract on ${storeName}`, () => {
    let place: Place
    let store: Store

    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
    })

    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const reopen = async () => {
      await store.close()
      store = await place.open()
    }

    test('S1 an unknown document is empty, not an error', async () => {
      expect(await store.load(A)).toEqual({
        checkpoint: null,
        entries: [],
        head: 0,
        clients: new Map(),
      })
      expect(await store.readSince(A, 0)).toEqual([])
      expect(await store.readSince(A, 7)).toEqual([])
    })

    test('S2 what was appended comes back in order, with author and time', async () => {
      const strange = 'Zoë/کارشناس' as AccountId
      const given = [
        { account: ada, at: 1_795_385_520_754, update: bytes(1, 2, 3) },
        { account: strange, at: 1_795_385_520_000, update: bytes() },
        { account: ada, at: 0, update: bytes(255, 0) },
      ]
      await store.append([{ document: A, drafts: given }])
      await store.append([{ document: A, drafts: drafts(bo, 9) }])
      const { entries, head } = await store.load(A)
      expect(entries).toEqual(
        [...given, ...drafts(bo, 9)].map((draft, index) => ({ ...draft, seq: index + 1 })),
      )
      expect(head).toBe(4)
    })

    test('S3 append answers the new head of each document', async () => {
      expect(await store.append([batch(A, 1, 2), batch(B, 1)])).toEqual(
        new Map([
          [A, 2],
          [B, 1],
        ]),
      )
      expect(await store.append([batch(B, 2, 3)])).toEqual(new Map([[B, 3]]))
      expect(await store.append([])).toEqual(new Map())
    })

    test('S4 a document sees none of the entries of a name that looks like its own', async () => {
      const names = [
        'a',
        'A',
        'aa',
        'a_',
        'a-',
        'a.discussion',
        'aa.discussion',
        '_',
        '-',
        '1',
        '01',
      ]
      await store.append(names.map((text, index) => batch(name(text), index)))
      for (const [index, text] of names.entries()) {
        expect(numbersOf((await store.load(name(text))).entries), text).toEqual([index])
        expect(numbersOf(await store.readSince(name(text), 0)), text).toEqual([index])
      }
      expect((await store.load(name('aaa'))).head).toBe(0)
    })

    test('S5 one append may hold a document twice, and a document without edits', async () => {
      const heads = await store.append([batch(A, 1, 2), batch(B), batch(A, 3)])
      expect(heads).toEqual(
        new Map([
          [A, 3],
          [B, 0],
        ]),
      )
      expect(numbersOf((await store.load(A)).entries)).toEqual([1, 2, 3])
      expect(await store.append([batch(A)])).toEqual(new Map([[A, 3]]))
    })

    test('S6 a refused append stores nothing, of no document, and numbers go on without a gap', async () => {
      await store.append([{ ...batch(A, 1), clients: new Map([[7, ada]]) }])
      const refused = store.append([
        { ...batch(B, 1), clients: new Map([[1, bo]]) },
        batch(A, 2),
        { document: A, drafts: drafts(bo, 3), clients: new Map([[7, bo]]) },
        batch(name('c'), 1),
      ])
      await expect(refused).rejects.toThrow(ForeignClientError)
      await expect(refused).rejects.toMatchObject({ document: A, client: 7 })
      expect(await store.load(B)).toMatchObject({ head: 0, entries: [], clients: new Map() })
      expect((await store.load(name('c'))).head).toBe(0)
      expect(await store.append([batch(A, 4)])).toEqual(new Map([[A, 2]]))
      expect(numbersOf((await store.load(A)).entries)).toEqual([1, 4])
    })

    test('S7 a client id belongs to one account in each document, for ever', async () => {
      const big = 2 ** 53 - 1
      await store.append([
        { ...batch(A, 1), clients: new Map([[7, ada]]) },
        { ...batch(B), clients: new Map([[7, bo]]) },
      ])
      await store.append([
        {
          ...batch(A),
          clients: new Map([
            [7, ada],
            [big, bo],
          ]),
        },
      ])
      const bound = new Map([
        [7, ada],
        [big, bo],
      ])
      expect((await store.load(A)).clients).toEqual(bound)
      expect((await store.load(B)).clients).toEqual(new Map([[7, bo]]))
      await reopen()
      expect((await store.load(A)).clients).toEqual(bound)
      await expect(store.append([{ ...batch(A), clients: new Map([[big, ada]]) }])).rejects.toThrow(
        ForeignClientError,
      )
    })

    test('S8 two accounts cannot bind one client id in one append', async () => {
      const refused = store.append([
        { ...batch(A, 1), clients: new Map([[7, ada]]) },
        { ...batch(A, 2), clients: new Map([[7, bo]]) },
      ])
      await expect(refused).rejects.toThrow(ForeignClientError)
      expect(await store.load(A)).toMatchObject({ head: 0, clients: new Map() })
    })

    test('S9 appends that are not awaited keep their order and leave no gaps', async () => {
      const heads = await Promise.all(
        upTo(60).map(number => store.append([batch(A, number), batch(B, number, number)])),
      )
      expect(heads.map(head => head.get(A))).toEqual(upTo(60))
      expect(heads.map(head => head.get(B))).toEqual(upTo(60).map(number => number * 2))
      const { entries } = await store.load(A)
      expect(seqsOf(entries)).toEqual(upTo(60))
      expect(numbersOf(entries)).toEqual(upTo(60))
      expect(seqsOf((await store.load(B)).entries)).toEqual(upTo(120))
    })

    test('S10 reading sees every append that was asked for before it', async () => {
      const appended = store.append([batch(A, 1)])
      const read = store.readSince(A, 0)
      await appended
      expect(numbersOf(await read)).toEqual([1])
    })

    test('S11 readSince is exclusive, ascending and ends where it is told, wherever flushes began and ended', async () => {
      await store.append([batch(A, 1, 2, 3)])
      await store.append([batch(A, 4)])
      await store.append([batch(A, 5, 6)])
      for (const seq of [0, 1, 2, 3, 4, 5, 6, 7]) {
        expect(seqsOf(await store.readSince(A, seq)), `since ${seq}`).toEqual(
          upTo(6).filter(number => number > seq),
        )
        for (const end of [0, 1, 2, 3, 4, 5, 6, 7])
          expect(seqsOf(await store.readSince(A, seq, end)), `since ${seq} to ${end}`).toEqual(
            upTo(6).filter(number => number > seq && number <= end),
          )
      }
    })

    test('S12 a checkpoint shortens what is loaded and forgets nothing', async () => {
      await store.append([batch(A, 1, 2, 3), batch(B, 1)])
      await store.append([batch(A, 4, 5)])
      for (const last of [2, 3, 4, 5]) {
        await store.checkpoint(A, { upTo: last, state: bytes(100, last) })
        const stored = await store.load(A)
        expect(stored.checkpoint).toEqual({ upTo: last, state: bytes(100, last) })
        expect(seqsOf(stored.entries)).toEqual(upTo(5).filter(number => number > last))
        expect(stored.head).toBe(5)
        expect(numbersOf(await store.readSince(A, 0))).toEqual(upTo(5))
      }
      expect((await store.load(B)).checkpoint).toBeNull()
      expect(await store.append([batch(A, 6)])).toEqual(new Map([[A, 6]]))
      expect(seqsOf((await store.load(A)).entries)).toEqual([6])
    })

    test('S13 a checkpoint never goes backwards, nor beyond the head', async () => {
      await store.append([batch(A, 1, 2, 3)])
      const kept = { upTo: 2, state: bytes(2) }
      await store.checkpoint(A, { upTo: 0, state: bytes(0) })
      await store.checkpoint(A, { upTo: 4, state: bytes(4) })
      expect((await store.load(A)).checkpoint).toBeNull()
      await store.checkpoint(A, kept)
      for (const wrong of [-1, 0, 1, 2, 4, 100]) {
        await store.checkpoint(A, { upTo: wrong, state: bytes(99) })
      }
      expect((await store.load(A)).checkpoint).toEqual(kept)
      await store.checkpoint(B, { upTo: 1, state: bytes(1) })
      await store.checkpoint(B, { upTo: 0, state: bytes(1) })
      expect(await store.load(B)).toMatchObject({ checkpoint: null, head: 0 })
    })

    test('S14 bytes are taken as they are at the call, and handed out as copies of their own', async () => {
      const pool = Buffer.from('..abc..')
      const update = pool.subarray(2, 5)
      const clients = new Map([[1, ada]])
      const held = store.append([
        { document: A, drafts: [{ account: ada, at: 1, update }], clients },
      ])
      pool.fill(0)
      clients.set(2, bo)
      await held

      const [first] = await store.readSince(A, 0)
      expect(first?.update).toEqual(bytes(97, 98, 99))
      expect(Object.getPrototypeOf(first?.update)).toBe(Uint8Array.prototype)
      expect(first?.update.buffer.byteLength).toBe(3)
      first?.update.fill(0)
      expect((await store.load(A)).entries[0]?.update).toEqual(bytes(97, 98, 99))
      expect((await store.load(A)).clients).toEqual(new Map([[1, ada]]))
    })

    test('S15 a checkpoint is a copy, too', async () => {
      const state = bytes(1, 2, 3)
      await store.append([batch(A, 1)])
      const kept = store.checkpoint(A, { upTo: 1, state })
      state.fill(0)
      await kept
      const first = (await store.load(A)).checkpoint
      expect(first?.state).toEqual(bytes(1, 2, 3))
      expect(Object.getPrototypeOf(first?.state)).toBe(Uint8Array.prototype)
      first?.state.fill(0)
      expect((await store.load(A)).checkpoint?.state).toEqual(bytes(1, 2, 3))
    })

    test('S16 five megabytes in one edit and in a checkpoint come back whole', async () => {
      const large = new Uint8Array(5 * 1024 * 1024).map((_, index) => index * 31 + (index >> 8))
      await store.append([{ document: A, drafts: [{ account: ada, at: 1, update: large }] }])
      await store.append([batch(A, 2)])
      await reopen()
      expect(Buffer.compare((await store.load(A)).entries[0]?.update ?? bytes(), large)).toBe(0)
      await store.checkpoint(A, { upTo: 1, state: large })
      await reopen()
      const { checkpoint, entries } = await store.load(A)
      expect(Buffer.compare(checkpoint?.state ?? bytes(), large)).toBe(0)
      expect(numbersOf(entries)).toEqual([2])
    })

    test('S17 everything is there when the store is opened again', async () => {
      await store.append([{ ...batch(A, 1, 2), clients: new Map([[7, ada]]) }, batch(B, 1)])
      await store.checkpoint(A, { upTo: 1, state: bytes(42) })
      const before = [await store.load(A), await store.load(B)]
      await reopen()
      expect([await store.load(A), await store.load(B)]).toEqual(before)
      expect(await store.append([batch(A, 3)])).toEqual(new Map([[A, 3]]))
    })

    test('S18 closing waits for what was asked before; afterwards every call rejects', async () => {
      const appended = store.append([batch(A, 1)])
      const read = store.readSince(A, 0)
      const loaded = store.load(B)
      await Promise.all([store.close(), store.close()])
      expect(await appended).toEqual(new Map([[A, 1]]))
      expect(numbersOf(await read)).toEqual([1])
      expect((await loaded).head).toBe(0)
      await expect(store.load(A)).rejects.toThrow('closed')
      await expect(store.append([batch(A, 2)])).rejects.toThrow('closed')
      await expect(store.readSince(A, 0)).rejects.toThrow('closed')
      await expect(store.checkpoint(A, { upTo: 1, state: bytes() })).rejects.toThrow('closed')
      await expect(store.compact(A)).rejects.toThrow('closed')
      await store.close()
      store = await place.open()
      expect((await store.load(A)).head).toBe(1)
    })

    test(
      'S20 compacting changes nothing that can be read, and goes on as the document grows',
      { timeout: 30_000 },
      async () => {
        let last = 0
        const grow = async (flushes: number, size: number) => {
          for (let flush = 0; flush < flushes; flush++) {
            const numbers = upTo(size).map(more => last + more)
            await store.append([
              { document: A, drafts: drafts(last % 2 ? ada : bo, ...numbers) },
              batch(B, last),
            ])
            last += size
          }
        }
        await grow(150, 7)
        await store.checkpoint(A, { upTo: 700, state: bytes(7) })
        await store.append([{ ...batch(A), clients: new Map([[7, ada]]) }])
        for (const more of [0, 0, 3, 1_200, 0]) {
          await grow(more > 100 ? 2 : more, more > 100 ? more : 1)
          const before = [await store.load(A), await store.load(B), await store.readSince(A, 0)]
          await store.compact(A)
          expect([await store.load(A), await store.load(B), await store.readSince(A, 0)]).toEqual(
            before,
          )
          await reopen()
          expect(await store.load(A)).toEqual(before[0])
          for (const seq of [1, 699, 999, 1_000, 1_001, 1_049, 1_050, last - 1, last]) {
            expect(seqsOf(await store.readSince(A, seq))).toEqual(
              upTo(last).filter(number => number > seq),
            )
            expect(seqsOf(await store.readSince(A, seq, 1_020))).toEqual(
              upTo(Math.min(last, 1_020)).filter(number => number > seq),
            )
          }
        }
        expect(await store.append([batch(A, 1)])).toEqual(new Map([[A, last + 1]]))
        await store.compact(name('unknown'))
        expect((await store.load(name('unknown'))).head).toBe(0)
      },
    )

    test(
      'S21 compacting and appending at once lose nothing and double nothing',
      { timeout: 30_000 },
      async () => {
        const append = (number: number) => store.append([batch(A, ...upTo(90).map(() => number))])
        const work = upTo(60).flatMap(number => [
          append(number),
          ...(number % 9 === 0 ? [store.compact(A), store.compact(A)] : []),
        ])
        await Promise.all(work)
        const entries = await store.readSince(A, 0)
        expect(seqsOf(entries)).toEqual(upTo(60 * 90))
        expect(numbersOf(entries)).toEqual(upTo(60).flatMap(number => upTo(90).map(() => number)))
      },
    )

    test('S23 chapters hold the same entries, bound or not, the first perhaps some earlier ones', async () => {
      const expectSame = async (): Promise<void> => {
        const { head } = await store.load(A)
        for (const seq of [-1, 0, 1, 999, 1_000, 1_001, 1_050, head - 1, head, head + 1]) {
          const bytes = encodeChapters(await store.chapters(A, seq))
          const entries = [...decodeChapters(bytes, zstdDecompressSync)].flat()
          const [first = head + 1] = seqsOf(entries)
          expect(first).toBeLessThanOrEqual(Math.max(1, Math.min(seq, head) + 1))
          expect(entries).toEqual(await store.readSince(A, first - 1))
        }
      }
      await expectSame()
      for (let last = 0; last < 1_400; last += 7)
        await store.append([
          batch(A, ...upTo(7).map(more => (last + more) % 250)),
          { document: A, drafts: drafts(bo, last % 250) },
          batch(B, last % 250),
        ])
      await expectSame()
      await store.compact(A)
      await expectSame()
      await reopen()
      await expectSame()
      expect(await store.chapters(name('unknown'), 0)).toEqual([])
    })

    test('S24 a rewriting changes updates and nothing else, in chapters, in the tail and in the checkpoint', async () => {
      const given: Entry[] = []
      for (let last = 0; last < 1_200; last += 60) {
        const edits = upTo(60).map(more => ({
          account: more % 2 ? ada : bo,
          at: 7 * (last + more),
          update: bytes(1, (last + more) % 250),
        }))
        await store.append([{ document: A, drafts: edits }, batch(B, last % 250)])
        given.push(...edits.map((edit, index) => ({ ...edit, seq: last + index + 1 })))
      }
      await store.checkpoint(A, { upTo: 1_100, state: bytes(1, 1) })
      await store.checkpoint(B, { upTo: 3, state: bytes(9) })
      await store.compact(A)
      const other = await store.load(B)
      const updates = new Map([3, 700, 1_000, 1_150, 5_000].map(seq => [seq, bytes(2, seq % 250)]))
      const wanted = given.map(entry => ({
        ...entry,
        update: updates.get(entry.seq) ?? entry.update,
      }))
      // Twice: one that was interrupted begins anew.
      for (const state of [bytes(2, 2, 2), bytes(2, 2)]) {
        await store.rewrite(A, { updates, checkpoint: { upTo: 1_100, state } })
        await store.rewrite(name('unknown'), { updates, checkpoint: null })
        for (const again of [false, true]) {
          if (again) await reopen()
          expect(await store.readSince(A, 0)).toEqual(wanted)
          expect(await store.load(A)).toMatchObject({
            checkpoint: { upTo: 1_100, state },
            entries: wanted.slice(1_100),
            head: 1_200,
          })
          expect(await store.load(B)).toEqual(other)
        }
      }
      const chapters = encodeChapters(await store.chapters(A, 0))
      expect([...decodeChapters(chapters, zstdDecompressSync)].flat()).toEqual(wanted)
      expect(await store.append([batch(A, 5)])).toEqual(new Map([[A, 1_201]]))
    })

    test('S25 a checkpoint that was not rewritten goes with a rewriting', async () => {
      await store.append([batch(A, 1, 2, 3)])
      for (const checkpoint of [null, { upTo: 1, state: bytes(7) }]) {
        await store.checkpoint(A, { upTo: 2, state: bytes(2) })
        await store.rewrite(A, { updates: new Map([[1, bytes(9)]]), checkpoint })
        const stored = await store.load(A)
        expect(stored.checkpoint).toBeNull()
        expect(numbersOf(stored.entries)).toEqual([9, 2, 3])
      }
    })

    test('S26 after a scrub no byte is left of what was replaced, wherever it once lay', async () => {
      const { holds } = place
      const secret = 'correct horse battery staple'
      const words = (text: string) => new TextEncoder().encode(text)
      const long = words(`${secret} ${crypto.randomUUID()}`.repeat(300))
      for (let nth = 0; nth < 30; nth++)
        await store.append([
          {
            document: A,
            drafts: [{ account: ada, at: nth, update: nth % 3 ? words(secret) : long }],
          },
          batch(B, nth),
        ])
      await store.checkpoint(A, { upTo: 10, state: long })
      if (holds) expect(await holds(secret)).toBe(true)
      const updates = new Map(upTo(30).map(seq => [seq, bytes(seq)]))
      await store.rewrite(A, { updates, checkpoint: null })
      await store.scrub()
      if (holds) expect(await holds(secret)).toBe(false)
      expect(numbersOf(await store.readSince(A, 0))).toEqual(upTo(30))
      expect(await store.append([batch(A, 31)])).toEqual(new Map([[A, 31]]))
      await reopen()
      expect(numbersOf((await store.load(A)).entries)).toEqual(upTo(31))
      if (holds) expect(await holds(secret)).toBe(false)
    })

    test.each([1, 2, 3, 4, 5])('S19 any run of calls equals a plain list (seed %i)', async seed => {
      const document = fc.constantFrom(A, B, name('a.discussion'))
      const step = fc.oneof(
        fc.record({ kind: fc.constant('append'), document, count: fc.nat(4) }),
        fc.record({ kind: fc.constant('checkpoint'), document, count: fc.nat(12) }),
        fc.record({ kind: fc.constant('reopen'), document, count: fc.nat(0) }),
        fc.record({ kind: fc.constant('compact'), document, count: fc.nat(0) }),
      )
      const [steps = []] = fc.sample(fc.array(step, { minLength: 30, maxLength: 60 }), {
        seed,
        numRuns: 1,
      })
      const heads = new Map<DocumentName, number>()
      const checkpoints = new Map<DocumentName, number>()
      for (const { kind, document, count } of steps) {
        const head = heads.get(document) ?? 0
        const checkpoint = checkpoints.get(document) ?? 0
        if (kind === 'append') {
          await store.append([batch(document, ...upTo(count).map(more => head + more))])
          heads.set(document, head + count)
        } else if (kind === 'checkpoint') {
          await store.checkpoint(document, { upTo: count, state: bytes(count) })
          if (count <= head && count > checkpoint) checkpoints.set(document, count)
        } else if (kind === 'compact') await store.compact(document)
        else await reopen()

        const stored = await store.load(document)
        const folded = checkpoints.get(document) ?? 0
        const expected = upTo(heads.get(document) ?? 0)
        expect(numbersOf(await store.readSince(document, 0))).toEqual(expected)
        expect(numbersOf(stored.entries)).toEqual(expected.slice(folded))
        expect(stored.checkpoint).toEqual(folded ? { upTo: folded, state: bytes(folded) } : null)
        expect(stored.head).toBe(expected.length)
      }
    })
  })
}
