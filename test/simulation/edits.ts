/** What people do to a tracker, drawn by dice from all the verbs of shared/document. */
import * as Y from 'yjs'
import { FLEXIBILITIES, KNOWLEDGE, SCOPES } from '#shared/cells.ts'
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
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { descriptionName, positionText } from '#shared/document/layout.ts'
import { addParty, moveParty, partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { addPoint, movePoint, pointRecords } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { createTracker, describeTracker, readTracker } from '#shared/document/tracker.ts'
import { restoreRecords } from '#shared/document/restores.ts'
import { compare } from '#shared/compare/compare.ts'
import { restorable, restore } from '#shared/history/restore.ts'
import type {
  BasketId,
  ClaimId,
  IssueId,
  PartyId,
  PointId,
  RedLineId,
  RestoreId,
  SnapshotId,
  SourceId,
} from '#shared/ids.ts'
import type { Tracker } from '#shared/tracker.ts'
import type { Dice } from '#test/simulation/dice.ts'

type Edit = (doc: Y.Doc, dice: Dice) => void

const DISCUSSION_ROOTS = ['threads', 'comments', 'resolutions'] as const

const WORDS = [
  'along',
  'the',
  'river',
  'until',
  'verified',
  'مرز',
  'with',
  'guarantees',
  '🕊️',
] as const
const phrase = (dice: Dice): string =>
  Array.from({ length: 1 + dice.below(6) }, () => dice.pick(WORDS)).join(' ')

const id = <Id extends string>(dice: Dice): Id =>
  `id-${dice.below(2 ** 30).toString(36)}-${dice.below(2 ** 30).toString(36)}` as Id

const one = <Id extends string>(
  kind: { readonly all: (doc: Y.Doc) => readonly { readonly id: Id }[] },
  doc: Y.Doc,
  dice: Dice,
): Id | undefined => {
  const all = kind.all(doc)
  return all[dice.below(Math.max(1, all.length))]?.id
}

const anIssue = (doc: Y.Doc, dice: Dice): IssueId | undefined => one(issueRecords, doc, dice)
const aParty = (doc: Y.Doc, dice: Dice): PartyId | undefined => one(partyRecords, doc, dice)

const inCell =
  (edit: (doc: Y.Doc, issue: IssueId, party: PartyId, dice: Dice) => void): Edit =>
  (doc, dice) => {
    const [issue, party] = [anIssue(doc, dice), aParty(doc, dice)]
    if (issue !== undefined && party !== undefined) edit(doc, issue, party, dice)
  }

const onOne =
  <Id extends string>(
    kind: { readonly all: (doc: Y.Doc) => readonly { readonly id: Id }[] },
    edit: (doc: Y.Doc, id: Id, dice: Dice) => void,
  ): Edit =>
  (doc, dice) => {
    const found = one(kind, doc, dice)
    if (found !== undefined) edit(doc, found, dice)
  }

const typeInto = (text: Y.Text, dice: Dice): void => {
  const at = dice.below(text.length + 1)
  if (dice.below(3) > 0 || text.length === 0) text.insert(at, dice.pick(WORDS))
  else text.delete(Math.min(at, text.length - 1), 1)
}

const SIMPLE: readonly [Edit, ...Edit[]] = [
  (doc, dice) => createTracker(doc, phrase(dice), phrase(dice)),
  (doc, dice) => describeTracker(doc, { title: phrase(dice) }),
  (doc, dice) => addBasket(doc, id<BasketId>(dice), phrase(dice), dice.below(4)),
  onOne(basketRecords, (doc, basket, dice) => moveBasket(doc, basket, dice.below(4))),
  onOne(basketRecords, (doc, basket) => removeBasket(doc, basket)),
  (doc, dice) => {
    const basketId = one(basketRecords, doc, dice) ?? null
    addIssue(doc, id<IssueId>(dice), { title: phrase(dice), basketId }, dice.below(4))
  },
  onOne(issueRecords, (doc, issue, dice) =>
    moveIssue(doc, issue, one(basketRecords, doc, dice) ?? null, dice.below(4)),
  ),
  onOne(issueRecords, (doc, issue, dice) => issueRecords.set(doc, issue, { title: phrase(dice) })),
  onOne(issueRecords, (doc, issue, dice) => rewriteText(doc, descriptionName(issue), phrase(dice))),
  onOne(issueRecords, (doc, issue) => removeIssue(doc, issue)),
  (doc, dice) =>
    addParty(doc, id<PartyId>(dice), { name: phrase(dice), role: 'host' }, dice.below(4)),
  onOne(partyRecords, (doc, party, dice) => moveParty(doc, party, dice.below(4))),
  onOne(partyRecords, (doc, party) => removeParty(doc, party)),
  onOne(issueRecords, (doc, issue, dice) =>
    addPoint(doc, id<PointId>(dice), issue, phrase(dice), dice.below(4)),
  ),
  onOne(pointRecords, (doc, point, dice) => movePoint(doc, point, dice.below(4))),
  onOne(pointRecords, (doc, point) => pointRecords.remove(doc, point)),
  inCell((doc, issue, party, dice) =>
    setCell(doc, issue, party, { stance: one(pointRecords, doc, dice) ?? null }),
  ),
  inCell((doc, issue, party, dice) =>
    setCell(doc, issue, party, {
      knowledge: dice.pick(KNOWLEDGE),
      scope: dice.pick(SCOPES),
      scopeNote: phrase(dice),
      flexibility: dice.pick(FLEXIBILITIES),
    }),
  ),
  inCell((doc, issue, party, dice) => setPosition(doc, issue, party, phrase(dice))),
  inCell((doc, issue, party, dice) => typeInto(positionText(doc, issue, party), dice)),
  inCell((doc, issue, party, dice) => typeInto(positionText(doc, issue, party), dice)),
  inCell((doc, issue, party) => noteReported(doc, issue, party)),
  inCell((doc, issue, party) => clearCell(doc, issue, party)),
  inCell((doc, issue, party, dice) => {
    const claim = one(claimRecords, doc, dice)
    if (claim === undefined) return
    if (dice.once(3)) detachClaim(doc, issue, party, claim)
    else attachClaim(doc, issue, party, claim)
  }),
  (doc, dice) =>
    sourceRecords.put(doc, id<SourceId>(dice), { title: phrase(dice), reliability: 'B' }),
  (doc, dice) =>
    claimRecords.put(doc, id<ClaimId>(dice), { statement: phrase(dice), credibility: 2 }),
  inCell((doc, issueId, partyId, dice) =>
    redLineRecords.put(doc, id<RedLineId>(dice), {
      issueId,
      partyId,
      statement: phrase(dice),
      soft: true,
    }),
  ),
  onOne(redLineRecords, (doc, line) => redLineRecords.remove(doc, line)),
]

const pastState = (doc: Y.Doc, dice: Dice): Tracker => {
  const past = new Y.Doc()
  Y.applyUpdate(past, Y.encodeStateAsUpdate(doc))
  for (let many = dice.below(4); many >= 0; many--) dice.pick(SIMPLE)(past, dice)
  return readTracker(past)
}

/** A small matrix, so that there is something to write in. */
export const foundByChance: Edit = (doc, dice) => {
  createTracker(doc, phrase(dice))
  for (const role of ['host', 'mediator'] as const)
    addParty(doc, id<PartyId>(dice), { name: phrase(dice), role })
  for (let many = 2; many >= 0; many--) {
    const issue = id<IssueId>(dice)
    addIssue(doc, issue, { title: phrase(dice), basketId: null })
    addPoint(doc, id<PointId>(dice), issue, phrase(dice))
  }
}

/** Brings back something like a past of this document, and says so. */
export const restoreByChance: Edit = (doc, dice) => {
  const then = pastState(doc, dice)
  restore(doc, then, restorable(compare(then, readTracker(doc))))
  restoreRecords.put(doc, id<RestoreId>(dice), {
    from: 's1' as SnapshotId,
    at: 1,
    changes: 2,
    by: 'ada',
  })
}

const EDITS: readonly [Edit, ...Edit[]] = [...SIMPLE, restoreByChance]

/** One thing that one person does, as one transaction under the given origin. */
export const editByChance = (doc: Y.Doc, dice: Dice, origin: unknown): void => {
  const edit = dice.pick(EDITS)
  doc.transact(() => edit(doc, dice), origin)
}

/** The same for a discussion: records come, change and go. */
export const discussByChance = (doc: Y.Doc, dice: Dice, origin: unknown): void => {
  const records = doc.getMap<unknown>(dice.pick(DISCUSSION_ROOTS))
  const known = [...records.keys()]
  const key = known[dice.below(known.length + 2)]
  doc.transact(() => {
    const record = key === undefined ? undefined : records.get(key)
    if (key !== undefined && dice.once(5)) records.delete(key)
    else if (record instanceof Y.Map) record.set(dice.pick(['text', 'state']), phrase(dice))
    else records.set(id<string>(dice), new Y.Map([['text', phrase(dice)]]))
  }, origin)
}
