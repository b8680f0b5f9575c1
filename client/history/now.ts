/** The live document as plain data, read in breaths: often enough to follow, seldom enough to cost nothing. */
import { createReaction, createSignal, onCleanup, untrack, type Accessor } from 'solid-js'
import { sharing } from '#client/history/sharing.ts'
import type { MatrixView } from '#client/live/view.ts'
import type { Tracker } from '#shared/tracker.ts'

const BREATH = 250

export const createNow = (view: Pick<MatrixView, 'tracker'>): Accessor<Tracker> => {
  const [now, setNow] = createSignal<Tracker>(untrack(view.tracker))
  const read = (): void => {
    const tracker = view.tracker()
    setNow(previous => sharing(previous, tracker))
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = createReaction(() => {
    timer = setTimeout(() => look(read), BREATH)
  })
  look(read)
  onCleanup(() => clearTimeout(timer))
  return now
}
