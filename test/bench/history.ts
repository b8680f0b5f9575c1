/** What the history costs: attribution and change rows of many edits on a full matrix. `npm run bench:history` */
import { zstdCompressSync } from 'node:zlib'
import * as Y from 'yjs'
import { Attribution } from '#shared/history/attribution.ts'
import { ChangeLog } from '#shared/history/changes.ts'
import { headCreditsAt } from '#shared/history/head-credits.ts'
import { creditsAt } from '#shared/history/credits.ts'
import type { Entry } from '#shared/history/entry.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { AccountId } from '#shared/ids.ts'
import { seededDice } from '#test/simulation/dice.ts'

const ISSUES = 200
const PARTIES = 12
const PEOPLE = 6
const TABS = 40

const name = (cell: number): string =>
  `text/i${Math.floor(cell / PARTIES)}/p${cell % PARTIES}/position`

/** Typing, backspacing and choosing in bursts, over a matrix whose cells hold 120 characters each. */
export const journalOf = (edits: number): { readonly entries: Entry[]; readonly doc: Y.Doc } => {
  const dice = seededDice(edits)
  const doc = new Y.Doc()
  const entries: Entry[] = []
  let account = 'p0' as AccountId
  let at = 1_700_000_000_000
  doc.on('update', (update: Uint8Array) =>
    entries.push({ seq: entries.length + 1, account, at, update }),
  )
  doc.clientID = 1
  doc.transact(() => {
    for (let issue = 0; issue < ISSUES; issue++)
      doc.getMap('issues').set(`i${issue}`, new Y.Map([['title', `Issue ${issue}`]]))
    for (let party = 0; party < PARTIES; party++)
      doc.getMap('parties').set(`p${party}`, new Y.Map([['name', `Party ${party}`]]))
    for (let cell = 0; cell < ISSUES * PARTIES; cell++)
      doc.getText(name(cell)).insert(0, 'a position in words '.repeat(6))
  })
  while (entries.length < edits) {
    const tab = dice.below(TABS)
    doc.clientID = 2 + tab
    account = `p${tab % PEOPLE}` as AccountId
    const text = doc.getText(name(dice.below(ISSUES * PARTIES)))
    if (dice.once(20)) doc.getMap('cells').set(`i${dice.below(ISSUES)}/p1/salience`, 'high')
    let cursor = dice.below(text.length + 1)
    for (let many = dice.below(30); many > 0; many--) {
      at += 150 + dice.below(200)
      if (dice.once(6) && cursor > 0) text.delete(--cursor, 1)
      else text.insert(cursor++, 'x')
    }
    at += dice.below(1_000)
  }
  return { entries, doc }
}

const timed = <T>(work: () => T): readonly [T, milliseconds: number] => {
  const start = performance.now()
  const result = work()
  return [result, performance.now() - start]
}

const line = (what: string, figure: string): void =>
  void process.stdout.write(`  ${what.padEnd(72)} ${figure}\n`)
const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`
const us = (milliseconds: number, many: number): string =>
  `${((milliseconds * 1_000) / many).toFixed(2)} µs`

const medianAndWorst = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b)
  return `${ms(sorted[sorted.length >> 1] ?? 0)}, ${ms(sorted.at(-1) ?? 0)}`
}

const measure = (edits: number): void => {
  const { doc, entries } = journalOf(edits)
  process.stdout.write(`${entries.length} edits, ${ISSUES} by ${PARTIES}:\n`)

  const attribution = new Attribution()
  const [, added] = timed(() => {
    for (const entry of entries) attribution.add(entry)
  })
  line('attribution: one edit', us(added, entries.length))
  const texts = Array.from({ length: ISSUES * PARTIES }, (_, cell) => doc.getText(name(cell)))
  const longest = texts.reduce((a, b) => (a.length > b.length ? a : b))
  const [, one] = timed(() => attribution.authorsOf(longest))
  const all = Array.from(
    { length: 9 },
    () =>
      timed(() => {
        for (const text of texts) attribution.authorsOf(text)
      })[1],
  )
  line('attribution: who wrote the longest cell, first time', ms(one))
  line(
    `attribution: who wrote every character of all ${texts.length} cells, median and worst`,
    medianAndWorst(all),
  )
  const bytes = attribution.encode()
  const [, decoded] = timed(() => Attribution.decode(bytes))
  line(
    'attribution: bytes an edit, zstd',
    (bytes.length / entries.length)
      .toFixed(2)
      .concat(`, ${(zstdCompressSync(bytes).length / entries.length).toFixed(2)}`),
  )
  line('attribution: read from its bytes', ms(decoded))

  const [timeline, built] = timed(() => new Timeline(entries))
  line('any moment: ready from the journal after', ms(built))
  const moments = Array.from({ length: 41 }, (_, nth) => Math.floor((timeline.last * nth) / 40))
  const whole = moments.map(seq => timed(() => timeline.trackerAt(seq))[1])
  line('any moment: the whole tracker, median and worst', medianAndWorst(whole))
  const steps = Array.from({ length: 499 }, (_, nth) => Math.floor((timeline.last * nth) / 500))
  const drags = steps.map((seq, nth) => {
    const next = steps[nth + 1] ?? timeline.last
    return timed(() => {
      const stored = timeline.at(next)
      for (const thing of timeline.touched(seq, next))
        if (thing.startsWith('text/')) stored.text(thing)
        else stored.scalar('cells', thing.slice('cells/'.length))
    })[1]
  })
  line('any moment: a five-hundredth further, median and worst', medianAndWorst(drags))

  const credits = Array.from(
    { length: 9 },
    () =>
      timed(() => [creditsAt(timeline, timeline.last), headCreditsAt(timeline, timeline.last)])[1],
  )
  line(
    `any moment: who stands behind every character and choice of all ${texts.length} cells`,
    medianAndWorst(credits),
  )

  const log = new ChangeLog()
  const first = entries[0] as Entry
  log.add(first)
  const rows = new Set<string>()
  const [, logged] = timed(() => {
    for (const entry of entries.slice(1))
      for (const { address, firstSeq } of log.add(entry)) rows.add(`${firstSeq} ${address}`)
  })
  line('change rows: one edit', us(logged, entries.length))
  line('change rows: edits a row', (entries.length / rows.size).toFixed(1))
}

if (import.meta.main)
  for (const edits of process.argv
    .slice(2)
    .map(Number)
    .concat(process.argv.length > 2 ? [] : [20_000, 100_000]))
    measure(edits)
