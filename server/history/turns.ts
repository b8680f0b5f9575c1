/** What must not happen to a tracker at the same time: one after the other, whatever becomes of each. */
import type { TrackerId } from '#shared/ids.ts'

export type InTurn = <Value>(trackerId: TrackerId, task: () => Promise<Value>) => Promise<Value>

export const turns = (): InTurn => {
  const last = new Map<TrackerId, Promise<unknown>>()
  return (trackerId, task) => {
    const turn = (last.get(trackerId) ?? Promise.resolve()).then(task)
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    last.set(trackerId, settled)
    void settled.then(() => {
      if (last.get(trackerId) === settled) last.delete(trackerId)
    })
    return turn
  }
}
