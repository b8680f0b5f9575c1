/** The snapshots of one tracker as the server keeps them, and the states that they hold. */
import type { Accessor } from 'solid-js'
import { api } from '#client/api.ts'
import { createAsked } from '#client/history/asked.ts'
import { createPasts, type Pasts, type PastSources } from '#client/live/past.ts'
import type { ApiHistory, ApiSummary, SnapshotEntry } from '#shared/api.ts'
import type { MeetingId, SnapshotId, TrackerId } from '#shared/ids.ts'
import type { Meeting } from '#shared/meetings.ts'
import { timeIn, type MomentRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface Words {
  readonly label: string
  readonly note: string
}

export interface SnapshotStore {
  readonly pasts: Pasts
  readonly list: () => Promise<ApiHistory>
  readonly save: (words: Words) => Promise<SnapshotEntry>
  /** Taken before a restore, so that the restore can be taken back. */
  readonly saveSafety: () => Promise<SnapshotEntry>
  readonly annotate: (id: SnapshotId, words: Partial<Words>) => Promise<SnapshotEntry>
  readonly pin: (id: SnapshotId, pinned: boolean) => Promise<SnapshotEntry>
  /** In my own name. */
  readonly sign: (id: SnapshotId, note: string) => Promise<SnapshotEntry>
  readonly unsign: (id: SnapshotId) => Promise<SnapshotEntry>
  /** What changed from one to the other: asked for once, and again where something else is said of it. */
  readonly summary: (from: SnapshotId, to: SnapshotId, said: string) => Promise<ApiSummary>
  /** Where the snapshot can be had as a file. */
  readonly file: (id: SnapshotId, format: 'json' | 'csv') => string
  readonly startMeeting: (title: string) => Promise<Meeting>
  /** One that was planned. */
  readonly beginMeeting: (id: MeetingId) => Promise<Meeting>
  readonly endMeeting: (id: MeetingId) => Promise<Meeting>
}

/** `here` tells a past moment without asking the server, where it can. */
export const snapshotStore = (
  trackerId: TrackerId,
  here: PastSources['here'] = () => undefined,
): SnapshotStore => {
  const path = `/api/trackers/${trackerId}/snapshots`
  const meetings = `/api/trackers/${trackerId}/meetings`
  const summaries = new Map<string, Promise<ApiSummary>>()
  return {
    pasts: createPasts({
      here,
      state: id => api.bytes(`${path}/${id}/state`),
      at: async time => {
        const at = encodeURIComponent(time)
        const past = await api.get<{ tracker: Tracker }>(`/api/trackers/${trackerId}?at=${at}`)
        return past.tracker
      },
    }),
    list: () => api.get<ApiHistory>(path),
    save: words => api.post<SnapshotEntry>(path, { ...words, kind: 'manual' }),
    saveSafety: () => api.post<SnapshotEntry>(path, { kind: 'before_restore' }),
    annotate: (id, words) => api.patch<SnapshotEntry>(`${path}/${id}`, words),
    pin: (id, pinned) => api.patch<SnapshotEntry>(`${path}/${id}`, { pinned }),
    sign: (id, note) => api.post<SnapshotEntry>(`${path}/${id}/sign-off`, { note }),
    unsign: id => api.delete<SnapshotEntry>(`${path}/${id}/sign-off`),
    summary: (from, to, said) => {
      const address = `${path}/${to}/summary?since=${from}`
      const name = `${address} ${said}`
      const summary = summaries.get(name) ?? api.get<ApiSummary>(address)
      summaries.set(name, summary)
      summary.catch(() => summaries.delete(name))
      return summary
    },
    file: (id, format) => `${path}/${id}/export.${format}`,
    startMeeting: title => api.post<Meeting>(meetings, { title }),
    beginMeeting: id => api.post<Meeting>(`${meetings}/${id}/start`),
    endMeeting: id => api.post<Meeting>(`${meetings}/${id}/end`),
  }
}

export interface History {
  readonly store: SnapshotStore
  /** Undefined until the list has arrived; what was there stays while it is asked for again. */
  readonly list: Accessor<ApiHistory | undefined>
  readonly failed: Accessor<unknown>
  readonly refresh: () => void
  /** Undefined for a time, and for a snapshot that is not in the list. */
  readonly entry: (ref: MomentRef) => SnapshotEntry | undefined
  /** The snapshot that was taken next after this one. */
  readonly successor: (ref: MomentRef) => SnapshotEntry | undefined
  readonly predecessor: (ref: MomentRef) => SnapshotEntry | undefined
}

export const createHistory = (store: SnapshotStore): History => {
  const { again, failed, latest } = createAsked(() => store, store.list)
  const entries = (): readonly SnapshotEntry[] => latest()?.snapshots ?? []
  const indexOf = (ref: MomentRef): number => entries().findIndex(entry => entry.id === ref)
  return {
    store,
    list: latest,
    failed,
    refresh: again,
    entry: id => entries()[indexOf(id)],
    successor: ref => {
      const time = timeIn(ref)
      return time === undefined
        ? entries()[indexOf(ref) - 1]
        : entries().findLast(({ at }) => at > time)
    },
    predecessor: ref => {
      const time = timeIn(ref)
      if (time !== undefined) return entries().find(({ at }) => at <= time)
      return indexOf(ref) < 0 ? undefined : entries()[indexOf(ref) + 1]
    },
  }
}
