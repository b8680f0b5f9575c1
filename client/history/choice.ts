/** Which two states are chosen to be compared: the older one on the left, the newer one or the present on the right. */
import { createSignal, type Accessor } from 'solid-js'
import type { SnapshotEntry } from '#shared/api.ts'
import type { SnapshotId } from '#shared/ids.ts'

export interface Choice {
  /** Undefined where there is no snapshot. */
  readonly older: Accessor<SnapshotId | undefined>
  readonly newer: Accessor<SnapshotId | 'now'>
  /** The oldest one has nothing before it to be compared with. */
  readonly mayBeNewer: (id: SnapshotId) => boolean
  /** Choosing one end moves the other out of the way, so that the two are always in order. */
  readonly chooseOlder: (id: SnapshotId) => void
  readonly chooseNewer: (id: SnapshotId | 'now') => void
}

/** Of snapshots that are listed newest first. */
export const createChoice = (snapshots: Accessor<readonly SnapshotEntry[]>): Choice => {
  const [chosenOlder, setOlder] = createSignal<SnapshotId>()
  const [newer, setNewer] = createSignal<SnapshotId | 'now'>('now')
  const idAt = (place: number): SnapshotId | undefined =>
    snapshots()[place]?.id as SnapshotId | undefined
  const placeOf = (id: SnapshotId | 'now'): number =>
    id === 'now' ? -1 : snapshots().findIndex(snapshot => snapshot.id === id)
  const older = (): SnapshotId | undefined => chosenOlder() ?? idAt(0)
  return {
    older,
    newer,
    mayBeNewer: id => placeOf(id) < snapshots().length - 1,
    chooseOlder: id => {
      setOlder(id)
      if (placeOf(newer()) >= placeOf(id)) setNewer(idAt(placeOf(id) - 1) ?? 'now')
    },
    chooseNewer: id => {
      setNewer(id)
      const other = older()
      if (other && placeOf(other) <= placeOf(id)) setOlder(idAt(placeOf(id) + 1))
    },
  }
}
