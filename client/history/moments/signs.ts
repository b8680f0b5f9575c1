/** What stands on the slider besides the work itself: snapshots and meetings. */
import type { Axis } from '#client/history/moments/axis.ts'
import type { Log } from '#client/history/moments/log.ts'
import { labelOf } from '#client/history/sessions.ts'
import type { SnapshotEntry } from '#shared/api.ts'
import type { Meeting } from '#shared/meetings.ts'

export interface Sign {
  readonly kind: 'named' | 'automatic' | 'meeting'
  /** The moment that is meant by it. */
  readonly seq: number
  /** From 0 to 1. */
  readonly place: number
  /** Of what lasts, as a meeting. */
  readonly end?: number
  readonly label: string
}

/** In the order of their places; what is older than the journal, as imported snapshots are, has none. */
export const signsOn = (
  log: Log,
  axis: Axis,
  snapshots: readonly SnapshotEntry[],
  meetings: readonly Meeting[],
): readonly Sign[] => {
  const known = snapshots.filter(({ seq }) => seq > 0 && seq <= log.last)
  const momentOf = (id: string | null, time: number): number =>
    known.find(snapshot => snapshot.id === id)?.seq ?? (time > 0 ? log.seqAt(time) : 0)
  const held = meetings.flatMap(({ after, before, endedAt, startedAt, title }): Sign[] => {
    const [start, end] = [momentOf(before, startedAt), momentOf(after, endedAt) || log.last]
    if (start === 0) return []
    const label = `Meeting: ${title || 'untitled'}`
    const place = axis.placeOf(start)
    return [{ kind: 'meeting', seq: start, place, end: axis.placeOf(end), label }]
  })
  const taken = known.map((snapshot): Sign => ({
    kind: snapshot.label === '' ? 'automatic' : 'named',
    seq: snapshot.seq,
    place: axis.placeOf(snapshot.seq),
    label: labelOf(snapshot),
  }))
  return [...held, ...taken].sort((a, b) => a.place - b.place)
}

/** The sign that a place is so near to that it is meant; of several the nearest, a named one before others. */
export const nearest = (
  signs: readonly Sign[],
  place: number,
  within: number,
): Sign | undefined => {
  const distance = (sign: Sign): number => Math.abs(sign.place - place)
  const near = signs.filter(sign => distance(sign) <= within)
  const named = near.filter(({ kind }) => kind !== 'automatic')
  return (named.length > 0 ? named : near).toSorted((a, b) => distance(a) - distance(b))[0]
}
