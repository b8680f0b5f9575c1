/** Snapshots as a reader looks for them: by day, and within a day by working session. */
import type { SnapshotEntry } from '#shared/api.ts'
import { dayOf } from '#client/ui/when.ts'

type Author = SnapshotEntry['authors'][number]

/** Snapshots that were taken while the same work went on. */
export interface Session {
  /** The times of its oldest and its newest snapshot. */
  readonly from: number
  readonly to: number
  /** Everybody credited with any of them. */
  readonly authors: readonly Author[]
  /** Newest first. */
  readonly snapshots: readonly SnapshotEntry[]
}

export interface Day {
  readonly name: string
  /** Newest first. */
  readonly sessions: readonly Session[]
}

/** Two snapshots further apart than this belong to two sessions. */
export const SESSION_GAP = 45 * 60_000

export const byDay = (snapshots: readonly SnapshotEntry[], zone?: string): readonly Day[] => {
  const days: { name: string; sessions: SnapshotEntry[][] }[] = []
  let previous: SnapshotEntry | undefined
  for (const snapshot of snapshots.toSorted((a, b) => b.at - a.at || b.seq - a.seq)) {
    const name = dayOf(snapshot.at, zone)
    let day = days.at(-1)
    if (day?.name !== name) days.push((day = { name, sessions: [] }))
    const session = day.sessions.at(-1)
    if (session && previous && previous.at - snapshot.at <= SESSION_GAP) session.push(snapshot)
    else day.sessions.push([snapshot])
    previous = snapshot
  }
  return days.map(({ name, sessions }) => ({ name, sessions: sessions.map(sessionOf) }))
}

const sessionOf = (snapshots: readonly SnapshotEntry[]): Session => ({
  from: Math.min(...snapshots.map(({ at }) => at)),
  to: Math.max(...snapshots.map(({ at }) => at)),
  authors: [
    ...new Map(snapshots.flatMap(({ authors }) => authors).map(it => [it.id, it])).values(),
  ],
  snapshots,
})

const UNLABELLED: Readonly<Record<SnapshotEntry['kind'], string>> = {
  manual: 'Snapshot',
  automatic: 'Automatic',
  before_restore: 'Before a restore',
  before_import: 'Before an import',
  meeting: 'Meeting',
}

export const labelOf = ({ kind, label }: Pick<SnapshotEntry, 'kind' | 'label'>): string =>
  label || UNLABELLED[kind]

/** What its kind adds to its label; nothing for one that somebody simply saved. */
export const kindOf = ({ kind, label }: Pick<SnapshotEntry, 'kind' | 'label'>): string =>
  kind === 'manual' || label === '' ? '' : UNLABELLED[kind].toLowerCase()
