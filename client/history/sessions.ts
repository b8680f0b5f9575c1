/** Snapshots as a reader looks for them: by day, and within a day by working session or meeting. */
import { dayOf } from '#client/ui/when.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import type { Meeting } from '#shared/meetings.ts'

type Author = SnapshotEntry['authors'][number]

/** Snapshots that were taken while the same work went on, or during the same meeting. */
export interface Session {
  /** Whose snapshots these are, its own two and those between them. */
  readonly meeting: Meeting | undefined
  /** The meetings whose newest snapshots are among these. */
  readonly ended: readonly Meeting[]
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

export const byDay = (
  snapshots: readonly SnapshotEntry[],
  meetings: readonly Meeting[] = [],
  zone?: string,
): readonly Day[] => {
  const sorted = snapshots.toSorted((a, b) => b.at - a.at || b.seq - a.seq)
  const { ended, heldAt } = placesOf(meetings, sorted)
  const days: { name: string; sessions: Session[] }[] = []
  let part: SnapshotEntry[] = []
  for (const [place, snapshot] of sorted.entries()) {
    part.push(snapshot)
    const next = sorted[place + 1]
    const name = dayOf(part[0]?.at ?? snapshot.at, zone)
    const meeting = heldAt[place]
    const goesOn =
      next &&
      heldAt[place + 1] === meeting &&
      (meeting || (dayOf(next.at, zone) === name && snapshot.at - next.at <= SESSION_GAP))
    if (goesOn) continue
    const day = days.at(-1)
    const session = sessionOf(part, meeting, ended)
    if (day?.name === name) day.sessions.push(session)
    else days.push({ name, sessions: [session] })
    part = []
  }
  return days
}

const sessionOf = (
  snapshots: readonly SnapshotEntry[],
  meeting: Meeting | undefined,
  ended: ReadonlyMap<string, readonly Meeting[]>,
): Session => ({
  meeting,
  ended: snapshots.flatMap(({ id }) => ended.get(id) ?? []),
  from: Math.min(...snapshots.map(({ at }) => at)),
  to: Math.max(...snapshots.map(({ at }) => at)),
  authors: [
    ...new Map(snapshots.flatMap(({ authors }) => authors).map(it => [it.id, it])).values(),
  ],
  snapshots,
})

/**
 * Where meetings that have ended stand among snapshots, newest first: each snapshot belongs to the shortest one around
 * it, and each meeting is named where its newest snapshot is.
 */
const placesOf = (meetings: readonly Meeting[], sorted: readonly SnapshotEntry[]) => {
  const heldAt: (Meeting | undefined)[] = []
  const ended = new Map<string, readonly Meeting[]>()
  const spans = meetings
    .filter(({ endedAt }) => endedAt > 0)
    .map(meeting => ({ meeting, places: placesIn(meeting, sorted) }))
    .filter(({ places }) => places.length > 0)
    .map(({ meeting, places }) => ({ meeting, from: Math.min(...places), to: Math.max(...places) }))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
  for (const { from, meeting, to } of spans) {
    for (let place = from; place <= to; place++) heldAt[place] = meeting
    const { id } = sorted[from] as SnapshotEntry
    ended.set(id, [...(ended.get(id) ?? []), meeting])
  }
  return { heldAt, ended }
}

const placesIn = (
  { after, before }: Meeting,
  snapshots: readonly SnapshotEntry[],
): readonly number[] =>
  [after, before]
    .map(id => snapshots.findIndex(snapshot => snapshot.id === id))
    .filter(place => place >= 0)

/** Whether the list shows the meeting: one that goes on, or whose snapshots are gone, stands above it. */
export const isListed = (meeting: Meeting, snapshots: readonly SnapshotEntry[]): boolean =>
  meeting.endedAt > 0 && placesIn(meeting, snapshots).length > 0

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
