/** Going where somebody else is, once or for as long as they move. */
import { createEffect, createMemo, createSignal, on, untrack, type Accessor } from 'solid-js'
import type { Negotiation, Person } from '#client/live/negotiation.ts'
import type { AccountId } from '#shared/ids.ts'
import type { Place } from '#shared/presence.ts'

export interface Following {
  readonly followed: Accessor<Person | undefined>
  readonly follow: (id: AccountId | undefined) => void
}

export const createFollowing = (
  negotiation: Negotiation,
  go: (place: Place) => void,
): Following => {
  const [id, setId] = createSignal<AccountId>()
  const followed = createMemo(() => negotiation.people().find(({ account }) => account.id === id()))
  const where = createMemo(() => followed()?.place ?? null, null, { equals: samePlace })
  createEffect(
    on(where, place => {
      if (place) untrack(() => go(place))
    }),
  )
  return { followed, follow: setId }
}

const samePlace = (a: Place | null, b: Place | null): boolean =>
  a?.issueId === b?.issueId && a?.partyId === b?.partyId

/** "Verification · Iran"; '' where there is nothing to go to. */
export const placeWords = ({ view }: Negotiation, place: Place | null): string => {
  const issue = place ? view.issue(place.issueId)?.title : undefined
  const party = place?.partyId ? view.party(place.partyId)?.name : undefined
  return [issue, party].filter(Boolean).join(' · ')
}
