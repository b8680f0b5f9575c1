/** Bringing back what a snapshot held, as a forward edit on the live document: what differs, and nothing else. */
import type * as Y from 'yjs'
import type { Comparison } from '#shared/compare/compare.ts'
import { CELL_FIELDS, type Cell, type CellKey } from '#shared/cells.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { basketRecords, issueRecords, removeBasket, removeIssue } from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointRecords } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import type { BasketId, IssueId, PartyId, RedLineId } from '#shared/ids.ts'
import type { Issue } from '#shared/issues.ts'
import { cellOf, type Tracker } from '#shared/tracker.ts'

/** One thing that a restore may bring back. */
export type RestoreAddress =
  | 'tracker'
  | `basket/${BasketId}`
  | `party/${PartyId}`
  | `issue/${IssueId}`
  | `cell/${CellKey}`

/**
 * Everything that a restore of the whole would bring back: the addresses of the comparison's changes.
 * Claims that a cell has won since stay, so a cell that differs in nothing else is left out.
 */
export const restorable = ({
  baskets,
  cells,
  issues,
  parties,
  tracker,
}: Comparison): readonly RestoreAddress[] => [
  ...(tracker.length > 0 ? ['tracker' as const] : []),
  ...baskets.map(({ id }) => `basket/${id as BasketId}` as const),
  ...parties.map(({ id }) => `party/${id as PartyId}` as const),
  ...issues.map(({ id }) => `issue/${id as IssueId}` as const),
  ...cells
    .filter(
      ({ after, before, fields, redLines }) =>
        redLines.length > 0 ||
        fields.some(field => field !== 'claimIds') ||
        before.claimIds.some(id => !after.claimIds.includes(id)),
    )
    .map(({ key }) => `cell/${key}` as const),
]

/**
 * Makes the addressed parts of the document hold what `then` held, in one transaction. What is equal already is
 * not touched: doing it twice changes nothing. A removed row or column returns under its own id, with its cells;
 * one that was added since is removed. Text keeps what is still there, so that others' concurrent typing survives.
 */
export const restore = (doc: Y.Doc, then: Tracker, addresses: readonly RestoreAddress[]): void =>
  doc.transact(() => {
    const chosen = new Set<RestoreAddress>(addresses)
    if (chosen.has('tracker')) describeTracker(doc, then)
    for (const address of addresses) {
      const [kind, ...rest] = address.split('/')
      const id = rest.join('/')
      if (kind === 'basket') restoreBasket(doc, then, id as BasketId)
      else if (kind === 'party') restoreParty(doc, then, id as PartyId)
      else if (kind === 'issue') restoreIssue(doc, then, id as IssueId)
    }
    for (const address of addresses) {
      const [kind, issueId, partyId] = address.split('/')
      if (kind === 'cell') restoreCell(doc, then, issueId as IssueId, partyId as PartyId)
    }
  })

const restoreBasket = (doc: Y.Doc, then: Tracker, id: BasketId): void => {
  const basket = then.baskets.find(basket => basket.id === id)
  if (basket) basketRecords.put(doc, id, basket)
  else removeBasket(doc, id)
}

const restoreParty = (doc: Y.Doc, then: Tracker, id: PartyId): void => {
  const party = then.parties.find(party => party.id === id)
  if (!party) return removeParty(doc, id)
  const returns = !partyRecords.has(doc, id)
  partyRecords.put(doc, id, party)
  if (returns)
    for (const issue of then.issues)
      if (issueRecords.has(doc, issue.id)) restoreCell(doc, then, issue.id, id)
}

const restoreIssue = (doc: Y.Doc, then: Tracker, id: IssueId): void => {
  const issue = then.issues.find(issue => issue.id === id)
  if (!issue) return removeIssue(doc, id)
  const returns = !issueRecords.has(doc, id)
  issueRecords.put(doc, id, {
    basketId: issue.basketId,
    title: issue.title,
    scaleName: issue.scale.name,
    rank: issue.rank,
  })
  rewriteText(doc, descriptionName(id), issue.description)
  restoreScale(doc, issue)
  if (returns)
    for (const party of then.parties)
      if (partyRecords.has(doc, party.id)) restoreCell(doc, then, id, party.id)
}

const restoreScale = (doc: Y.Doc, { id: issueId, scale }: Issue): void => {
  const points = new Set(scale.points.map(({ id }) => id))
  for (const point of pointRecords.all(doc))
    if (point.issueId === issueId && !points.has(point.id)) pointRecords.remove(doc, point.id)
  for (const { id, label, rank } of scale.points)
    pointRecords.put(doc, id, { issueId, label, rank })
}

const restoreCell = (doc: Y.Doc, then: Tracker, issueId: IssueId, partyId: PartyId): void => {
  const cell = cellOf(then, issueId, partyId)
  const scalars = Object.fromEntries(
    CELL_FIELDS.map(field => [field, cell[field]]),
  ) as Partial<Cell>
  setCell(doc, issueId, partyId, scalars)
  setPosition(doc, issueId, partyId, cell.position)
  for (const claimId of cell.claimIds) attachClaim(doc, issueId, partyId, claimId)
  const lines = then.redLines.filter(line => line.issueId === issueId && line.partyId === partyId)
  const kept = new Set<RedLineId>(lines.map(({ id }) => id))
  for (const line of redLineRecords.all(doc))
    if (line.issueId === issueId && line.partyId === partyId && !kept.has(line.id))
      redLineRecords.remove(doc, line.id)
  for (const line of lines) redLineRecords.put(doc, line.id, line)
}
