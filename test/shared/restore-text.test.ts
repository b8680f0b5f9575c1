/**
 * Texts that a restore brings back by the identity of their characters, while others type in them: nobody's words are lost,
 * what is still there is not touched, and everything is credited to who first wrote it.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { compare } from '#shared/compare/compare.ts'
import { setCell, setPosition } from '#shared/document/cells.ts'
import { addIssue, issueRecords, removeIssue } from '#shared/document/issues.ts'
import {
  descriptionText,
  parseTextName,
  positionName,
  positionText,
  readText,
} from '#shared/document/layout.ts'
import { addParty } from '#shared/document/parties.ts'
import { createTracker, readTracker } from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import {
  creditOfKey,
  creditsAt,
  creditsOfText,
  restoresIn,
  type Stretch,
} from '#shared/history/credits.ts'
import { headCreditsAt } from '#shared/history/head-credits.ts'
import { restorable, restore, textsIn, type RestoreAddress } from '#shared/history/restore.ts'
import { partsOf, type TextPart } from '#shared/history/restore-text.ts'
import { Timeline } from '#shared/history/timeline.ts'
import { newId, type IssueId, type PartyId, type PointId } from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import { BEGINNING, make, rewind } from '#test/shared/edits.ts'
import { editByChance, Office, type Person } from '#test/shared/office.ts'
import { seededDice, type Dice } from '#test/simulation/dice.ts'

beforeEach(rewind)

const partsFor = (
  timeline: Timeline,
  then: Tracker,
  addresses: readonly RestoreAddress[],
  seq: number,
) => {
  const parts = new Map<string, readonly TextPart[]>()
  for (const name of textsIn(then, addresses)) {
    const track = timeline.text(name)
    if (track) parts.set(name, partsOf(track, seq))
  }
  return parts
}

const restoreAll = (person: Person, timeline: Timeline, seq: number, meanwhile = () => {}) => {
  const { doc } = person
  const then = timeline.trackerAt(seq)
  const addresses = restorable(compare(then, readTracker(doc)))
  const parts = partsFor(timeline, then, addresses, seq)
  meanwhile()
  doc.transact(() => {
    restore(doc, then, addresses, parts)
    restoreRecords.put(doc, newId(), { by: person.account, moment: seq })
  }, person)
  return parts
}

/** Texts of which the row and the column are there now and were there then. */
const textsInBoth = (doc: Y.Doc, then: Tracker): readonly string[] => {
  const now = readTracker(doc)
  return [...doc.share.keys()].filter(name => {
    const owner = parseTextName(name)
    const isIn = ({ issues, parties }: Tracker): boolean =>
      issues.some(({ id }) => id === owner?.issueId) &&
      (owner?.partyId === null || parties.some(({ id }) => id === owner?.partyId))
    return owner !== undefined && isIn(then) && isIn(now)
  })
}

interface Typed {
  readonly name: string
  readonly words: string
}

/** Somebody writes something into some texts, in a tab that has not heard of the restore. */
const type = (
  person: Person,
  names: readonly string[],
  dice: Dice,
  mark: string,
): readonly Typed[] =>
  Array.from({ length: names.length > 0 ? dice.below(5) : 0 }, (_, nth) => {
    const name = dice.pick(names as [string, ...string[]])
    const text = person.doc.getText(name)
    const words = `⟦${mark}${nth}⟧`
    // Not into what another has typed just now.
    const places = Array.from({ length: text.length + 1 }, (_, at) => at).filter(at => {
      const before = text.toString().slice(0, at)
      return (
        before.split('⟦').length === before.split('⟧').length &&
        isBetweenCharacters(text.toString(), at)
      )
    })
    text.insert(dice.pick(places as [number, ...number[]]), words)
    return { name, words }
  })

/** Writes into a text, or deletes from it: never half of a character. */
const write = (doc: Y.Doc, dice: Dice): void => {
  const names = [...doc.share.keys()].filter(name => parseTextName(name))
  if (names.length === 0) return
  const text = doc.getText(dice.pick(names as [string, ...string[]]))
  const places = Array.from({ length: text.length + 1 }, (_, at) => at).filter(at =>
    isBetweenCharacters(text.toString(), at),
  )
  const [one, other] = [dice.below(places.length), dice.below(places.length)]
  const from = places[Math.min(one, other)] ?? 0
  const to = Math.min(places[Math.max(one, other)] ?? 0, from + 12)
  if (dice.once(2) && isBetweenCharacters(text.toString(), to)) text.delete(from, to - from)
  else text.insert(from, dice.pick(['early ', 'relief ', 'at once ', 'تحریم ', '🕊️ ']))
}

const isBetweenCharacters = (text: string, at: number): boolean =>
  !/[\uDC00-\uDFFF]/.test(text[at] ?? '') || !/[\uD800-\uDBFF]/.test(text[at - 1] ?? '')

const withoutMarks = (text: string): string => text.replaceAll(/⟦\w+⟧/g, '')

/** Who is credited with each character, and whether it was brought back. */
const perCharacter = (stretches: readonly Stretch[]): readonly (readonly [number, boolean])[] =>
  stretches.flatMap(({ length, restored, seq }) =>
    Array.from({ length }, () => [seq, restored !== null] as const),
  )

const RUNS = 300

test(
  `${RUNS} random restores: no concurrent insert is lost, the rest is what it was, replicas are equal`,
  { timeout: 120_000 },
  () => {
    let [inserted, kept, broughtBack] = [0, 0, 0]
    for (let seed = 1; seed <= RUNS; seed++) {
      rewind()
      const dice = seededDice(seed)
      const office = new Office(['ada', 'bo', 'cy'], dice, () => undefined)
      const [ada, bo, cy] = office.people as [Person, Person, Person]
      createTracker(ada.doc, 'Talks')
      make(ada.doc, BEGINNING)
      for (let nth = 0; nth < 70; nth++)
        office.step(doc => (dice.once(4) ? editByChance(doc, dice) : write(doc, dice)))
      for (const person of office.people) person.isOnline = true
      office.reunite()
      office.reunite()

      const timeline = new Timeline(office.entries)
      const seq = 1 + dice.below(timeline.last)
      const then = timeline.trackerAt(seq)
      const names = textsInBoth(ada.doc, then)
      const typed = [...type(bo, names, dice, `b${seed}x`), ...type(cy, names, dice, `c${seed}x`)]
      let before = new Map<string, string>()
      const parts = restoreAll(ada, timeline, seq, () => {
        // Some of it comes between the look at the history and the restore.
        office.send(bo)
        office.receive(ada)
        before = new Map(names.map(name => [name, readText(ada.doc, name)]))
      })
      const restoring = office.entries.length + 1
      office.send(ada)
      office.reunite()
      office.reunite()

      for (const { doc } of office.people) {
        expect(readTracker(doc), `seed ${seed}`).toEqual(readTracker(office.doc))
        expect(Y.encodeStateVector(doc), `seed ${seed}`).toEqual(Y.encodeStateVector(office.doc))
      }
      for (const { name, words } of typed)
        expect(readText(office.doc, name), `seed ${seed}: ${name}`).toContain(words)
      inserted += typed.length

      const after = new Timeline(office.entries)
      const restores = restoresIn(after)
      for (const name of names) {
        const was = timeline.at(seq).text(name)
        const part = parts.get(name)
        expect(withoutMarks(readText(office.doc, name)), `seed ${seed}: ${name}`).toBe(was)
        // What is equal already need not be touched.
        if (!part || withoutMarks(before.get(name) ?? '') === was) continue
        const track = after.text(name)
        const first = timeline.text(name)
        if (!track || !first) throw new Error(`No text ${name}`)
        // Nothing is written anew that is still there.
        const copied = track.segments
          .filter(({ from }) => from === restoring)
          .map(({ text }) => text)
        const gone = part.map(({ gone }) => gone)
        expect(copied.join(''), `seed ${seed}: ${name}`).toBe(gone.join(''))
        const credits = perCharacter(creditsOfText(track, after.last, restores))
        const others = new Set(
          track.segments.filter(({ text }) => /[⟦⟧]/.test(text)).map(({ from }) => from),
        )
        const seqs = credits.flatMap(([seq]) => (others.has(seq) ? [] : [seq]))
        const expected = perCharacter(creditsOfText(first, seq, restoresIn(timeline)))
        expect(seqs, `seed ${seed}: ${name}`).toEqual(expected.map(([seq]) => seq))
        kept += was.length - copied.join('').length
        broughtBack += copied.join('').length
      }
    }
    expect(inserted).toBeGreaterThan(200)
    expect(kept).toBeGreaterThan(1_000)
    expect(broughtBack).toBeGreaterThan(1_000)
  },
)

describe('one by one', () => {
  const [issue, party] = ['i' as IssueId, 'p' as PartyId]
  const NAME = positionName(issue, party)

  const begin = () => {
    const office = new Office(['ada', 'bo', 'cy'], seededDice(1), () => undefined)
    const [ada, bo, cy] = office.people as [Person, Person, Person]
    const edit = (person: Person, change: (doc: Y.Doc) => void): number => {
      office.receive(person)
      person.doc.transact(() => change(person.doc), person)
      office.append(person.account, Y.mergeUpdates(person.unsent.splice(0)))
      return office.entries.length
    }
    edit(ada, doc => {
      createTracker(doc, 'Talks')
      addIssue(doc, issue, { title: 'Relief', basketId: null })
      addParty(doc, party, { name: 'Iran' })
    })
    const restoreTo = (person: Person, seq: number): number => {
      office.receive(person)
      restoreAll(person, new Timeline(office.entries), seq)
      office.append(person.account, Y.mergeUpdates(person.unsent.splice(0)))
      return office.entries.length
    }
    const credits = () => {
      const timeline = new Timeline(office.entries)
      const track = timeline.text(NAME)
      if (!track) return []
      const text = readText(office.doc, NAME)
      let at = 0
      return creditsOfText(track, timeline.last, restoresIn(timeline)).map(
        ({ length, restored, seq }) => [
          text.slice(at, (at += length)),
          timeline.entry(seq)?.account,
          restored === null ? null : timeline.entry(restored)?.account,
        ],
      )
    }
    return { ada, bo, cy, credits, edit, office, restoreTo }
  }

  test('what was deleted comes back in its place, credited to who wrote it and who brought it back', () => {
    const { ada, bo, cy, credits, edit, restoreTo } = begin()
    edit(ada, doc => setPosition(doc, issue, party, 'Asks for early relief'))
    const then = edit(bo, doc => setPosition(doc, issue, party, 'Asks for early and full relief'))
    edit(ada, doc => setPosition(doc, issue, party, 'Asks for relief'))
    restoreTo(cy, then)
    expect(credits()).toEqual([
      ['Asks for ', 'ada', null],
      ['early ', 'ada', 'cy'],
      ['and full ', 'bo', 'cy'],
      ['relief', 'ada', null],
    ])
  })

  test('a row that was removed returns with its words, each by who wrote them', () => {
    const { ada, bo, cy, credits, edit, office, restoreTo } = begin()
    edit(ada, doc => setPosition(doc, issue, party, 'Asks for relief'))
    const then = edit(bo, doc => setPosition(doc, issue, party, 'Asks for full relief'))
    edit(ada, doc => removeIssue(doc, issue))
    restoreTo(cy, then)
    expect(readTracker(office.doc).issues.map(({ id }) => id)).toEqual([issue])
    expect(credits()).toEqual([
      ['Asks for ', 'ada', 'cy'],
      ['full ', 'bo', 'cy'],
      ['relief', 'ada', 'cy'],
    ])
  })

  test('what is brought back twice is still by who first wrote it', () => {
    const { ada, bo, cy, credits, edit, restoreTo } = begin()
    const then = edit(ada, doc => setPosition(doc, issue, party, 'Asks'))
    edit(bo, doc => setPosition(doc, issue, party, ''))
    const again = restoreTo(cy, then)
    edit(bo, doc => setPosition(doc, issue, party, ''))
    restoreTo(bo, again)
    expect(credits()).toEqual([['Asks', 'ada', 'bo']])
  })

  test('words typed by the restorer, without a restore, are their own', () => {
    const { ada, bo, credits, edit } = begin()
    edit(ada, doc => setPosition(doc, issue, party, 'Asks'))
    edit(bo, doc => setPosition(doc, issue, party, ''))
    edit(bo, doc => setPosition(doc, issue, party, 'Asks'))
    expect(credits()).toEqual([['Asks', 'bo', null]])
  })

  test('a note that tells of a restore that did something else credits nobody else', () => {
    const { ada, bo, credits, edit } = begin()
    const then = edit(ada, doc => setPosition(doc, issue, party, 'Asks'))
    edit(bo, doc => setPosition(doc, issue, party, ''))
    edit(bo, doc => {
      setPosition(doc, issue, party, 'Threatens')
      restoreRecords.put(doc, newId(), { by: 'Ada', moment: then })
    })
    expect(credits()).toEqual([['Threatens', 'bo', 'bo']])
  })

  test('a choice that was brought back is by who first made it', () => {
    const { ada, bo, cy, edit, office, restoreTo } = begin()
    const point = 'x' as PointId
    const then = edit(ada, doc => setCell(doc, issue, party, { stance: point }))
    edit(bo, doc => setCell(doc, issue, party, { stance: null }))
    const restored = restoreTo(cy, then)
    const timeline = new Timeline(office.entries)
    const track = timeline.key('cells', `${issue}/${party}/stance`)
    const credit = (seq: number) => track && creditOfKey(track, seq, restoresIn(timeline))
    expect(credit(then)).toEqual({ seq: then, restored: null })
    expect(credit(then + 1)).toBeUndefined()
    expect(credit(restored)).toEqual({ seq: then, restored })
    expect(creditsAt(timeline, restored).get(`${issue}/${party}`)).toMatchObject({
      newest: restored,
      stance: { seq: then, restored },
    })
  })

  test('a row and a column are by who added and who named them, also when they were brought back', () => {
    const { ada, bo, cy, edit, office, restoreTo } = begin()
    const heads = () => {
      const timeline = new Timeline(office.entries)
      const found = headCreditsAt(timeline, timeline.last)
      return [found.get(issue), found.get(party)]
    }
    const begun = { seq: 1, restored: null }
    const beginning = { added: begun, named: begun }
    expect(heads()).toEqual([
      { newest: 1, ...beginning },
      { newest: 1, ...beginning },
    ])
    const renamed = edit(bo, doc => issueRecords.set(doc, issue, { title: 'Sanctions' }))
    const told = edit(cy, doc => descriptionText(doc, issue).insert(0, 'All of them'))
    const named = { seq: renamed, restored: null }
    expect(heads()).toEqual([
      { newest: told, ...beginning, named },
      { newest: 1, ...beginning },
    ])
    edit(ada, doc => removeIssue(doc, issue))
    expect(heads()).toEqual([undefined, { newest: 1, ...beginning }])
    const restored = restoreTo(cy, told)
    expect(heads()[0]).toEqual({
      newest: restored,
      added: { seq: 1, restored },
      named: { seq: renamed, restored },
    })
  })

  test('undoing the restore is one step, and takes nothing of others along', () => {
    const { ada, bo, cy, edit, office } = begin()
    const then = edit(ada, doc => setPosition(doc, issue, party, 'Asks for early relief'))
    edit(bo, doc => setPosition(doc, issue, party, 'Asks for relief'))
    office.receive(cy)
    cy.undo.stopCapturing()
    restoreAll(cy, new Timeline(office.entries), then)
    edit(cy, () => undefined)
    edit(bo, doc => positionText(doc, issue, party).insert(0, 'Now '))
    office.receive(cy)
    cy.undo.undo()
    expect(readText(cy.doc, NAME)).toBe('Now Asks for relief')
    expect(restoreRecords.all(cy.doc)).toEqual([])
  })
})
