/** Scale points in the document: records of their own, so that points can be renamed and reordered under positions. */
import type * as Y from 'yjs'
import { numberOrNull, word, words } from '#shared/document/field.ts'
import { placed } from '#shared/document/rank.ts'
import { recordKind } from '#shared/document/record.ts'
import { storedIn, type Stored } from '#shared/document/stored.ts'
import type { IssueId, PointId, Rank } from '#shared/ids.ts'
import type { ScalePoint } from '#shared/issues.ts'

interface StoredPoint {
  readonly issueId: IssueId
  readonly label: string
  readonly value: number | null
  readonly rank: Rank
}

export const pointRecords = recordKind<PointId, StoredPoint>('points', {
  issueId: word<IssueId>(),
  label: words,
  value: numberOrNull,
  rank: word<Rank>(),
})

/** The points of every issue, lowest first. */
export const pointsByIssue = (doc: Y.Doc): ReadonlyMap<IssueId, readonly ScalePoint[]> =>
  pointsOf(storedIn(doc))

export const pointsOf = (stored: Stored): ReadonlyMap<IssueId, readonly ScalePoint[]> => {
  const byIssue = new Map<IssueId, ScalePoint[]>()
  for (const { issueId, ...point } of pointRecords.allOf(stored)) {
    const points = byIssue.get(issueId)
    if (points) points.push(point)
    else byIssue.set(issueId, [point])
  }
  return byIssue
}

/** Adds a point to an issue's scale, before the one at `index`; at the high end without it. */
export const addPoint = (
  doc: Y.Doc,
  id: PointId,
  issueId: IssueId,
  label: string,
  index = Number.POSITIVE_INFINITY,
): void =>
  doc.transact(() =>
    pointRecords.put(doc, id, { issueId, label, ...placedPoint(doc, id, issueId, index) }),
  )

export const movePoint = (doc: Y.Doc, id: PointId, index: number): void =>
  doc.transact(() => {
    const point = pointRecords.read(doc, id)
    if (point) pointRecords.set(doc, id, placedPoint(doc, id, point.issueId, index))
  })

const placedPoint = (doc: Y.Doc, id: PointId, issueId: IssueId, index: number): { rank: Rank } =>
  placed(
    (pointsByIssue(doc).get(issueId) ?? []).filter(point => point.id !== id),
    index,
    (other, rank) => pointRecords.set(doc, other as PointId, { rank }),
  )
