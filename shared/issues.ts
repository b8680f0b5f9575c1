/** What is negotiated: issues in baskets, each with the scale on which stances are placed. */
import type { BasketId, IssueId, PointId, Rank } from '#shared/ids.ts'

/** A group of issues that are negotiated together. */
export interface Basket {
  readonly id: BasketId
  readonly title: string
  readonly rank: Rank
}

/** A named place on an issue's scale. Its id outlives renaming and reordering; its ordinal value is its index. */
export interface ScalePoint {
  readonly id: PointId
  /** As people read it: on a numeric scale its number and unit come before its name, or stand for one. */
  readonly label: string
  /** The number that it stands for on a numeric scale, in the scale's unit; null on an ordinal one. */
  readonly value: number | null
  readonly rank: Rank
}

/** A scale, from the lowest point to the highest. On an ordinal one there is an order, and no distance. */
export interface Scale {
  readonly name: string
  readonly isNumeric: boolean
  /** As "%" or "years"; '' for none. */
  readonly unit: string
  readonly points: readonly ScalePoint[]
}

/** "3.67 %"; without a unit the number alone. */
export const numberWords = (value: number, unit: string): string =>
  unit === '' ? String(value) : `${value} ${unit}`

/** A number as people type it, with or without the unit: "3.67", "3,67 %", "1,000". Undefined for anything else. */
export const parseNumber = (typed: string, unit: string): number | undefined => {
  let words = typed.trim().toLowerCase()
  if (unit !== '' && words.endsWith(unit.trim().toLowerCase()))
    words = words.slice(0, -unit.trim().length)
  words = words.replaceAll(/[\s\u2009\u202f'’]/g, '').replace(/^[−–]/, '-')
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(words)) words = words.replaceAll(',', '')
  else words = words.replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(words)) return undefined
  const value = Number(words)
  return Number.isFinite(value) ? value : undefined
}

/** The order of a numeric scale; what stands for no number yet comes last. */
export const byValue = (
  { value: a }: Pick<ScalePoint, 'value'>,
  { value: b }: Pick<ScalePoint, 'value'>,
): number => (a === b ? 0 : (a ?? Infinity) - (b ?? Infinity))

/** How a stored point reads on its scale. */
export const labelOf = (
  { isNumeric, unit }: Pick<Scale, 'isNumeric' | 'unit'>,
  { label, value }: Pick<ScalePoint, 'label' | 'value'>,
): string => {
  if (!isNumeric || value === null) return label
  const number = numberWords(value, unit)
  return label === '' ? number : `${number} · ${label}`
}

/** The name alone, of a label that reads with its number. */
export const nameIn = (
  { isNumeric, unit }: Pick<Scale, 'isNumeric' | 'unit'>,
  { label, value }: Pick<ScalePoint, 'label' | 'value'>,
): string => {
  if (!isNumeric || value === null) return label
  const number = numberWords(value, unit)
  if (label === number) return ''
  return label.startsWith(`${number} · `) ? label.slice(number.length + 3) : label
}

/**
 * Where a point lies between the lowest (0) and the highest (1): by its number on a numeric scale, by its step on another.
 * Undefined for a point that is not on the scale, or has no number yet.
 */
export const proportionOf = (
  { isNumeric, points }: Pick<Scale, 'isNumeric' | 'points'>,
  id: PointId | null,
): number | undefined => {
  const index = id === null ? -1 : points.findIndex(point => point.id === id)
  if (index < 0) return undefined
  if (!isNumeric) return points.length === 1 ? 1 : index / (points.length - 1)
  const value = points[index]?.value ?? null
  if (value === null) return undefined
  let [least, most] = [value, value]
  for (const point of points) {
    least = Math.min(least, point.value ?? least)
    most = Math.max(most, point.value ?? most)
  }
  return least === most ? 1 : (value - least) / (most - least)
}

export const NO_SCALE: Scale = { name: '', isNumeric: false, unit: '', points: [] }

/** A row of the matrix: one question to settle. */
export interface Issue {
  readonly id: IssueId
  /** The basket's id; null where it has none, or its basket was removed. */
  readonly basketId: BasketId | null
  readonly title: string
  readonly description: string
  readonly scale: Scale
  readonly rank: Rank
}
