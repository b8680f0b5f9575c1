/** The names of those who grade and chase: everybody who may edit or ever did. */
import { createMemo, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { useNegotiation } from '#client/live/negotiation.ts'
import { judgementRecords } from '#shared/document/sources.ts'
import type { ApiAuthor } from '#shared/api.ts'
import type { AccountId } from '#shared/ids.ts'

export interface Analyst {
  readonly id: AccountId
  readonly name: string
}

export interface Analysts {
  /** "Somebody" where nobody knows. */
  readonly nameOf: (id: AccountId) => string
  readonly isMe: (id: AccountId) => boolean
  /** Me first, then by name. */
  readonly all: Accessor<readonly Analyst[]>
}

export const createAnalysts = (): Analysts => {
  const { me, people, trackerId, view } = useNegotiation()
  // Whoever grades for the first time is asked for by name.
  const signers = createMemo(() => new Set(view.records(judgementRecords).map(({ by }) => by)).size)
  const asked = createAsked(
    () => signers() + 1,
    () => api.get<readonly ApiAuthor[]>(`/api/trackers/${trackerId}/authors`),
  )
  const names = createMemo(
    () =>
      new Map<string, string>([
        ...(asked.latest() ?? []).map(({ id, name }) => [id, name] as const),
        ...people().map(({ account }) => [account.id, account.name] as const),
        [me.id, me.name],
      ]),
  )
  const all = createMemo(() =>
    [...names()]
      .map(([id, name]) => ({ id: id as AccountId, name }))
      .sort((a, b) => (a.id === me.id ? -1 : b.id === me.id ? 1 : a.name.localeCompare(b.name))),
  )
  return {
    nameOf: id => names().get(id) ?? 'Somebody',
    isMe: id => id === me.id,
    all,
  }
}
