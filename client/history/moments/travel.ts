/** Going through the moments by change, by burst of work and by day, and playing them. */
import type { Axis } from '#client/history/moments/axis.ts'
import type { Log } from '#client/history/moments/log.ts'

/** How far a step goes: to where somebody was done with something, or to the end of a burst of work or of a day's. */
export type Stride = 'change' | 'burst' | 'day'
export type Travel =
  | { readonly stride: Stride; readonly by: 1 | -1 }
  | { readonly to: 'start' | 'end' }

/** What a key means on the slider. Left and right follow what the eye sees. */
export const travelFor = (
  {
    altKey,
    ctrlKey,
    key,
    metaKey,
    shiftKey,
  }: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'key' | 'metaKey' | 'shiftKey'>,
  rightToLeft: boolean,
): Travel | undefined => {
  if (altKey) return undefined
  const forward = rightToLeft ? 'ArrowLeft' : 'ArrowRight'
  switch (key) {
    case 'ArrowUp':
    case 'ArrowDown':
    case 'ArrowLeft':
    case 'ArrowRight': {
      const by = key === forward || key === 'ArrowUp' ? 1 : -1
      const stride = ctrlKey || metaKey ? 'day' : shiftKey ? 'burst' : 'change'
      return { stride, by }
    }
    case 'PageUp':
    case 'PageDown':
      return { stride: 'day', by: key === 'PageUp' ? 1 : -1 }
    case 'Home':
      return { to: 'start' }
    case 'End':
      return { to: 'end' }
    default:
      return undefined
  }
}

/** The moment to which a step leads. */
export const travelled = (log: Log, axis: Axis, from: number, travel: Travel): number => {
  if ('to' in travel) return travel.to === 'start' ? 0 : log.last
  const { by, stride } = travel
  switch (stride) {
    case 'change':
      return log.stopBeside(from, by)
    case 'burst':
      return by > 0
        ? (axis.bursts.find(({ last }) => last > from)?.last ?? log.last)
        : (axis.bursts.findLast(({ last }) => last < from)?.last ?? 0)
    case 'day':
      return by > 0
        ? log.seqAt(endOfDay(log.timeOf(Math.min(from + 1, log.last))))
        : log.seqAt(startOfDay(log.timeOf(from)) - 1)
  }
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
const endOfDay = (at: number): number => new Date(at).setHours(23, 59, 59, 999)

/** Work is played sixty times as fast as it was done, and none takes longer than a minute and a half. */
const FASTER = 60
const SHORTEST = 12_000
const LONGEST = 90_000

/** How long it takes to play the whole, in milliseconds. */
export const playingTime = ({ worked }: Axis): number =>
  Math.min(LONGEST, Math.max(SHORTEST, worked / FASTER))
