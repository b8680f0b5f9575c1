/** Plays the history: the moment moves along the slider by itself, over the idle time in no time. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Axis } from '#client/history/moments/axis.ts'
import { playingTime } from '#client/history/moments/travel.ts'

export interface Player {
  readonly isPlaying: Accessor<boolean>
  readonly speed: Accessor<number>
  readonly cycleSpeed: () => void
  /** From a moment on; the end of everything begins anew. */
  readonly play: (from: number) => void
  readonly pause: () => void
}

const SPEEDS = [1, 2, 4, 0.5] as const

interface Playing {
  readonly axis: Accessor<Axis>
  /** The moment that is played. */
  readonly show: (seq: number) => void
  /** Nobody has called for the end: it is there. */
  readonly onEnd: () => void
}

export const createPlayer = ({ axis, onEnd, show }: Playing): Player => {
  const [isPlaying, setPlaying] = createSignal(false)
  const [speed, setSpeed] = createSignal<number>(SPEEDS[0])
  let place = 0
  let frame = 0
  let before = 0

  const pause = (): void => {
    cancelAnimationFrame(frame)
    setPlaying(false)
  }
  const step = (now: number): void => {
    place += ((now - before) * speed()) / playingTime(axis())
    before = now
    if (place >= 1) {
      pause()
      onEnd()
      return
    }
    show(axis().seqAt(place))
    frame = requestAnimationFrame(step)
  }
  onCleanup(() => cancelAnimationFrame(frame))

  return {
    isPlaying,
    speed,
    pause,
    cycleSpeed: () => setSpeed(is => SPEEDS[(SPEEDS.indexOf(is as 1) + 1) % SPEEDS.length] ?? 1),
    play: from => {
      const start = axis().placeOf(from)
      place = start >= 1 ? 0 : start
      setPlaying(true)
      frame = requestAnimationFrame(now => {
        before = now
        step(now)
      })
    },
  }
}
