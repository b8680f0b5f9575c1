/** Declared limits: what a party says it will not accept on an issue. */
import type { IssueId, PartyId, PointId, RedLineId } from '#shared/ids.ts'

/** `undistinguished`: the record does not say whether it is a condition or a red line, and nor do we. */
export const RED_LINE_KINDS = ['red_line', 'condition', 'undistinguished'] as const
export type RedLineKind = (typeof RED_LINE_KINDS)[number]
export const RED_LINE_KIND_LABELS: Readonly<Record<RedLineKind, string>> = {
  red_line: 'Red line',
  condition: 'Condition',
  undistinguished: 'Condition or red line, not distinguished',
}

/** Which side of the point is acceptable to the party. */
export const RED_LINE_OPERATORS = ['at_least', 'at_most'] as const
export type RedLineOperator = (typeof RED_LINE_OPERATORS)[number]
export const RED_LINE_OPERATOR_LABELS: Readonly<Record<RedLineOperator, string>> = {
  at_least: 'at least',
  at_most: 'at most',
}

export const PUBLICITIES = ['public', 'private'] as const
export type Publicity = (typeof PUBLICITIES)[number]
export const PUBLICITY_LABELS: Readonly<Record<Publicity, string>> = {
  public: 'In public',
  private: 'In private',
}

export interface RedLine {
  readonly id: RedLineId
  readonly issueId: IssueId
  readonly partyId: PartyId
  readonly kind: RedLineKind
  readonly statement: string
  readonly operator: RedLineOperator
  /** The point of the issue's scale at which the line runs; null where it is in words only. */
  readonly point: PointId | null
  /** A soft line is rhetorical: said for effect, as the team judges it. */
  readonly soft: boolean
  /** Null where nobody has said. */
  readonly publicity: Publicity | null
  /** To whom it was said. */
  readonly addressee: string
  /** Since when it holds: ISO 8601 or EDTF, '' where unknown. */
  readonly since: string
  /** Whether the party has not said it, and the team infers it. */
  readonly isInferred: boolean
}
