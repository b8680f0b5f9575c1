/** Real editing traces as a journal: any moment of them, and who wrote each character. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Attribution } from '#shared/history/attribution.ts'
import { changesIn } from '#shared/history/changes.ts'
import type { Entry } from '#shared/history/entry.ts'
import { Mirror, patchBetween } from '#shared/history/patch.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { AccountId } from '#shared/ids.ts'
import { seededDice } from '#test/simulation/dice.ts'
import { hasTraces, readTrace, type, type Trace } from '#test/traces/trace.ts'

const TEXT = 'text/i1/p1/position'
const ADDRESS = 'cells/i1/p1/position'

const accountOf = (agent: number): AccountId => `agent-${agent}` as AccountId

/** Each transaction an entry, made upon what its author had seen. */
const journalOf = ({ txns }: Pick<Trace, 'txns'>): readonly Entry[] => {
  const entries: Entry[] = []
  const docs = new Map<number, { readonly doc: Y.Doc; readonly seen: Set<number> }>()
  for (const [nth, txn] of txns.entries()) {
    const { agent = 0, parents = nth > 0 ? [nth - 1] : [] } = txn
    const own = docs.get(agent) ?? { doc: new Y.Doc(), seen: new Set<number>() }
    docs.set(agent, own)
    own.doc.clientID = agent + 1
    for (const missing of unseen(own.seen, parents, txns))
      Y.applyUpdate(own.doc, (entries[missing] as Entry).update)
    let update: Uint8Array | undefined
    own.doc.once('update', (bytes: Uint8Array) => (update = bytes))
    own.doc.transact(() => type(own.doc.getText(TEXT), txn))
    own.seen.add(nth)
    if (!update) throw new Error(`Transaction ${nth} changes nothing`)
    entries.push({ seq: nth + 1, account: accountOf(agent), at: nth * 100, update })
  }
  return entries
}

/** What the author has yet to hear, in order; it is then seen. */
const unseen = (
  seen: Set<number>,
  parents: readonly number[],
  txns: Trace['txns'],
): readonly number[] => {
  const missing: number[] = []
  const toLookAt = [...parents]
  for (let nth = toLookAt.pop(); nth !== undefined; nth = toLookAt.pop()) {
    if (seen.has(nth)) continue
    seen.add(nth)
    missing.push(nth)
    toLookAt.push(...(txns[nth]?.parents ?? (nth > 0 ? [nth - 1] : [])))
  }
  return missing.sort((a, b) => a - b)
}

const TRACES: readonly (readonly [name: string, many: number])[] = [
  ['friendsforever', Number.POSITIVE_INFINITY],
  ['json-crdt-blog-post', 6_000],
  ['automerge-paper', 20_000],
]

describe.skipIf(!hasTraces)('the history of a real editing trace', () => {
  test.each(TRACES)('%s', { timeout: 60_000 }, (name, many) => {
    const { endContent, txns } = readTrace(name)
    const entries = journalOf({ txns: txns.slice(0, many) })
    const timeline = new Timeline(entries)
    const dice = seededDice(many)
    const moments = new Set(Array.from({ length: 80 }, () => 1 + dice.below(entries.length)))
    const mirror = new Mirror()
    const goTo = (from: number, to: number): string => {
      mirror.apply(patchBetween(timeline, from, to))
      return mirror.stored.text(TEXT)
    }
    let shown = 0
    const passed: { readonly seq: number; readonly text: string }[] = []
    const anew = new Y.Doc()
    for (const { seq, update } of entries) {
      Y.applyUpdate(anew, update)
      if (!moments.has(seq)) continue
      const text = anew.getText(TEXT).toString()
      expect(timeline.at(seq).text(TEXT) === text, `entry ${seq}`).toBe(true)
      expect(goTo(shown, seq) === text, `step to entry ${seq}`).toBe(true)
      shown = seq
      passed.push({ seq, text })
    }
    // And back, by chance, as a reader jumps about.
    for (let jump = 0; jump < 40; jump++) {
      const { seq, text } = passed[dice.below(passed.length)] ?? { seq: 0, text: '' }
      expect(goTo(shown, seq) === text, `jump to entry ${seq}`).toBe(true)
      shown = seq
    }
    const text = anew.getText(TEXT)
    expect(timeline.at(timeline.last).text(TEXT) === text.toString()).toBe(true)
    if (many >= txns.length) expect(text.toString() === endContent).toBe(true)

    const attribution = new Attribution()
    for (const entry of entries) attribution.add(entry)
    const authors: string[] = []
    for (let item = text._start; item; item = item.right)
      if (!item.deleted)
        for (let nth = 0; nth < item.length; nth++) authors.push(accountOf(item.id.client - 1))
    const told = attribution
      .authorsOf(text)
      .flatMap(({ length, stamp }) => Array.from({ length }, () => stamp?.account))
    expect(told).toEqual(authors)

    const rows = changesIn(entries.slice(0, 4_000)).filter(({ address }) => address === ADDRESS)
    for (const [nth, row] of rows.entries()) expect(row.before).toBe(rows[nth - 1]?.after ?? '')
  })
})
