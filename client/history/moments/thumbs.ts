/** What can be taken hold of on the slider: the moment that is shown, or the two ends of a comparison. */
import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import type { Moment } from '#client/history/moment.ts'
import type { Travelling } from '#client/history/travelling.ts'
import { timeRef, type MomentRef } from '#shared/moments.ts'

export interface Thumb {
  readonly name: string
  readonly seq: number
  /** Whether it stands for the present, which is the last moment there is. */
  readonly isLive: boolean
  /** While it is moved. */
  readonly move: (seq: number) => void
  /** Where it comes to rest. The last moment is the present. */
  readonly stay: (seq: number) => void
}

type End = 'from' | 'to'

export const createThumbs = (
  { moment, moments, move, seq, seqOf, stay }: Travelling,
  go: (moment: Moment) => void,
): Accessor<readonly Thumb[]> => {
  const { log } = moments
  /** An end that is being moved: the comparison follows when it comes to rest. */
  const [moved, setMoved] = createSignal<{ readonly end: End; readonly seq: number }>()
  createEffect(on(moment, () => setMoved(undefined), { defer: true }))

  const endOf = (
    end: End,
    ref: MomentRef | 'now',
    stay: (to: MomentRef | 'now') => void,
  ): Thumb => {
    const is = moved()
    const at = is?.end === end ? is.seq : ref === 'now' ? log().last : (seqOf(ref) ?? 0)
    return {
      name: end === 'from' ? 'Compare from' : 'Compare up to',
      seq: at,
      isLive: is?.end === end ? at >= log().last : ref === 'now',
      move: seq => setMoved({ end, seq }),
      stay: seq => {
        stay(seq >= log().last ? 'now' : timeRef(log().timeOf(seq)))
        setMoved(undefined)
      },
    }
  }
  return createMemo(() => {
    const is = moment()
    if (is.shows !== 'comparison')
      return [{ name: 'Moment', seq: seq() ?? log().last, isLive: seq() === undefined, move, stay }]
    const { from, to } = is
    return [
      endOf('from', from, ref => go(ref === 'now' ? { shows: 'now' } : { ...is, from: ref })),
      endOf('to', to, ref => go({ ...is, to: ref })),
    ]
  })
}
