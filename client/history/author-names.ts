/** The names of all who have ever edited a tracker, asked for when the journal names somebody new. */
import { createMemo, type Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import type { Log } from '#client/history/moments/log.ts'
import type { ApiAuthor } from '#shared/api.ts'
import type { AccountId, TrackerId } from '#shared/ids.ts'

export interface Authors {
  readonly of: (id: AccountId) => ApiAuthor | undefined
  /** Whose edit led to a moment; '' where that is not known. */
  readonly nameAt: (seq: number | undefined) => string
}

export const createAuthors = (trackerId: TrackerId, log: Accessor<Log>): Authors => {
  const many = createMemo(() => log().accounts.length)
  const asked = createAsked(
    () => many() || undefined,
    () => api.get<readonly ApiAuthor[]>(`/api/trackers/${trackerId}/authors`),
  )
  const byId = createMemo(
    () => new Map<string, ApiAuthor>(asked.latest()?.map(author => [author.id, author])),
  )
  return {
    of: id => byId().get(id),
    nameAt: seq => byId().get(log().accountOf(seq ?? 0) ?? '')?.name ?? '',
  }
}
