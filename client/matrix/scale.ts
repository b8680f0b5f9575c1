/** Points of an issue's scale by their id. */
import type { PointId } from '#shared/ids.ts'
import type { Issue, ScalePoint } from '#shared/issues.ts'
import { RED_LINE_KIND_LABELS, RED_LINE_OPERATOR_LABELS, type RedLine } from '#shared/redlines.ts'

/** -1 where the scale has no such point. */
export const pointIndex = (points: readonly ScalePoint[], id: PointId | null): number =>
  id === null ? -1 : points.findIndex(point => point.id === id)

export const pointLabel = (points: readonly ScalePoint[], id: PointId | null): string | undefined =>
  points[pointIndex(points, id)]?.label

/** "Soft: Red line · at least Wide access · what they said" */
export const redLineWords = (
  { kind, operator, point, soft, statement }: RedLine,
  issue: Issue | undefined,
): string => {
  const label = pointLabel(issue?.scale.points ?? [], point)
  return [
    `${soft ? 'Soft: ' : ''}${RED_LINE_KIND_LABELS[kind]}`,
    label && `${RED_LINE_OPERATOR_LABELS[operator]} ${label}`,
    statement,
  ]
    .filter(Boolean)
    .join(' · ')
}
