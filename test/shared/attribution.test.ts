/** Who wrote and who deleted what, against somebody who watches every character. */
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Attribution, type Stamp } from '#shared/history/attribution.ts'
import type { Entry } from '#shared/history/entry.ts'
import { StampTable, UNSTAMPED } from '#shared/history/stamps.ts'
import type { AccountId, RestoreId } from '#shared/ids.ts'
import { newDoc, rewind } from '#test/shared/edits.ts'
import { Office, type Person } from '#test/shared/office.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

beforeEach(rewind)

const PEOPLE = ['ada', 'bo', 'cy', 'di', 'eve', 'flo'] as const
const TEXTS = ['text/i1/p1/position', 'text/i1/p2/position', 'text/i1/description'] as const
const KEYS = ['i1/p1/stance', 'i1/p1/scope', 'i1/p2/stance', 'i2/p1/claim/c1'] as const

interface Deed {
  readonly account: AccountId
  readonly at: number
}

/** Watches what there is to be seen after each entry: characters by their Yjs ids, because an undo writes them anew. */
class Watcher {
  readonly authors = new Map<string, Deed>()
  readonly deleters = new Map<string, Deed>()
  readonly setters = new Map<string, Deed>()
  #seen: ReadonlySet<string> = new Set()
  /** Every value that has been there. */
  readonly seen = new Set<string>()
  #values = new Map<string, string | null>()

  watch(doc: Y.Doc, { account, at }: Entry): void {
    const deed = { account, at }
    const seen = new Set(TEXTS.flatMap(name => lettersIn(doc.getText(name))))
    for (const letter of seen.difference(this.#seen)) this.authors.set(letter, deed)
    for (const letter of this.#seen.difference(seen)) this.deleters.set(letter, deed)
    this.#seen = seen
    for (const key of KEYS) {
      const now = valueIn(doc, key)
      if (now !== (this.#values.get(key) ?? null)) this.setters.set(key, deed)
      this.#values.set(key, now)
      if (now !== null) this.seen.add(now)
    }
  }
}

/** The value that a key has, by its Yjs id. */
const valueIn = (doc: Y.Doc, key: string): string | null => {
  const item = doc.getMap('cells')._map.get(key)
  return item && !item.deleted ? nameOf(item) : null
}

const nameOf = ({ lastId }: Y.Item): string => `${lastId.client}:${lastId.clock}`

const lettersIn = (text: Y.Text): readonly string[] => {
  const letters: string[] = []
  for (let item = text._start; item; item = item.right)
    if (!item.deleted) letters.push(...lettersOf(item))
  return letters
}

const lettersOf = ({ id, length }: Y.Item): readonly string[] =>
  Array.from({ length }, (_, nth) => `${id.client}:${id.clock + nth}`)

const editor = (dice: Dice) => {
  let written = 0
  return (doc: Y.Doc, _person: Person): void => {
    const text = doc.getText(dice.pick(TEXTS))
    const cells = doc.getMap('cells')
    const roll = dice.below(10)
    if (roll < 5) {
      const letters = Array.from({ length: 1 + dice.below(4) }, () =>
        String.fromCharCode(0x4e00 + written++),
      )
      text.insert(dice.below(text.length + 1), letters.join(''))
    } else if (roll < 7 && text.length > 0) {
      const at = dice.below(text.length)
      text.delete(at, 1 + dice.below(Math.min(4, text.length - at)))
    } else if (roll < 9) cells.set(dice.pick(KEYS), `value ${written++}`)
    else cells.delete(dice.pick(KEYS))
  }
}

const run = (seed: number, steps: number) => {
  const dice = seededDice(seed)
  const watcher = new Watcher()
  const attribution = new Attribution(1)
  const office: Office = new Office(PEOPLE, dice, entry => {
    watcher.watch(office.doc, entry)
    attribution.add(entry)
  })
  const edit = editor(dice)
  for (let nth = 0; nth < steps; nth++) office.step(edit)
  for (const person of office.people) person.isOnline = true
  office.reunite()
  return { office, watcher, attribution }
}

const deedOf = (stamp: Stamp | null | undefined): Deed | null =>
  stamp ? { account: stamp.account, at: stamp.at } : null

describe('who wrote each character and set each key is who was seen to', () => {
  test.each(Array.from({ length: 40 }, (_, nth) => nth + 1))('seed %i', seed => {
    const { attribution, office, watcher } = run(seed, 150)
    // Any replica will do, also one that was offline.
    const { doc } = seededDice(seed).pick(office.people)
    for (const name of TEXTS) {
      const found = attribution
        .authorsOf(doc.getText(name))
        .flatMap(({ length, stamp }) => Array.from({ length }, () => deedOf(stamp)))
      expect(found).toEqual(lettersIn(doc.getText(name)).map(letter => watcher.authors.get(letter)))
    }
    for (const key of KEYS) {
      const last = doc.getMap('cells')._map.get(key)
      // Set and taken away in one entry: nobody saw it.
      if (!last || !watcher.seen.has(nameOf(last))) continue
      expect(deedOf(attribution.setterOf(doc.getMap('cells'), key))).toEqual(
        watcher.setters.get(key) ?? null,
      )
    }
  })
})

describe('who deleted each character is who was seen to', () => {
  test.each(Array.from({ length: 20 }, (_, nth) => nth + 1))('seed %i', seed => {
    const { attribution, office, watcher } = run(seed, 150)
    const all = new Y.Doc({ gc: false })
    for (const { update } of office.entries) Y.applyUpdate(all, update)
    let deleted = 0
    for (const name of TEXTS)
      for (let item = all.getText(name)._start; item; item = item.right) {
        const found = attribution
          .deletersOf(item.id.client, item.id.clock, item.length)
          .flatMap(({ length, stamp }) => Array.from({ length }, () => deedOf(stamp)))
        for (const [nth, letter] of lettersOf(item).entries()) {
          const seen = watcher.deleters.get(letter)
          // Written and deleted in one entry: nobody saw it.
          if (item.deleted && !seen) expect(found[nth]).not.toBeNull()
          else expect(found[nth]).toEqual(seen ?? null)
          if (seen) deleted++
        }
      }
    expect(deleted).toBeGreaterThan(10)
  })
})

describe('kept up entry by entry, stored and read again now and then, it equals one made anew', () => {
  test.each([1, 2, 3, 4, 5])('seed %i', seed => {
    const { office } = run(seed, 300)
    const dice = seededDice(seed)
    let kept = new Attribution()
    const anew = new Attribution()
    for (const entry of office.entries) {
      kept.add(entry)
      if (dice.once(3)) kept.add(entry)
      if (dice.once(10)) kept = Attribution.decode(kept.encode()) ?? new Attribution()
    }
    for (const entry of office.entries) anew.add(entry)
    expect(kept.encode()).toEqual(anew.encode())
    expect(kept.upTo).toBe(office.entries.length)
  })
})

test('what a restore brings back is signed by whoever restored, with the restore', () => {
  const doc = newDoc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('text/i1/description').insert(0, 'mine')
  doc.transact(() => {
    doc.getText('text/i1/description').insert(4, ' back')
    doc.getMap('restores').set('r1', new Y.Map())
  })
  doc.getText('text/i1/description').insert(9, ' mine')
  const attribution = new Attribution()
  for (const [nth, update] of updates.entries())
    attribution.add({ seq: nth + 1, account: 'bo' as AccountId, at: 1, update })
  const [before, restored, after] = attribution.authorsOf(doc.getText('text/i1/description'))
  expect(before?.stamp?.restore).toBeNull()
  expect(restored).toEqual({
    length: 5,
    stamp: { account: 'bo', at: 1, restore: 'r1' as RestoreId },
  })
  expect(after?.stamp?.restore).toBeNull()
})

test('edits of one account within the grain are one run; another account or a later time begins a new one', () => {
  const doc = newDoc()
  const attribution = new Attribution(10_000)
  const write = (seq: number, account: string, at: number): void => {
    const before = Y.encodeStateVector(doc)
    doc.getText('text/i1/description').insert(doc.getText('text/i1/description').length, 'x')
    const update = Y.encodeStateAsUpdate(doc, before)
    attribution.add({ seq, account: account as AccountId, at, update })
  }
  write(1, 'ada', 10_000)
  write(2, 'ada', 19_000)
  write(3, 'bo', 19_500)
  write(4, 'ada', 19_900)
  write(5, 'ada', 20_000)
  expect(
    attribution
      .authorsOf(doc.getText('text/i1/description'))
      .map(({ length, stamp }) => [length, stamp?.account, stamp?.at]),
  ).toEqual([
    [2, 'ada', 10_000],
    [1, 'bo', 19_500],
    [1, 'ada', 10_000],
    [1, 'ada', 20_000],
  ])
})

describe('bytes that are no table are refused', () => {
  rewind()
  const attribution = new Attribution()
  for (const entry of run(7, 100).office.entries) attribution.add(entry)
  const bytes = attribution.encode()
  test.each([0, 1, 5, bytes.length - 1])('cut after %i bytes', length => {
    expect(Attribution.decode(bytes.subarray(0, length))).toBeUndefined()
  })
  test('with bytes behind', () => {
    expect(Attribution.decode(new Uint8Array([...bytes, 0]))).toBeUndefined()
  })
  test('of another format', () => {
    expect(Attribution.decode(new Uint8Array([99, ...bytes.subarray(1)]))).toBeUndefined()
  })
})

describe('ranges of clocks: the first to arrive wins, in whatever order they come', () => {
  test.each(Array.from({ length: 30 }, (_, nth) => nth + 1))('seed %i', seed => {
    const dice = seededDice(seed)
    const table = new StampTable()
    const truth = new Map<number, number>()
    for (let nth = 0; nth < 200; nth++) {
      const from = dice.below(120)
      const to = from + dice.below(12)
      const stamp = dice.below(4)
      table.add(1, from, to, stamp)
      for (let clock = from; clock < to; clock++) if (!truth.has(clock)) truth.set(clock, stamp)
    }
    const found: number[] = []
    let runs = 0
    table.visit(1, 0, 150, (from, to, stamp) => {
      for (let clock = from; clock < to; clock++) found.push(stamp)
      if (stamp !== UNSTAMPED) runs++
    })
    const expected = Array.from({ length: 150 }, (_, clock) => truth.get(clock) ?? UNSTAMPED)
    expect(found).toEqual(expected)
    expect(expected.map((_, clock) => table.at(1, clock))).toEqual(expected)
    // As few runs as there can be.
    const least = expected.filter(
      (stamp, clock) => stamp !== UNSTAMPED && stamp !== expected[clock - 1],
    )
    expect(runs).toBe(least.length)
    expect(table.size).toBe(runs)
  })
})
