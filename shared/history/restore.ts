/** Bringing back what a snapshot held, as a forward edit on the live document: what differs, and nothing else. */
import type * as Y from 'yjs'
import type { CellKey } from '#shared/cells.ts'
import type { Comparison } from '#shared/compare/compare.ts'
import {
  basketRecords,
  issueRecords,
  readIssues,
  removeBasket,
  removeIssue,
} from '#shared/document/issues.ts'
import { descriptionName, positionName, readText } from '#shared/document/layout.ts'
import { partyRecords, removeParty } from '#shared/document/parties.ts'
import { pointRecords, pointsByIssue } from '#shared/document/scales.ts'
import { rewriteText } from '#shared/document/text.ts'
import { describeTracker } from '#shared/document/tracker.ts'
import { restoreOrder } from '#shared/history/order.ts'
import { cellRestorer, type BringBack, type RestoreCell } from '#shared/history/restore-cell.ts'
import { restoreText, type TextParts } from '#shared/history/restore-text.ts'
import type { BasketId, IssueId, PartyId, PointId } from '#shared/ids.ts'
import { nameIn, type Issue, type ScalePoint } from '#shared/issues.ts'
import type { Tracker } from '#shared/tracker.ts'

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
 * one that was added since is removed. Text keeps what is still there, so that others' concurrent typing survives: by the
 * identity of its characters where `texts` tells it, else by its words.
 */
export const restore = (
  doc: Y.Doc,
  then: Tracker,
  addresses: readonly RestoreAddress[],
  texts: TextParts = new Map(),
): void =>
  doc.transact(() => {
    const bringBack: BringBack = (name, wanted) => {
      const parts = texts.get(name)
      if (readText(doc, name) === wanted) return
      if (parts) restoreText(doc, name, parts)
      else rewriteText(doc, name, wanted)
    }
    const work: Work = {
      doc,
      past: then,
      bringBack,
      restoreCell: cellRestorer(doc, then, bringBack),
      points: pointsByIssue(doc),
      strangers: new Set(),
    }
    const chosen = new Set<string>()
    for (const address of addresses) {
      const [kind, id = ''] = address.split('/')
      if (kind === 'tracker') describeTracker(doc, then)
      else if (kind !== 'cell') chosen.add(id)
      if (kind === 'basket') restoreBasket(work, id as BasketId)
      else if (kind === 'party') restoreParty(work, id as PartyId)
      else if (kind === 'issue') restoreIssue(work, id as IssueId)
    }
    restoreOrders(work, chosen.union(work.strangers))
    for (const address of addresses) {
      const [kind, issueId, partyId] = address.split('/')
      if (kind === 'cell') work.restoreCell(issueId as IssueId, partyId as PartyId)
    }
  })

/** The names of the texts that a restore of the addresses may write. */
export const textsIn = (then: Tracker, addresses: readonly RestoreAddress[]): readonly string[] => [
  ...new Set(
    addresses.flatMap(address => {
      const [kind, first, second] = address.split('/') as [string, string, string]
      switch (kind) {
        case 'cell':
          return [positionName(first as IssueId, second as PartyId)]
        case 'issue':
          return [
            descriptionName(first as IssueId),
            ...then.parties.map(({ id }) => positionName(first as IssueId, id)),
          ]
        case 'party':
          return then.issues.map(({ id }) => positionName(id, first as PartyId))
        default:
          return []
      }
    }),
  ),
]

interface Work {
  readonly doc: Y.Doc
  readonly bringBack: BringBack
  readonly past: Tracker
  readonly restoreCell: RestoreCell
  /** The scales as they were before the restore. */
  readonly points: ReadonlyMap<IssueId, readonly ScalePoint[]>
  /** Those that came back, or into another basket: they have no place yet. */
  readonly strangers: Set<string>
}

/** Issues that came into the basket later, before it was removed, have been without one since and stay so. */
const restoreBasket = ({ doc, past, strangers }: Work, id: BasketId): void => {
  const basket = past.baskets.find(basket => basket.id === id)
  if (!basket) return removeBasket(doc, id)
  if (!basketRecords.has(doc, id)) {
    strangers.add(id)
    const rows = new Set(past.issues.filter(({ basketId }) => basketId === id).map(({ id }) => id))
    for (const issue of issueRecords.all(doc))
      if (issue.basketId === id && !rows.has(issue.id))
        issueRecords.set(doc, issue.id, { basketId: null })
  }
  basketRecords.put(doc, id, { title: basket.title })
}

const restoreParty = ({ doc, past, restoreCell, strangers }: Work, id: PartyId): void => {
  const party = past.parties.find(party => party.id === id)
  if (!party) return removeParty(doc, id)
  const returns = !partyRecords.has(doc, id)
  const { name, role, alsoRole } = party
  partyRecords.put(doc, id, { name, role, alsoRole })
  if (!returns) return
  strangers.add(id)
  for (const issue of past.issues) restoreCell(issue.id, id)
}

/** A basket that was removed since comes back with its issue. */
const restoreIssue = (work: Work, id: IssueId): void => {
  const { bringBack, doc, past, restoreCell, strangers } = work
  const issue = past.issues.find(issue => issue.id === id)
  if (!issue) return removeIssue(doc, id)
  const { basketId, description, scale, title } = issue
  if (basketId !== null && !basketRecords.has(doc, basketId)) restoreBasket(work, basketId)
  const now = issueRecords.read(doc, id)
  const moves = !now || basketOf(doc, now.basketId) !== basketId
  if (moves) strangers.add(id)
  const { isNumeric: scaleIsNumeric, name: scaleName, unit: scaleUnit } = scale
  issueRecords.put(doc, id, {
    title,
    scaleName,
    scaleIsNumeric,
    scaleUnit,
    ...(moves && { basketId }),
  })
  bringBack(descriptionName(id), description)
  restoreScale(work, issue)
  if (!now) for (const party of past.parties) restoreCell(id, party.id)
}

/** The basket in which an issue stands: one that was removed is none. */
const basketOf = (doc: Y.Doc, stored: BasketId | null): BasketId | null =>
  stored !== null && basketRecords.has(doc, stored) ? stored : null

const restoreScale = ({ doc, points }: Work, { id: issueId, scale }: Issue): void => {
  const wanted = new Set<PointId>(scale.points.map(({ id }) => id))
  const now = (points.get(issueId) ?? []).map(({ id }) => id)
  for (const id of now) if (!wanted.has(id)) pointRecords.remove(doc, id)
  const isInOrder = now.filter(id => wanted.has(id)).join() === [...wanted].join()
  for (const point of scale.points) {
    const { id, rank, value } = point
    const label = nameIn(scale, point)
    pointRecords.put(doc, id, { issueId, label, value, ...(!isInOrder && { rank }) })
  }
}

const restoreOrders = ({ doc, past, strangers }: Work, chosen: ReadonlySet<string>): void => {
  restoreOrder(basketRecords.all(doc), idsOf(past.baskets), chosen, strangers, (id, rank) =>
    basketRecords.set(doc, id as BasketId, { rank }),
  )
  restoreOrder(partyRecords.all(doc), idsOf(past.parties), chosen, strangers, (id, rank) =>
    partyRecords.set(doc, id as PartyId, { rank }),
  )
  const rows = Map.groupBy(readIssues(doc), ({ basketId }) => basketId)
  for (const [basketId, issues] of Map.groupBy(past.issues, ({ basketId }) => basketId))
    restoreOrder(rows.get(basketId) ?? [], idsOf(issues), chosen, strangers, (id, rank) =>
      issueRecords.set(doc, id as IssueId, { rank }),
    )
}

const idsOf = (records: readonly { readonly id: string }[]): readonly string[] =>
  records.map(({ id }) => id)
