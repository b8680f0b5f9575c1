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
