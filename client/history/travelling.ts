/**
 * The reader's way through the moments: the address names where they are, the slider moves them, and a view over the whole
 * history follows.
 */
import {
  createEffect,
  createMemo,
  createSignal,
  on,
  onMount,
  untrack,
  type Accessor,
} from 'solid-js'
import type { Moment } from '#client/history/moment.ts'
import { createMoments, type Moments } from '#client/history/moments/moments.ts'
import type { PartsOf } from '#client/history/restore-run.ts'
import type { History } from '#client/history/snapshots.ts'
import type { TrackerId } from '#shared/ids.ts'
import { timeIn, timeRef, type MomentRef } from '#shared/moments.ts'
import type { Tracker } from '#shared/tracker.ts'

export interface Travelling {
  readonly moments: Moments
  /** Where the reader is: what the address says, or where the slider is being moved to. */
  readonly moment: Accessor<Moment>
  /** The moment's number; undefined for the present, for a comparison, and where it is not known (yet). */
  readonly seq: Accessor<number | undefined>
  /** The time at which the reader is, in milliseconds since 1970; it may be later than that of the moment's last edit. */
  readonly time: Accessor<number | undefined>
  readonly seqOf: (ref: MomentRef) => number | undefined
  /** The tracker at a moment; undefined where the history that has been read does not tell. */
  readonly trackerAt: (ref: MomentRef) => Promise<Tracker> | undefined
  /** With all that the server has by now. */
  readonly partsOf: PartsOf
  /** Whether the view of the moments shows where the reader is, or is on its way there from a moment before. */
  readonly isThere: Accessor<boolean>
  /** Whether the server has to tell what was there: the whole history had not been read when the reader came. */
  readonly isAhead: Accessor<boolean>
  /** While the slider is moved. */
  readonly move: (seq: number) => void
  /** Where it comes to rest; the last moment is the present. */
  readonly stay: (seq: number) => void
}

interface Surroundings {
  readonly trackerId: TrackerId
  /** What the address says. */
  readonly addressed: Accessor<Moment>
  readonly go: (moment: Moment) => void
  readonly history: History
}

export const createTravelling = ({
  addressed,
  go,
  history,
  trackerId,
}: Surroundings): Travelling => {
  const moments = createMoments(trackerId)
  const { log, reading, shown } = moments
  onMount(() => void moments.read())
  const isReady = createMemo(() => reading().at === 'ready')

  const [moved, setMoved] = createSignal<number>()
  /** Several entries may have one time: what was chosen here is that very one. */
  const [chosen, setChosen] = createSignal<{ readonly ref: MomentRef; readonly seq: number }>()
  const refOf = (seq: number): MomentRef => timeRef(log().timeOf(seq))

  const moment = createMemo((): Moment => {
    const seq = moved()
    return seq === undefined ? addressed() : { shows: 'past', at: refOf(seq) }
  })
  const seqOf = (ref: MomentRef): number | undefined => {
    if (chosen()?.ref === ref) return chosen()?.seq
    const time = timeIn(ref)
    if (time === undefined) return history.entry(ref)?.seq
    return isReady() ? log().seqAt(time) : undefined
  }
  const seq = createMemo((): number | undefined => {
    const at = moment()
    return moved() ?? (at.shows === 'past' ? seqOf(at.at) : undefined)
  })
  const time = createMemo((): number | undefined => {
    const at = moment()
    if (at.shows !== 'past') return undefined
    const is = seq()
    return timeIn(at.at) ?? (is === undefined ? undefined : log().timeOf(is))
  })
  const isTime = createMemo(() => {
    const at = moment()
    return at.shows === 'past' && timeIn(at.at) !== undefined
  })

  createEffect(() => {
    const wanted = seq()
    // What goes wrong with the worker is told beside the slider.
    if (isTime() && wanted !== undefined) moments.go(wanted).catch(() => undefined)
  })
  // Whoever has arrived once stays on the way: each step shows the one before until it is there.
  const isThere = createMemo<boolean>(
    before => isTime() && isReady() && (before || shown() === seq()),
    false,
  )
  createEffect(on(addressed, () => setMoved(undefined), { defer: true }))
  const cameWhenReady = createMemo(on([addressed, moved], () => isTime() && untrack(isReady)))

  return {
    moments,
    moment,
    seq,
    time,
    seqOf,
    trackerAt: ref => {
      const seq = isReady() ? seqOf(ref) : undefined
      if (seq === undefined || seq > log().last) return undefined
      // Of what is later than the last edit that was read, the server may know more.
      return (timeIn(ref) ?? 0) > log().timeOf(log().last) ? undefined : moments.ask('tracker', seq)
    },
    partsOf: async (seq, names) => {
      await moments.read()
      return moments.ask('parts', { seq, names })
    },
    isThere,
    isAhead: createMemo(() => !isThere() && !cameWhenReady()),
    move: setMoved,
    stay: seq => {
      const ref = refOf(seq)
      setChosen({ ref, seq })
      const to: Moment = seq >= log().last ? { shows: 'now' } : { shows: 'past', at: ref }
      go(to)
      setMoved(undefined)
    },
  }
}
