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
  readonly rank: Rank
}

/** An ordinal scale, from the lowest point to the highest. */
export interface Scale {
  readonly name: string
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
