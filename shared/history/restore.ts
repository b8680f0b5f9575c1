/** Bringing back what a snapshot held, as a forward edit on the live document: what differs, and nothing else. */
import type * as Y from 'yjs'
import type { Comparison } from '#shared/compare/compare.ts'
import { CELL_FIELDS, type Cell, type CellKey } from '#shared/cells.ts'
import { attachClaim, setCell, setPosition } from '#shared/document/cells.ts'
import { claimRecords, sourceRecords } from '#shared/document/claims.ts'
import {
  basketRecords,
  issueRecords,
  readIssue,
  readIssues,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { descriptionName } from '#shared/document/layout.ts'
import { partyRecords, removeParty } from '#shared/document/parties.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointRecords, pointsByIssue } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import { restoreOrder } from '#shared/history/order.ts'
import type { BasketId, ClaimId, IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'
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
    const chosen = new Set<string>()
    const strangers = new Set<string>()
    for (const address of addresses) {
      const [kind, id = ''] = address.split('/')
      if (kind === 'tracker') describeTracker(doc, then)
      else if (kind !== 'cell') chosen.add(id)
      if (kind === 'basket') restoreBasket(doc, then, id as BasketId, strangers)
      else if (kind === 'party') restoreParty(doc, then, id as PartyId, strangers)
      else if (kind === 'issue') restoreIssue(doc, then, id as IssueId, strangers)
    }
    restoreOrders(doc, then, new Set([...chosen, ...strangers]), strangers)
    for (const address of addresses) {
      const [kind, issueId, partyId] = address.split('/')
      if (kind === 'cell') restoreCell(doc, then, issueId as IssueId, partyId as PartyId)
    }
  })

/** Those that came back, or into another basket, are noted as strangers: they have no place yet. */
type Strangers = Set<string>

/** Issues that came into the basket later, before it was removed, have been without one since and stay so. */
const restoreBasket = (doc: Y.Doc, then: Tracker, id: BasketId, strangers: Strangers): void => {
  const basket = then.baskets.find(basket => basket.id === id)
  if (!basket) return removeBasket(doc, id)
  if (!basketRecords.has(doc, id)) {
    strangers.add(id)
    const rows = new Set(then.issues.filter(({ basketId }) => basketId === id).map(({ id }) => id))
    for (const issue of issueRecords.all(doc))
      if (issue.basketId === id && !rows.has(issue.id))
        issueRecords.set(doc, issue.id, { basketId: null })
  }
  basketRecords.put(doc, id, { title: basket.title })
}

const restoreParty = (doc: Y.Doc, then: Tracker, id: PartyId, strangers: Strangers): void => {
  const party = then.parties.find(party => party.id === id)
  if (!party) return removeParty(doc, id)
  const returns = !partyRecords.has(doc, id)
  const { name, role, alsoRole } = party
  partyRecords.put(doc, id, { name, role, alsoRole })
  if (!returns) return
  strangers.add(id)
  for (const issue of then.issues) restoreCell(doc, then, issue.id, id)
}

/** A basket that was removed since comes back with its issue. */
const restoreIssue = (doc: Y.Doc, then: Tracker, id: IssueId, strangers: Strangers): void => {
  const issue = then.issues.find(issue => issue.id === id)
  if (!issue) return removeIssue(doc, id)
  const { basketId, description, scale, title } = issue
  if (basketId !== null && !basketRecords.has(doc, basketId))
    restoreBasket(doc, then, basketId, strangers)
  const now = readIssue(doc, id)
  const moves = now?.basketId !== basketId
  if (moves) strangers.add(id)
  issueRecords.put(doc, id, { title, scaleName: scale.name, ...(moves && { basketId }) })
  rewriteText(doc, descriptionName(id), description)
  restoreScale(doc, issue)
  if (!now) for (const party of then.parties) restoreCell(doc, then, id, party.id)
}

const restoreOrders = (
  doc: Y.Doc,
  then: Tracker,
  chosen: ReadonlySet<string>,
  strangers: ReadonlySet<string>,
): void => {
  restoreOrder(basketRecords.all(doc), idsOf(then.baskets), chosen, strangers, (id, rank) =>
    basketRecords.set(doc, id as BasketId, { rank }),
  )
  restoreOrder(partyRecords.all(doc), idsOf(then.parties), chosen, strangers, (id, rank) =>
    partyRecords.set(doc, id as PartyId, { rank }),
  )
  const rows = Map.groupBy(readIssues(doc), ({ basketId }) => basketId)
  for (const [basketId, issues] of Map.groupBy(then.issues, ({ basketId }) => basketId))
    restoreOrder(rows.get(basketId) ?? [], idsOf(issues), chosen, strangers, (id, rank) =>
      issueRecords.set(doc, id as IssueId, { rank }),
    )
}

const idsOf = (records: readonly { readonly id: string }[]): readonly string[] =>
  records.map(({ id }) => id)

const restoreScale = (doc: Y.Doc, { id: issueId, scale }: Issue): void => {
  const wanted = new Set<PointId>(scale.points.map(({ id }) => id))
  const points = pointsByIssue(doc).get(issueId) ?? []
  for (const { id } of points) if (!wanted.has(id)) pointRecords.remove(doc, id)
  const kept = points.map(({ id }) => id).filter(id => wanted.has(id))
  const inOrder = kept.join() === [...wanted].join()
  for (const { id, label, rank } of scale.points)
    pointRecords.put(doc, id, { issueId, label, ...(!inOrder && { rank }) })
}

/** Nothing where the issue or the party does not exist: a cell comes back with its row or column. */
const restoreCell = (doc: Y.Doc, then: Tracker, issueId: IssueId, partyId: PartyId): void => {
  if (!issueRecords.has(doc, issueId) || !partyRecords.has(doc, partyId)) return
  const cell = cellOf(then, issueId, partyId)
  const scalars = Object.fromEntries(
    CELL_FIELDS.map(field => [field, cell[field]]),
  ) as Partial<Cell>
  setCell(doc, issueId, partyId, scalars)
  setPosition(doc, issueId, partyId, cell.position)
  for (const claimId of cell.claimIds) {
    restoreClaim(doc, then, claimId)
    attachClaim(doc, issueId, partyId, claimId)
  }
  const lines = then.redLines.filter(line => line.issueId === issueId && line.partyId === partyId)
  const kept = new Set<RedLineId>(lines.map(({ id }) => id))
  for (const line of redLineRecords.all(doc))
    if (line.issueId === issueId && line.partyId === partyId && !kept.has(line.id))
      redLineRecords.remove(doc, line.id)
  for (const line of lines) redLineRecords.put(doc, line.id, line)
}

/** A claim that was removed since returns with its source; one that is there keeps what was learned of it since. */
const restoreClaim = (doc: Y.Doc, then: Tracker, id: ClaimId): void => {
  const claim = then.claims.find(claim => claim.id === id)
  if (!claim || claimRecords.has(doc, id)) return
  const source = then.sources.find(({ id }) => id === claim.sourceId)
  if (source && !sourceRecords.has(doc, source.id)) sourceRecords.put(doc, source.id, source)
  claimRecords.put(doc, id, claim)
}
