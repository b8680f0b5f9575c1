/** Random edits for property tests: every verb of a document, over whatever happens to be there. */
import fc from 'fast-check'
import { afterEach, vi } from 'vitest'
import * as Y from 'yjs'
import { FLEXIBILITIES, KNOWLEDGE, LEVELS, SCOPES } from '#shared/cells.ts'
import {
  attachClaim,
  clearCell,
  detachClaim,
  noteReported,
  setCell,
  setPosition,
} from '#shared/document/cells.ts'
import { claimRecords } from '#shared/document/claims.ts'
import { sourceRecords } from '#shared/document/sources.ts'
import {
  addBasket,
  addIssue,
  basketRecords,
  issueRecords,
  moveBasket,
  moveIssue,
  readIssues,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { meetingRecords } from '#shared/document/meetings.ts'
import { giveReason, markKind } from '#shared/document/movements.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointAt, setNumeric } from '#shared/document/numeric.ts'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import { newId, type IssueId, type PartyId } from '#shared/ids.ts'
import { MOVEMENT_KINDS, movementKey } from '#shared/movements.ts'
import { asAlso, PARTY_ROLES } from '#shared/parties.ts'
import { RED_LINE_KINDS } from '#shared/redlines.ts'

/**
 * Before each run of a property: from here on ids, ranks and client ids come out the same every time, so that a
 * seed replays a run. Documents have to be made by `newDoc` and `copyOf`.
 */
export const rewind = (): void => {
  chance = 1
  clients = 0
  vi.spyOn(Math, 'random').mockImplementation(() => next() / 2 ** 32)
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(array => {
    const bytes = array as unknown as Uint8Array
    for (const index of bytes.keys()) bytes[index] = next() >>> 16
    return array
  })
}

afterEach(() => void vi.restoreAllMocks())

let chance = 1
let clients = 0
const next = (): number => (chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0)

export const newDoc = (): Y.Doc => {
  const doc = new Y.Doc()
  doc.clientID = ++clients
  return doc
}

export const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  // Last: Yjs gives itself another id when it sees its own in what it is given.
  copy.clientID = ++clients
  return copy
}

/** Numbers that choose among what is there, and words to write. */
export interface Dice {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly words: string
}

const dice: fc.Arbitrary<Dice> = fc.record({
  a: fc.nat(1_000),
  b: fc.nat(1_000),
  c: fc.nat(1_000),
  words: fc.oneof(
    fc.constantFrom('', 'Asks for relief', 'Asks for early relief at once', 'رفع تحریم‌ها', '🕊️ ok'),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  ),
})

const pick = <T>(from: readonly T[], by: number): T | undefined => from[by % from.length]

type Verb = (doc: Y.Doc, dice: Dice) => void

const someBasket = (doc: Y.Doc, by: number) => {
  const baskets = basketRecords.all(doc)
  return by % (baskets.length + 1) === 0 ? null : (pick(baskets, by)?.id ?? null)
}
const inCell =
  (verb: (doc: Y.Doc, issue: IssueId, party: PartyId, dice: Dice) => void): Verb =>
  (doc, dice) => {
    const issue = pick(issueRecords.all(doc), dice.a)
    const party = pick(partyRecords.all(doc), dice.b)
    if (issue && party) verb(doc, issue.id, party.id, dice)
  }

export const VERBS: Readonly<Record<string, Verb>> = {
  title: (doc, { words }) => describeTracker(doc, { title: words }),
  describe: (doc, { words }) => describeTracker(doc, { description: words }),
  addParty: (doc, { a, b, words }) =>
    addParty(doc, newId(), { name: words, role: pick(PARTY_ROLES, b) ?? 'observer' }, a % 5),
  moveParty: (doc, { a, b }) => {
    const party = pick(partyRecords.all(doc), a)
    if (party) moveParty(doc, party.id, b % 6)
  },
  renameParty: (doc, { a, b, words }) => {
    const party = pick(partyRecords.all(doc), a)
    if (party)
      partyRecords.set(doc, party.id, {
        name: words,
        alsoRole: asAlso([pick(PARTY_ROLES, b) ?? '', pick(PARTY_ROLES, a) ?? '']),
      })
  },
  removeParty: (doc, { a }) => {
    const party = pick(partyRecords.all(doc), a)
    if (party) removeParty(doc, party.id)
  },
  addBasket: (doc, { a, words }) => addBasket(doc, newId(), words, a % 4),
  moveBasket: (doc, { a, b }) => {
    const basket = pick(basketRecords.all(doc), a)
    if (basket) moveBasket(doc, basket.id, b % 5)
  },
  renameBasket: (doc, { a, words }) => {
    const basket = pick(basketRecords.all(doc), a)
    if (basket) basketRecords.set(doc, basket.id, { title: words })
  },
  removeBasket: (doc, { a }) => {
    const basket = pick(basketRecords.all(doc), a)
    if (basket) removeBasket(doc, basket.id)
  },
  addIssue: (doc, { a, b, words }) =>
    addIssue(doc, newId(), { title: words, basketId: someBasket(doc, a) }, b % 5),
  moveIssue: (doc, { a, b, c }) => {
    const issue = pick(readIssues(doc), a)
    if (issue) moveIssue(doc, issue.id, someBasket(doc, c), b % 5)
  },
  renameIssue: (doc, { a, words }) => {
    const issue = pick(readIssues(doc), a)
    if (issue) issueRecords.set(doc, issue.id, { title: words, scaleName: words.slice(0, 3) })
  },
  describeIssue: (doc, { a, words }) => {
    const issue = pick(readIssues(doc), a)
    if (issue) rewriteText(doc, descriptionName(issue.id), words)
  },
  removeIssue: (doc, { a }) => {
    const issue = pick(readIssues(doc), a)
    if (issue) removeIssue(doc, issue.id)
  },
  addPoint: (doc, { a, b, words }) => {
    const issue = pick(readIssues(doc), a)
    if (issue) addPoint(doc, newId(), issue.id, words, b % 4)
  },
  movePoint: (doc, { a, b }) => {
    const point = pick(pointRecords.all(doc), a)
    if (point) movePoint(doc, point.id, b % 4)
  },
  numberScale: (doc, { a, b }) => {
    const issue = pick(issueRecords.all(doc), a)
    if (issue) setNumeric(doc, issue.id, b % 2 === 0)
  },
  typeNumber: inCell((doc, issue, party, { c }) => {
    if (issueRecords.read(doc, issue)?.scaleIsNumeric)
      setCell(doc, issue, party, { stance: pointAt(doc, issue, (c % 20) / 4) })
  }),
  removePoint: (doc, { a }) => {
    const point = pick(pointRecords.all(doc), a)
    if (point) pointRecords.remove(doc, point.id)
  },
  setCell: inCell((doc, issue, party, { c }) =>
    setCell(doc, issue, party, {
      knowledge: pick(KNOWLEDGE, c) ?? 'unknown',
      scope: pick([...SCOPES, null], c) ?? null,
      flexibility: pick([...FLEXIBILITIES, null], c) ?? null,
      salience: pick([...LEVELS, null], c) ?? null,
    }),
  ),
  setStance: inCell((doc, issue, party, { c }) =>
    setCell(doc, issue, party, {
      stance:
        pick(
          pointRecords.all(doc).filter(point => point.issueId === issue),
          c,
        )?.id ?? null,
    }),
  ),
  setPosition: inCell((doc, issue, party, { words }) => {
    setPosition(doc, issue, party, words)
    noteReported(doc, issue, party)
  }),
  clearCell: inCell((doc, issue, party) => clearCell(doc, issue, party)),
  addClaim: (doc, { words }) => {
    const source = newId<never>()
    sourceRecords.put(doc, source, { title: words })
    claimRecords.put(doc, newId(), { statement: words, sourceId: source })
  },
  removeClaim: (doc, { a }) => {
    const claim = pick(claimRecords.all(doc), a)
    if (claim) claimRecords.remove(doc, claim.id)
  },
  attachClaim: inCell((doc, issue, party, { c }) => {
    const claim = pick(claimRecords.all(doc), c)
    if (claim) attachClaim(doc, issue, party, claim.id)
  }),
  detachClaim: inCell((doc, issue, party, { c }) => {
    const claim = pick(claimRecords.all(doc), c)
    if (claim) detachClaim(doc, issue, party, claim.id)
  }),
  drawRedLine: inCell((doc, issueId, partyId, { c, words }) =>
    redLineRecords.put(doc, newId(), {
      issueId,
      partyId,
      statement: words,
      kind: pick(RED_LINE_KINDS, c) ?? 'condition',
    }),
  ),
  changeRedLine: (doc, { a, words }) => {
    const line = pick(redLineRecords.all(doc), a)
    if (line) redLineRecords.set(doc, line.id, { statement: words, soft: !line.soft })
  },
  markKind: inCell((doc, issue, party, { a, c }) =>
    markKind(
      doc,
      movementKey(issue, party, 1 + (a % 5)),
      pick([...MOVEMENT_KINDS, null], c) ?? null,
    ),
  ),
  giveReason: inCell((doc, issue, party, { a, words }) =>
    giveReason(doc, newId(), [movementKey(issue, party, 1 + (a % 5))], words),
  ),
  hold: (doc, { a, b, words }) => {
    const meeting = pick(meetingRecords.all(doc), a)
    if (meeting && b % 2) meetingRecords.set(doc, meeting.id, { endedAt: b })
    else meetingRecords.put(doc, newId(), { title: words, startedAt: a })
  },
  liftRedLine: (doc, { a }) => {
    const line = pick(redLineRecords.all(doc), a)
    if (line) redLineRecords.remove(doc, line.id)
  },
}

export interface RandomEdit {
  readonly verb: string
  readonly dice: Dice
}

export const edits = (
  most: number,
  verbs: readonly string[] = Object.keys(VERBS),
): fc.Arbitrary<readonly RandomEdit[]> =>
  fc.array(fc.record({ verb: fc.constantFrom(...verbs), dice }), { maxLength: most })

export const make = (doc: Y.Doc, edits: readonly RandomEdit[]): void => {
  for (const { dice, verb } of edits) VERBS[verb]?.(doc, dice)
}

/** A few columns, baskets, rows with scales, and filled cells to begin with. */
export const BEGINNING: readonly RandomEdit[] = [
  'addParty',
  'addParty',
  'addParty',
  'addBasket',
  'addBasket',
  'addBasket',
  'addClaim',
  ...Array.from({ length: 6 }, () => 'addIssue'),
  ...Array.from({ length: 12 }, () => 'addPoint'),
  ...Array.from({ length: 6 }, () => 'setPosition'),
  'setStance',
  'setCell',
  'attachClaim',
  'drawRedLine',
  'drawRedLine',
].map((verb, index) => ({
  verb,
  dice: { a: index * 7, b: index * 5, c: index * 3, words: `${verb} ${index}` },
}))
