/** Points of an issue's scale by their id. */
import { SCOPE_LABELS, type Cell } from '#shared/cells.ts'
import type { PointId } from '#shared/ids.ts'
import type { Scale, ScalePoint } from '#shared/issues.ts'

/** How many steps wide the bar is; one of numbers has no steps, and is as wide whatever points have a name. */
export const barSteps = ({ isNumeric, points }: Scale): number =>
  isNumeric && points.length > 0 ? 5 : points.length

/** -1 where the scale has no such point. */
export const pointIndex = (points: readonly ScalePoint[], id: PointId | null): number =>
  id === null ? -1 : points.findIndex(point => point.id === id)

export const pointLabel = (points: readonly ScalePoint[], id: PointId | null): string | undefined =>
  points[pointIndex(points, id)]?.label

/** What is said of a stance beside its bar: the point, or what is known instead of one. */
export const stanceLabel = (
  cell: Pick<Cell, 'stance' | 'knowledge'>,
  points: readonly ScalePoint[],
): string => {
  const label = pointLabel(points, cell.stance)
  if (label !== undefined) return label
  if (cell.stance !== null) return 'a point no longer on the scale'
  if (cell.knowledge === 'agenda_only') return 'on the agenda'
  if (cell.knowledge === 'agreed') return 'agreed'
  return ''
}

/** Undefined where the issue is simply on the table. */
export const scopeLabel = ({ scope, scopeNote }: Pick<Cell, 'scope' | 'scopeNote'>) => {
  if (scope === null || scope === 'on_table') return undefined
  if (scope === 'only_after' && scopeNote !== '') return `only after ${scopeNote}`
  return SCOPE_LABELS[scope].toLowerCase()
}

/** Both as they are drawn, one after the other. */
export const stanceWords = (cell: Cell, points: readonly ScalePoint[]): string =>
  [`${cell.knowledge === 'agreed' ? '✓ ' : ''}${stanceLabel(cell, points)}`, scopeLabel(cell) ?? '']
    .filter(words => words !== '')
    .join(' · ')
