/** Words that are gone are found: where they stood, until when, and who took them away. */
import { beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { clearCell, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { addIssue, issueRecords, readIssues, removeIssue } from '#shared/document/issues.ts'
import { parseTextName, positionName, positionText, readText } from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import { createTracker } from '#shared/document/tracker.ts'
import { findDeleted } from '#shared/history/deleted.ts'
import type { Entry } from '#shared/history/entry.ts'
import { Timeline } from '#shared/history/timeline.ts'
import type { AccountId, ClaimId, IssueId, PartyId } from '#shared/ids.ts'
import { BEGINNING, make, newDoc, rewind } from '#test/shared/edits.ts'
import { editByChance, Office } from '#test/shared/office.ts'
import { seededDice } from '#test/simulation/dice.ts'

const [issue, party] = ['i' as IssueId, 'p' as PartyId]
let doc: Y.Doc
let entries: Entry[]

beforeEach(() => {
  rewind()
  doc = newDoc()
  entries = []
  write(doc => {
    createTracker(doc, 'Talks')
    addIssue(doc, issue, { title: 'Relief of sanctions', basketId: null })
    addParty(doc, party, { name: 'Iran' })
  })
})

const write = (edit: (doc: Y.Doc) => void): number => {
  let update: Uint8Array | undefined
  doc.once('update', (bytes: Uint8Array) => (update = bytes))
  doc.transact(() => edit(doc))
  if (!update) throw new Error('An edit that changes nothing')
  entries.push({ seq: entries.length + 1, account: 'ada' as AccountId, at: 0, update })
  return entries.length
}
/** Letter by letter, as somebody types. */
const type = (words: string): number => {
  for (const letter of words)
    write(doc =>
      positionText(doc, issue, party).insert(positionText(doc, issue, party).length, letter),
    )
  return entries.length
}
const backspace = (many: number): number => {
  for (; many > 0; many--)
    write(doc =>
      positionText(doc, issue, party).delete(positionText(doc, issue, party).length - 1, 1),
    )
  return entries.length
}
const find = (words: string) => findDeleted(new Timeline(entries), words, 20)

describe('in a text', () => {
  test('what was typed and deleted letter by letter', () => {
    type('Asks for ')
    const typed = type('early relief')
    backspace('early relief'.length)
    expect(find('EARLY')).toEqual([
      {
        thing: positionName(issue, party),
        field: 'position',
        issueId: issue,
        partyId: party,
        text: 'Asks for early relief',
        at: 9,
        seq: typed,
        goneSeq: typed + 8,
      },
    ])
    expect(find('Asks')).toEqual([])
    expect(find('never said')).toEqual([])
    expect(find('  ')).toEqual([])
  })

  test('words that were typed with a slip in between, of which other letters are left', () => {
    type('sanktions')
    write(doc => {
      positionText(doc, issue, party).delete(3, 1)
      positionText(doc, issue, party).insert(3, 'c')
    })
    const last = entries.length
    write(doc => setPosition(doc, issue, party, 's'))
    expect(find('sanctions')).toMatchObject([{ text: 'sanctions', seq: last, goneSeq: last + 1 }])
    expect(find('sanktions')).toMatchObject([{ text: 'sanktions', goneSeq: last }])
  })

  test('not what stands there again', () => {
    type('relief')
    backspace(6)
    expect(find('relief')).toHaveLength(1)
    type('relief')
    expect(find('relief')).toEqual([])
  })

  test('of a row that was removed, and of a cell that was cleared', () => {
    type('Demands guarantees')
    const gone = write(doc => clearCell(doc, issue, party))
    expect(find('guarantees')).toMatchObject([{ goneSeq: gone }])
    write(doc => setPosition(doc, issue, party, 'Demands pledges'))
    const removed = write(doc => removeIssue(doc, issue))
    expect(find('pledges')).toMatchObject([{ issueId: issue, partyId: party, goneSeq: removed }])
  })
})

describe('in a field', () => {
  test('a former title, a former note, a claim that was removed; choices are no words', () => {
    const renamed = write(doc => issueRecords.set(doc, issue, { title: 'Relief' }))
    expect(find('of sanctions')).toMatchObject([
      { thing: `issues/${issue}`, field: 'title', issueId: issue, partyId: null, goneSeq: renamed },
    ])
    write(doc => setCell(doc, issue, party, { scopeNote: 'Only after Friday', salience: 'high' }))
    const noted = write(doc => setCell(doc, issue, party, { scopeNote: '', salience: 'low' }))
    expect(find('friday')).toMatchObject([
      { field: 'scopeNote', issueId: issue, partyId: party, seq: noted - 1, goneSeq: noted },
    ])
    expect(find('high')).toEqual([])
    write(doc => claimRecords.put(doc, 'c' as ClaimId, { statement: 'A secret call took place' }))
    const removed = write(doc => claimRecords.remove(doc, 'c' as ClaimId))
    expect(find('secret call')).toMatchObject([
      { thing: 'claims/c', field: 'statement', goneSeq: removed },
    ])
  })

  test('the last to go comes first, and as many as are wanted', () => {
    for (const title of ['Alpha one', 'Alpha two', 'Alpha three'])
      write(doc => addIssue(doc, title.slice(6) as IssueId, { title, basketId: null }))
    for (const { id } of readIssues(doc)) if (id !== issue) write(doc => removeIssue(doc, id))
    const found = find('alpha')
    expect(found).toHaveLength(3)
    expect(found.map(({ goneSeq }) => goneSeq)).toEqual([7, 6, 5])
    expect(findDeleted(new Timeline(entries), 'alpha', 2)).toEqual(found.slice(0, 2))
  })
})

test('whatever is found stood there just before, and is gone just after; whatever is gone is found', () => {
  for (let seed = 1; seed <= 15; seed++) {
    rewind()
    const dice = seededDice(seed)
    const office = new Office(['ada', 'bo', 'cy'], dice, () => undefined)
    createTracker(office.people[0].doc, 'Talks')
    make(office.people[0].doc, BEGINNING)
    for (let nth = 0; nth < 80; nth++) office.step(doc => editByChance(doc, dice))
    office.reunite()
    const timeline = new Timeline(office.entries)
    const now = timeline.at(timeline.last)
    for (const words of ['setPosition', 'relief', 'early', 'تحریم', '🕊️']) {
      const found = findDeleted(timeline, words, 1_000)
      for (const { at, goneSeq, seq, text, thing } of found) {
        expect(text.slice(at, at + words.length).toLowerCase()).toBe(words.toLowerCase())
        if (!parseTextName(thing)) continue
        expect(timeline.at(seq).text(thing)).toBe(text)
        expect(timeline.at(goneSeq).text(thing).toLowerCase()).not.toContain(words.toLowerCase())
        expect(seq).toBeLessThan(goneSeq)
      }
      for (const [name, track] of timeline.texts()) {
        const was = office.entries.some(({ seq }) =>
          track.at(seq).toLowerCase().includes(words.toLowerCase()),
        )
        const is = now.text(name).toLowerCase().includes(words.toLowerCase())
        expect(
          found.some(({ thing }) => thing === name),
          `seed ${seed}: ${name}`,
        ).toBe(was && !is)
      }
      expect(readText(office.doc, 'text/none')).toBe('')
    }
  }
})
