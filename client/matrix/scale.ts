/** Points of an issue's scale by their id. */
import type { PointId } from '#shared/ids.ts'
import type { ScalePoint } from '#shared/issues.ts'

/** -1 where the scale has no such point. */
export const pointIndex = (points: readonly ScalePoint[], id: PointId | null): number =>
  id === null ? -1 : points.findIndex(point => point.id === id)

export const pointLabel = (points: readonly ScalePoint[], id: PointId | null): string | undefined =>
  points[pointIndex(points, id)]?.label
