/** Baskets and issues in the document: the rows. */
import type * as Y from 'yjs'
import { cellsMap, descriptionName } from '#shared/document/layout.ts'
import { flag, reference, word, words } from '#shared/document/field.ts'
import { placed } from '#shared/document/rank.ts'
import { byRank, recordKind } from '#shared/document/record.ts'
import { redLineRecords } from '#shared/document/redlines.ts'
import { pointRecords, pointsByIssue, pointsOf } from '#shared/document/scales.ts'
import { storedIn, type Stored } from '#shared/document/stored.ts'
import { emptyText } from '#shared/document/text.ts'
import type { BasketId, IssueId, Rank } from '#shared/ids.ts'
import { byValue, labelOf, type Basket, type Issue, type ScalePoint } from '#shared/issues.ts'

export const basketRecords = recordKind<BasketId, Omit<Basket, 'id'>>('baskets', {
  title: words,
  rank: word<Rank>(),
})

interface StoredIssue {
  readonly basketId: BasketId | null
  readonly title: string
  readonly scaleName: string
  readonly scaleIsNumeric: boolean
  readonly scaleUnit: string
  readonly rank: Rank
}

export const issueRecords = recordKind<IssueId, StoredIssue>('issues', {
  basketId: reference<BasketId>(),
  title: words,
  scaleName: words,
  scaleIsNumeric: flag,
  scaleUnit: words,
  rank: word<Rank>(),
})

/** One issue. Whoever reads many hands in the points of all, which are costly to gather. */
export const issueOf = (
  stored: Stored,
  id: IssueId,
  points: ReadonlyMap<IssueId, readonly ScalePoint[]> = pointsOf(stored),
): Issue | undefined => {
  const issue = issueRecords.readOf(stored, id)
  return issue && assemble(stored, issue, points.get(id) ?? [])
}

export const readIssue = (doc: Y.Doc, id: IssueId): Issue | undefined => issueOf(storedIn(doc), id)

/** Every issue in the order of the rows: by basket, then by rank; those without a basket come last. */
export const readIssues = (doc: Y.Doc): readonly Issue[] => issuesOf(storedIn(doc))

export const issuesOf = (stored: Stored): readonly Issue[] => {
  const points = pointsOf(stored)
  const place = new Map(basketRecords.allOf(stored).map((basket, index) => [basket.id, index]))
  const placeOf = (issue: Issue): number =>
    issue.basketId === null ? place.size : (place.get(issue.basketId) ?? place.size)
  return issueRecords
    .allOf(stored)
    .map(issue => assemble(stored, issue, points.get(issue.id) ?? []))
    .sort((a, b) => placeOf(a) - placeOf(b) || byRank(a, b))
}

const assemble = (
  stored: Stored,
  {
    id,
    basketId,
    title,
    scaleIsNumeric: isNumeric,
    scaleName: name,
    scaleUnit: unit,
    rank,
  }: StoredIssue & { readonly id: IssueId },
  points: readonly ScalePoint[],
): Issue => ({
  id,
  basketId: basketId !== null && stored.record('baskets', basketId) ? basketId : null,
  title,
  description: stored.text(descriptionName(id)),
  scale: {
    name,
    isNumeric,
    unit,
    points: isNumeric
      ? points
          .map(point => ({ ...point, label: labelOf({ isNumeric, unit }, point) }))
          .toSorted(byValue)
      : points,
  },
  rank,
})

/** Adds a basket before the one at `index`; at the end without it. */
export const addBasket = (
  doc: Y.Doc,
  id: BasketId,
  title: string,
  index = Number.POSITIVE_INFINITY,
): void =>
  doc.transact(() => basketRecords.put(doc, id, { title, ...placedBasket(doc, id, index) }))

export const moveBasket = (doc: Y.Doc, id: BasketId, index: number): void =>
  doc.transact(() => basketRecords.set(doc, id, placedBasket(doc, id, index)))

/** Removes a basket; its issues stay and come last. */
export const removeBasket = (doc: Y.Doc, id: BasketId): void => basketRecords.remove(doc, id)

/** Adds an issue to a basket, before its issue at `index`; at the basket's end without it. */
export const addIssue = (
  doc: Y.Doc,
  id: IssueId,
  values: {
    readonly title: string
    readonly basketId: BasketId | null
    readonly scaleName?: string
  },
  index = Number.POSITIVE_INFINITY,
): void =>
  doc.transact(() =>
    issueRecords.put(doc, id, { ...values, ...placedIssue(doc, id, values.basketId, index) }),
  )

/** Moves an issue so that it stands at `index` among the others of the basket. */
export const moveIssue = (
  doc: Y.Doc,
  id: IssueId,
  basketId: BasketId | null,
  index: number,
): void =>
  doc.transact(() =>
    issueRecords.set(doc, id, { basketId, ...placedIssue(doc, id, basketId, index) }),
  )

/** Removes an issue with its scale, cells and red lines; its texts are emptied. */
export const removeIssue = (doc: Y.Doc, id: IssueId): void =>
  doc.transact(() => {
    for (const point of pointsByIssue(doc).get(id) ?? []) pointRecords.remove(doc, point.id)
    for (const key of cellsMap(doc).keys()) if (key.startsWith(`${id}/`)) cellsMap(doc).delete(key)
    for (const line of redLineRecords.all(doc))
      if (line.issueId === id) redLineRecords.remove(doc, line.id)
    for (const name of doc.share.keys()) if (name.startsWith(`text/${id}/`)) emptyText(doc, name)
    issueRecords.remove(doc, id)
  })

const placedBasket = (doc: Y.Doc, id: BasketId, index: number): { rank: Rank } =>
  placed(
    basketRecords.all(doc).filter(basket => basket.id !== id),
    index,
    (other, rank) => basketRecords.set(doc, other as BasketId, { rank }),
  )

const placedIssue = (
  doc: Y.Doc,
  id: IssueId,
  basketId: BasketId | null,
  index: number,
): { rank: Rank } =>
  placed(
    readIssues(doc).filter(issue => issue.id !== id && issue.basketId === basketId),
    index,
    (other, rank) => issueRecords.set(doc, other as IssueId, { rank }),
  )
