/** Which snapshots thin out with age. A rule over plain data: whenever it is applied, the same ones are left. */
import type { SnapshotKind } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'
import type { Retention } from '#shared/snapshots.ts'

/** A snapshot, as far as the rule is concerned. */
export interface Shelved {
  readonly id: SnapshotId
  readonly at: number
  readonly kind: SnapshotKind
  /** Somebody has named, annotated, pinned or signed it, or uses it. */
  readonly isKept: boolean
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** 1970 began on a Thursday, weeks begin on Monday. */
const MONDAY = 3

/** Of all snapshots of a tracker, newest first: those that go. */
export const thinnedOut = (
  snapshots: readonly Shelved[],
  retention: Retention,
  now: number,
): ReadonlySet<SnapshotId> => {
  const oldest = snapshots.at(-1)
  const taken = new Set<string>()
  const going = new Set<SnapshotId>()
  for (const snapshot of snapshots) {
    const span = snapshot === oldest ? null : spanOf(snapshot, retention, now)
    if (span === null) continue
    if (taken.has(span)) going.add(snapshot.id)
    else taken.add(span)
  }
  return going
}

/**
 * The stretch of time of which the newest snapshot stays, in UTC; null for one that stays anyway. Each stretch is part
 * of a later one, so that what was left of the first is what would have been left of the second.
 */
const spanOf = (
  { at, isKept, kind }: Shelved,
  { allHours, dailyDays, hourlyDays }: Retention,
  now: number,
): string | null => {
  const age = now - at
  const isAutomatic = kind === 'automatic'
  const isSafety = kind === 'before_restore' || kind === 'before_import'
  if (isKept || !(isAutomatic || isSafety) || age < allHours * HOUR) return null
  const day = Math.floor(at / DAY)
  if (age >= dailyDays * DAY) return `week ${Math.floor((day + MONDAY) / 7)}`
  if (isSafety) return null
  return age < hourlyDays * DAY ? `hour ${Math.floor(at / HOUR)}` : `day ${day}`
}

/** A snapshot that stays, and those just before it that it will stand for. */
export interface Merger {
  readonly into: SnapshotId
  /** Newest first. */
  readonly going: readonly SnapshotId[]
  /** What precedes it then. */
  readonly before: SnapshotId
}

/** How those that go are taken up by the ones that stay: oldest first, and no more than `most` of them. */
export const mergersOf = (
  snapshots: readonly Shelved[],
  going: ReadonlySet<SnapshotId>,
  most: number,
): readonly Merger[] => {
  const mergers: Merger[] = []
  let waiting: SnapshotId[] = []
  let before: SnapshotId | undefined
  let left = most
  for (const { id } of snapshots.toReversed()) {
    if (going.has(id)) {
      waiting.push(id)
      continue
    }
    if (before !== undefined && waiting.length > 0) {
      const taken = waiting.slice(-left)
      mergers.push({ into: id, going: taken.toReversed(), before: waiting.at(-left - 1) ?? before })
      left -= taken.length
      if (left === 0) break
    }
    waiting = []
    before = id
  }
  return mergers
}
