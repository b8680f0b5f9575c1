/** What the history that has been read tells of the time between the two sides of a comparison. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { followed } from '#client/history/followed.ts'
import type { Moment } from '#client/history/moment.ts'
import type { Between } from '#client/history/review.ts'
import type { Travelling } from '#client/history/travelling.ts'
import type { MovementMarks } from '#shared/movements.ts'

interface Sources {
  readonly travelling: Pick<Travelling, 'moments' | 'moment' | 'seqOf'>
  readonly marks: Accessor<MovementMarks>
  /** Whether both sides are there: the worker has to tell those first, and the record takes it longer. */
  readonly isShown: Accessor<boolean>
}

/** Undefined while it is not known; a comparison does without. */
export const createBetween = ({
  isShown,
  marks,
  travelling,
}: Sources): Accessor<Between | undefined> => {
  const { moment, moments, seqOf } = travelling
  const [answer, setAnswer] = createSignal<Between>()
  const endsOf = (at: Moment): readonly [from: number, to: number] | undefined => {
    if (at.shows !== 'comparison' || moments.reading().at !== 'ready') return undefined
    const from = seqOf(at.from)
    const to = at.to === 'now' ? moments.log().last : seqOf(at.to)
    return from === undefined || to === undefined ? undefined : [from, to]
  }
  const wanted = createMemo(() => {
    const ends = isShown() ? endsOf(moment()) : undefined
    return ends && { from: ends[0], to: ends[1], marks: marks() }
  })
  followed(wanted, async wanted => {
    await drawn()
    setAnswer(await moments.ask('between', wanted).catch(() => undefined))
  })
  return () => wanted() && answer()
}

/** Once what there is has been drawn: a thread that works hard takes its time from a machine with few of them. */
const drawn = (): Promise<void> =>
  new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
