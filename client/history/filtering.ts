/** A comparison, kept to what its reader wants to see of it. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { narrowed, type Compared } from '#client/history/compared.ts'
import {
  choicesIn,
  isFiltering,
  NO_FILTER,
  passes,
  type Dimension,
  type Facts,
  type Filter,
} from '#shared/compare/filter.ts'
import { spotOf, type Stop } from '#shared/compare/stops.ts'
import type { AccountId } from '#shared/ids.ts'
import type { RestoreAddress } from '#shared/history/restore.ts'

/** Who had a part in each change; undefined while that is not known, or where nobody knows. */
export type People = ReadonlyMap<string, readonly AccountId[]>

export interface Filtering {
  readonly filter: Accessor<Filter>
  readonly choose: (wanted: Partial<Filter>) => void
  readonly isOn: Accessor<boolean>
  readonly choices: <D extends Dimension>(dimension: D) => ReadonlyMap<Facts[D][number], number>
  /** What is left of the comparison. */
  readonly compared: Accessor<Compared>
}

export const createFiltering = (
  whole: Accessor<Compared>,
  people: Accessor<People | undefined>,
): Filtering => {
  const [filter, setFilter] = createSignal(NO_FILTER)
  const facts = createMemo((): ReadonlyMap<RestoreAddress, Facts> => {
    const { kinds, stops } = whole()
    return new Map(
      stops.map(stop => [stop.address, factsOf(stop, people()?.get(stop.address) ?? [], kinds)]),
    )
  })
  const compared = createMemo((): Compared => {
    const wanted = filter()
    if (!isFiltering(wanted)) return whole()
    return narrowed(whole(), ({ address }) => {
      const is = facts().get(address)
      return is !== undefined && passes(is, wanted)
    })
  })
  return {
    filter,
    choose: wanted => setFilter(before => ({ ...before, ...wanted })),
    isOn: () => isFiltering(filter()),
    choices: dimension => choicesIn(dimension, facts().values(), filter()),
    compared,
  }
}

const factsOf = (stop: Stop, account: readonly AccountId[], kinds: Compared['kinds']): Facts => {
  const spot = spotOf(stop)
  const kind = kinds[stop.address]
  return {
    account,
    partyId: spot?.partyId ? [spot.partyId] : [],
    issueId: spot?.issueId ? [spot.issueId] : [],
    kind: kind ? [kind] : [],
  }
}
