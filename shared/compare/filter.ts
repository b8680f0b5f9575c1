/** Which changes of a comparison somebody wants to see: those of one person, party, issue or kind, or of several of these. */
import type { AccountId, IssueId, PartyId } from '#shared/ids.ts'
import type { MovementKind } from '#shared/movements.ts'

/** Null where anything will do. */
export interface Filter {
  readonly account: AccountId | null
  readonly partyId: PartyId | null
  readonly issueId: IssueId | null
  readonly kind: MovementKind | null
}
export type Dimension = keyof Filter

export const NO_FILTER: Filter = { account: null, partyId: null, issueId: null, kind: null }

export const isFiltering = (filter: Filter): boolean =>
  Object.values(filter).some(wanted => wanted !== null)

/** What a filter asks of a change. A change of a whole row concerns no party, and only those of cells have a kind. */
export interface Facts {
  /** Everybody who had a part in it. */
  readonly account: readonly AccountId[]
  readonly partyId: readonly PartyId[]
  readonly issueId: readonly IssueId[]
  readonly kind: readonly MovementKind[]
}

const DIMENSIONS = Object.keys(NO_FILTER) as readonly Dimension[]

export const passes = (facts: Facts, filter: Filter): boolean =>
  DIMENSIONS.every(dimension => {
    const wanted = filter[dimension]
    return wanted === null || (facts[dimension] as readonly string[]).includes(wanted)
  })

/** What there is to choose from in one dimension, with how many changes each would leave as the others stand. */
export const choicesIn = <D extends Dimension>(
  dimension: D,
  all: Iterable<Facts>,
  filter: Filter,
): ReadonlyMap<Facts[D][number], number> => {
  const others = { ...filter, [dimension]: null }
  const choices = new Map<Facts[D][number], number>()
  for (const facts of all)
    if (passes(facts, others))
      for (const value of facts[dimension]) choices.set(value, (choices.get(value) ?? 0) + 1)
  return choices
}
