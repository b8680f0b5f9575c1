/** Who can be asked to see to something: the members of the tracker, asked for when a list of them is wanted. */
import { createMemo, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import type { ApiMember } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

export interface Members {
  /** Me first, then by name. */
  readonly all: Accessor<readonly { readonly id: AccountId; readonly name: string }[]>
  /** "Somebody" for whoever has left. */
  readonly nameOf: (id: AccountId) => string
}

/** `wanted`: whether anybody is to be named or chosen. */
export const createMembers = (wanted: Accessor<boolean>): Members => {
  const { me, people, trackerId } = useNegotiation()
  const asked = createAsked(
    () => (wanted() ? trackerId : undefined),
    id => api.get<readonly ApiMember[]>(`/api/trackers/${id}/members`),
  )
  const names = createMemo(
    () =>
      new Map<string, string>([
        [me.id, me.name],
        ...(asked.latest() ?? []).map(({ accountId, name }) => [accountId, name] as const),
        ...people().map(({ account }) => [account.id, account.name] as const),
      ]),
  )
  return {
    all: () =>
      [...names()]
        .map(([id, name]) => ({ id: id as AccountId, name }))
        .sort(
          (a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name),
        ),
    nameOf: id => names().get(id) ?? 'Somebody',
  }
}
